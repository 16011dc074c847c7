import { z } from 'zod'
import { BUSINESS_ROLES } from '#kernel/authorisation/roles.ts'
import { type ExportColumn, tableFile } from '#kernel/export/table-file.ts'
import { type Route, route } from '#kernel/http/route.ts'
import { problem } from '#kernel/problem/problem.ts'
import { caseListQuery, listCases } from './case-list.ts'
import type { CaseRow } from './wire.ts'

// 案件清单导出 (look.md): what the list shows, of the own court, up to 500 rows: recorded and watermarked. More, or other
// courts, need an approval.

const MOST_ROWS = 500

const COLUMNS: readonly ExportColumn<CaseRow>[] = [
  { label: '案号', type: 'text', width: 24, value: (row) => row.caseNumber },
  { label: '案件类型', type: 'text', width: 12, value: (row) => row.kind },
  { label: '案由', type: 'text', width: 24, value: (row) => row.cause },
  { label: '立案日期', type: 'text', width: 12, value: (row) => row.filedOn },
  { label: '申请执行人', type: 'text', width: 30, value: (row) => row.creditors },
  { label: '被执行人', type: 'text', width: 30, value: (row) => row.debtors },
  { label: '申请执行标的（元）', type: 'money', width: 18, value: (row) => row.amountFen },
  { label: '承办人', type: 'text', width: 10, value: (row) => row.judge },
  { label: '承办团队', type: 'text', width: 14, value: (row) => row.team },
  { label: '状态', type: 'text', width: 8, value: (row) => row.stateLabel },
  { label: '最近节点', type: 'text', width: 18, value: (row) => row.nextNode?.name ?? null },
  { label: '届满日', type: 'text', width: 12, value: (row) => row.nextNode?.dueOn ?? null },
  { label: '预警', type: 'text', width: 8, value: (row) => (row.warningsOpen > 0 ? String(row.warningsOpen) : null) },
  { label: '需补正', type: 'text', width: 30, value: (row) => row.toCorrect.join('、') || null },
]

const exportQuery = caseListQuery
  .omit({ after: true, limit: true })
  .extend({ format: z.enum(['xlsx', 'csv']).default('xlsx') })

/** The case list as a file (第三十条): refused beyond 500 rows, and for other courts, which need an approval. */
export function caseExportRoute(): Route {
  return route({
    method: 'GET',
    path: '/case-export',
    summary: '导出案件清单',
    articles: ['30'],
    access: BUSINESS_ROLES,
    reauth: true,
    query: exportQuery,
    handle: async (call) => {
      const { format, ...query } = call.query
      if (query.scope !== undefined && query.scope !== 'own') throw problem('export.approval')
      const items: CaseRow[] = []
      let after: string | undefined
      do {
        const page = await listCases({ ...call, query: { ...query, after, limit: 200 } })
        items.push(...page.items)
        after = page.next ?? undefined
        if (items.length > MOST_ROWS) throw problem('export.too-many', { most: MOST_ROWS })
      } while (after !== undefined)
      call.audit.push({
        verb: 'case.export',
        summary: { 行数: items.length, 格式: format === 'csv' ? '逗号分隔' : '表格', 条件: JSON.stringify(query) },
      })
      const at = call.at.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })
      const watermark = `${call.actor.name} ${at} 导出，共${items.length}件。仅限本院办案使用，不得外传。`
      return tableFile('案件清单', format, COLUMNS, items, watermark)
    },
  })
}
