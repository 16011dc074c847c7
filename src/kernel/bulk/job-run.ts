import { type AuditNote, writeAudit } from '#kernel/audit/audit.ts'
import type { SystemActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { seeAllCourts, seeCourts } from '#kernel/database/scope.ts'
import { jsonText, sql } from '#kernel/database/sql.ts'
import type { Services } from '#kernel/matter/acting.ts'
import { actorOfAccount } from '#kernel/organisation/sessions.ts'
import { Problem, problem } from '#kernel/problem/problem.ts'
import { dateOf } from '#kernel/time/time.ts'
import {
  type BulkJob,
  changeJob,
  endJob,
  lockOpenJob,
  nextItem,
  noteItem,
  openJob,
  openJobs,
  type WaitingItem,
} from './job-store.ts'
import type { BulkTarget, PersonSession } from './target.ts'

// Bulk jobs are carried out thing by thing, each in a transaction of its own, by the permissions that the person who
// started them has at that moment. The thing's row is ticked off in that same transaction: whoever takes a job up
// again, after a crash or on another server, goes on behind the last thing that was done. Three things are under way at
// a time: while one document is being set, another is written to the disk and the database works for the third.

/** So many of one job before the next one has its turn: a long job holds up nobody. */
const TURN = 60
const LANES = 3

/** Carries out all that waits. Ends after the thing under way where `signal` says so. */
export async function runBulkJobs(
  services: Services,
  targets: readonly BulkTarget[],
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  while (!signal.aborted) {
    const jobs = await services.database.read({ courtIds: [] }, async (tx) => {
      await seeAllCourts(tx)
      return openJobs(tx)
    })
    if (jobs.length === 0) return
    for (const job of jobs) {
      let left = TURN
      const busy = new Set<number>()
      const lane = async () => {
        for (; left > 0 && !signal.aborted; left -= 1)
          if (!(await takeOne(services, targets, { job, busy }, log))) return
      }
      await allOf(Array.from({ length: LANES }, lane))
    }
  }
}

/** Waits for all of them, and throws the first failure only then: nothing goes on behind the job's back. */
async function allOf(lanes: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected')
  if (failed) throw failed.reason
}

/** Does the next thing of a job; false where none is left to take. */
async function takeOne(
  services: Services,
  targets: readonly BulkTarget[],
  { job, busy }: { job: BulkJob; busy: Set<number> },
  log: (line: string) => void,
): Promise<boolean> {
  let item: WaitingItem | undefined
  try {
    return await services.database.write({ courtIds: [job.courtId] }, async (tx) => {
      const at = services.time.now()
      const [open, next, actor] = await Promise.all([
        openJob(tx, job),
        nextItem(tx, job, busy),
        actorOfAccount(tx, { courtId: job.courtId, id: job.accountId }, at),
      ])
      if (!open) return false
      item = next
      if (!item) return end(tx, open, at)
      busy.add(item.seq)
      if (!actor) return stop(tx, open, at)
      await seeCourts(tx, actor.courtIds)
      const session: PersonSession = { tx, services, actor, at, on: dateOf(at), audit: [], bulkJobId: job.id }
      const target = targets.find((one) => one.list.name === job.list)
      if (!target?.actions[job.action]) throw problem('route.not-found')
      await target.carryOut(session, item, job.action, job.answers)
      const notes = session.audit.map((note) => ({ ...note, summary: { ...note.summary, 批量办理: job.title } }))
      // The job's row before the record's head, as whoever cancels it takes them.
      await Promise.all([noteItem(tx, open, item, at, null), writeAudit(tx, actor, at, notes)])
      return true
    })
  } catch (error) {
    // While the database is away, or the thing is held by somebody, nothing can be said: it is taken up again later.
    if (!item || (error instanceof Problem && error.status === 503)) throw error
    if (!(error instanceof Problem)) log(`bulk: ${error instanceof Error ? error.stack : String(error)}`)
    return await refuse(services, job, item, error instanceof Problem ? error : problem('server.fault'))
  } finally {
    if (item) busy.delete(item.seq)
  }
}

async function refuse(services: Services, job: BulkJob, item: WaitingItem, refusal: Problem): Promise<boolean> {
  return services.database.write({ courtIds: [job.courtId] }, async (tx) => {
    const open = await openJob(tx, job)
    if (open) await noteItem(tx, open, item, services.time.now(), refusal.toJSON())
    return open !== undefined
  })
}

async function end(tx: Tx, job: BulkJob, at: Date): Promise<false> {
  const ended = await endJob(tx, job, at)
  if (ended) await tell(tx, ended, at, 'bulk.end')
  return false
}

/** A stopped account acts no more, and its work ends with it. */
async function stop(tx: Tx, job: BulkJob, at: Date): Promise<false> {
  if (!(await lockOpenJob(tx, job))) return false
  const why = problem('bulk.account-stopped').toJSON()
  await changeJob(tx, job, sql`state = 'stopped', ended_at = ${at}, problem = ${jsonText(why)}`)
  await tell(tx, job, at, 'bulk.stop')
  return false
}

async function tell(tx: Tx, job: BulkJob, at: Date, verb: AuditNote['verb']): Promise<void> {
  const actor: SystemActor = { kind: 'system', name: job.byName, courtId: job.courtId, courtIds: [job.courtId] }
  const summary = { 批量办理: job.title, 共: job.total, 已办: job.done, 未办成: job.refused }
  await writeAudit(tx, actor, at, [{ verb, summary }])
}
