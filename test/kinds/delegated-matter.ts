import { field } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { condition, template, upload } from '#kernel/matter/matter.ts'

const outgoing = condition('委托外省的事项', (values) => values.direction === '委托外省')
const incoming = condition('外省委托的事项', (values) => values.direction === '外省委托')

// 事项委托：第二十一条第一款、第三十六条第二项. A kind dropped in as one file: nothing else in the tree names it.
export const delegatedMatter = matter('delegated-matter', {
  title: '事项委托',
  articles: ['21.1', '36.2'],
  number: '{court}委托〔{year}〕{serial}号',
  opens: { by: 'team.clerk', to: 'drafting' },
  ends: ['closed', 'withdrawn'],
  fields: {
    direction: field.choice('方向', '委托外省', '外省委托'),
    otherCourt: field.court('对方法院'),
    caseNumber: field.caseNumber('执行案号'),
    task: field.choice('事项', '查询', '查封', '冻结', '扣划', '送达', '调查', '其他'),
    detail: field.text('事项说明', { max: 2000 }),
  },
  states: {
    drafting: '起草',
    checking: '初审',
    returned: '退回补正',
    awaiting: '对方办理中',
    handling: '团队办理中',
    closed: '办结',
    withdrawn: '撤回',
  },
  documents: {
    letter: template('事项委托函'),
    papers: upload('文书材料', { paperKept: true }),
    reply: upload('办理结果回函'),
  },
  actions: {
    submit: { label: '提交初审', from: ['drafting', 'returned'], to: 'checking', by: 'team.clerk', needs: ['papers'] },
    sendBack: {
      label: '退回',
      from: ['checking'],
      to: 'returned',
      by: 'centre.clerk',
      ask: { reason: field.text('不合格之处') },
      tell: ['opener'],
    },
    forward: {
      label: '转对方法院',
      from: ['checking'],
      to: 'awaiting',
      by: 'centre.clerk',
      when: outgoing,
      approval: 'centre.head',
      issues: 'letter',
    },
    assign: {
      label: '转执行团队',
      from: ['checking'],
      to: 'handling',
      by: 'centre.clerk',
      when: incoming,
      ask: { handler: field.person('承办人') },
      tell: ['handler'],
    },
    close: {
      label: '办结',
      from: ['awaiting', 'handling'],
      to: 'closed',
      by: ['centre.clerk', 'team.judge'],
      needs: ['reply'],
      tell: ['opener'],
    },
    withdraw: {
      label: '撤回',
      from: ['drafting', 'returned', 'awaiting'],
      to: 'withdrawn',
      by: 'team.judge',
      approval: 'centre.head',
      ask: { reason: field.text('撤回理由') },
    },
  },
  clocks: {
    check: { label: '初审', while: 'checking', rule: 'delegated.check', overdue: 'centre.head' },
    mend: { label: '补正', while: 'returned', rule: 'delegated.mend', overdue: 'team.judge' },
    reply: { label: '催办', while: 'awaiting', rule: 'delegated.reply', overdue: 'centre.clerk' },
    handle: { label: '办理', while: 'handling', rule: 'delegated.handle', overdue: 'centre.head' },
  },
  indicators: {
    sent: { label: '委托件数', count: 'forward' },
    onTime: { label: '按期办结率', onTime: 'handle' },
  },
})
