import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { KIND_OF_TYPE_CODE, kindOfTypeCode, parseCaseNumber } from './case-number.ts'

const canonicalOf = (text: string): string | null => {
  const parsed = parseCaseNumber(text)
  return 'canonical' in parsed ? parsed.canonical : null
}

test('a case number in any of its written forms becomes the one canonical form', () => {
  const forms = [
    '（2021）吉0193执123号',
    '(2021)吉0193执123号',
    '〔2021〕吉0193执123号',
    '（2021)吉0193执123号',
    '\u3000（2021）吉0193 执123号 ',
    '（ 2 0 2 1 ）吉 0193\u00a0执\t123\n号',
    '（2021）吉0193执123',
    '（２０２１）吉０１９３执１２３号',
    '（2021）吉0193\u200b执123号\ufeff',
    '（2021）吉0193执0123号',
  ]
  for (const form of forms) assert.equal(canonicalOf(form), '（2021）吉0193执123号', JSON.stringify(form))
})

test('a longer type code is not cut short, and the court code keeps its level', () => {
  const rows: [string, string, string, number, string | null][] = [
    ['（2021）吉0193执恢7号', '吉0193', '执恢', 7, null],
    ['（2021）吉01司惩复7号', '吉01', '司惩复', 7, null],
    ['（2021）吉司惩7号', '吉', '司惩', 7, null],
    ['（2021）最高法执监7号之一', '最高法', '执监', 7, '之一'],
    ['（2020）辽0102财保12之十二', '辽0102', '财保', 12, '之十二'],
  ]
  for (const [text, courtCode, typeCode, serial, suffix] of rows) {
    const parsed = parseCaseNumber(text)
    assert.ok('canonical' in parsed, text)
    assert.deepEqual(
      [parsed.courtCode, parsed.typeCode, parsed.serial, parsed.suffix],
      [courtCode, typeCode, serial, suffix],
    )
  }
  assert.equal(canonicalOf('(2020)辽0102财保12之十二'), '（2020）辽0102财保12号之十二')
})

test('what is not a case number is named as a problem', () => {
  const none = [
    '2021年执字第12号',
    '（21）吉0193执12号',
    '（2021）执12号',
    '（2021）吉0193执号',
    '（2021）吉0193执字12号',
    '（2021）吉0193民初12号',
    '（2021）吉019执12号',
    '（2021）吉0193执0号',
    '（2021）吉0193执12号号',
    '[2021]吉0193执12号',
    '2021吉0193执12号',
    '（2021）吉0193执12-13号',
    '（2021）吉0193执12号之1',
    '（2021）吉0193执12号、13号',
    '#N/A',
  ]
  for (const text of none) assert.ok('problem' in parseCaseNumber(text), text)
  for (const text of ['', ' \u3000']) assert.deepEqual(parseCaseNumber(text), { problem: '缺案号' })
})

test('every type code has its kind', () => {
  assert.equal(kindOfTypeCode('执保'), '财产保全执行')
  assert.equal(kindOfTypeCode('民初'), null)
})

test('property: any canonical number, disturbed as exports do it, reads as itself', () => {
  const number = fc.record({
    year: fc.integer({ min: 1990, max: 2099 }),
    court: fc.constantFrom('吉', '吉01', '吉0193', '最高法', '兵0101'),
    type: fc.constantFrom(...Object.keys(KIND_OF_TYPE_CODE)),
    serial: fc.integer({ min: 1, max: 999_999 }),
    suffix: fc.constantFrom('', '之一', '之二十三'),
  })
  const space = fc.constantFrom('', '', '', ' ', '\u3000', '\t')
  fc.assert(
    fc.property(
      number,
      fc.array(space, { minLength: 40, maxLength: 40 }),
      fc.boolean(),
      fc.boolean(),
      (n, spaces, half, bare) => {
        const canonical = `（${n.year}）${n.court}${n.type}${n.serial}号${n.suffix}`
        let text = half ? canonical.replace('（', '(').replace('）', ')') : canonical
        if (bare) text = text.replace('号', '')
        const disturbed = [...text].map((sign, index) => sign + (spaces[index] ?? '')).join('')
        assert.deepEqual(parseCaseNumber(disturbed), {
          canonical,
          year: n.year,
          courtCode: n.court,
          typeCode: n.type,
          serial: n.serial,
          suffix: n.suffix === '' ? null : n.suffix,
        })
      },
    ),
  )
})
