import { type AuditNote, writeAudit } from '#kernel/audit/audit.ts'
import type { SystemActor } from '#kernel/authorisation/may.ts'
import type { Tx, WriteTx } from '#kernel/database/database.ts'
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
  nextItems,
  noteItem,
  openJob,
  openJobs,
  type WaitingItem,
  type Went,
} from './job-store.ts'
import type { BulkTarget, PersonSession } from './target.ts'

// Bulk jobs are carried out thing by thing, by the permissions that the person who started them has at that moment. The
// thing's row is ticked off in the transaction in which it is done: whoever takes a job up again, after a crash or on
// another server, goes on behind the last thing that was done. Where the things can be locked beforehand, a few of them
// share a transaction, each as a part that fails by itself. Three such are under way at a time: while one document is
// being set, another is written to the disk and the database works for the third.

/** So many of one job before the next one has its turn: a long job holds up nobody. */
const TURN = 60
const LANES = 3
/** So many share a transaction: who waits for one of their things waits for them all. */
const TOGETHER = 6

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
      const target = targets.find(({ list }) => list.name === job.list)
      const run = { job, target, busy: new Set<number>() }
      const lane = async () => {
        while (left > 0 && !signal.aborted) {
          const taken = await takeSome(services, run, log)
          if (taken === 0) return
          left -= taken
        }
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

interface Run {
  job: BulkJob
  target: BulkTarget | undefined
  /** What the other lanes are about. */
  busy: Set<number>
}

/** Does the next things of a job; says how many it took. */
async function takeSome(services: Services, { job, target, busy }: Run, log: (line: string) => void): Promise<number> {
  let items: WaitingItem[] = []
  try {
    return await services.database.write({ courtIds: [job.courtId] }, async (tx) => {
      const at = services.time.now()
      const [open, next, actor] = await Promise.all([
        openJob(tx, job),
        nextItems(tx, job, busy, target?.hold ? TOGETHER : 1),
        actorOfAccount(tx, { courtId: job.courtId, id: job.accountId }, at),
      ])
      if (!open) return 0
      items = next
      if (items.length === 0) return end(tx, open, at)
      for (const { seq } of items) busy.add(seq)
      if (!actor) return stop(tx, open, at)
      await seeCourts(tx, actor.courtIds)
      const ids = items.map(({ thingId }) => thingId)
      if (ids.length > 1) await target?.hold?.(tx, ids)
      const session = { tx, services, actor, at, on: dateOf(at), bulkJobId: job.id }
      const { notes, went } = await carryOut(session, { job: open, target, items }, log)
      // The job's row before the record's head, as whoever cancels it takes them.
      const noted = went.map((one) => noteItem(tx, open, one, at))
      await Promise.all([...noted, notes.length > 0 && writeAudit(tx, actor, at, notes)])
      return went.length
    })
  } finally {
    for (const { seq } of items) busy.delete(seq)
  }
}

/** Each of them as a part by itself: one that is refused leaves nothing of itself, and holds up no other. */
async function carryOut(
  { tx, ...common }: Omit<PersonSession, 'audit' | 'tx'> & { tx: WriteTx },
  { job, target, items }: { job: BulkJob; target: BulkTarget | undefined; items: readonly WaitingItem[] },
  log: (line: string) => void,
): Promise<{ notes: AuditNote[]; went: Went[] }> {
  const notes: AuditNote[] = []
  const went: Went[] = []
  for (const item of items) {
    const audit: AuditNote[] = []
    try {
      if (!target?.actions[job.action]) throw problem('route.not-found')
      await tx.part((part) => target.carryOut({ ...common, tx: part, audit }, item, job.action, job.answers))
      went.push({ item, refusal: null })
      notes.push(...audit.map((note) => ({ ...note, summary: { ...note.summary, 批量办理: job.title } })))
    } catch (error) {
      // While the database is away, or the thing is held by somebody, nothing can be said: it is taken up again later.
      if (error instanceof Problem && error.status === 503) {
        if (went.length === 0) throw error
        break
      }
      if (!(error instanceof Problem)) log(`bulk: ${error instanceof Error ? error.stack : String(error)}`)
      const refusal = error instanceof Problem ? error : problem('server.fault')
      went.push({ item, refusal: refusal.toJSON() })
    }
  }
  return { notes, went }
}

async function end(tx: Tx, job: BulkJob, at: Date): Promise<0> {
  const ended = await endJob(tx, job, at)
  if (ended) await tell(tx, ended, at, 'bulk.end')
  return 0
}

/** A stopped account acts no more, and its work ends with it. */
async function stop(tx: Tx, job: BulkJob, at: Date): Promise<0> {
  if (!(await lockOpenJob(tx, job))) return 0
  const why = problem('bulk.account-stopped').toJSON()
  await changeJob(tx, job, sql`state = 'stopped', ended_at = ${at}, problem = ${jsonText(why)}`)
  await tell(tx, job, at, 'bulk.stop')
  return 0
}

async function tell(tx: Tx, job: BulkJob, at: Date, verb: AuditNote['verb']): Promise<void> {
  const actor: SystemActor = { kind: 'system', name: job.byName, courtId: job.courtId, courtIds: [job.courtId] }
  const summary = { 批量办理: job.title, 共: job.total, 已办: job.done, 未办成: job.refused }
  await writeAudit(tx, actor, at, [{ verb, summary }])
}
