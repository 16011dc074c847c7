import { z } from 'zod'
import { enforcementCase } from '#cases/case/case.ts'
import { lockCases } from '#cases/case/lock-cases.ts'
import { orderValues } from '#cases/node-watch/raised-orders.ts'
import { BUSINESS_ROLES, CENTRE_ROLES, OVERSEEING_ROLES } from '#kernel/authorisation/roles.ts'
import type { Row } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { record } from '#kernel/matter/act.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { openKind } from '#kernel/matter/open.ts'
import { readable } from '#kernel/matter/readable.ts'
import { lockThing } from '#kernel/matter/store.ts'
import { problem } from '#kernel/problem/problem.ts'
import { isOn } from '#kernel/time/time.ts'
import { countWarnings, listWarnings, warningListQuery } from './warning-list.ts'
import { warningRule } from './warning-rules.ts'
import { countOpen } from './warning-store.ts'
import { mayExplain, warningViewOf } from './warning-views.ts'
import { warningCounts, warningRow, warningView } from './wire.ts'

const MOST_AT_ONCE = 200
const idParam = z.strictObject({ id: z.uuid('编号格式有误') })

/** 办案预警: the list, its counts, an explanation, and orders that the centre raises from it (第十七条). */
export function warningRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/warnings',
      summary: '办案预警清单',
      articles: ['17'],
      access: BUSINESS_ROLES,
      query: warningListQuery,
      reply: z.object({ items: z.array(warningRow), next: z.string().nullable() }),
      handle: listWarnings,
    }),
    route({
      method: 'GET',
      path: '/warning-counts',
      summary: '办案预警计数',
      articles: ['17'],
      access: BUSINESS_ROLES,
      query: z.strictObject({ scope: z.string().max(20).optional() }),
      reply: warningCounts,
      handle: countWarnings,
    }),
    route({
      method: 'POST',
      path: '/warnings/:id/explain',
      summary: '说明预警理由',
      articles: ['17'],
      access: BUSINESS_ROLES,
      perThing: true,
      params: idParam,
      body: z.strictObject({ reason: z.string('请填写理由').trim().min(1, '请填写理由').max(500, '不能超过500字') }),
      reply: warningView,
      handle: explainWarning,
    }),
    route({
      method: 'POST',
      path: '/warnings/orders',
      summary: '就预警发起督办',
      articles: ['17', '36.1'],
      access: CENTRE_ROLES,
      body: z.strictObject({
        warningIds: z.array(z.uuid()).min(1, '请选择预警').max(MOST_AT_ONCE, `一次最多${MOST_AT_ONCE}条`),
        requirement: z.string().trim().min(1, '请填写督办要求').max(2000),
        answerOn: z.string().refine(isOn, '请填写回复期限').nullish(),
      }),
      reply: z.object({ orders: z.array(z.object({ warningId: z.string(), id: z.string(), number: z.string() })) }),
      status: 201,
      handle: raiseOrders,
    }),
  ]
}

/** The warning stands as 已说明 until what it found changes; who said why stays in the case's record. */
async function explainWarning(call: Call<{ id: string }, unknown, { reason: string }>) {
  const { tx, actor, at, body } = call
  const found = await tx.maybe<{ case_id: string }>(sql`select case_id from case_warning where id = ${call.params.id}`)
  if (!found) throw problem('thing.not-found')
  await readable(call, enforcementCase, found.case_id)
  const thing = (await lockThing(tx, enforcementCase, found.case_id)) as Thing
  if (!mayExplain(call, thing)) throw problem('access.denied')
  const where = sql`court_id = ${thing.courtId} and id = ${call.params.id}`
  const changed = await tx.run(sql`
    update case_warning set explanation = ${body.reason}, explained_at = ${at}, explained_by_id = ${actor.personId},
      explained_by = ${actor.name}
    where ${where} and closed_at is null and explained_at is null`)
  if (changed === 0) throw problem('warning.settled')
  await countOpen(tx, thing.courtId, [thing.id])
  const row = await tx.one<Row>(sql`select * from case_warning where ${where}`)
  const view = warningViewOf(row, true)
  const acting = { ...call, kind: enforcementCase, thing, previous: thing, before: thing.state, answers: {} }
  await record(acting, 'explain', '说明预警理由', { 预警: `${view.label}：${view.finding}`, reason: body.reason }, null)
  return view
}

type OrderBody = { warningIds: string[]; requirement: string; answerOn?: string | null | undefined }

async function raiseOrders(call: Call<unknown, unknown, OrderBody>) {
  const { tx, actor, body } = call
  const oversees = actor.posts.some((post) => OVERSEEING_ROLES.includes(post.role))
  const courts = oversees ? actor.courtIds : [actor.courtId]
  const wanted = sql`court_id = any(${courts}) and id = any(${body.warningIds})`
  await lockCases(tx, sql`(court_id, id) in (select court_id, case_id from case_warning where ${wanted})`)
  const rows = await tx.query<Row>(sql`
    select w.id, w.rule, w.court_id, w.order_id, t.code, c.id as case_id, c.number, c.holder_id, c.holder_team_id
    from case_warning w
    join court t on t.id = w.court_id
    join enforcement_case c on c.court_id = w.court_id and c.id = w.case_id
    where w.court_id = any(${courts}) and w.id = any(${body.warningIds}) and w.closed_at is null
    order by w.id for no key update of w`)
  if (rows.length !== new Set(body.warningIds).size) throw problem('thing.not-found')
  if (rows.some((row) => row.order_id !== null)) throw problem('warning.taken')
  const orders: { warningId: string; id: string; number: string }[] = []
  for (const row of rows) {
    const values = orderValues(row, actor.courtId, {
      source: '本院督办',
      node: warningRule(row.rule as string)?.label ?? '',
      requirement: body.requirement,
      answerOn: body.answerOn ?? null,
    })
    const order = await openKind(call, 'supervision-order', values, {
      courtId: actor.courtId,
      caseId: row.case_id as string,
    })
    await tx.run(sql`
      update case_warning set order_id = ${order.id} where court_id = ${row.court_id} and id = ${row.id}`)
    orders.push({ warningId: row.id as string, id: order.id, number: order.number })
  }
  return { orders }
}
