import { field } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { condition, template, upload } from '#kernel/matter/matter.ts'
import { answerUp, checkLimit, checkTarget, passDown } from './hops.ts'
import { supervisionLetter } from './supervision-letter.ts'

// 事项督办：第一条、第十七条、第三十六条第一项
// An order goes to a judge, a team or a court below; passing it on opens an order below it with the time that is left.
// Each hop is an order of its own, so that every level sees what it issued and what it owes.

const ISSUERS = ['centre.clerk', 'centre.head', 'director'] as const
const RECEIVERS = ['counterpart:centre.clerk', 'counterpart:centre.head', 'counterpart:director', 'holder'] as const

const toCourt = condition('只有督办到法院或团队的事项可以转办', (values) => values.target !== '承办人')

const ownCourt = condition('督办到下级法院的事项由该院自行改派', (values) => values.target !== '下级法院')

const target = {
  target: field.choice('督办对象', '承办人', '团队', '下级法院'),
  handler: field.person('承办人', { optional: true, role: 'team.judge' }),
  team: field.team('承办团队', { optional: true }),
  otherCourt: field.court('下级法院', { optional: true, among: 'subordinate' }),
}

export const supervisionOrder = matter('supervision-order', {
  title: '事项督办',
  articles: ['1', '17', '36.1'],
  number: '{court}督〔{year}〕{serial}号',
  opens: { by: [...ISSUERS, 'system'], to: 'issued', tell: ['holder'], effect: checkTarget },
  ends: ['completed', 'revoked'],
  fields: {
    source: field.choice(
      '来源',
      '节点超期',
      '本院督办',
      '上级督办',
      '最高法院督办',
      '信访',
      '舆情',
      '案款',
      '终本',
      '院长通道',
    ),
    ...target,
    caseNumber: field.caseNumber('执行案号', { optional: true }),
    node: field.text('问题节点', { optional: true, max: 60 }),
    requirement: field.text('督办要求', { max: 2000 }),
    answerOn: field.date('回复期限', { optional: true, help: '不填则按本院设置计算' }),
    reply: field.text('最近回复', { later: true, max: 4000 }),
  },
  states: {
    issued: '待签收',
    handling: '办理中',
    passedOn: '已转办',
    answered: '待审核',
    returned: '退回重办',
    completed: '办结',
    revoked: '撤销',
  },
  documents: {
    order: template('督办函', supervisionLetter),
    letter: upload('督办函件'),
    proof: upload('回复材料', { paperKept: true }),
  },
  actions: {
    issueLetter: {
      label: '制发督办函',
      from: ['issued', 'handling', 'returned', 'passedOn'],
      by: ISSUERS,
      articles: ['9'],
      awaited: false,
      issues: 'order',
    },
    receive: { label: '签收', bulk: true, from: ['issued'], to: 'handling', by: RECEIVERS, tell: ['opener'] },
    passOn: {
      label: '转办',
      awaited: false,
      from: ['issued', 'handling', 'returned', 'passedOn'],
      to: 'passedOn',
      by: RECEIVERS,
      when: toCourt,
      ask: {
        toTarget: field.choice('转办对象', '承办人', '团队', '下级法院'),
        toPerson: field.person('承办人', { optional: true, role: 'team.judge' }),
        toTeam: field.team('承办团队', { optional: true }),
        toCourt: field.court('下级法院', { optional: true, among: 'subordinate' }),
        // Not 'requirement': an answer named like a field would overwrite what the court above required.
        toRequirement: field.text('转办要求', { max: 2000 }),
        answerBy: field.date('要求回复日期', { optional: true, help: '不得晚于上级要求的期限' }),
      },
      effect: passDown,
    },
    answer: {
      label: '回复',
      from: ['handling', 'returned', 'passedOn'],
      to: 'answered',
      by: RECEIVERS,
      needs: ['proof'],
      ask: { reply: field.text('办理情况', { max: 4000 }) },
      tell: ['opener'],
    },
    sendBack: {
      label: '退回重办',
      from: ['answered'],
      to: 'returned',
      by: ISSUERS,
      awaited: false,
      ask: { reason: field.text('退回理由', { max: 1000 }) },
      tell: ['holder'],
    },
    complete: {
      label: '办结',
      from: ['answered'],
      to: 'completed',
      by: ISSUERS,
      tell: ['holder'],
      grave: true,
      effect: answerUp,
    },
    extend: {
      label: '延期',
      bulk: true,
      from: ['issued', 'handling', 'passedOn', 'returned'],
      by: ISSUERS,
      ask: { answerOn: field.date('新的回复期限'), reason: field.text('延期理由', { max: 1000 }) },
      tell: ['holder'],
      effect: checkLimit,
    },
    revoke: {
      label: '撤销',
      from: ['issued', 'handling', 'passedOn', 'returned'],
      to: 'revoked',
      by: ISSUERS,
      grave: true,
      awaited: false,
      ask: { reason: field.text('撤销理由', { max: 1000 }) },
      approval: 'centre.head',
      tell: ['holder'],
    },
    redirect: {
      label: '改派',
      from: ['issued', 'handling', 'returned'],
      to: 'issued',
      by: ISSUERS,
      awaited: false,
      when: ownCourt,
      ask: { handler: field.person('承办人', { role: 'team.judge' }), reason: field.text('改派理由', { max: 1000 }) },
      tell: ['holder'],
    },
    escalate: {
      label: '逾期上报',
      from: ['issued', 'handling', 'passedOn', 'returned'],
      by: 'system',
      tell: ['director', 'centre.head', 'opener', 'counterpart:director'],
    },
  },
  clocks: {
    receive: { label: '签收', while: 'issued', rule: 'supervision.receive', overdue: 'centre.head' },
    answer: {
      label: '回复',
      while: ['issued', 'handling', 'passedOn', 'returned'],
      rule: answerRule,
      until: 'answerOn',
      overdue: 'centre.clerk',
      act: 'escalate',
    },
    review: { label: '审核回复', while: 'answered', rule: 'supervision.review', overdue: 'centre.head' },
  },
  indicators: { issued: { label: '督办件数', count: 'open' }, onTime: { label: '期限内回复率', onTime: 'answer' } },
})

function answerRule(values: Readonly<Record<string, unknown>>): string {
  return values.source === '最高法院督办' ? 'supervision.answer.supreme' : 'supervision.answer'
}
