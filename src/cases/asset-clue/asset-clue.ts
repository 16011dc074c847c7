import { nameAsset } from '#cases/case/case-assets.ts'
import { dayInCase, keepTeam } from '#cases/case/case-of-matter.ts'
import type { Who } from '#kernel/authorisation/may.ts'
import type { Role } from '#kernel/authorisation/roles.ts'
import { field, filledLater } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { upload } from '#kernel/matter/matter.ts'
import { answerClue, CLUE_OPENERS, feedClues, inquireInto, nameVerified, openClue } from './clue-acts.ts'

// 财产线索（第十三条）: who said it, when it came, verified within the days of 财产调查规定第二条, answered to the creditor.
// Who gave a clue is kept among those who work on cases (财产调查规定第二十三条).

const TEAM = ['team.head', 'team.judge', 'team.assistant', 'team.clerk'] as const
const VERIFIERS: readonly Who[] = ['holder', ...TEAM]
const READERS: readonly Role[] = [
  ...TEAM,
  'centre.clerk',
  'centre.head',
  'centre.inquiry-operator',
  'director',
  'vice-president',
  'president',
  'inspection',
]

const verifiedOn = field.date('核实日期')
const outcome = field.choice('核实结果', '属实', '部分属实', '不属实', '无法核实')
const finding = field.text('核实情况', { max: 2000 })

export const assetClue = matter('asset-clue', {
  title: '财产线索',
  articles: ['13'],
  number: '{court}线索〔{year}〕{serial}号',
  opens: { label: '登记线索', by: CLUE_OPENERS, to: 'received', tell: ['holder'], effect: openClue },
  ends: ['answered'],
  readers: READERS,
  opensBelow: ['offline-inquiry'],
  fields: {
    caseNumber: field.caseNumber('执行案号'),
    source: field.choice(
      '线索来源',
      '申请执行人提供',
      '被执行人报告',
      '案外人举报',
      '匿名举报',
      '悬赏举报',
      '执行中发现',
      '其他法院移送',
    ),
    provider: field.text('提供人', { optional: true, max: 100, help: '匿名举报、执行中发现的不填' }),
    receivedOn: field.date('收到日期'),
    urgent: field.flag('情况紧急', { optional: true, help: '紧急线索三日内核实' }),
    detail: field.text('线索内容', { max: 2000, help: '财产的种类、所在、权属和如何得知' }),
    assetNumber: field.text('财产标识', {
      optional: true,
      max: 60,
      help: '不动产权证号、车牌号、车架号或者账号；用于核查涉及同一财产的案件',
    }),
    handler: field.person('核实人员', { optional: true }),
    verifiedOn: filledLater(verifiedOn),
    outcome: filledLater(outcome),
    finding: filledLater(finding),
    answeredOn: field.date('答复日期', { later: true }),
  },
  states: { received: '待核实', verified: '待答复', answered: '已答复' },
  documents: {
    clue: upload('线索材料', { paperKept: true }),
    proof: upload('核实材料', { paperKept: true }),
    reply: upload('答复材料', { paperKept: true }),
  },
  actions: {
    inquire: {
      label: '交传统查控',
      from: ['received'],
      by: VERIFIERS,
      awaited: false,
      ask: {
        askedDebtor: field.text('被调查人', { max: 200 }),
        askedUnit: field.text('被询单位', { optional: true, max: 200 }),
        askedPlace: field.text('调查地点', { optional: true, max: 200 }),
        askedFor: field.text('调查要求', { max: 1000 }),
      },
      effect: inquireInto,
    },
    verify: {
      label: '登记核实结果',
      from: ['received'],
      to: 'verified',
      by: VERIFIERS,
      needs: ['proof'],
      ask: { verifiedOn, outcome, finding },
      tell: ['opener'],
      effect: async (acting) => {
        await dayInCase(acting, 'verifiedOn')
        await feedClues(acting)
        await nameVerified(acting)
      },
    },
    sendBack: {
      label: '退回重新核实',
      from: ['verified'],
      to: 'received',
      by: ['team.judge', 'team.head'],
      awaited: false,
      ask: { reason: field.text('退回理由', { max: 500 }) },
      tell: ['holder'],
      effect: async (acting) => {
        await feedClues(acting)
        await nameAsset(acting, acting.thing, acting.thing.values.assetNumber)
      },
    },
    answer: {
      label: '答复申请执行人',
      from: ['verified'],
      to: 'answered',
      by: VERIFIERS,
      ask: {
        answeredOn: field.date('答复日期'),
        how: field.choice('答复方式', '当面', '电话', '短信', '书面', '系统公开'),
        reply: field.text('答复内容', { max: 1000 }),
      },
      tell: ['opener'],
      effect: answerClue,
    },
    handOver: {
      label: '指派核实人员',
      from: ['received'],
      by: ['team.head', 'team.judge', 'centre.clerk'],
      awaited: false,
      ask: { handler: field.person('核实人员') },
      tell: ['holder'],
      effect: keepTeam,
    },
  },
  clocks: {
    verify: {
      label: '核实线索',
      while: 'received',
      rule: ({ urgent }) => (urgent === true ? 'node.clue.urgent' : 'node.clue'),
      from: 'receivedOn',
      overdue: 'team.head',
    },
    answer: { label: '答复申请执行人', while: 'verified', rule: 'clue.answer', overdue: 'team.head' },
  },
})
