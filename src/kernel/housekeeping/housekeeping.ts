import { type Job, type JobRunner, startJob } from '#kernel/jobs/jobs.ts'
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

/** Starts tidying on a database, at once and then every hour. */
export function startHousekeeping(url: string, services: Services, log: (line: string) => void): JobRunner {
  let tidiedAt = Number.NEGATIVE_INFINITY
  const run: Job['run'] = async (signal) => {
    const now = services.time.now().getTime()
    if (now - tidiedAt < EVERY_MS) return
    const { missing } = await tidy(services, signal)
    if (signal.aborted) return
    tidiedAt = now
    if (missing.length > 0) log(`attachments: ${missing.length} files that rows name are missing: ${missing[0]} …`)
  }
  return startJob(url, { name: 'housekeeping', run }, log)
}
