import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PartyView } from '#cases/case/wire.ts'
import { type EditedParty, wireParties } from './edited-party.ts'
import { changesOf } from './party-changes.ts'

const before: PartyView[] = [
  { side: 'creditor', name: '甲', certificates: [], representative: null },
  {
    side: 'debtor',
    name: '乙',
    certificates: [{ type: '居民身份证', masked: '220102********1234', valid: false }],
    representative: null,
  },
]
const asItWas = (): EditedParty[] =>
  before.map(({ side, name }, index) => ({ was: index + 1, side, name, renumber: false, certificates: [] }))

test('a list left as it was has no changes and sends no number', () => {
  assert.deepEqual(changesOf(before, asItWas()), [])
  assert.deepEqual(
    wireParties(asItWas()).map(({ certificates }) => certificates),
    [null, null],
  )
})

test('each change is told once: name, side, number, new, removed, order', () => {
  const [first, second] = asItWas() as [EditedParty, EditedParty]
  const renamed = {
    ...second,
    name: ' 乙某 ',
    side: 'third-party' as const,
    renumber: true,
    certificates: ['', undefined],
  }
  assert.deepEqual(changesOf(before, [first, renamed]), [
    '姓名或名称“乙”改为“乙某”',
    '乙某的地位由被执行人改为案外人',
    '乙某的证件号码将删除',
  ])
  const added: EditedParty = {
    was: null,
    side: 'debtor',
    name: '丙',
    renumber: true,
    certificates: ['220102199001011234'],
  }
  assert.deepEqual(changesOf(before, [first, added]), ['增加被执行人“丙”（证件 220102…1234）', '删除被执行人“乙”'])
  assert.deepEqual(changesOf(before, [second, first]), ['调整顺序：乙、甲'])
  assert.deepEqual(wireParties([added])[0], {
    was: null,
    side: 'debtor',
    name: '丙',
    certificates: ['220102199001011234'],
  })
})
