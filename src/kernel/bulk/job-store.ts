import { randomUUID } from 'node:crypto'
import type { Row, Tx } from '#kernel/database/database.ts'
import { jsonText, type Sql, sql } from '#kernel/database/sql.ts'
import type { Asking } from '#kernel/lists/list.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { BulkTarget } from './target.ts'

// The rows of bulk jobs. What a job acts on is frozen when it is filed: ids, in the order of the list.

const MOST_THINGS = 20_000

export interface BulkJob {
  courtId: number
  id: string
  list: string
  action: string
  title: string
  answers: Record<string, unknown>
  filter: Record<string, string> | null
  state: 'waiting' | 'running' | 'done' | 'cancelled' | 'stopped'
  total: number
  done: number
  refused: number
  accountId: string
  byName: string
  at: Date
  endedAt: Date | null
  problem: { message: string; next: string } | null
}

export function jobOf(row: Row): BulkJob {
  return {
    courtId: row.court_id as number,
    id: row.id as string,
    list: row.list as string,
    action: row.action as string,
    title: row.title as string,
    answers: row.answers as Record<string, unknown>,
    filter: row.filter as BulkJob['filter'],
    state: row.state as BulkJob['state'],
    total: row.total as number,
    done: row.done as number,
    refused: row.refused as number,
    accountId: row.account_id as string,
    byName: row.by_name as string,
    at: row.at as Date,
    endedAt: row.ended_at as Date | null,
    problem: row.problem as BulkJob['problem'],
  }
}

export interface Selection {
  filter: Record<string, string>
  /** Some of what matches; all of it where absent. */
  ids: readonly string[] | null
  /** How many were said when the person confirmed. */
  count: number
}

/** Files a job over what is selected now; refuses where that is not what was confirmed. */
export async function fileJob(
  asking: Asking,
  target: BulkTarget,
  action: string,
  answers: Record<string, unknown>,
  selection: Selection,
): Promise<BulkJob> {
  const { tx, actor, at } = asking
  if (selection.count > MOST_THINGS) throw problem('bulk.too-many', { most: MOST_THINGS })
  const id = randomUUID()
  const row = await tx.one(sql`
    insert into bulk_job (court_id, id, list, action, title, answers, filter, state, total, account_id, person_id,
      by_name, at)
    values (${actor.courtId}, ${id}, ${target.list.name}, ${action}, ${target.actions[action]?.label},
      ${jsonText(answers)}, ${selection.ids ? null : jsonText(selection.filter)}, 'waiting', ${selection.count},
      ${actor.accountId}, ${actor.personId}, ${actor.name}, ${at})
    returning *`)
  const count = await freeze(asking, target, id, selection)
  if (count === 0) throw problem('bulk.none')
  if (count !== selection.count) throw problem('bulk.changed', { said: selection.count, count })
  return jobOf(row)
}

async function freeze(asking: Asking, target: BulkTarget, jobId: string, { filter, ids }: Selection): Promise<number> {
  const matching = await target.list.matching(asking, target.list.query.parse(filter), [])
  if (!matching) return 0
  const version = target.holdsVersion ? sql`version` : sql`null::int`
  return asking.tx.run(sql`
    insert into bulk_item (court_id, job_id, seq, thing_id, number, version)
    select ${asking.actor.courtId}, ${jobId}, row_number() over (order by ${matching.order}), id, number, ${version}
    from (${matching.rows}) matching where ${ids ? sql`id = any(${ids}::uuid[])` : sql`true`}
    order by ${matching.order} limit ${MOST_THINGS + 1}`)
}

/** Jobs that wait or were cut off, the oldest first; seen past the courts' own scope by the caller. */
export async function openJobs(tx: Tx): Promise<BulkJob[]> {
  const rows = await tx.query<Row>(
    sql`select * from bulk_job where state in ('waiting', 'running') order by at, id limit 50`,
  )
  return rows.map(jobOf)
}

/** A job as it stands; undefined once it has ended. */
export async function openJob(tx: Tx, job: Pick<BulkJob, 'courtId' | 'id'>): Promise<BulkJob | undefined> {
  const row = await tx.maybe<Row>(sql`
    select * from bulk_job where court_id = ${job.courtId} and id = ${job.id} and state in ('waiting', 'running')`)
  return row && jobOf(row)
}

/** Locks a job; undefined once it has ended. */
export async function lockOpenJob(tx: Tx, job: Pick<BulkJob, 'courtId' | 'id'>): Promise<BulkJob | undefined> {
  const row = await tx.maybe<Row>(sql`
    select * from bulk_job where court_id = ${job.courtId} and id = ${job.id} and state in ('waiting', 'running')
    for no key update`)
  return row && jobOf(row)
}

export interface WaitingItem {
  seq: number
  thingId: string
  version: number | null
}

/** What comes next in a job besides what is under way, `most` of it, locked. */
export async function nextItems(tx: Tx, job: BulkJob, busy: ReadonlySet<number>, most: number): Promise<WaitingItem[]> {
  const rows = await tx.query<Row>(sql`
    select seq, thing_id, version from bulk_item
    where court_id = ${job.courtId} and job_id = ${job.id} and state = 'waiting' and seq <> all(${[...busy]}::int[])
    order by seq limit ${most} for no key update skip locked`)
  return rows.map((row) => ({
    seq: row.seq as number,
    thingId: row.thing_id as string,
    version: row.version as number | null,
  }))
}

/** How one thing went. */
export interface Went {
  item: WaitingItem
  refusal: object | null
}

/** Notes how one thing went, in the transaction in which it went so. */
export async function noteItem(tx: Tx, job: BulkJob, { item, refusal }: Went, at: Date): Promise<void> {
  const state = refusal ? 'refused' : 'done'
  // A job that was cancelled meanwhile stays so; what was under way is counted all the same.
  await tx.send(sql`
    with noted as (
      update bulk_item set state = ${state}, problem = ${refusal && jsonText(refusal)}, at = ${at}
      where court_id = ${job.courtId} and job_id = ${job.id} and seq = ${item.seq} and state = 'waiting' returning 1)
    update bulk_job set state = case state when 'waiting' then 'running' else state end,
      ${refusal ? sql`refused = refused + 1` : sql`done = done + 1`}
    where court_id = ${job.courtId} and id = ${job.id} and exists (select from noted)`)
}

/** Ends a job of which nothing is left to be done; undefined where something is, or where it has ended before. */
export async function endJob(tx: Tx, job: Pick<BulkJob, 'courtId' | 'id'>, at: Date): Promise<BulkJob | undefined> {
  const row = await tx.maybe<Row>(sql`
    update bulk_job set state = 'done', ended_at = ${at}
    where court_id = ${job.courtId} and id = ${job.id} and state in ('waiting', 'running')
      and not exists (select from bulk_item i
        where i.court_id = bulk_job.court_id and i.job_id = bulk_job.id and i.state = 'waiting')
    returning *`)
  return row && jobOf(row)
}

/** Changes columns of a job. */
export async function changeJob(tx: Tx, job: Pick<BulkJob, 'courtId' | 'id'>, change: Sql): Promise<void> {
  await tx.run(sql`update bulk_job set ${change} where court_id = ${job.courtId} and id = ${job.id}`)
}
