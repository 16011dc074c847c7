import { nameAsset } from '#cases/case/case-assets.ts'
import { datedFacts, dayInCase, enterFacts, keepTeam, tieToCase } from '#cases/case/case-of-matter.ts'
import { plainName } from '#cases/case/name-grams.ts'
import type { Who } from '#kernel/authorisation/may.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import { field, filledLater } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { upload } from '#kernel/matter/matter.ts'
import { problem } from '#kernel/problem/problem.ts'

// 传统查控（第十三条）: what the network can't find is asked for on the spot or by letter; what comes of it goes to the team
// and into the facts of the case.

const TEAM = ['team.head', 'team.judge', 'team.assistant', 'team.clerk'] as const
const OPENERS: readonly Who[] = [...TEAM, 'centre.clerk', 'centre.inquiry-operator']
const INQUIRERS: readonly Who[] = ['holder', ...OPENERS]
const REVIEWERS: readonly Who[] = ['team.judge', 'team.head']

/** Ways that take two persons (民事诉讼法解释第九十七条). */
const ON_THE_SPOT = ['实地调查', '当面询问']
const PERSONS_LEAST = 2

const means = field.choice('调查方式', '实地调查', '当面询问', '发函查询')
const visitedOn = field.date('调查日期')
const people = field.text('参加调查人员', { max: 200, help: '实地调查、当面询问须两人以上，以顿号分隔' })
const found = field.choice('调查结果', '发现财产', '未发现财产', '未能查明')
const result = field.text('结果说明', { max: 2000 })
const assetNumber = field.text('财产标识', {
  optional: true,
  max: 60,
  help: '查到的不动产权证号、车牌号、车架号或者账号',
})

export const offlineInquiry = matter('offline-inquiry', {
  title: '传统查控',
  articles: ['13'],
  path: 'offline-inquiries',
  number: '{court}查控〔{year}〕{serial}号',
  opens: { by: OPENERS, to: 'assigned', tell: ['holder'], effect: openInquiry },
  ends: ['completed', 'cancelled'],
  fields: {
    caseNumber: field.caseNumber('执行案号'),
    debtor: field.text('被调查人', { max: 200 }),
    subject: field.choice(
      '调查内容',
      '住所地和财产所在地',
      '住房公积金',
      '理财产品',
      '收益类保险',
      '股息红利',
      '工资收入',
      '到期债权',
      '股权',
      '不动产',
      '车辆',
      '其他',
    ),
    unit: field.text('被询单位', { optional: true, max: 200 }),
    place: field.text('调查地点', { optional: true, max: 200 }),
    requirement: field.text('调查要求', { max: 1000 }),
    handler: field.person('调查人员', { optional: true }),
    finishBy: field.date('要求完成日期', { optional: true, help: '不填则按本院设置计算' }),
    means: filledLater(means),
    visitedOn: filledLater(visitedOn),
    people: filledLater(people),
    found: filledLater(found),
    result: filledLater(result),
    assetNumber: filledLater(assetNumber),
  },
  states: {
    assigned: '待调查',
    reported: '待审核',
    returned: '退回补充',
    completed: '办结',
    cancelled: '撤回',
  },
  documents: { record: upload('调查笔录、照片或者回函', { paperKept: true }), papers: upload('其他材料') },
  actions: {
    record: {
      label: '登记调查结果',
      from: ['assigned', 'returned'],
      to: 'reported',
      by: INQUIRERS,
      needs: ['record'],
      ask: { means, visitedOn, people, found, result, assetNumber },
      tell: ['opener'],
      effect: checkResult,
    },
    accept: {
      label: '确认结果',
      from: ['reported'],
      to: 'completed',
      by: REVIEWERS,
      tell: ['opener', 'holder'],
      effect: feedBack,
    },
    sendBack: {
      label: '退回补充',
      from: ['reported'],
      to: 'returned',
      by: REVIEWERS,
      awaited: false,
      ask: { reason: field.text('需要补充的内容', { max: 500 }) },
      tell: ['holder'],
    },
    handOver: {
      label: '指派调查人员',
      from: ['assigned', 'returned'],
      by: ['team.head', 'team.judge', 'centre.clerk'],
      awaited: false,
      ask: { handler: field.person('调查人员') },
      tell: ['holder'],
      effect: keepTeam,
    },
    cancel: {
      label: '撤回',
      from: ['assigned', 'returned'],
      to: 'cancelled',
      by: ['opener', ...REVIEWERS, 'centre.clerk'],
      awaited: false,
      grave: true,
      ask: { reason: field.text('撤回理由', { max: 500 }) },
      tell: ['holder'],
      effect: async (acting) => nameAsset(acting, acting.thing, null),
    },
  },
  clocks: {
    inquire: {
      label: '完成传统查控',
      while: ['assigned', 'returned'],
      rule: 'inquiry.offline',
      until: 'finishBy',
      overdue: 'centre.clerk',
    },
    review: { label: '审核查控结果', while: 'reported', rule: 'inquiry.review', overdue: 'team.head' },
  },
})

async function openInquiry(acting: Acting): Promise<void> {
  const { values, caseId } = acting.thing
  if (!values.unit && !values.place) {
    throw problem('inquiry.where', {}, { fields: [{ path: 'unit', message: '请填写被询单位或者调查地点' }] })
  }
  if (typeof values.finishBy === 'string' && values.finishBy < acting.on) {
    throw problem('request.invalid', {}, { fields: [{ path: 'finishBy', message: '不能早于今天' }] })
  }
  await tieToCase(acting, caseId, OPENERS)
}

async function checkResult(acting: Acting): Promise<void> {
  await dayInCase(acting, 'visitedOn')
  const { answers, thing } = acting
  await nameAsset(acting, thing, answers.found === '发现财产' ? answers.assetNumber : null)
  // A space stands within a name (张 三) as well as between two.
  const persons = String(answers.people)
    .split(/[、，,；;\n]/)
    .map(plainName)
    .filter((name) => name !== '')
  if (ON_THE_SPOT.includes(String(answers.means)) && new Set(persons).size < PERSONS_LEAST) {
    throw problem('inquiry.two-persons', {}, { fields: [{ path: 'people', message: '须两人以上' }] })
  }
}

/** The first inquiry whose result is confirmed completes the node 传统查控 of the case. */
async function feedBack(acting: Acting): Promise<void> {
  if ((await datedFacts(acting)).has('offline-inquiry')) return
  const on = String(acting.thing.values.visitedOn)
  await enterFacts(acting, { 'offline-inquiry': on }, `${acting.thing.number}登记`)
}
