import { z } from 'zod'
import { backlogRow } from '#cases/case/wire.ts'
import { mayRead } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES, CENTRE_ROLES, OVERSEEING_ROLES } from '#kernel/authorisation/roles.ts'
import type { Row } from '#kernel/database/database.ts'
import { allOf, sql } from '#kernel/database/sql.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { openKind } from '#kernel/matter/open.ts'
import { courtNames, courtsInScope } from '#kernel/organisation/courts.ts'
import { problem } from '#kernel/problem/problem.ts'
import { daysBetween, isOn, type On } from '#kernel/time/time.ts'
import { orderValues, readableOrderNumbers } from './raised-orders.ts'

// 存量超期清单: nodes that were overdue already when their case came in. The centre raises orders from it, one or many;
// the court above may do so for the courts below, and then the order goes to that court.

const MOST_AT_ONCE = 200

const backlogQuery = z.strictObject({
  scope: z.string().max(20).optional(),
  node: z.string().max(40).optional(),
  /** What is overdue longest first, or last. */
  sort: z.enum(['dueOn', '-dueOn']).default('dueOn'),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** The list of old arrears and the orders that the centre raises from it (第十七条). */
export function backlogRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/backlog',
      summary: '存量超期清单',
      articles: ['17'],
      access: BUSINESS_ROLES,
      query: backlogQuery,
      reply: z.object({ items: z.array(backlogRow), next: z.string().nullable() }),
      handle: listBacklog,
    }),
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

async function listBacklog(call: Call<unknown, z.infer<typeof backlogQuery>, unknown>) {
  const { tx, actor, on, query } = call
  const courts = (await courtsInScope(tx, actor, query.scope)).filter((courtId) =>
    mayRead(actor, BUSINESS_ROLES, { courtId }, false),
  )
  const cursor = readCursor(query.after)
  const isNewestFirst = query.sort === '-dueOn'
  const rows = await tx.query<Row>(sql`
    select k.id, k.label, k.due_on, k.court_id, c.id as case_id, c.number, c.holder_name, c.team_name, o.order_id
    from clock k
    join enforcement_case c on c.court_id = k.court_id and c.id = k.thing_id
    left join node_order o on o.court_id = k.court_id and o.clock_id = k.id and o.due_on = k.due_on
    where ${allOf([
      sql`k.court_id = any(${courts}) and k.backlog and k.watched and k.due_on < ${on}`,
      query.node !== undefined && sql`k.label = ${query.node}`,
      cursor && isNewestFirst && sql`(k.due_on, k.id) < (${cursor.key}::date, ${cursor.id}::uuid)`,
      cursor && !isNewestFirst && sql`(k.due_on, k.id) > (${cursor.key}::date, ${cursor.id}::uuid)`,
    ])}
    order by ${isNewestFirst ? sql`k.due_on desc, k.id desc` : sql`k.due_on, k.id`} limit ${query.limit + 1}`)
  const { page, next } = pageOf(rows, query.limit, (row) => ({ key: row.due_on as string, id: row.id as string }))
  const names = await courtNames(tx)
  const numbers = await readableOrderNumbers(
    call,
    page.map((row) => row.order_id as string | null),
  )
  return {
    items: page.map((row) => ({
      clockId: row.id as string,
      caseId: row.case_id as string,
      caseNumber: row.number as string,
      courtName: names.courts.get(row.court_id as number)?.name ?? '',
      node: row.label as string,
      judge: row.holder_name as string | null,
      team: row.team_name as string | null,
      dueOn: row.due_on as On,
      overdueDays: daysBetween(row.due_on as On, on),
      orderNumber: numbers.get(row.order_id as string) ?? null,
      orderId: row.order_id as string | null,
    })),
    next,
  }
}

interface OrderBody {
  clockIds: string[]
  requirement: string
  answerOn?: string | null | undefined
}

async function raiseOrders(call: Call<unknown, unknown, OrderBody>) {
  const { tx, actor, on, body } = call
  const oversees = actor.posts.some((post) => OVERSEEING_ROLES.includes(post.role))
  const courts = oversees ? actor.courtIds : [actor.courtId]
  const rows = await tx.query<Row>(sql`
    select k.id, k.label, k.due_on, k.court_id, t.code, c.id as case_id, c.number, c.holder_id, c.holder_team_id
    from clock k
    join court t on t.id = k.court_id
    join enforcement_case c on c.court_id = k.court_id and c.id = k.thing_id
    where k.court_id = any(${courts}) and k.id = any(${body.clockIds}) and k.done_on is null and k.due_on < ${on}
    order by k.id for update of k`)
  if (rows.length !== new Set(body.clockIds).size) throw problem('thing.not-found')
  const orders: { clockId: string; id: string; number: string }[] = []
  for (const row of rows) {
    const taken = await tx.run(sql`
      insert into node_order (court_id, clock_id, due_on, raised_at)
      values (${row.court_id}, ${row.id}, ${row.due_on}, ${call.at}) on conflict do nothing`)
    if (taken === 0) throw problem('backlog.taken')
    const values = orderValues(row, actor.courtId, {
      source: '节点超期',
      node: row.label as string,
      requirement: body.requirement,
      answerOn: body.answerOn ?? null,
    })
    const order = await openKind(call, 'supervision-order', values, {
      courtId: actor.courtId,
      caseId: row.case_id as string,
    })
    await tx.run(sql`
      update node_order set order_id = ${order.id}
      where court_id = ${row.court_id} and clock_id = ${row.id} and due_on = ${row.due_on}`)
    orders.push({ clockId: row.id as string, id: order.id, number: order.number })
  }
  return { orders }
}
