import type { PersonActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { join, raw, type Sql, sql } from '#kernel/database/sql.ts'
import { problem } from '#kernel/problem/problem.ts'

// Messages in the outbox are read by whom they are addressed to: a person, or all who hold a role (of a team, where one
// is named) in the court.

export interface OutboxRow {
  id: bigint
  at: Date
  to_person_id: string | null
  to_role: string | null
  to_team_id: string | null
  title: string
  body: string
  kind: string | null
  thing_id: string | null
}

export interface Addressee {
  personId: string
  posts: readonly { role: string; teamId: string | null }[]
}

/** The same question as `addressedTo`, asked of a message in hand. */
export function isAddressedTo(message: OutboxRow, { personId, posts }: Addressee): boolean {
  if (message.to_person_id !== null) return message.to_person_id === personId
  return posts.some(
    (post) => post.role === message.to_role && (message.to_team_id === null || message.to_team_id === post.teamId),
  )
}

function addressedTo({ personId, posts }: Addressee): Sql {
  const ways = posts.map(
    (post) => sql`(o.to_role = ${post.role} and (o.to_team_id is null or o.to_team_id = ${post.teamId}))`,
  )
  return sql`(${join([sql`o.to_person_id = ${personId}`, ...ways], ' or ')})`
}

/**
 * The newest messages for a person. Each way of being addressed is looked up by its own index and ends at the limit,
 * however many messages the court has.
 */
function newestFor({ courtId, personId, posts }: PersonActor, page: { before: string | null; limit: number }): Sql {
  const roles = [...new Set(posts.map((post) => post.role))]
  const ways = [
    sql`o.to_person_id = ${personId}`,
    ...roles.map((role) => {
      const teams = posts.filter((post) => post.role === role).map((post) => post.teamId)
      return sql`o.to_role = ${role} and (o.to_team_id is null or o.to_team_id = any(${teams}::uuid[]))`
    }),
  ]
  const parts = ways.map(
    (way) => sql`(select ${COLUMNS} from outbox o where o.court_id = ${courtId} and ${way}
      and (${page.before}::bigint is null or o.id < ${page.before}::bigint) order by o.id desc limit ${page.limit})`,
  )
  return sql`select * from (${join(parts, ' union all ')}) every_way order by id desc limit ${page.limit}`
}

export interface NoticeRow extends OutboxRow {
  receipt_at: Date | null
}

const COLUMNS = raw('o.id, o.at, o.to_person_id, o.to_role, o.to_team_id, o.title, o.body, o.kind, o.thing_id')

/** Messages for this person, the newest first, below the id `before`. */
export async function noticesFor(
  tx: Tx,
  actor: PersonActor,
  page: { before: string | null; limit: number },
): Promise<NoticeRow[]> {
  return tx.query<NoticeRow>(sql`
    select o.*, r.at as receipt_at from (${newestFor(actor, page)}) o
    left join outbox_receipt r
      on r.court_id = ${actor.courtId} and r.outbox_id = o.id and r.person_id = ${actor.personId}
    order by o.id desc`)
}

/** Older ones count as done with; the screen shows 99+ long before. */
const COUNTED_AMONG = 500

/** How many of the newest messages this person has not acknowledged. */
export async function unreadNotices(tx: Tx, actor: PersonActor): Promise<number> {
  const row = await tx.one<{ n: bigint }>(sql`
    select count(*) as n from (${newestFor(actor, { before: null, limit: COUNTED_AMONG })}) o
    where not exists (select from outbox_receipt r
      where r.court_id = ${actor.courtId} and r.outbox_id = o.id and r.person_id = ${actor.personId})`)
  return Number(row.n)
}

/**
 * Takes the receipts of messages that are addressed to this person, all or none; a second one changes nothing. Returns
 * the messages as they stand then, the newest first.
 */
export async function takeReceipts(
  tx: Tx,
  actor: PersonActor,
  ids: readonly string[],
  at: Date,
): Promise<readonly NoticeRow[]> {
  const find = () =>
    tx.query<NoticeRow>(sql`
      select ${COLUMNS}, r.at as receipt_at from outbox o
      left join outbox_receipt r on r.court_id = o.court_id and r.outbox_id = o.id and r.person_id = ${actor.personId}
      where o.court_id = ${actor.courtId} and o.id = any(${[...ids]}::bigint[]) and ${addressedTo(actor)}
      order by o.id desc`)
  if ((await find()).length < new Set(ids).size) throw problem('thing.not-found')
  await tx.run(sql`
    insert into outbox_receipt (court_id, outbox_id, person_id, at)
    select ${actor.courtId}, id, ${actor.personId}, ${at}
    from (select distinct unnest(${[...ids]}::bigint[]) as id) taken order by id on conflict do nothing`)
  return find()
}

/** Messages of a court after the id `after`, oldest first. */
export async function outboxAfter(tx: Tx, courtId: number, after: bigint, limit: number): Promise<OutboxRow[]> {
  return tx.query<OutboxRow>(sql`
    select ${COLUMNS} from outbox o where o.court_id = ${courtId} and o.id > greatest(${String(after)}::bigint,
      -- written before a restore: it may have gone out then, and is not sent again
      (select max(outbox_through) from restoration))
    order by o.id limit ${limit}`)
}

/** The highest number of a court's messages; 0 where it has none. */
export async function lastOutboxId(tx: Tx, courtId: number): Promise<bigint> {
  const row = await tx.one<{ id: bigint | null }>(sql`select max(id) as id from outbox where court_id = ${courtId}`)
  return row.id ?? 0n
}

/**
 * The number behind which only the newest `most` messages of a court lie; 0 where it has no more than these. The index
 * is read from its end.
 */
export async function outboxFloor(tx: Tx, courtId: number, most: number): Promise<bigint> {
  const row = await tx.maybe<{ id: bigint }>(
    sql`select id from outbox where court_id = ${courtId} order by id desc offset ${most} limit 1`,
  )
  return row?.id ?? 0n
}
