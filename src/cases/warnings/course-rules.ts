import type { FactName } from '#cases/case/fact-names.ts'
import { correct, isEnded, isEnforcement, type Law, label, listed, OWN, outOfOrder, rule, yuan } from './rule-words.ts'
import type { WarningRule } from './warning-rule.ts'

// 节点流转和办理结果: nodes out of their order, closings before their time, results that contradict the record.

const BEFORE_FILING: readonly FactName[] = ['application-received', 'filed']

const BEFORE_TERMINATION: readonly FactName[] = [
  'notice-sent',
  'disclosure-ordered',
  'consumption-limited',
  'inquiry-started',
]

/** A node on record though the one before it is missing, or has a later date. */
const ORDER: readonly WarningRule[] = (
  [
    ['dishonest-listed', ['notice-sent'], ['失信规定第五条', 'V']],
    ['consumption-limited', ['notice-sent'], ['限制消费规定第一条', 'V']],
    ['investigation-started', ['investigation-applied'], ['期限规定第六条（法发〔2006〕35号）', 'V']],
    ['clue-verified', ['clue-received', 'urgent-clue-received'], ['财产调查规定第二条', 'V']],
    ['audit-answered', ['audit-applied'], ['财产调查规定第十七条', 'V']],
    ['reward-answered', ['reward-applied'], ['财产调查规定第二十一条', 'V']],
    ['price-fixed', ['price-route-started'], ['参考价规定第一条', 'V']],
    ['realisation-started', ['price-fixed'], ['参考价规定第三十条', 'V']],
    ['second-auction-started', ['first-auction-unsold'], ['网络司法拍卖规定第二十六条', 'V']],
    ['satisfaction-asked', ['second-auction-unsold'], ['变卖衔接通知（法明传〔2017〕455号）', 'M']],
    ['auction-ruling-served', ['price-paid'], ['拍卖变卖规定第二十条', 'V']],
    ['asset-handed-over', ['auction-ruling-served'], ['拍卖变卖规定第二十七条', 'V']],
    ['funds-disbursed', ['funds-arrived'], ['指导意见第十五条', 'V']],
    ['closing-checked', ['closing-requested'], ['指导意见第十六条', 'V']],
  ] as const satisfies readonly [FactName, readonly FactName[], Law][]
).map(([later, earlier, law]) =>
  rule(
    `order.${later}`,
    'sequence',
    'orange',
    `${label(later)}先于${earlier.map(label).join('或')}`,
    law,
    `补登${label(earlier[0])}，或更正日期`,
    { act: '登记节点', node: earlier[0] },
    (one) => outOfOrder(one, later, earlier),
  ),
)

const SEQUENCE: readonly WarningRule[] = [
  rule(
    'order.disclosure',
    'sequence',
    'orange',
    '报告财产令未与执行通知同时发出',
    ['财产调查规定第三条', 'V'],
    '发出报告财产令并登记',
    { act: '登记节点', node: 'disclosure-ordered' },
    (one) => {
      const [notice, order] = [one.facts.get('notice-sent'), one.facts.get('disclosure-ordered')]
      if (!notice || one.amountFen === null || !isEnforcement(one)) return null
      if (!order) return notice.entered ? `执行通知书${notice.on}发出，没有报告财产令` : null
      return order.on > notice.on ? `执行通知书${notice.on}发出，报告财产令${order.on}发出` : null
    },
  ),
  rule(
    'order.disposal',
    'sequence',
    'red',
    '未查封扣押冻结而处分',
    ['民事诉讼法解释第四百八十四条', 'V'],
    '补登查封扣押冻结，或更正日期',
    { act: '登记节点', node: 'asset-controlled' },
    (one) => outOfOrder(one, 'realisation-started', ['asset-controlled', 'movable-seized', 'immovable-sealed']),
  ),
  rule('before-filing', 'sequence', 'orange', '节点早于立案', OWN, '核对日期并更正', correct, (one) =>
    listed(
      [...one.facts]
        .filter(([name, { on }]) => !BEFORE_FILING.includes(name) && on < one.filedOn)
        .map(([name, { on }]) => `${label(name)}${on}`),
      `立案${one.filedOn}：`,
    ),
  ),
  rule(
    'termination.early',
    'sequence',
    'red',
    '终本未满三个月',
    ['终本规定第一条第四项', 'V'],
    '核对立案和终本日期；确未满的，依法纠正',
    correct,
    (one) => {
      const last = one.state === 'terminated' && one.closedOn ? one.limit('termination.earliest', one.filedOn) : null
      return last !== null && one.closedOn !== null && one.closedOn <= last
        ? `立案${one.filedOn}，终本${one.closedOn}，${last}以后方可终本`
        : null
    },
  ),
  rule(
    'termination.interview',
    'sequence',
    'red',
    '终本前未约谈',
    ['终本规定第五条', 'M'],
    '补登终本约谈；确未约谈的，依法纠正',
    { act: '登记节点', node: 'termination-interview' },
    (one) => {
      const met = one.facts.get('termination-interview')
      if (one.state !== 'terminated' || (met && one.closedOn !== null && met.on <= one.closedOn)) return null
      return met ? `终本${one.closedOn ?? '日期不明'}，约谈${met.on}` : '没有终本约谈'
    },
  ),
  rule(
    'termination.measures',
    'sequence',
    'red',
    '终本前措施不全',
    ['终本规定第一条、第三条', 'V'],
    '核对卷宗，补登已办的措施；确未办的，依法纠正',
    { act: '登记节点' },
    (one) =>
      one.state !== 'terminated'
        ? null
        : listed(BEFORE_TERMINATION.filter((name) => !one.facts.has(name)).map(label), '缺：'),
  ),
  rule(
    'closing.open-nodes',
    'sequence',
    'orange',
    '结案时节点未办',
    ['指导意见第十六条', 'V'],
    '补登已办的节点；确未办的，说明理由',
    { act: '登记节点' },
    (one) => listed(one.missed),
  ),
]

