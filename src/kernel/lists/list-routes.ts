import { z } from 'zod'
import { holdsRole } from '#kernel/authorisation/may.ts'
import { OVERSEEING_ROLES } from '#kernel/authorisation/roles.ts'
import { tableFile } from '#kernel/export/table-file.ts'
import { type Call, type FileAnswer, type Route, route } from '#kernel/http/route.ts'
import { problem } from '#kernel/problem/problem.ts'
import { chosenBy } from './chosen-columns.ts'
import { batchesOf, columnsParameter, countOf, defaultColumns, type List, type ListColumn } from './list.ts'
import { listCount } from './wire.ts'

// 清单导出（第三十条）: what the list shows, of the own court, recorded and watermarked. Up to 500 rows for everyone who
// reads the list; more only for those who oversee, with the purpose on record.

const PLAIN_ROWS = 500
export const MOST_ROWS = 100_000

/** How many rows a list has under its filters, and those rows as a file. */
export function listRoutes(one: List, paths: { count: string; export: string }): Route[] {
  return [
    route({
      method: 'GET',
      path: paths.count,
      summary: `${one.title}清单件数`,
      articles: one.articles,
      access: one.readers,
      query: one.query,
      reply: listCount,
      handle: async (call) => {
        const matching = await one.matching(call, call.query, [])
        const count = await countOf(call, matching, MOST_ROWS + 1)
        return { count: Math.min(count, MOST_ROWS), isMore: count > MOST_ROWS }
      },
    }),
    route({
      method: 'GET',
      path: paths.export,
      summary: `导出${one.title}清单`,
      articles: [...new Set([...one.articles, '30'])],
      access: one.readers,
      query: one.query.extend({
        format: z.enum(['xlsx', 'csv']).default('xlsx'),
        columns: columnsParameter(one.columns),
        purpose: z.string().trim().max(200, '不能超过200字').optional(),
      }),
      handle: (call) => exportList(call as ExportCall, one),
    }),
  ]
}

type ExportCall = Call<
  unknown,
  { format: 'xlsx' | 'csv'; columns?: string[]; purpose?: string; scope?: string },
  unknown
>

async function exportList(call: ExportCall, one: List): Promise<FileAnswer> {
  const { format, columns, purpose, ...query } = call.query
  if (query.scope !== undefined && query.scope !== 'own') throw problem('export.approval')
  const keys = columns ?? (await chosenBy(call.tx, call.actor, one)) ?? defaultColumns(one, query.scope)
  const shown = keys.map((key) => one.columns.find((column) => column.key === key) as ListColumn<unknown>)
  const matching = await one.matching(call, query, keys)
  checkAmount(call, await countOf(call, matching, MOST_ROWS + 1), purpose)
  async function* items() {
    if (matching) for await (const rows of batchesOf(call, matching)) yield* await one.itemsOf(call, rows, keys)
  }
  const at = call.at.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })
  const closing = (count: number) => `${call.actor.name} ${at} 导出，共${count}件。仅限本院办案使用，不得外传。`
  const { count, ...file } = await tableFile(`${one.title}清单`, format, shown, items(), closing)
  call.audit.push({
    verb: 'list.export',
    summary: {
      清单: one.title,
      行数: count,
      格式: format === 'csv' ? '逗号分隔' : '表格',
      列: shown.map(({ label }) => label).join('、'),
      条件: JSON.stringify(query),
      用途: purpose ?? null,
    },
  })
  return file
}

function checkAmount(call: ExportCall, count: number, purpose: string | undefined): void {
  if (count > MOST_ROWS) throw problem('export.too-many', { most: MOST_ROWS })
  if (count <= PLAIN_ROWS) return
  if (!holdsRole(call.actor, OVERSEEING_ROLES)) throw problem('export.large', { most: PLAIN_ROWS })
  if (!purpose) {
    throw problem('export.purpose', { most: PLAIN_ROWS }, { fields: [{ path: 'purpose', message: '请写明用途' }] })
  }
}
