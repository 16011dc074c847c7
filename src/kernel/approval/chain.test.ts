import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ApprovalSpec, chainWords, stepsFor } from './chain.ts'

const courts = { own: 2, above: 1 }
const CHAIN: ApprovalSpec = [
  'centre.head',
  { role: 'director', from: { field: 'amountFen', fen: 10_000_000n } },
  { role: 'president', personal: true, from: { field: 'amountFen', fen: 100_000_000n } },
]

test('a chain has the steps that its content needs', () => {
  const rolesFor = (amountFen: unknown) => stepsFor(CHAIN, { amountFen }, courts).map(({ role }) => role)
  for (const [amount, roles] of [
    [null, ['centre.head']],
    [undefined, ['centre.head']],
    [9_999_999n, ['centre.head']],
    ['9999999', ['centre.head']],
    [10_000_000n, ['centre.head', 'director']],
    ['99999999', ['centre.head', 'director']],
    ['100000000', ['centre.head', 'director', 'president']],
  ] as const) {
    assert.deepEqual(rolesFor(amount), roles, String(amount))
  }
})

test('the first step is always taken, each in its court; what is personal stays with the post’s holder', () => {
  const spec: ApprovalSpec = [
    { role: 'director', from: { field: 'amountFen', fen: 1n } },
    { role: 'director', above: true, personal: true },
  ]
  assert.deepEqual(stepsFor(spec, {}, courts), [
    { role: 'director', courtId: 2, personal: false },
    { role: 'director', courtId: 1, personal: true },
  ])
  assert.deepEqual(stepsFor('president', {}, courts), [{ role: 'president', courtId: 2, personal: false }])
})

test('a chain is told in words', () => {
  assert.match(chainWords(CHAIN), /^.+、.+（10万元以上）、院长（100万元以上）$/)
  assert.equal(chainWords([{ role: 'president', above: true }]), '上级法院院长')
  assert.match(chainWords(['president', { role: 'president', from: { field: 'x', fen: 12_300n } }]), /（123元以上）$/)
})
