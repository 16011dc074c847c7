import type { Role } from '#kernel/authorisation/roles.ts'
import { field, filledLater } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { upload } from '#kernel/matter/matter.ts'
import { SPECIAL_CATEGORIES } from '#rules/special-parties.ts'
import { confirmEntry, enter, leave, noteMeasure, noteProgress, reportClearance, takeUpAgain } from './ledger-acts.ts'

// 特殊主体台账（第十九条）: a case stands in it from the day the centre confirms it until it is cleared or taken out. The rules
// of rules/special-parties.ts propose; a person decides.

const CENTRE = ['centre.clerk', 'centre.head'] as const
const TEAM = ['team.head', 'team.judge', 'team.assistant', 'team.clerk'] as const
const WORKERS = ['holder', ...TEAM, ...CENTRE] as const

/** Who is special and why is kept among those who work on cases and those who oversee them. */
export const LEDGER_READERS: readonly Role[] = [
  ...CENTRE,
  ...TEAM,
  'director',
  'vice-president',
  'president',
  'inspection',
]

const nextOn = field.date('下次跟进日期', { help: '最迟为跟进期限届满之日' })
const clearedOn = field.date('清理日期')
const clearedWay = field.choice(
  '清理方式',
  '全部履行',
  '和解履行完毕',
  '列入预算并已支付',
  '以物抵债或者抵销',
  '债权转让',
  '撤回申请或者终结执行',
  '其他',
)
const clearedFen = field.money('清理金额')

export const specialParty = matter('special-party', {
  title: '特殊主体案件',
  articles: ['19'],
  path: 'special-parties',
  number: '{court}特殊主体〔{year}〕{serial}号',
  opens: { label: '录入台账', by: [...CENTRE, 'team.head', 'team.judge', 'system'], to: 'proposed', effect: enter },
  ends: ['refused', 'cleared', 'removed'],
  readers: LEDGER_READERS,
  fields: {
    caseNumber: field.caseNumber('执行案号'),
    category: field.choice('类别', ...SPECIAL_CATEGORIES),
    party: field.text('特殊主体', { max: 200, help: '案件中该当事人的名称' }),
    ground: field.text('列入理由', { max: 500 }),
    amountFen: field.money('涉案金额', { optional: true, help: '不填则取案件的申请执行标的' }),
    paidFen: field.money('累计清偿', { later: true }),
    progress: field.text('最近进展', { later: true, max: 1000 }),
    nextOn: filledLater(nextOn),
    listedOn: field.date('列入日期', { later: true }),
    clearedOn: filledLater(clearedOn),
    clearedWay: filledLater(clearedWay),
    clearedFen: filledLater(clearedFen),
    leftOn: field.date('离账日期', { later: true }),
  },
  states: {
    proposed: '待核实',
    listed: '在账',
    clearing: '清理待核定',
    refused: '不予列入',
    cleared: '已清理',
    removed: '已移出',
  },
  documents: {
    proof: upload('清理证明材料', { paperKept: true }),
    measure: upload('措施材料', { paperKept: true }),
  },
  actions: {
    confirm: {
      label: '确认列入',
      bulk: true,
      from: ['proposed'],
      to: 'listed',
      by: CENTRE,
      tell: ['holder'],
      effect: confirmEntry,
    },
    refuse: {
      label: '不予列入',
      from: ['proposed'],
      to: 'refused',
      by: CENTRE,
      awaited: false,
      ask: { reason: field.text('不予列入的理由', { max: 500 }) },
      tell: ['opener'],
      effect: leave,
    },
    addMeasure: {
      label: '登记措施',
      from: ['listed'],
      by: WORKERS,
      ask: {
        on: field.date('采取日期'),
        measure: field.choice(
          '措施',
          '发函督促履行',
          '约谈负责人',
          '报告党委政法委',
          '通报主管部门或者上级单位',
          '商请列入预算',
          '组织和解',
          '查封冻结扣划',
          '限制消费',
          '报备列入失信名单',
          '罚款拘留',
          '其他',
        ),
        detail: field.text('措施内容', { max: 1000 }),
        nextOn,
      },
      effect: noteMeasure,
    },
    addProgress: {
      label: '登记进展',
      from: ['listed'],
      by: WORKERS,
      ask: {
        on: field.date('进展日期'),
        progress: field.text('进展情况', { max: 1000 }),
        nowPaidFen: field.money('本次清偿金额', { optional: true }),
        nextOn,
      },
      effect: noteProgress,
    },
    correct: {
      label: '更正金额',
      from: ['listed', 'clearing'],
      by: CENTRE,
      awaited: false,
      ask: {
        amountFen: field.money('涉案金额'),
        paidFen: field.money('累计清偿'),
        reason: field.text('更正理由', { max: 500 }),
      },
      tell: ['holder'],
    },
    reportCleared: {
      label: '报请清理',
      from: ['listed'],
      to: 'clearing',
      by: WORKERS,
      awaited: false,
      needs: ['proof'],
      ask: { clearedOn, clearedWay, clearedFen },
      tell: ['centre.head'],
      effect: reportClearance,
    },
    sendBack: {
      label: '退回',
      from: ['clearing'],
      to: 'listed',
      by: 'centre.head',
      awaited: false,
      ask: { reason: field.text('退回理由', { max: 500 }), nextOn },
      tell: ['holder', 'centre.clerk'],
      effect: takeUpAgain,
    },
    confirmCleared: {
      label: '核定清理',
      from: ['clearing'],
      to: 'cleared',
      by: 'centre.head',
      grave: true,
      tell: ['holder', 'centre.clerk'],
      effect: leave,
    },
    caseClosed: {
      label: '案件报结提示',
      from: ['listed'],
      by: 'system',
      awaited: false,
      ask: { progress: field.text('最近进展', { max: 1000 }), nextOn },
      tell: ['centre.clerk', 'centre.head', 'holder'],
    },
    remove: {
      label: '移出台账',
      from: ['listed'],
      to: 'removed',
      by: CENTRE,
      awaited: false,
      grave: true,
      approval: 'director',
      ask: { reason: field.text('移出理由', { max: 500 }) },
      tell: ['holder'],
      effect: leave,
    },
  },
  clocks: {
    check: { label: '核实', while: 'proposed', rule: 'special-party.check', overdue: 'centre.head' },
    followUp: {
      label: '跟进',
      while: 'listed',
      rule: 'special-party.follow-up',
      until: 'nextOn',
      overdue: 'centre.head',
    },
    clearance: { label: '核定清理', while: 'clearing', rule: 'special-party.clearance', overdue: 'director' },
  },
  indicators: {
    listed: { label: '列入件数', count: 'confirm' },
    cleared: { label: '清理件数', count: 'confirmCleared' },
  },
})
