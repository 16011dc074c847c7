import type { Row, Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Call } from '#kernel/http/route.ts'
import type { Field } from '#kernel/matter/field.ts'
import { shown } from '#kernel/matter/words.ts'
import { courtNames } from '#kernel/organisation/courts.ts'
import { problem } from '#kernel/problem/problem.ts'
import { type BulkJob, jobOf } from './job-store.ts'
import type { BulkTarget } from './target.ts'
import type { BulkJobView } from './wire.ts'

type Asked = Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor'>

/** A job is its starter's: another's answers like one that does not exist. */
export async function ownJob({ tx, actor }: Asked, id: string): Promise<BulkJob> {
  const row = await tx.maybe<Row>(sql`
    select * from bulk_job where court_id = ${actor.courtId} and person_id = ${actor.personId} and id = ${id}`)
  if (!row) throw problem('thing.not-found')
  return jobOf(row)
}

/** A job as the screen shows it, its answers in words. */
export async function jobView({ tx }: Asked, targets: readonly BulkTarget[], job: BulkJob): Promise<BulkJobView> {
  const target = targets.find((one) => one.list.name === job.list)
  const { documents } = await tx.one<{ documents: number }>(sql`
    select count(*)::int as documents from issued_document
    where court_id = ${job.courtId} and bulk_job_id = ${job.id} and voided_at is null`)
  return {
    id: job.id,
    list: job.list,
    listTitle: target?.list.title ?? '',
    path: target?.path ?? null,
    title: job.title,
    answers: await wordsOf(tx, job, target?.actions[job.action]?.ask ?? {}),
    state: job.state,
    total: job.total,
    done: job.done,
    refused: job.refused,
    documents,
    by: job.byName,
    at: job.at.toISOString(),
    endedAt: job.endedAt?.toISOString() ?? null,
    problem: job.problem && { message: job.problem.message, next: job.problem.next },
  }
}

async function wordsOf(tx: Tx, job: BulkJob, ask: Readonly<Record<string, Field>>): Promise<BulkJobView['answers']> {
  const given = Object.entries(ask).filter(([name]) => ![null, undefined, ''].includes(job.answers[name] as null))
  const ids = given.filter(([, { type }]) => type === 'person' || type === 'team').map(([name]) => job.answers[name])
  const named = await tx.query<{ id: string; name: string }>(sql`
    select id, name from person where court_id = ${job.courtId} and id = any(${ids}::uuid[])
    union all select id, name from team where court_id = ${job.courtId} and id = any(${ids}::uuid[])`)
  const courts = await courtNames(tx)
  return given.map(([name, { label, type }]) => {
    const value = job.answers[name]
    return { label, value: named.find(({ id }) => id === value)?.name ?? shown(type, value, courts) }
  })
}
