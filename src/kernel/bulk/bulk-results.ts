import { z } from 'zod'
import { BUSINESS_ROLES } from '#kernel/authorisation/roles.ts'
import type { Row } from '#kernel/database/database.ts'
import { allOf, type Sql, sql } from '#kernel/database/sql.ts'
import { type ExportColumn, tableFile } from '#kernel/export/table-file.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { batchesOf } from '#kernel/lists/list.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { BulkJob } from './job-store.ts'
import { ownJob } from './job-view.ts'
import { type BulkItemView, bulkItem } from './wire.ts'

// How each thing of a bulk job went, on screen and as a file.

const idParam = z.strictObject({ id: z.uuid('编号格式有误') })
const state = z.enum(['waiting', 'done', 'refused']).optional()
const itemQuery = z.strictObject({
  state,
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const STATES = { waiting: '未办', done: '已办', refused: '未办成' } as const

const COLUMNS: readonly ExportColumn<BulkItemView>[] = [
  { label: '序号', type: 'text', width: 8, value: (item) => String(item.seq) },
  { label: '编号', type: 'text', width: 28, value: (item) => item.number },
  { label: '结果', type: 'text', width: 10, value: (item) => STATES[item.state] },
  { label: '未办成的原因', type: 'text', width: 60, value: (item) => item.reason },
]

/** The result list of a job, page by page, and whole as a file. */
export function resultRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/bulk-jobs/:id/items',
      summary: '批量办理逐件结果',
      access: BUSINESS_ROLES,
      params: idParam,
      query: itemQuery,
      reply: z.object({ items: z.array(bulkItem), next: z.string().nullable() }),
      handle: listItems,
    }),
    route({
      method: 'GET',
      path: '/bulk-jobs/:id/export',
      summary: '导出批量办理结果',
      articles: ['30'],
      access: BUSINESS_ROLES,
      params: idParam,
      query: z.strictObject({ state, format: z.enum(['xlsx', 'csv']).default('xlsx') }),
      handle: async (call) => {
        const job = await ownJob(call, call.params.id)
        const rows = itemsOf(job, call.query.state)
        async function* items() {
          for await (const batch of batchesOf(call, { rows, order: sql`seq` })) yield* batch.map(itemView)
        }
        const at = call.at.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })
        const closing = (count: number) => `${call.actor.name} ${at} 导出，共${count}件。仅限本院办案使用，不得外传。`
        const { count, ...file } = await tableFile('批量办理结果', call.query.format, COLUMNS, items(), closing)
        call.audit.push({ verb: 'list.export', summary: { 清单: '批量办理结果', 批量办理: job.title, 行数: count } })
        return file
      },
    }),
  ]
}

async function listItems(call: Call<{ id: string }, z.infer<typeof itemQuery>, unknown>) {
  const { state: wanted, after, limit } = call.query
  const cursor = readCursor(after)
  if (cursor && !/^\d{1,9}$/.test(cursor.key)) throw problem('request.malformed')
  const job = await ownJob(call, call.params.id)
  const rows = await call.tx.query<Row>(sql`
    select * from (${itemsOf(job, wanted)}) items where seq > ${Number(cursor?.key ?? 0)}
    order by seq limit ${limit + 1}`)
  const { page, next } = pageOf(rows, limit, (row) => ({ key: String(row.seq), id: row.thing_id as string }))
  return { items: page.map(itemView), next }
}

function itemsOf(job: BulkJob, wanted: string | undefined): Sql {
  return sql`select seq, thing_id, number, state, problem, at from bulk_item where ${allOf([
    sql`court_id = ${job.courtId} and job_id = ${job.id}`,
    wanted !== undefined && sql`state = ${wanted}`,
  ])}`
}

function itemView(row: Row): BulkItemView {
  const refusal = row.problem as { message: string; next: string; fields?: { message: string }[] } | null
  const details = refusal?.fields?.map(({ message }) => message) ?? []
  return {
    seq: row.seq as number,
    thingId: row.thing_id as string,
    number: row.number as string,
    state: row.state as BulkItemView['state'],
    reason: refusal && [refusal.message, ...details, refusal.next].join('；'),
    at: (row.at as Date | null)?.toISOString() ?? null,
  }
}
