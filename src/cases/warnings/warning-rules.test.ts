import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCertificate } from '#cases/case/certificate.ts'
import type { FactName } from '#cases/case/fact-names.ts'
import { makeCalendar } from '#kernel/calendar/calendar.ts'
import { HOLIDAY_NOTICES, seedDays } from '#kernel/calendar/seed.ts'
import { explainDue } from '#kernel/clock-rule/due.ts'
import type { Rule } from '#kernel/clock-rule/rule.ts'
import { RULES } from '#rules/rules.ts'
import type { CaseView, SeenFact, SeenParty } from './warning-rule.ts'
import { WARNING_RULES } from './warning-rules.ts'

const calendar = makeCalendar({ days: seedDays(), years: HOLIDAY_NOTICES.map(({ year }) => year) })
const none = { startFact: '', suspensions: [], extensions: [], calendar }
const limit: CaseView['limit'] = (id, startOn) =>
  explainDue({ ...none, rule: RULES.find((rule) => rule.id === id) as Rule, startOn }).dueOn

const NO_PARTICULARS = {
  basisKind: null,
  basisMaker: null,
  basisEffectiveOn: null,
  performBy: null,
  duty: null,
  jurisdiction: null,
}
const creditor: SeenParty = { side: 'creditor', name: '甲', certificates: [] }
const debtor: SeenParty = { side: 'debtor', name: '乙', certificates: [readCertificate('11010519491231002X')] }

type Facts = Partial<Record<FactName, string | SeenFact>>

/** Told by an export, or entered on another day than it happened. */
const told = (on: string): SeenFact => ({ on, entered: false, firstEnteredOn: '2021-09-30' })
const enteredOn = (on: string, firstEnteredOn: string): SeenFact => ({ on, entered: true, firstEnteredOn })

/** A case of first enforcement, filed on 1 March 2021 and handled without fault; facts by date are entered at once. */
function aCase(facts: Facts = {}, changes: Partial<CaseView> = {}): CaseView {
  const seen = Object.entries({ filed: '2021-03-01', ...facts }).map(([name, fact]): [FactName, SeenFact] => [
    name as FactName,
    typeof fact === 'string' ? enteredOn(fact, fact) : fact,
  ])
  return {
    kind: '首次执行',
    state: 'handling',
    filedOn: '2021-03-01',
    basisNumber: '（2021）吉0193民初9号',
    amountFen: 10_000n,
    arrivedFen: null,
    hasHandler: true,
    closedOn: null,
    closingWay: null,
    ...NO_PARTICULARS,
    number: '（2021）吉0193执1号',
    courtCode: '吉0193',
    byHand: false,
    flags: [],
    duplicates: [],
    duplicatesElsewhere: [],
    parties: [creditor, debtor],
    facts: new Map(seen),
    papers: new Set(),
    missed: [],
    on: '2021-09-30',
    limit,
    ...changes,
  }
}

const closed = (facts: Facts, way: string | null, changes: Partial<CaseView> = {}) =>
  aCase({ closed: '2021-08-02', ...facts }, { state: 'closed', closedOn: '2021-08-02', closingWay: way, ...changes })
const PREPARED = {
  'notice-sent': '2021-03-02',
  'disclosure-ordered': '2021-03-02',
  'consumption-limited': '2021-03-20',
  'inquiry-started': '2021-03-03',
  'termination-interview': '2021-05-20',
} as const
const terminated = (on: string, facts: Facts = {}, changes: Partial<CaseView> = {}) =>
  aCase({ ...PREPARED, closed: on, ...facts }, { state: 'terminated', closedOn: on, ...changes })
const without = (one: CaseView, ...names: FactName[]): CaseView => ({
  ...one,
  facts: new Map([...one.facts].filter(([name]) => !names.includes(name))),
})
const withPaper = (one: CaseView, paper: string): CaseView => ({ ...one, papers: new Set([paper]) })

/** A paper's rule: it fires when the node was entered, not when an export told it, and falls silent with the paper. */
const paper = (fact: FactName, name: string): Row => [
  aCase({ [fact]: '2021-04-01' }),
  [withPaper(aCase({ [fact]: '2021-04-01' }), name), aCase({ [fact]: told('2021-04-01') }), aCase()],
]
/** A node's rule: it fires where the one before is missing or dated later, not on the same day. */
const order = (later: FactName, earlier: FactName): Row => [
  [aCase({ [later]: '2021-04-01' }), aCase({ [later]: '2021-04-01', [earlier]: '2021-04-02' })],
  [aCase({ [later]: '2021-04-01', [earlier]: '2021-04-01' }), aCase({ [earlier]: '2021-04-01' }), aCase()],
]

type Row = [fires: CaseView | CaseView[], silent: CaseView[]]

