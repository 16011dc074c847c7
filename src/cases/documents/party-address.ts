import { z } from 'zod'
import { partiesOf } from '#cases/case/case-parties.ts'
import { voidPending } from '#kernel/approval/approval.ts'
import { mayAct, type Who } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Call } from '#kernel/http/route.ts'
import { record } from '#kernel/matter/act.ts'
import type { Kind, Thing } from '#kernel/matter/matter.ts'
import { saveThing } from '#kernel/matter/store.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'

// 送达地址: where a party of a case is found. Appended, never changed; the last entry of a name counts.

export interface PartyAddress {
  address: string
  phone: string | null
  source: string
}

const MAY_RECORD: readonly Who[] = [
  'holder',
  'team.head',
  'team.judge',
  'team.assistant',
  'team.clerk',
  'centre.clerk',
  'filing',
]

export const addressBody = z.strictObject({
  party: z.string().trim().min(1, '请选择当事人').max(200),
  address: z.string().trim().min(4, '请填写详细地址').max(200),
  phone: z
    .string()
    .trim()
    .max(40)
    .nullish()
    .transform((text) => text || null),
  source: z.enum(['送达地址确认书', '申请执行人提供', '户籍地', '工商登记地', '裁判文书载明']),
})

/** The address that counts for each party of a case, by its name. */
export async function addressesOf(tx: Tx, thing: { courtId: number; id: string }): Promise<Map<string, PartyAddress>> {
  const rows = await tx.query<PartyAddress & { party: string }>(sql`
    select distinct on (party) party, address, phone, source from party_address
    where court_id = ${thing.courtId} and case_id = ${thing.id} order by party, seq desc`)
  return new Map(rows.map(({ party, address, phone, source }) => [party, { address, phone, source }]))
}

/**
 * Adds an address of a party; the caller holds the case's row, which orders the entries. Documents print it: what waits
 * for approval was asked for with the former one. One that stands so already changes nothing.
 */
export async function recordAddress(
  call: Call<unknown, unknown, z.infer<typeof addressBody>>,
  kind: Kind,
  thing: Thing,
): Promise<void> {
  const { tx, actor, at, body, audit } = call
  if (!mayAct(actor, MAY_RECORD, thing)) throw problem('access.denied')
  const known = (await partiesOf(tx, thing)).some(({ name }) => name === body.party)
  if (!known) throw fieldProblem([{ path: 'party', message: '没有这名当事人' }])
  const before = (await addressesOf(tx, thing)).get(body.party)
  if (before && FIELDS.every((name) => before[name] === body[name])) {
    audit.push({
      verb: 'case.address',
      thing: { kind: kind.id, id: thing.id, label: thing.number },
      summary: { 当事人: body.party, 结果: '与已登记的一致' },
    })
    return
  }
  await voidPending(call, thing)
  await saveThing(tx, kind, thing, {})
  await tx.run(sql`
    insert into party_address (court_id, case_id, seq, party, address, phone, source, recorded_name, recorded_at)
    select ${thing.courtId}, ${thing.id}, coalesce(max(seq), 0) + 1, ${body.party}, ${body.address}, ${body.phone},
      ${body.source}, ${actor.name}, ${at}
    from party_address where court_id = ${thing.courtId} and case_id = ${thing.id}`)
  const said = { 当事人: body.party, 送达地址: body.address, 联系电话: body.phone, 地址来源: body.source }
  await record({ ...call, kind, thing, before: thing.state }, 'address', '登记送达地址', said, null)
}

const FIELDS = ['address', 'phone', 'source'] as const
