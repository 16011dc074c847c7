import { field } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { condition } from '#kernel/matter/matter.ts'
import { chooseCases, ONE_COURT, ONE_TEAM, releaseCases } from './chosen-cases.ts'
import { chosenTable } from './chosen-table.ts'
import { carryOutRuling, commonSuperior, concentrate, previewConcentration, recordDecision } from './concentration.ts'
import { RELATED_READERS } from './related-readers.ts'

// 关联案件集中办理：第十一条
// The centre verifies which cases are related and proposes to concentrate them: in one team by the director's approval,
// in one court by that of the nearest court above all courts concerned, which then rules (指定执行) and has the cases move.

const CENTRE = ['centre.clerk', 'centre.head'] as const

const ofOneCourt = condition('所选案件均属本院', ({ way }) => way === ONE_TEAM)
const ofSeveral = condition('所选案件涉及其他法院', ({ way }) => way === ONE_COURT)

const choice = {
  chosen: field.text('拟集中的案件', {
    max: 3000,
    help: '主案以外的案号，用顿号或换行隔开；仅姓名或名称相同的不能集中',
  }),
  way: field.choice('集中方式', ONE_TEAM, ONE_COURT),
  designated: field.text('拟指定法院', { optional: true, max: 60, help: '涉及其他法院的填写，须为所涉法院之一' }),
}

export const relatedProposal = matter('related-proposal', {
  title: '关联案件集中办理',
  articles: ['11'],
  number: '{court}关联〔{year}〕{serial}号',
  opens: { by: CENTRE, to: 'verifying', effect: chooseCases },
  ends: ['concentrated', 'moved', 'withdrawn'],
  readers: RELATED_READERS,
  fields: {
    caseNumber: field.caseNumber('主案案号'),
    ...choice,
    ground: field.text('集中理由', { max: 1000 }),
  },
  states: {
    verifying: '核查报批',
    concentrated: '已集中',
    agreed: '上级法院已同意',
    moved: '已移送集中',
    withdrawn: '已撤回',
  },
  actions: {
    concentrate: {
      label: '集中至同一团队',
      from: ['verifying'],
      to: 'concentrated',
      by: CENTRE,
      when: ofOneCourt,
      approval: 'director',
      grave: true,
      reauth: true,
      ask: { handler: field.person('承办人', { role: 'team.judge' }) },
      tell: ['opener'],
      preview: previewConcentration,
      effect: concentrate,
    },
    report: {
      label: '集中至同一法院',
      from: ['verifying'],
      to: 'agreed',
      by: CENTRE,
      when: ofSeveral,
      approval: ['director', { role: 'director', above: true }],
      above: commonSuperior,
      grave: true,
      reauth: true,
      tell: ['opener', 'director'],
      preview: previewConcentration,
      effect: recordDecision,
    },
    order: {
      label: '登记指定执行裁定并移送',
      from: ['agreed'],
      to: 'moved',
      by: ['superior:director', 'superior:centre.head'],
      grave: true,
      reauth: true,
      ask: {
        ruling: field.text('指定执行裁定文号', { max: 100 }),
        ruledOn: field.date('裁定日期'),
      },
      tell: ['opener', 'director', 'centre.clerk'],
      effect: carryOutRuling,
    },
    adjust: {
      label: '调整所选案件',
      from: ['verifying'],
      by: CENTRE,
      awaited: false,
      ask: choice,
      effect: chooseCases,
    },
    withdraw: {
      label: '撤回',
      from: ['verifying', 'agreed'],
      to: 'withdrawn',
      by: CENTRE,
      awaited: false,
      grave: true,
      ask: { reason: field.text('撤回理由', { max: 1000 }) },
      effect: async ({ tx, thing }) => releaseCases(tx, thing),
    },
  },
  clocks: {
    verify: { label: '核查报批', while: 'verifying', rule: 'related.verify', overdue: 'centre.head' },
    order: { label: '上级法院指定执行', while: 'agreed', rule: 'related.order', overdue: 'director' },
  },
  tables: chosenTable,
})
