import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCertificate } from '#cases/case/certificate.ts'
import { makeCalendar } from '#kernel/calendar/calendar.ts'
import { HOLIDAY_NOTICES, seedDays } from '#kernel/calendar/seed.ts'
import { explainDue } from '#kernel/clock-rule/due.ts'
import type { Rule } from '#kernel/clock-rule/rule.ts'
import { RULES } from '#rules/rules.ts'
import { FILING_RULES } from './filing-rules.ts'
import type { CaseView, SeenParty } from './warning-rule.ts'
import { FILING_RULE_IDS, warningRule } from './warning-rules.ts'

const calendar = makeCalendar({ days: seedDays(), years: HOLIDAY_NOTICES.map(({ year }) => year) })
const none = { startFact: '', suspensions: [], extensions: [], calendar }
const limit: CaseView['limit'] = (id, startOn) =>
  explainDue({ ...none, rule: RULES.find((rule) => rule.id === id) as Rule, startOn }).dueOn

const IDENTITY = '11010519491231002X'
const CREDIT_CODE = '91220101MA17B2KX55'

const party = (side: SeenParty['side'], name: string, ...numbers: string[]): SeenParty => ({
  side,
  name,
  certificates: numbers.map(readCertificate),
})
const creditor = party('creditor', '甲有限公司', CREDIT_CODE)
const debtor = party('debtor', '乙', IDENTITY)

/** A case as the filing division should enter it, filed on 1 September 2021 on a judgment of this court. */
const aCase = (changes: Partial<CaseView> = {}): CaseView => ({
  number: '（2021）吉0193执1号',
  courtCode: '吉0193',
  byHand: true,
  kind: '首次执行',
  state: 'handling',
  filedOn: '2021-09-01',
  basisNumber: '（2021）吉0193民初9号',
  basisKind: '判决书',
  basisMaker: '长春新区人民法院',
  basisEffectiveOn: '2021-05-10',
  performBy: '2021-05-20',
  duty: '金钱给付',
  jurisdiction: '第一审法院',
  amountFen: 10_000n,
  arrivedFen: null,
  hasHandler: false,
  closedOn: null,
  closingWay: null,
  parties: [creditor, debtor],
  flags: [],
  duplicates: [],
  duplicatesElsewhere: [],
  facts: new Map(),
  papers: new Set(),
  missed: [],
  on: '2021-09-01',
  limit,
  ...changes,
})

const applied = (on: string) => new Map([['application-received', { on, entered: true, firstEnteredOn: on }]] as const)

type Row = [fires: CaseView[], silent: CaseView[]]

