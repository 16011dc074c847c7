import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readSide, splitNames } from './party-reading.ts'
import type { Cell } from './sheet-rows.ts'

const text = (raw: string): Cell => ({ col: 1, type: 'text', raw, dateStyled: false, formula: false })
const number = (raw: string): Cell => ({ ...text(raw), type: 'number' })
const RIGHT = '11010519491231002X'
const OTHER = '440524188001010014'

test('parties are split at their separators and nowhere else', () => {
  const rows: [string, string[]][] = [
    ['甲、乙，丙;丁；戊', ['甲', '乙', '丙', '丁', '戊']],
    ['甲,乙', ['甲', '乙']],
    [' 甲 、\u3000乙\u3000', ['甲', '乙']],
    ['甲、、乙、', ['甲', '乙']],
    ['甲\n乙\r\n丙', ['甲', '乙', '丙']],
    ['  ', []],
    ['、；', []],
    ['买买提·吐尔逊、𠮷田一郎', ['买买提·吐尔逊', '𠮷田一郎']],
    ['Jilin Trading Co., Ltd.、甲', ['Jilin Trading Co., Ltd.', '甲']],
    ['Jilin Trading Co.,Ltd.,甲', ['Jilin Trading Co.,Ltd.', '甲']],
    ['甲公司（曾用名：乙公司、丙公司），丁', ['甲公司（曾用名：乙公司、丙公司）', '丁']],
    ['甲公司（普通合伙、乙', ['甲公司（普通合伙', '乙']],
    ['张 三', ['张 三']],
  ]
  for (const [cell, names] of rows) assert.deepEqual(splitNames(cell), names, cell)
})

test('numbers belong to parties in the same order', () => {
  const side = readSide('甲、乙', text(`${RIGHT}、${OTHER}`))
  assert.deepEqual(
    side.parties.map((party) => [party.name, party.certificate?.number]),
    [
      ['甲', RIGHT],
      ['乙', OTHER],
    ],
  )
  assert.deepEqual([side.certificateWrong, side.countDiffers, side.looseCertificates.length], [false, false, 0])
})

test('where the counts differ nobody gets a number, and all are kept', () => {
  for (const cell of [text(`${RIGHT}、${OTHER}`), text(`${RIGHT}、、${OTHER}`)]) {
    const side = readSide('甲、乙、丙', cell)
    assert.equal(side.countDiffers, true)
    assert.deepEqual(
      side.parties.map((party) => party.certificate),
      [null, null, null],
    )
    assert.deepEqual(
      side.looseCertificates.map(({ number: digits }) => digits),
      [RIGHT, OTHER],
    )
  }
  assert.equal(readSide('甲', undefined).countDiffers, true)
  assert.equal(readSide('', text(RIGHT)).countDiffers, true)
  assert.equal(readSide('', text(' ')).countDiffers, false)
})

test('one wrong number is enough', () => {
  assert.equal(readSide('甲、乙', text(`${RIGHT}、110105194912310021`)).certificateWrong, true)
  assert.equal(readSide('甲', text('110105491231002')).certificateWrong, true)
})

test('an identity number typed as a number has lost its end, unless the file kept all its digits', () => {
  for (const raw of ['4.4052418800101E+17', '440524188001010010', '440524188001010000']) {
    const side = readSide('甲', number(raw))
    assert.deepEqual([side.damaged, side.certificateWrong], [true, true], raw)
  }
  const kept = readSide('甲', number(OTHER))
  assert.deepEqual([kept.damaged, kept.certificateWrong], [false, false])
  assert.equal(readSide('甲', number('1e999')).certificateWrong, true)
})

test('property: names joined by any separators come apart again', () => {
  const name = fc.constantFrom('甲某', '乙某某', '吉林省丙有限公司', '买买提·吐尔逊', '㛃晶', '丁（个体）')
  const separator = fc.constantFrom('、', '，', ';', '；', ',', ' 、 ', '，\u3000')
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 8 }), separator, (names, between) => {
      assert.deepEqual(splitNames(names.join(between)), names)
    }),
  )
})
