import { z } from 'zod'
import { type BacklogRow, backlogRow } from '#cases/case/wire.ts'
import { mayRead, type PersonActor } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES } from '#kernel/authorisation/roles.ts'
import type { Row, Tx } from '#kernel/database/database.ts'
import { allOf, type Sql, sql } from '#kernel/database/sql.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { type Asking, type List, type ListColumn, list } from '#kernel/lists/list.ts'
import { courtNames, courtsInScope } from '#kernel/organisation/courts.ts'
import { daysBetween, type On } from '#kernel/time/time.ts'
import { readableOrderNumbers } from './raised-orders.ts'

// 存量超期清单: nodes that were overdue already when their case came in, with the order that was raised for each.

const backlogQuery = z.strictObject({
  scope: z.string().max(20).optional(),
  node: z.string().max(40).optional(),
  /** What is overdue longest first, or last. */
  sort: z.enum(['dueOn', '-dueOn']).default('dueOn'),
})
type Query = z.infer<typeof backlogQuery>

const pageQuery = backlogQuery.extend({
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const COLUMNS: readonly ListColumn<BacklogRow>[] = [
  column('case', '案号', 24, (row) => row.caseNumber),
  column('court', '法院', 24, (row) => row.courtName),
  column('node', '超期节点', 18, (row) => row.node),
  column('due', '届满日', 12, (row) => row.dueOn),
  column('overdue', '超期天数', 10, (row) => String(row.overdueDays)),
  column('judge', '承办', 10, (row) => row.judge),
  column('team', '团队', 14, (row) => row.team),
  column('order', '督办', 24, (row) => row.orderNumber ?? (row.orderId ? '上级已督办' : null)),
]

function column(key: string, label: string, width: number, value: ListColumn<BacklogRow>['value']) {
  return { key, label, type: 'text', width, shown: true, value } as const
}

/** The list of old arrears as it is registered. */
export const backlogListing: List = list<BacklogRow, Query>({
  name: 'backlog',
  title: '存量超期',
  articles: ['17'],
  readers: BUSINESS_ROLES,
  columns: COLUMNS,
  query: backlogQuery,
  async matching({ tx, actor, on }, query) {
    return { rows: await matchingRows(tx, actor, on, query), order: orderOf(query) }
  },
  itemsOf: rowsOf,
})

/** 存量超期清单, one page. */
export function backlogListRoute(): Route {
  return route({
    method: 'GET',
    path: '/backlog',
    summary: '存量超期清单',
    articles: ['17'],
    access: BUSINESS_ROLES,
    query: pageQuery,
    reply: z.object({ items: z.array(backlogRow), next: z.string().nullable() }),
    handle: listBacklog,
  })
}

async function listBacklog(call: Call<unknown, z.infer<typeof pageQuery>, unknown>) {
  const { tx, actor, on, query } = call
  const cursor = readCursor(query.after)
  const isNewestFirst = query.sort === '-dueOn'
  const rows = await tx.query<Row>(sql`
    select * from (${await matchingRows(tx, actor, on, query)}) matching where ${allOf([
      cursor && isNewestFirst && sql`(due_on, id) < (${cursor.key}::date, ${cursor.id}::uuid)`,
      cursor && !isNewestFirst && sql`(due_on, id) > (${cursor.key}::date, ${cursor.id}::uuid)`,
    ])}
    order by ${orderOf(query)} limit ${query.limit + 1}`)
  const { page, next } = pageOf(rows, query.limit, (row) => ({ key: row.due_on as string, id: row.id as string }))
  return { items: await rowsOf(call, page), next }
}

function orderOf(query: Query): Sql {
  return query.sort === '-dueOn' ? sql`due_on desc, id desc` : sql`due_on, id`
}

async function matchingRows(tx: Tx, actor: PersonActor, on: On, query: Query): Promise<Sql> {
  const courts = (await courtsInScope(tx, actor, query.scope)).filter((courtId) =>
    mayRead(actor, BUSINESS_ROLES, { courtId }, false),
  )
  return sql`
    select k.id, k.label, k.due_on, k.court_id, c.id as case_id, c.number, c.holder_name, c.team_name, o.order_id
    from clock k
    join enforcement_case c on c.court_id = k.court_id and c.id = k.thing_id
    left join node_order o on o.court_id = k.court_id and o.clock_id = k.id and o.due_on = k.due_on
    where ${allOf([
      sql`k.court_id = any(${courts}) and k.backlog and k.watched and k.due_on < ${on}`,
      query.node !== undefined && sql`k.label = ${query.node}`,
    ])}`
}

async function rowsOf(asking: Asking, rows: readonly Row[]): Promise<BacklogRow[]> {
  const names = await courtNames(asking.tx)
  const numbers = await readableOrderNumbers(
    asking,
    rows.map((row) => row.order_id as string | null),
  )
  return rows.map((row) => ({
    clockId: row.id as string,
    caseId: row.case_id as string,
    caseNumber: row.number as string,
    courtName: names.courts.get(row.court_id as number)?.name ?? '',
    node: row.label as string,
    judge: row.holder_name as string | null,
    team: row.team_name as string | null,
    dueOn: row.due_on as On,
    overdueDays: daysBetween(row.due_on as On, asking.on),
    orderNumber: numbers.get(row.order_id as string) ?? null,
    orderId: row.order_id as string | null,
  }))
}
