import { type AttachmentRow, attachmentsOf } from '#kernel/attachments/attachments.ts'
import type { Tx } from '#kernel/database/database.ts'
import { type OwnerOf, type Sql, sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { On } from '#kernel/time/time.ts'
import type { Attempt } from './rules.ts'

// Attempts as they are stored: appended in their order; what went out is answered once.

interface Owner {
  courtId: number
  id: string
}

export async function attemptsOf(tx: Tx, thing: Owner): Promise<Attempt[]> {
  return tx.query<Attempt>(sql`
    select seq, way, sent_on::text as "sentOn", outcome from service_attempt
    where court_id = ${thing.courtId} and thing_id = ${thing.id} order by seq`)
}

/** How an attempt ended. */
export interface Ending {
  outcome: 'served' | 'failed'
  endedOn: On
  manner: string
  takenBy: string | null
  servers: string | null
  witness: string | null
  note: string | null
  source: string | null
  proofs: readonly string[]
}

/** Something has gone out; its result is awaited. */
export async function recordSent(
  { tx, thing, actor, at }: Acting,
  sent: { way: string; sentOn: On; reference: string | null; note: string | null; proofs: readonly string[] },
): Promise<void> {
  await tx.run(sql`
    insert into service_attempt (court_id, thing_id, seq, way, sent_on, reference, note, proofs, recorded_name,
      recorded_at)
    select ${thing.courtId}, ${thing.id}, ${nextSeq(thing)}, ${sent.way}, ${sent.sentOn}, ${sent.reference},
      ${sent.note}, ${sent.proofs}::uuid[], ${actor.name}, ${at}`)
}

/** An attempt is over: the one that was awaited, or one that was made and over on one day. */
export async function recordEnd(acting: Acting, way: string, awaited: Attempt | undefined, end: Ending): Promise<void> {
  const { tx, thing, actor, at } = acting
  if (awaited) {
    if (awaited.sentOn !== null && end.endedOn < awaited.sentOn)
      throw problem('case.date-order', { later: '结果日期', earlier: '发出日期' })
    await tx.run(sql`
      update service_attempt set outcome = ${end.outcome}, ended_on = ${end.endedOn}, manner = ${end.manner},
        taken_by = ${end.takenBy}, servers = ${end.servers}, witness = ${end.witness},
        note = coalesce(${end.note}, note), source = ${end.source}, proofs = proofs || ${end.proofs}::uuid[]
      where court_id = ${thing.courtId} and thing_id = ${thing.id} and seq = ${awaited.seq}`)
    return
  }
  await tx.run(sql`
    insert into service_attempt (court_id, thing_id, seq, way, outcome, ended_on, manner, taken_by, servers, witness,
      note, source, proofs, recorded_name, recorded_at)
    select ${thing.courtId}, ${thing.id}, ${nextSeq(thing)}, ${way}, ${end.outcome}, ${end.endedOn}, ${end.manner},
      ${end.takenBy}, ${end.servers}, ${end.witness}, ${end.note}, ${end.source}, ${end.proofs}::uuid[],
      ${actor.name}, ${at}`)
}

function nextSeq(thing: Owner): Sql {
  return sql`(select coalesce(max(seq), 0) + 1 from service_attempt
    where court_id = ${thing.courtId} and thing_id = ${thing.id})`
}

/** The files under these names that no earlier attempt rests on. */
export async function freshProofs({ tx, thing }: Acting, ...documents: string[]): Promise<AttachmentRow[]> {
  const used = await tx.query<{ id: string }>(sql`
    select unnest(proofs) as id from service_attempt where court_id = ${thing.courtId} and thing_id = ${thing.id}`)
  const known = new Set(used.map(({ id }) => id))
  return (await attachmentsOf(tx, thing)).filter((row) => documents.includes(row.document) && !known.has(row.id))
}

/** Asks for the attempts as a page shows them. */
export function attemptsAsked(owner: OwnerOf): Sql {
  return sql`
    select a.way, a.sent_on::text as sent_on, a.ended_on::text as ended_on,
      case a.outcome when 'served' then '已送达' when 'failed' then '未送达' else '待登记结果' end as result,
      concat_ws('，', a.manner, a.taken_by, '见证人' || a.witness) as how, a.servers,
      concat_ws('；', a.reference, a.note) as note, a.source,
      (select string_agg(f.name, '、' order by f.at, f.id) from attachment f
        where f.court_id = a.court_id and f.thing_id = a.thing_id and f.id = any(a.proofs)) as proofs
    from service_attempt a where a.court_id = ${owner.courtId} and a.thing_id = ${owner.id} order by a.seq`
}

export const ATTEMPT_COLUMNS = {
  way: '方式',
  sent_on: '发出日期',
  ended_on: '结果日期',
  result: '结果',
  how: '签收情况或者原因',
  servers: '送达人',
  note: '说明',
  proofs: '证明',
  source: '依据',
} as const