const TABLE: Readonly<Record<string, Row>> = {
  debtor: [
    aCase({}, { parties: [creditor] }),
    [aCase(), aCase({}, { parties: [creditor], kind: '财产保全执行' }), aCase({}, { parties: [debtor] })],
  ],
  'debtor-certificate': [aCase({}, { parties: [creditor, { ...debtor, certificates: [] }] }), [aCase()]],
  basis: [aCase({}, { basisNumber: null }), [aCase(), aCase({}, { basisNumber: null, kind: '执行异议' })]],
  amount: [
    [aCase({}, { amountFen: null }), aCase({}, { amountFen: null, duty: '交付财物' })],
    [aCase(), aCase({}, { amountFen: null, kind: '执行异议' }), aCase({}, { amountFen: null, duty: '完成行为' })],
  ],
  handler: [
    // 7 days from 1 March: Monday 8 March 2021
    aCase({}, { hasHandler: false, on: '2021-03-09' }),
    [aCase({}, { hasHandler: false, on: '2021-03-08' }), aCase({}, { on: '2021-03-09' })],
  ],
  'suspension-day': [
    aCase({}, { state: 'suspended' }),
    [aCase({ suspended: '2021-04-01' }, { state: 'suspended' }), aCase()],
  ],
  'closing-day': [closed({}, '执行完毕', { closedOn: null }), [closed({}, '执行完毕'), aCase()]],
  'closing-way': [closed({}, null), [closed({}, '终结执行'), closed({}, null, { kind: '执行异议' })]],
  'arrival-amount': [
    aCase({ 'funds-arrived': '2021-04-01' }),
    [aCase({ 'funds-arrived': '2021-04-01' }, { arrivedFen: 1n }), aCase()],
  ],
  'paper.notice': paper('notice-sent', 'notice'),
  'paper.disclosureOrder': paper('disclosure-ordered', 'disclosureOrder'),
  'paper.consumptionOrder': paper('consumption-limited', 'consumptionOrder'),
  'paper.dishonestyDecision': paper('dishonest-listed', 'dishonestyDecision'),
  'paper.interviewRecord': paper('termination-interview', 'interviewRecord'),
  'paper.appraisalReport': paper('appraisal-reported', 'appraisalReport'),
  'paper.auctionRuling': paper('auction-ruling-served', 'auctionRuling'),
  'paper.assistanceNotice': paper('assistance-served', 'assistanceNotice'),
  'paper.claimNotice': paper('claim-notice-served', 'claimNotice'),
  'paper.disbursementForm': paper('funds-disbursed', 'disbursementForm'),
  'paper.suspensionRuling': paper('suspended', 'suspensionRuling'),
  'paper.closingPaper': [
    closed({}, '执行完毕'),
    [withPaper(closed({}, '执行完毕'), 'closingPaper'), closed({ closed: told('2021-08-02') }, '执行完毕')],
  ],
  'paper.terminationRuling': [
    terminated('2021-08-02'),
    [withPaper(terminated('2021-08-02'), 'terminationRuling'), closed({}, '执行完毕')],
  ],
  'late-entry': [
    // three working days from Thursday 16 September 2021: 17 and 18 (worked), then the holiday, 22 September
    aCase({ 'notice-sent': enteredOn('2021-09-16', '2021-09-23') }),
    [
      aCase({ 'notice-sent': enteredOn('2021-09-16', '2021-09-22') }),
      aCase({ 'notice-sent': { ...enteredOn('2021-09-16', '2021-09-23'), entered: false } }),
    ],
  ],
  'order.dishonest-listed': order('dishonest-listed', 'notice-sent'),
  'order.consumption-limited': order('consumption-limited', 'notice-sent'),
  'order.investigation-started': order('investigation-started', 'investigation-applied'),
  'order.clue-verified': order('clue-verified', 'urgent-clue-received'),
  'order.audit-answered': order('audit-answered', 'audit-applied'),
  'order.reward-answered': order('reward-answered', 'reward-applied'),
  'order.price-fixed': order('price-fixed', 'price-route-started'),
  'order.realisation-started': order('realisation-started', 'price-fixed'),
  'order.second-auction-started': order('second-auction-started', 'first-auction-unsold'),
  'order.satisfaction-asked': order('satisfaction-asked', 'second-auction-unsold'),
  'order.auction-ruling-served': order('auction-ruling-served', 'price-paid'),
  'order.asset-handed-over': order('asset-handed-over', 'auction-ruling-served'),
  'order.funds-disbursed': order('funds-disbursed', 'funds-arrived'),
  'order.closing-checked': order('closing-checked', 'closing-requested'),
  'order.disclosure': [
    [
      aCase({ 'notice-sent': '2021-03-02' }),
      aCase({ 'notice-sent': told('2021-03-02'), 'disclosure-ordered': told('2021-03-03') }),
    ],
    [
      aCase({ 'notice-sent': '2021-03-02', 'disclosure-ordered': '2021-03-02' }),
      aCase({ 'notice-sent': told('2021-03-02') }),
      aCase({ 'notice-sent': '2021-03-02' }, { amountFen: null }),
    ],
  ],
  'order.disposal': order('realisation-started', 'movable-seized'),
  'before-filing': [
    aCase({ 'notice-sent': '2021-02-28' }),
    [aCase({ 'notice-sent': '2021-03-01' }), aCase({ 'application-received': '2021-02-20' })],
  ],
  // 已超过三个月: the last day of the three months is too early
  'termination.early': [
    terminated('2021-06-01'),
    [terminated('2021-06-02'), closed({ closed: '2021-05-01' }, '执行完毕', { closedOn: '2021-05-01' })],
  ],
  'termination.interview': [
    [
      without(terminated('2021-08-02'), 'termination-interview'),
      terminated('2021-08-02', { 'termination-interview': '2021-08-03' }),
    ],
    [terminated('2021-08-02', { 'termination-interview': '2021-08-02' }), closed({}, '执行完毕')],
  ],
  'termination.measures': [
    [without(terminated('2021-08-02'), 'inquiry-started'), without(terminated('2021-08-02'), 'consumption-limited')],
    [terminated('2021-08-02'), closed({}, '执行完毕')],
  ],
  'closing.open-nodes': [closed({}, '执行完毕', { missed: ['首次网络查控'] }), [closed({}, '执行完毕')]],
  'arrived-more': [
    aCase({}, { arrivedFen: 10_001n }),
    [aCase({}, { arrivedFen: 10_000n }), aCase({}, { arrivedFen: 10_001n, amountFen: null })],
  ],
  'closed-undisbursed': [
    [
      closed({ 'funds-arrived': told('2021-07-30') }, '执行完毕'),
      terminated('2021-08-02', { 'funds-arrived': '2021-07-30' }),
    ],
    [
      closed({ 'funds-arrived': '2021-07-30', 'funds-disbursed': '2021-08-01' }, '执行完毕'),
      aCase({ 'funds-arrived': '2021-07-30' }),
    ],
  ],
  'paid-less': [
    [closed({}, '执行完毕'), closed({}, '执行完毕', { arrivedFen: 9_999n })],
    [
      closed({}, '执行完毕', { arrivedFen: 10_000n }),
      closed({}, '终结执行'),
      closed({ 'remainder-waived': '2021-07-01' }, '执行完毕', { arrivedFen: 9_999n }),
    ],
  ],
  'terminated-paid': [
    terminated('2021-08-02', {}, { arrivedFen: 10_000n }),
    [terminated('2021-08-02', {}, { arrivedFen: 9_999n }), closed({}, '执行完毕', { arrivedFen: 10_000n })],
  ],
  'listed-unlimited': [
    aCase({ 'dishonest-listed': '2021-04-01' }),
    [aCase({ 'dishonest-listed': '2021-04-01', 'consumption-limited': '2021-04-02' }), aCase()],
  ],
  'unlifted.dishonest-listed': [
    closed({ 'dishonest-listed': '2021-04-01' }, '执行完毕'),
    [
      closed({ 'dishonest-listed': '2021-04-01', 'dishonest-removed': '2021-08-03' }, '执行完毕'),
      closed({ 'dishonest-listed': '2021-04-01', closed: told('2021-08-02') }, '执行完毕'),
      terminated('2021-08-02', { 'dishonest-listed': '2021-04-01' }),
    ],
  ],
  'unlifted.consumption-limited': [
    closed({ 'consumption-limited': '2021-04-01' }, '执行完毕'),
    [closed({ 'consumption-limited': '2021-04-01', 'consumption-released': '2021-08-03' }, '执行完毕')],
  ],
}

