import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FactName } from '#cases/case/fact-names.ts'
import { TRACKS, teamKindOf } from './track.ts'
import { proposeTrack, TRIAGE_RULES, type TriageView } from './triage-rules.ts'

const two = [
  { side: 'creditor', name: '甲' },
  { side: 'debtor', name: '乙' },
] as const

const aCase = (changes: Partial<TriageView> = {}, ...facts: FactName[]): TriageView => ({
  amountFen: 5_000_000n,
  arrivedFen: null,
  duty: '金钱给付',
  parties: two,
  ledger: [],
  facts: new Set(facts),
  on: '2021-10-11',
  ...changes,
})
const many = (n: number) => Array.from({ length: n }, (_, index) => ({ side: 'debtor' as const, name: `乙${index}` }))

/** What each case should come to, and by which reasons. */
const ROWS: readonly [TriageView, track: string, reasons: string[]][] = [
  [aCase(), '简案', ['标的额小', '当事人少']],
  [aCase({ amountFen: 10_000_000n }), '简案', ['标的额小', '当事人少']],
  [aCase({ amountFen: 10_000_001n }), '普案', ['标的额超过简案标准']],
  [aCase({ amountFen: 10_000_001n }, 'deposit-frozen'), '简案', ['有可直接扣划的财产', '当事人少']],
  [aCase({ duty: null }, 'funds-arrived'), '简案', ['有可直接扣划的财产', '标的额小', '当事人少']],
  [aCase({ parties: many(3) }), '简案', ['标的额小', '当事人少']],
  [aCase({ parties: many(4) }), '普案', ['当事人较多']],
  [aCase({ parties: many(9) }), '普案', ['当事人较多']],
  [aCase({ parties: many(10) }), '特案', ['当事人众多']],
  [aCase({ amountFen: null }), '普案', ['标的额不明']],
  [aCase({ duty: '交付财物' }), '普案', ['非金钱给付']],
  [aCase({ duty: '完成行为', amountFen: null }), '特案', ['执行行为']],
  [aCase({}, 'immovable-sealed'), '普案', ['有财产需要处置']],
  [
    aCase({ arrivedFen: 5_000_000n }, 'immovable-sealed', 'funds-arrived'),
    '简案',
    ['有可直接扣划的财产', '标的额小', '当事人少'],
  ],
  [aCase({ amountFen: 4_999_999_999n }), '普案', ['标的额超过简案标准']],
  [aCase({ amountFen: 5_000_000_000n }, 'deposit-frozen'), '特案', ['标的额大']],
  [aCase({ parties: [...two, { side: 'debtor', name: '某县人民政府' }] }), '特案', ['特殊主体']],
  [aCase({ ledger: [{ category: '国有企业', party: '乙' }] }), '特案', ['特殊主体台账']],
  [
    aCase({
      parties: [...two, { side: 'debtor', name: '某县人民政府' }],
      ledger: [{ category: '党政机关', party: '某县人民政府' }],
    }),
    '特案',
    ['特殊主体台账'],
  ],
]

test('the track that the rules propose, at each boundary, with its reasons', () => {
  for (const [one, track, reasons] of ROWS) {
    const proposal = proposeTrack(one)
    assert.deepEqual([proposal.track, proposal.reasons.map(({ label }) => label)], [track, reasons])
    assert.ok(proposal.reasons.every(({ finding, source }) => finding !== '' && source !== ''))
  }
})

test('every rule speaks in some case, and every track has its kind of team', () => {
  const spoken = new Set(ROWS.flatMap(([one]) => proposeTrack(one).reasons.map(({ label }) => label)))
  assert.deepEqual(
    TRIAGE_RULES.map(({ label }) => label).filter((label) => !spoken.has(label)),
    [],
  )
  assert.deepEqual(TRACKS.map(teamKindOf), ['fast', 'ordinary', 'special'])
  assert.equal(teamKindOf(null), null)
})
