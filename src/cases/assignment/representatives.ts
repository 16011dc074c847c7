import { z } from 'zod'
import { enforcementCase } from '#cases/case/case.ts'
import { partiesOf } from '#cases/case/case-parties.ts'
import { plainName } from '#cases/case/name-grams.ts'
import { mayAct, type Who } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES } from '#kernel/authorisation/roles.ts'
import { sql } from '#kernel/database/sql.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { readable } from '#kernel/matter/readable.ts'
import { lockThing } from '#kernel/matter/store.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'

// 诉讼代理人 of a case: who speaks for a party. Appended: whoever once spoke for one stays a ground for 回避.

const MAY_RECORD: readonly Who[] = [
  'holder',
  'filing',
  'centre.clerk',
  'centre.head',
  'team.judge',
  'team.assistant',
  'team.clerk',
]

const idParam = z.strictObject({ id: z.uuid('编号格式有误') })
const spokesman = z.object({ party: z.string(), name: z.string(), firm: z.string().nullable(), by: z.string() })
const spokesmen = z.object({ items: z.array(spokesman), mayRecord: z.boolean() })
const body = z.strictObject({
  party: z.string().trim().min(1, '请选择当事人').max(200),
  name: z.string().trim().min(1, '请填写姓名').max(50, '不能超过50字'),
  firm: z.string().trim().min(1).max(100, '不能超过100字').optional(),
})

export function representativeRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/cases/:id/representatives',
      summary: '案件的诉讼代理人',
      articles: ['10'],
      access: BUSINESS_ROLES,
      perThing: true,
      params: idParam,
      reply: spokesmen,
      handle: async (call) => spokesmenOf(call, await readable(call, enforcementCase, call.params.id)),
    }),
    route({
      method: 'POST',
      path: '/cases/:id/representatives',
      summary: '登记诉讼代理人',
      articles: ['10'],
      access: BUSINESS_ROLES,
      perThing: true,
      params: idParam,
      body,
      reply: spokesmen,
      handle: recordSpokesman,
    }),
  ]
}

async function recordSpokesman(call: Call<{ id: string }, unknown, z.infer<typeof body>>) {
  const { tx, actor, at, audit } = call
  await readable(call, enforcementCase, call.params.id)
  const thing = (await lockThing(tx, enforcementCase, call.params.id)) as Thing
  if (!mayAct(actor, MAY_RECORD, thing)) throw problem('access.denied')
  const { party, name, firm } = call.body
  if (!(await partiesOf(tx, thing)).some((one) => one.name === party))
    throw fieldProblem([{ path: 'party', message: '没有这名当事人' }])
  if (plainName(name) === '') throw fieldProblem([{ path: 'name', message: '请填写姓名' }])
  await tx.run(sql`
    insert into case_representative (court_id, case_id, seq, party, name, firm, recorded_name, recorded_at)
    select ${thing.courtId}, ${thing.id}, coalesce(max(seq), 0) + 1, ${party}, ${name},
      ${firm ?? null}, ${actor.name}, ${at}
    from case_representative where court_id = ${thing.courtId} and case_id = ${thing.id}`)
  audit.push({
    verb: 'case.representative',
    thing: { kind: 'case', id: thing.id, label: thing.number },
    summary: { 当事人: party, 代理人: name },
  })
  return spokesmenOf(call, thing)
}

async function spokesmenOf({ tx, actor }: Session, thing: Thing): Promise<z.infer<typeof spokesmen>> {
  const items = await tx.query<z.infer<typeof spokesman>>(sql`
    select party, name, firm, recorded_name as by from case_representative
    where court_id = ${thing.courtId} and case_id = ${thing.id} order by seq`)
  return { items, mayRecord: mayAct(actor, MAY_RECORD, thing) }
}
