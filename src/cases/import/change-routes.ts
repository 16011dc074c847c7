import { z } from 'zod'
import { type ChangeEntry, type ImportChange, importChange } from '#cases/case/wire.ts'
import type { Row } from '#kernel/database/database.ts'
import { allOf, type Sql, sql } from '#kernel/database/sql.ts'
import { type ExportColumn, tableFile } from '#kernel/export/table-file.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { batchesOf } from '#kernel/lists/list.ts'
import { IMPORTERS, ownRun } from './own-run.ts'

// The changes that a check found, page by page and as a file: a person reads them before confirming.

const runParams = z.strictObject({ id: z.uuid('编号格式有误') })
const kind = z.enum(['new', 'changed', 'missing', 'closed', 'reopened']).optional()
const changeQuery = z.strictObject({
  kind,
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const KINDS = { new: '新增', changed: '有变化', missing: '本次导出中没有' } as const
const CLOSINGS = { closed: '转为结案', reopened: '恢复办理' } as const

interface Line {
  change: ImportChange
  entry: ChangeEntry | null
}

const text = (label: string, width: number, value: (line: Line) => string | null): ExportColumn<Line> => ({
  label,
  type: 'text',
  width,
  value,
})

const COLUMNS: readonly ExportColumn<Line>[] = [
  text('案号', 26, ({ change }) => change.caseNumber),
  text('类别', 14, ({ change }) => KINDS[change.kind]),
  text('结案变化', 12, ({ change }) => change.closing && CLOSINGS[change.closing]),
  text('文件行号', 10, ({ change }) => (change.row === null ? null : String(change.row))),
  text('栏目', 20, ({ entry }) => entry?.label ?? null),
  text('平台现有', 30, ({ entry }) => entry?.was ?? null),
  text('本次导出', 30, ({ entry }) => entry?.said ?? null),
  text('确认后', 16, ({ entry }) => entry && (entry.effect === 'change' ? '改为导出内容' : '保留平台内容')),
  text('说明', 40, ({ entry }) => entry?.why ?? null),
]

/** Reading and exporting the changes of a check. */
export function changeRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/imports/:id/changes',
      summary: '预检发现的变化',
      articles: ['10'],
      access: IMPORTERS,
      params: runParams,
      query: changeQuery,
      reply: z.object({ items: z.array(importChange), next: z.string().nullable() }),
      handle: listChanges,
    }),
    route({
      method: 'GET',
      path: '/imports/:id/changes/export',
      summary: '导出预检发现的变化',
      articles: ['10', '30'],
      access: IMPORTERS,
      params: runParams,
      query: z.strictObject({ kind, format: z.enum(['xlsx', 'csv']).default('xlsx') }),
      handle: async (call) => {
        const run = await ownRun(call, call.params.id)
        const matching = { rows: changesOf(run, call.query.kind), order: sql`number` }
        async function* lines() {
          for await (const batch of batchesOf(call, matching)) {
            for (const change of batch.map(view)) {
              if (change.entries.length === 0) yield { change, entry: null }
              for (const entry of change.entries) yield { change, entry }
            }
          }
        }
        const at = call.at.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })
        const closing = (count: number) => `${call.actor.name} ${at} 导出，共${count}行。仅限本院办案使用，不得外传。`
        const { count, ...file } = await tableFile('导入变化清单', call.query.format, COLUMNS, lines(), closing)
        const facts = { 清单: '导入变化', 文件: run.file_name, 行数: count, 条件: JSON.stringify(call.query) }
        call.audit.push({ verb: 'list.export', summary: facts })
        return file
      },
    }),
  ]
}

async function listChanges(call: Call<{ id: string }, z.infer<typeof changeQuery>, unknown>) {
  const cursor = readCursor(call.query.after)
  const run = await ownRun(call, call.params.id)
  const rows = await call.tx.query<Row>(sql`
    select * from (${changesOf(run, call.query.kind)}) changes
    where ${allOf([cursor && sql`number > ${cursor.key}`])} order by number limit ${call.query.limit + 1}`)
  const place = (row: Row) => ({ key: row.number as string, id: run.id as string })
  const { page, next } = pageOf(rows, call.query.limit, place)
  return { items: page.map(view), next }
}

function changesOf(run: Row, wanted: z.infer<typeof kind>): Sql {
  const isClosing = wanted === 'closed' || wanted === 'reopened'
  return sql`
    select number, case_id, kind, row_number, closing, entries from import_change where ${allOf([
      sql`court_id = ${run.court_id} and run_id = ${run.id} and kind in ('new', 'changed', 'missing')`,
      wanted !== undefined && (isClosing ? sql`closing = ${wanted}` : sql`kind = ${wanted}`),
    ])}`
}

function view(row: Row): ImportChange {
  return {
    caseNumber: row.number as string,
    caseId: row.case_id as string | null,
    kind: row.kind as ImportChange['kind'],
    row: row.row_number as number | null,
    closing: row.closing as ImportChange['closing'],
    entries: row.entries as ImportChange['entries'],
  }
}
