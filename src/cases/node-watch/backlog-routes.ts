import { z } from 'zod'
import { lockCases } from '#cases/case/lock-cases.ts'
import type { PersonActor } from '#kernel/authorisation/may.ts'
import { CENTRE_ROLES, OVERSEEING_ROLES } from '#kernel/authorisation/roles.ts'
import type { Row } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { listRoutes } from '#kernel/lists/list-routes.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { openKind } from '#kernel/matter/open.ts'
import { problem } from '#kernel/problem/problem.ts'
import { isOn } from '#kernel/time/time.ts'
import { backlogListing, backlogListRoute } from './backlog-list.ts'
import { orderValues } from './raised-orders.ts'

// 存量超期清单: nodes that were overdue already when their case came in. The centre raises orders from it, one or many;
// the court above may do so for the courts below, and then the order goes to that court.

const MOST_AT_ONCE = 200

/** The list of old arrears and the orders that the centre raises from it (第十七条). */
export function backlogRoutes(): Route[] {
  return [
    backlogListRoute(),
    ...listRoutes(backlogListing, { count: '/backlog/count', export: '/backlog/export' }),
    route({
      method: 'POST',
      path: '/backlog/orders',
      summary: '就存量超期发起督办',
      articles: ['17', '36.1'],
      access: CENTRE_ROLES,
      body: z.strictObject({
        clockIds: z.array(z.uuid()).min(1, '请选择超期节点').max(MOST_AT_ONCE, `一次最多${MOST_AT_ONCE}条`),
        requirement: z.string().trim().min(1, '请填写督办要求').max(2000),
        answerOn: z.string().refine(isOn, '请填写回复期限').nullish(),
      }),
      reply: z.object({ orders: z.array(z.object({ clockId: z.string(), id: z.string(), number: z.string() })) }),
      status: 201,
      handle: raiseOrders,
    }),
  ]
}

type Orderer = Session & { actor: PersonActor }

export interface OrderBody {
  requirement: string
  answerOn?: string | null | undefined
}

async function raiseOrders(call: Call<unknown, unknown, OrderBody & { clockIds: string[] }>) {
  const rows = await openArrears(call, call.body.clockIds)
  if (rows.length !== new Set(call.body.clockIds).size) throw problem('thing.not-found')
  const orders: { clockId: string; id: string; number: string }[] = []
  for (const row of rows) orders.push(await raiseOne(call, row, call.body))
  return { orders }
}

/** These arrears as far as this person may raise orders for them, locked. */
export async function openArrears(session: Orderer, clockIds: readonly string[]): Promise<Row[]> {
  const { tx, actor, on } = session
  const oversees = actor.posts.some((post) => OVERSEEING_ROLES.includes(post.role))
  const courts = oversees ? actor.courtIds : [actor.courtId]
  const wanted = sql`court_id = any(${courts}) and id = any(${clockIds}::uuid[])`
  await lockCases(tx, sql`(court_id, id) in (select court_id, thing_id from clock where ${wanted})`)
  return tx.query<Row>(sql`
    select k.id, k.label, k.due_on, k.court_id, t.code, c.id as case_id, c.number, c.holder_id, c.holder_team_id
    from clock k
    join court t on t.id = k.court_id
    join enforcement_case c on c.court_id = k.court_id and c.id = k.thing_id
    where k.court_id = any(${courts}) and k.id = any(${clockIds}::uuid[]) and k.done_on is null and k.due_on < ${on}
    order by k.id for no key update of k`)
}

/** Raises the order for one of them; a limit for which there is one already is refused. */
export async function raiseOne(session: Orderer, row: Row, body: OrderBody) {
  const { tx, actor, at } = session
  const taken = await tx.run(sql`
    insert into node_order (court_id, clock_id, due_on, raised_at)
    values (${row.court_id}, ${row.id}, ${row.due_on}, ${at}) on conflict do nothing`)
  if (taken === 0) throw problem('backlog.taken')
  const values = orderValues(row, actor.courtId, {
    source: '节点超期',
    node: row.label as string,
    requirement: body.requirement,
    answerOn: body.answerOn ?? null,
  })
  const order = await openKind(session, 'supervision-order', values, {
    courtId: actor.courtId,
    caseId: row.case_id as string,
  })
  await tx.run(sql`
    update node_order set order_id = ${order.id}
    where court_id = ${row.court_id} and clock_id = ${row.id} and due_on = ${row.due_on}`)
  return { clockId: row.id as string, id: order.id, number: order.number }
}