const RESULT: readonly WarningRule[] = [
  rule(
    'arrived-more',
    'result',
    'yellow',
    '到账多于申请标的',
    OWN,
    '核对到账金额；含迟延履行利息的，说明理由',
    correct,
    (one) =>
      one.amountFen !== null && one.arrivedFen !== null && one.arrivedFen > one.amountFen
        ? `申请标的${yuan(one.amountFen)}，到账${yuan(one.arrivedFen)}`
        : null,
  ),
  rule(
    'closed-undisbursed',
    'result',
    'red',
    '案款未发放而结案',
    ['指导意见第十五条', 'V'],
    '发放案款并登记',
    { act: '登记节点', node: 'funds-disbursed' },
    (one) => {
      const arrived = one.facts.get('funds-arrived')
      return isEnded(one) && arrived && !one.facts.has('funds-disbursed') ? `案款${arrived.on}到账，未发放` : null
    },
  ),
  rule(
    'paid-less',
    'result',
    'orange',
    '执行完毕而未足额到账',
    ['执行规定第六十四条', 'V'],
    '核对到账金额；申请执行人放弃余额的，登记放弃；当事人自行履行的，说明理由',
    { act: '登记节点', node: 'remainder-waived' },
    (one) => {
      const arrived = one.arrivedFen ?? 0n
      const isShort = one.closingWay === '执行完毕' && one.amountFen !== null && arrived < one.amountFen
      return isShort && !one.facts.has('remainder-waived')
        ? `申请标的${yuan(one.amountFen ?? 0n)}，到账${yuan(arrived)}`
        : null
    },
  ),
  rule(
    'terminated-paid',
    'result',
    'red',
    '足额到账而终本',
    ['终本规定第一条第三项', 'V'],
    '核对到账金额；已足额的，依法纠正',
    correct,
    (one) =>
      one.state === 'terminated' && one.amountFen !== null && (one.arrivedFen ?? 0n) >= one.amountFen
        ? `申请标的${yuan(one.amountFen)}，到账${yuan(one.arrivedFen ?? 0n)}`
        : null,
  ),
  rule(
    'listed-unlimited',
    'result',
    'orange',
    '纳入失信而未限制消费',
    ['限制消费规定第一条', 'V'],
    '作出限制消费令并登记',
    { act: '登记节点', node: 'consumption-limited' },
    (one) =>
      one.facts.has('dishonest-listed') && !one.facts.has('consumption-limited')
        ? `${one.facts.get('dishonest-listed')?.on}纳入失信，没有限制消费`
        : null,
  ),
  ...(
    [
      [
        'dishonest-listed',
        'dishonest-removed',
        '执行完毕而失信信息未屏蔽',
        ['失信规定第二条、第十条', 'V'],
        '没有纳入期限的，三个工作日内屏蔽并登记；有纳入期限的，报请院长决定是否提前删除',
      ],
      [
        'consumption-limited',
        'consumption-released',
        '执行完毕而未解除限制消费',
        ['限制消费规定第九条', 'V'],
        '解除限制消费并登记',
      ],
    ] as const
  ).map(([set, lifted, text, law, next]) =>
    rule(
      `unlifted.${set}`,
      'result',
      'red',
      text,
      [...law],
      next,
      { act: '登记节点', node: lifted },
      // An export has no column for the lifting.
      (one) =>
        one.closingWay === '执行完毕' &&
        one.facts.get('closed')?.entered &&
        one.facts.has(set) &&
        !one.facts.has(lifted)
          ? `${label(set)}${one.facts.get(set)?.on}，没有${label(lifted)}`
          : null,
    ),
  ),
]

export const COURSE_RULES: readonly WarningRule[] = [...ORDER, ...SEQUENCE, ...RESULT]