const TABLE: Readonly<Record<string, Row>> = {
  certificate: [
    [
      aCase({ parties: [creditor, party('debtor', '乙', '110105194912310021')] }),
      aCase({ parties: [party('creditor', '甲有限公司', '91220101MA17B2KX56'), debtor] }),
      aCase({ parties: [creditor, party('debtor', '乙', 'E12345678')] }),
    ],
    [aCase({ parties: [creditor, party('debtor', '乙')] })],
  ],
  'certificate-shared': [
    [aCase({ parties: [creditor, debtor, party('debtor', '丙', IDENTITY)] })],
    [aCase({ parties: [creditor, debtor, party('debtor', '乙', IDENTITY)] })],
  ],
  'same-party': [
    [aCase({ parties: [creditor, party('debtor', '甲有限公司', CREDIT_CODE)] })],
    [aCase({ parties: [debtor, party('debtor', '乙', IDENTITY)] })],
  ],
  'certificate-type': [
    [aCase({ parties: [party('creditor', '甲有限公司', IDENTITY), debtor] })],
    [aCase({ parties: [party('creditor', '甲超市', IDENTITY), debtor] })],
  ],
  'certificate-count': [
    [aCase({ byHand: false, flags: ['证件数与当事人数不符'] })],
    [aCase({ flags: ['证件数与当事人数不符'] }), aCase({ byHand: false, flags: ['缺执行依据'] })],
  ],
  creditor: [[aCase({ parties: [debtor] })], [aCase({ parties: [debtor], kind: '执行异议' })]],
  particulars: [
    (['basisKind', 'basisMaker', 'basisEffectiveOn', 'duty', 'jurisdiction'] as const).map((name) =>
      aCase({ [name]: null }),
    ),
    [aCase({ byHand: false, basisKind: null }), aCase({ kind: '执行异议', duty: null }), aCase({ performBy: null })],
  ],
  'not-effective': [[aCase({ basisEffectiveOn: '2021-09-02' })], [aCase({ basisEffectiveOn: '2021-09-01' })]],
  'not-due': [
    [aCase({ performBy: '2021-09-01' }), aCase({ performBy: '2021-08-20', facts: applied('2021-08-20') })],
    [aCase({ performBy: '2021-08-31' }), aCase({ performBy: '2021-08-19', facts: applied('2021-08-20') })],
  ],
  'basis-later': [
    [aCase({ basisNumber: '（2022）吉0193民初9号' })],
    [aCase({ basisNumber: '长仲裁字第9号' }), aCase({ basisNumber: null })],
  ],
  'amount-zero': [
    [aCase({ amountFen: 0n }), aCase({ amountFen: 0n, duty: null })],
    [aCase({ amountFen: 0n, duty: '完成行为' }), aCase({ amountFen: null }), aCase({ amountFen: 1n })],
  ],
  'type-code': [
    [aCase({ number: '（2021）吉0193执恢1号' }), aCase({ kind: '恢复执行' })],
    [aCase({ number: '（2021）吉0193执恢1号', kind: '恢复执行' })],
  ],
  duplicate: [[aCase({ duplicates: ['（2021）吉0193执0号'] })], []],
  'duplicate-elsewhere': [[aCase({ duplicatesElsewhere: ['某法院（2021）吉0104执0号'] })], []],
  limitation: [
    [
      aCase({ performBy: '2019-08-31' }),
      aCase({ performBy: null, basisEffectiveOn: '2019-08-31' }),
      aCase({ performBy: '2018-08-31', facts: applied('2020-09-01') }),
    ],
    [
      aCase({ performBy: '2019-09-01' }),
      aCase({ performBy: '2019-08-31', facts: applied('2021-08-31') }),
      aCase({ performBy: '2010-08-31', kind: '恢复执行', number: '（2021）吉0193执恢1号' }),
      aCase({ performBy: '2010-08-31', basisKind: '刑事裁判' }),
      aCase({ performBy: null, basisEffectiveOn: null, byHand: false }),
    ],
  ],
  jurisdiction: [
    [
      aCase({ jurisdiction: '被执行人住所地' }),
      aCase({ basisKind: '仲裁裁决', basisNumber: '长仲裁字第9号', jurisdiction: '第一审法院' }),
    ],
    [
      aCase({ basisKind: '公证债权文书', basisNumber: null, jurisdiction: '财产所在地' }),
      aCase({ jurisdiction: '上级指定' }),
      aCase({ basisKind: '行政决定', jurisdiction: '被执行人住所地' }),
      aCase({ basisKind: null, byHand: false, jurisdiction: '被执行人住所地' }),
    ],
  ],
  'first-instance': [
    [
      aCase({ basisNumber: '(2021)吉0104民初9号' }),
      aCase({ basisNumber: '（2021）吉01民初9号', jurisdiction: '与第一审同级的财产所在地法院' }),
    ],
    [
      aCase({ basisNumber: '（2021）吉0104民初9号', jurisdiction: '与第一审同级的财产所在地法院' }),
      // The judgment on appeal bears the number of the court above.
      aCase({ basisNumber: '（2021）吉01民终9号' }),
      aCase({ basisNumber: '（2021）吉0104民初9号', jurisdiction: null, byHand: false }),
    ],
  ],
}

test('each rule of the filing check has its row in the table', () => {
  assert.deepEqual(
    FILING_RULES.map(({ id }) => id),
    Object.keys(TABLE).map((id) => `filing.${id}`),
  )
  for (const id of FILING_RULE_IDS) assert.ok(warningRule(id), id)
})

for (const rule of FILING_RULES) {
  test(`${rule.id} fires on its cause, is silent without it, and asks nothing of a case that is ended`, () => {
    const [fires, silent] = TABLE[rule.id.replace('filing.', '')] as Row
    for (const [at, one] of fires.entries()) {
      assert.notEqual(rule.find(one), null, `fires ${at}`)
      assert.equal(rule.find({ ...one, state: 'closed' }), null, `ended ${at}`)
    }
    for (const [at, one] of [...silent, aCase()].entries()) assert.equal(rule.find(one), null, `silent ${at}`)
  })
}

test('no finding tells a number of a certificate', () => {
  for (const [id, [fires]] of Object.entries(TABLE)) {
    for (const one of fires) {
      const found = warningRule(`filing.${id}`)?.find(one) ?? ''
      for (const { certificates } of one.parties)
        for (const { number } of certificates) assert.ok(!found.includes(number), found)
    }
  }
})

test('limitation warns only: it is the one finding of law that is yellow', () => {
  assert.equal(warningRule('filing.limitation')?.severity, 'yellow')
  assert.equal(warningRule('filing.limitation')?.mark, 'V')
})
