import { z } from 'zod'
import { enforcementCase } from '#cases/case/case.ts'
import { partiesOf } from '#cases/case/case-parties.ts'
import { addressesOf } from '#cases/documents/party-address.ts'
import { mayAct } from '#kernel/authorisation/may.ts'
import { sql } from '#kernel/database/sql.ts'
import { type Route, route } from '#kernel/http/route.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { openByRequest } from '#kernel/matter/open.ts'
import { readable } from '#kernel/matter/readable.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import type { On } from '#kernel/time/time.ts'
import { SERVERS, SIDES } from './service-opening.ts'
import { serviceTask } from './service-task.ts'
import { type CaseServices, caseServices, type ServiceOfDocument } from './wire.ts'

// 送达 on a case: how each of its documents stands, and tasks for several receivers of one document at a time.

const idParam = z.strictObject({ id: z.uuid('编号格式有误') })
const SHOWN_MOST = 500
const RECEIVERS_MOST = 50

const receiver = z.strictObject({
  receiver: z.string().trim().min(1, '请填写').max(200),
  address: z.string().trim().max(200).nullish(),
})

export function serviceRoutes(): Route[] {
  const common = { path: '/cases/:id/service-tasks', articles: ['9'], access: 'signed-in', perThing: true } as const
  return [
    route({
      ...common,
      method: 'GET',
      summary: '案件文书的送达情况',
      params: idParam,
      reply: caseServices,
      handle: async (call) => servicesOf(call, await readable(call, enforcementCase, call.params.id)),
    }),
    route({
      ...common,
      method: 'POST',
      summary: '交付送达（一份文书、若干受送达人）',
      params: idParam,
      body: z.strictObject({
        document: z.uuid('请选择文书'),
        receivers: z.array(receiver).min(1, '请选择受送达人').max(RECEIVERS_MOST),
      }),
      reply: caseServices,
      status: 201,
      handle: async (call) => {
        const thing = await readable(call, enforcementCase, call.params.id)
        if (!mayAct(call.actor, SERVERS, thing)) throw problem('access.denied')
        const { document, receivers } = call.body
        const own = await call.tx.maybe(sql`
          select 1 from issued_document
          where court_id = ${thing.courtId} and id = ${document} and case_id = ${thing.id}`)
        if (!own) throw fieldProblem([{ path: 'document', message: '本案没有这份文书' }])
        for (const one of receivers) {
          const address = one.address ? { address: one.address } : {}
          await openByRequest(call, serviceTask, { document, receiver: one.receiver, ...address })
        }
        return servicesOf(call, thing)
      },
    }),
  ]
}

type TaskRow = Omit<ServiceOfDocument, 'stateLabel' | 'isOverdue'> & { dueOn: On | null }

async function servicesOf(session: Session, thing: Thing): Promise<CaseServices> {
  const { tx, actor, on } = session
  const [rows, parties, addresses] = await Promise.all([
    tx.query<TaskRow>(sql`
      select t.id, t.number, t.document, t.receiver, t.side, t.state, t.way, t.served_on::text as "servedOn",
        (select min(due_on)::text from clock k where k.court_id = t.court_id and k.thing_id = t.id
          and k.done_on is null) as "dueOn"
      from matter_service_task t where t.court_id = ${thing.courtId} and t.case_id = ${thing.id}
      order by t.opened_at, t.id limit ${SHOWN_MOST}`),
    partiesOf(tx, thing),
    addressesOf(tx, thing),
  ])
  return {
    items: rows.map((row) => ({
      ...row,
      stateLabel: serviceTask.states[row.state] ?? row.state,
      // The last day of a public notice is awaited, not missed.
      isOverdue: row.dueOn !== null && row.dueOn < on && row.state !== 'announced',
    })),
    receivers: parties.map(({ name, side }) => ({
      name,
      side: SIDES[side],
      address: addresses.get(name)?.address ?? null,
      phone: addresses.get(name)?.phone ?? null,
    })),
    mayOpen: mayAct(actor, SERVERS, thing),
  }
}