/** The rules of the filing check have a table of their own. */
const COURSE = WARNING_RULES.filter(({ kind }) => kind !== 'filing')

test('each rule has its row in the table, and each row its rule', () => {
  assert.deepEqual(COURSE.map(({ id }) => id).sort(), Object.keys(TABLE).sort(), 'a rule without a row is not tested')
})

for (const rule of COURSE) {
  test(`${rule.id} fires on its cause and is silent without it`, () => {
    const [fires, silent] = TABLE[rule.id] as Row
    for (const one of Array.isArray(fires) ? fires : [fires]) assert.notEqual(rule.find(one), null)
    for (const [at, one] of silent.entries()) assert.equal(rule.find(one), null, `silent ${at}`)
  })
}

test('a case handled without fault has no warning', () => {
  const one = aCase({}, {})
  assert.deepEqual(
    WARNING_RULES.filter((rule) => rule.find(one) !== null).map(({ id }) => id),
    [],
  )
})

test('law and settings are told apart: what is not marked V or M says 本院设置', () => {
  for (const { id, mark, source } of WARNING_RULES) assert.equal(mark === 'C', source === '本院设置', id)
})

test('an export leaves nodes out: what it does not tell is asked of what was entered only', () => {
  const find = (id: string, one: CaseView) => WARNING_RULES.find((rule) => rule.id === id)?.find(one)
  assert.equal(find('order.price-fixed', aCase({ 'price-fixed': told('2021-04-01') })), null)
  assert.equal(
    find('order.dishonest-listed', aCase({ 'dishonest-listed': told('2021-04-01') })),
    '纳入失信2021-04-01，没有执行通知书发出',
  )
})
