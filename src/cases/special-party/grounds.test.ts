import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Party, readParty } from '#cases/case/case-parties.ts'
import { SPECIAL_PARTY_RULES } from '#rules/special-parties.ts'
import { groundsOf } from './grounds.ts'

const rulesFor = (side: Party['side'], name: string, ...certificates: string[]) =>
  groundsOf([readParty(side, { name, certificates })]).map(({ rule }) => rule)

// Check characters by GB 32100; the last one is a firm's.
const OFFICE_CODE = '11220100MB0000001Y'
const SCHOOL_CODE = '12220100MB0000001U'
const FIRM_CODE = '91220100MA0000001L'

test('names: offices, committees, the military and state-owned firms; look-alikes are not', () => {
  const cases: readonly (readonly [Party['side'], string, string[]])[] = [
    ['debtor', '某县人民政府', ['government-name']],
    ['debtor', '某县 财政局', ['government-name']],
    ['debtor', '某镇政府', ['government-name']],
    ['debtor', '某市经济开发区管理委员会', ['committee-name']],
    ['debtor', '某市发展和改革委员会', ['committee-name']],
    ['debtor', '某小区业主委员会', []],
    ['debtor', '某村村民委员会', []],
    ['debtor', '某市仲裁委员会', []],
    ['debtor', '某县人民政府机关食堂', []],
    ['debtor', '某市公安局家属楼物业公司', []],
    ['creditor', '某县人民政府', []],
    ['debtor', '中国人民解放军某部队', ['military-name']],
    ['creditor', '中国人民解放军某部队', ['military-name']],
    ['debtor', '某市退役军人事务局', ['government-name']],
    ['debtor', '某市城市建设投资有限公司', ['state-owned-name']],
    ['debtor', '某省某集团（国有独资）有限公司', ['state-owned-name']],
    ['debtor', '某市国有资产监督管理委员会', ['committee-name']],
    ['debtor', '中国移动通信集团某省有限公司', ['state-owned-name']],
    ['debtor', '某商贸有限公司', []],
    ['debtor', '张建国', []],
  ]
  for (const [side, name, rules] of cases) assert.deepEqual(rulesFor(side, name), rules, `${side} ${name}`)
})

test('credit codes: by their first two characters, only where the code is valid', () => {
  assert.deepEqual(rulesFor('debtor', '某单位', OFFICE_CODE), ['government-code'])
  assert.deepEqual(rulesFor('debtor', '某学校', SCHOOL_CODE), ['government-code'])
  assert.deepEqual(rulesFor('debtor', '某公司', FIRM_CODE), [])
  assert.deepEqual(rulesFor('debtor', '某单位', `${OFFICE_CODE.slice(0, -1)}0`), [], 'a wrong check character')
  assert.deepEqual(rulesFor('creditor', '某单位', OFFICE_CODE), [])
  const [ground] = groundsOf([readParty('debtor', { name: '某单位', certificates: [OFFICE_CODE] })])
  assert.match(ground?.words ?? '', /^被执行人“某单位”信用代码属机构编制部门赋码（11开头，机关）；依据：.*GB 32100/)
})

test('a party and a rule make one ground, however often the party is named', () => {
  const twice = ['debtor', 'debtor'] as const
  assert.equal(groundsOf(twice.map((side) => readParty(side, { name: '某县人民政府', certificates: [] }))).length, 1)
})

test('each rule has an id of its own, a source, and looks at a name or at codes', () => {
  assert.equal(new Set(SPECIAL_PARTY_RULES.map(({ id }) => id)).size, SPECIAL_PARTY_RULES.length)
  for (const { id, name, codes, source } of SPECIAL_PARTY_RULES) {
    assert.ok((name === undefined) !== (codes === undefined), id)
    assert.notEqual(source, '', id)
  }
})
