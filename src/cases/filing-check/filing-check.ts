import { field } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { begin, receive, resubmit, returnToFiling } from './filing-acts.ts'
import { findingsTable } from './findings.ts'
import { timesTable } from './side-times.ts'

// 立案核查：第十条. Every case that is entered by hand begins with one, a case of an export gets one on demand. The centre
// receives the case or returns it to the filing division; whose turn it is follows from the state, and so does the time
// that each side has used.

const CENTRE = ['centre.clerk', 'centre.head', 'director'] as const

export const filingCheck = matter('filing-check', {
  title: '立案核查',
  articles: ['10'],
  number: '{court}立核〔{year}〕{serial}号',
  single: ['caseNumber'],
  opens: { label: '提交核查', by: ['filing', ...CENTRE], to: 'checking', tell: ['centre.clerk'], effect: begin },
  ends: ['received', 'withdrawn'],
  fields: {
    caseNumber: field.caseNumber('执行案号'),
    returns: field.number('退回次数', { later: true }),
    reasons: field.text('最近一次退回理由', { later: true, max: 4000 }),
    reply: field.text('最近一次补正情况', { later: true, max: 2000 }),
  },
  states: {
    checking: '待审查',
    returned: '已退回',
    rechecking: '待重审',
    received: '已接收',
    withdrawn: '已撤回',
  },
  actions: {
    receive: {
      label: '接收',
      from: ['checking', 'rechecking'],
      to: 'received',
      by: CENTRE,
      ask: { remark: field.text('接收说明', { optional: true, max: 1000 }) },
      tell: ['filing'],
      effect: receive,
    },
    sendBack: {
      label: '退回立案部门补正',
      from: ['checking', 'rechecking'],
      to: 'returned',
      by: CENTRE,
      awaited: false,
      ask: {
        requirement: field.text('补正要求', {
          optional: true,
          max: 1000,
          help: '核查发现的问题自动列为退回理由；另有要求的在此写明',
        }),
      },
      tell: ['filing', 'opener'],
      effect: returnToFiling,
    },
    resubmit: {
      label: '提交重审',
      from: ['returned'],
      to: 'rechecking',
      by: ['filing', 'opener'],
      ask: { reply: field.text('补正情况', { max: 2000 }) },
      tell: ['centre.clerk'],
      effect: resubmit,
    },
    withdraw: {
      label: '撤回核查',
      from: ['checking', 'returned', 'rechecking'],
      to: 'withdrawn',
      by: ['filing', 'centre.head'],
      awaited: false,
      grave: true,
      ask: { reason: field.text('撤回理由', { max: 1000, help: '如案件已销案、驳回申请' }) },
      tell: ['centre.clerk', 'opener'],
    },
  },
  clocks: {
    check: { label: '立案信息核查', while: 'checking', rule: 'filing.check', overdue: 'centre.head' },
    mend: { label: '立案信息补正', while: 'returned', rule: 'filing.mend', overdue: 'filing' },
    recheck: { label: '立案信息重审', while: 'rechecking', rule: 'filing.recheck', overdue: 'centre.head' },
  },
  indicators: {
    received: { label: '接收件数', count: 'receive' },
    returned: { label: '退回件数', count: 'sendBack' },
    onTime: { label: '按期核查率', onTime: 'check' },
  },
  tables: async (session, thing) => [await findingsTable(session, thing), await timesTable(session, thing)],
})
