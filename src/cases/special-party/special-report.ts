import type { Role } from '#kernel/authorisation/roles.ts'
import { field } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { confirmReport, generate, recount, startMonth } from './report-acts.ts'

// 特殊主体月报（第十九条、第三十二条）: made of the ledger on the first working day after the month, checked by the centre's clerk,
// confirmed by its head, and frozen then.

export const REPORT_READERS: readonly Role[] = [
  'centre.clerk',
  'centre.head',
  'director',
  'vice-president',
  'president',
  'inspection',
]

export const specialReport = matter('special-report', {
  title: '特殊主体月报',
  articles: ['19', '32'],
  number: '{court}特殊主体月报〔{year}〕{serial}号',
  opens: { label: '设立月报', by: ['centre.clerk', 'centre.head', 'system'], to: 'collecting', effect: startMonth },
  ends: ['confirmed'],
  readers: REPORT_READERS,
  fields: {
    monthEndOn: field.date('统计月末日', { help: '统计月份的最后一日' }),
    remark: field.text('情况说明', { later: true, max: 2000 }),
    confirmedBy: field.text('核定人', { later: true }),
    confirmedOn: field.date('核定日期', { later: true }),
  },
  states: {
    collecting: '归集中',
    drafted: '待核对',
    submitted: '待核定',
    returned: '退回核对',
    confirmed: '已核定',
  },
  actions: {
    generate: {
      label: '生成月报',
      from: ['collecting'],
      to: 'drafted',
      by: ['centre.clerk', 'system'],
      awaited: false,
      tell: ['centre.clerk'],
      effect: generate,
    },
    submit: {
      label: '提交核定',
      from: ['drafted', 'returned'],
      to: 'submitted',
      by: 'centre.clerk',
      ask: { remark: field.text('情况说明', { max: 2000 }) },
      tell: ['centre.head'],
      effect: recount,
    },
    sendBack: {
      label: '退回核对',
      from: ['submitted'],
      to: 'returned',
      by: 'centre.head',
      awaited: false,
      ask: { reason: field.text('退回理由', { max: 500 }) },
      tell: ['centre.clerk'],
    },
    confirm: {
      label: '核定月报',
      from: ['submitted'],
      to: 'confirmed',
      by: 'centre.head',
      grave: true,
      tell: ['centre.clerk', 'director'],
      effect: confirmReport,
    },
    escalate: {
      label: '逾期提醒',
      from: ['drafted', 'submitted', 'returned'],
      by: 'system',
      tell: ['centre.clerk', 'director'],
    },
  },
  clocks: {
    generate: {
      label: '生成月报',
      while: 'collecting',
      rule: 'special-report.generate',
      from: 'monthEndOn',
      overdue: 'centre.head',
      act: 'generate',
      actsOn: 'due',
    },
    confirm: {
      label: '核定月报',
      while: ['drafted', 'submitted', 'returned'],
      rule: 'special-report.confirm',
      overdue: 'centre.head',
      act: 'escalate',
    },
  },
  indicators: { onTime: { label: '月报按期核定率', onTime: 'confirm' } },
})
