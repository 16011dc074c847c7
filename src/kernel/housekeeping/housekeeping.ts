import { type Job, type JobRunner, startJob } from '#kernel/jobs/jobs.ts'
import type { LockLine } from '#kernel/jobs/lock-line.ts'
import type { Services } from '#kernel/matter/acting.ts'
import { type BlobCheck, checkBlobs } from './blob-check.ts'
import { purgeKeys } from './old-keys.ts'

// What grows old is removed once an hour, by one server at a time.

export interface Tidied extends BlobCheck {
  purgedKeys: number
}

const EVERY_MS = 3_600_000

/** Removes what is old now, whatever the hour. */
export async function tidy(services: Services, signal?: AbortSignal): Promise<Tidied> {
  const purgedKeys = await purgeKeys(services, signal)
  return { purgedKeys, ...(await checkBlobs(services, signal)) }
}

/** Starts tidying, at once and then every hour. */
export function startHousekeeping(line: LockLine, services: Services, log: (text: string) => void): JobRunner {
  let tidiedAt = Number.NEGATIVE_INFINITY
  const run: Job['run'] = async (signal) => {
    const now = services.time.now().getTime()
    if (now - tidiedAt < EVERY_MS) return
    const { missing } = await tidy(services, signal)
    if (signal.aborted) return
    tidiedAt = now
    if (missing.length > 0) log(`attachments: ${missing.length} files that rows name are missing: ${missing[0]} …`)
  }
  return startJob(line, { name: 'housekeeping', run }, log)
}
