import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { numberDigits, readAmount } from './amount-reading.ts'
import type { Cell } from './sheet-rows.ts'

const text = (raw: string): Cell => ({ col: 1, type: 'text', raw, dateStyled: false, formula: false })
const number = (raw: string): Cell => ({ ...text(raw), type: 'number' })
const fenOf = (cell: Cell | undefined): bigint | null => readAmount(cell, false).fen

test('amounts are read to the fen in each of their forms', () => {
  const rows: [string, bigint][] = [
    ['1234.56', 123456n],
    ['1,234.56', 123456n],
    [' 1234.56元', 123456n],
    ['１，２３４．５６', 123456n],
    ['¥1,234.56', 123456n],
    ['￥1234.56元整', 123456n],
    ['人民币1234.56元', 123456n],
    ['12 345.6', 1234560n],
    ['1,234,567,890.1', 123456789010n],
    ['0', 0n],
    ['0.00', 0n],
    ['0元', 0n],
    ['.5', 50n],
    ['5.', 500n],
    ['99999999999999.99', 9999999999999999n],
  ]
  for (const [form, fen] of rows) assert.equal(fenOf(text(form)), fen, form)
})

test('a number as Excel stores it gives the fen that Excel shows', () => {
  const rows: [string, bigint][] = [
    ['3212.31', 321231n],
    ['46915.449999999997', 4691545n],
    ['0.30000000000000004', 30n],
    ['1.15', 115n],
    ['8.0649999999999995', 807n],
    ['1E3', 100000n],
    ['1.2345E+5', 12345000n],
    ['1E-7', 0n],
    ['0', 0n],
    ['-0', 0n],
    ['90071992547409.93', 9007199254740993n],
  ]
  for (const [raw, fen] of rows) assert.equal(fenOf(number(raw)), fen, raw)
  assert.equal(readAmount(number('1234.567'), false).rounded, true)
  assert.equal(readAmount(number('46915.449999999997'), false).rounded, false)
})

test('what is no amount gives none, and only an empty cell is empty', () => {
  const none = [
    '-5000',
    '－1',
    '(5000)',
    '待核',
    '/',
    '1,23',
    '1,2345',
    '12,34.56',
    ',5',
    '1.2.3',
    '3.5万元',
    '50%',
    '1e5',
    'NaN',
    '=1+1',
  ]
  for (const form of none)
    assert.deepEqual(readAmount(text(form), false), { fen: null, empty: false, rounded: false }, form)
  for (const raw of ['-5000', '-0.001', '1e400', '1e17']) assert.equal(fenOf(number(raw)), null, raw)
  assert.equal(fenOf(text('9'.repeat(40))), null)
  assert.equal(fenOf({ ...text('TRUE'), type: 'boolean' }), null)
  assert.equal(fenOf({ ...text('#DIV/0!'), type: 'error' }), null)
  for (const empty of [undefined, text(' \u3000')])
    assert.deepEqual(readAmount(empty, false), { fen: null, empty: true, rounded: false })
})

test('a column in 万元 counts ten thousand times', () => {
  assert.equal(readAmount(number('1.23456789'), true).fen, 1234568n)
  assert.equal(readAmount(text('12.5'), true).fen, 12500000n)
})

test('the digits of a number come without exponent', () => {
  assert.equal(numberDigits('2.5E-7'), '0.00000025')
  assert.equal(numberDigits('220181199607235849'), '220181199607235849')
  assert.equal(numberDigits('2.0210305E7'), '20210305')
})

test('property: any amount in fen survives as number, as a double with 17 digits and as grouped text', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 13n }), (fen) => {
      const plain = `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`
      const double = Number(plain)
      assert.equal(fenOf(number(String(double))), fen)
      assert.equal(fenOf(number(double.toPrecision(17))), fen)
      assert.equal(fenOf(text(plain)), fen)
      assert.equal(fenOf(text(` ${double.toLocaleString('en-US', { minimumFractionDigits: 2 })}元`)), fen)
    }),
  )
})
