import { field } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { upload } from '#kernel/matter/matter.ts'
import { checkDay, checkGiven, handTo } from './handover.ts'

// 任务单：第八条. A team that handles cases gives a task to the 事务集约 team, which takes it, does it and feeds back; what
// can't be done as it was given goes back with the reason, and whoever gave it mends or withdraws it.

const GIVERS = ['team.judge', 'team.assistant', 'team.clerk', 'team.head', 'centre.clerk'] as const
const AFFAIRS = ['holder'] as const
const GIVER = ['opener', 'centre.head'] as const

export const taskOrder = matter('task-order', {
  title: '任务单',
  articles: ['8'],
  number: '{court}任务〔{year}〕{serial}号',
  opens: { label: '交办', by: [...GIVERS], to: 'given', tell: ['holder'], effect: checkGiven },
  ends: ['completed', 'withdrawn'],
  fields: {
    team: field.team('事务集约团队'),
    caseNumber: field.caseNumber('执行案号'),
    task: field.choice(
      '事务类别',
      '制作文书',
      '送达',
      '网络查询',
      '线下查询调查',
      '办理查封冻结',
      '约谈接待',
      '录入归档',
      '其他事务',
    ),
    requirement: field.text('办理要求', { max: 2000 }),
    finishOn: field.date('完成期限', { optional: true, help: '不填则按本院设置计算' }),
    taker: field.text('经办人', { later: true }),
    result: field.text('办理结果', { later: true, max: 4000 }),
  },
  states: {
    given: '待领取',
    handling: '办理中',
    done: '待反馈',
    fedBack: '待确认',
    returned: '退回补充',
    completed: '办结',
    withdrawn: '撤回',
  },
  documents: { papers: upload('交办材料'), proof: upload('办理材料', { paperKept: true }) },
  actions: {
    take: {
      label: '领取',
      from: ['given'],
      to: 'handling',
      by: AFFAIRS,
      ask: { person: field.person('经办人') },
      tell: ['opener'],
      effect: handTo,
    },
    finish: {
      label: '办毕',
      from: ['handling'],
      to: 'done',
      by: AFFAIRS,
      ask: { result: field.text('办理结果', { max: 4000 }) },
    },
    feedBack: { label: '反馈', from: ['done'], to: 'fedBack', by: AFFAIRS, needs: ['proof'], tell: ['opener'] },
    sendBack: {
      label: '退回',
      from: ['given', 'handling'],
      to: 'returned',
      by: AFFAIRS,
      awaited: false,
      ask: { reason: field.text('退回理由', { max: 1000 }) },
      tell: ['opener'],
    },
    mend: {
      label: '补充后重新交办',
      from: ['returned'],
      to: 'given',
      by: GIVER,
      ask: {
        requirement: field.text('补充后的办理要求', { max: 2000 }),
        finishOn: field.date('补充后的完成期限', { optional: true, help: '不填则按本院设置计算' }),
      },
      tell: ['holder'],
      effect: checkDay,
    },
    redo: {
      label: '退回重办',
      from: ['fedBack'],
      to: 'handling',
      by: GIVER,
      awaited: false,
      ask: {
        reason: field.text('退回理由', { max: 1000 }),
        finishOn: field.date('重办的完成期限', { optional: true, help: '不填则按本院设置计算' }),
      },
      tell: ['holder'],
      effect: checkDay,
    },
    confirm: { label: '确认办结', from: ['fedBack'], to: 'completed', by: GIVER, tell: ['holder'] },
    withdraw: {
      label: '撤回',
      from: ['given', 'handling', 'returned'],
      to: 'withdrawn',
      by: GIVER,
      awaited: false,
      grave: true,
      ask: { reason: field.text('撤回理由', { max: 1000 }) },
      tell: ['holder'],
    },
  },
  clocks: {
    take: { label: '领取', while: 'given', rule: 'task-order.take', overdue: 'centre.head' },
    handle: { label: '办理', while: ['handling'], rule: handleRule, until: 'finishOn', overdue: 'centre.head' },
    feedBack: { label: '反馈', while: 'done', rule: 'task-order.feedback', overdue: 'centre.head' },
    mend: { label: '补充', while: 'returned', rule: 'task-order.mend', overdue: 'centre.head' },
    confirm: { label: '确认', while: 'fedBack', rule: 'task-order.confirm', overdue: 'centre.head' },
  },
  indicators: { given: { label: '交办件数', count: 'open' }, onTime: { label: '按期办毕率', onTime: 'handle' } },
})

const RULES: Readonly<Record<string, string>> = {
  制作文书: 'task-order.document',
  网络查询: 'task-order.inquiry',
  线下查询调查: 'task-order.inquiry',
}

function handleRule(values: Readonly<Record<string, unknown>>): string {
  return RULES[String(values.task)] ?? 'task-order.handle'
}
