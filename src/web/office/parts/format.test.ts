import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueWords, fenOf, hundredths, moment, span, yuan } from './format.ts'

test('money is written with separators and two decimals, exactly', () => {
  assert.equal(yuan('123456700'), '1,234,567.00')
  assert.equal(yuan('5'), '0.05')
  assert.equal(yuan('0'), '0.00')
  assert.equal(yuan('90071992547409931234'), '900,719,925,474,099,312.34')
  assert.equal(yuan('-100'), '-1.00')
  assert.equal(yuan(null), '—')
})

test('loads stand in cases with two decimals', () => {
  assert.deepEqual([0, 5, 50, 100, 123_450].map(hundredths), ['0.00', '0.05', '0.50', '1.00', '1,234.50'])
})

test('a typed amount becomes fen, or nothing where it is no amount', () => {
  assert.equal(fenOf(' 1,234.5元'), '123450')
  assert.equal(fenOf('0'), '0')
  assert.equal(fenOf('007.10'), '710')
  for (const wrong of ['', '1.234', '-1', 'abc', '1..2']) assert.equal(fenOf(wrong), null, wrong)
})

test("a typed amount and its writing are each other's reverse", () => {
  for (const fen of ['1', '10', '99', '100', '123456789012345']) assert.equal(fenOf(yuan(fen)), fen)
})

test('a limit says how many days are left, that it ends today, or by how many it is over', () => {
  const words = (dueOn: string) => dueWords('running', dueOn, '2021-09-30')
  assert.deepEqual(words('2021-10-08'), { text: '还有 8 天', tone: 'calm' })
  assert.deepEqual(words('2021-10-03'), { text: '还有 3 天', tone: 'warn' })
  assert.deepEqual(words('2021-09-30'), { text: '今天到期', tone: 'warn' })
  assert.deepEqual(words('2021-09-28'), { text: '超期 2 天', tone: 'danger' })
})

test('a finished, suspended or unknown limit says so and is never red', () => {
  assert.equal(dueWords('met', '2021-09-28', '2021-09-30', '2021-09-20').text, '按期')
  assert.equal(dueWords('late', '2021-09-19', '2021-09-30', '2021-09-20').text, '逾期 1 天办结')
  assert.equal(dueWords('suspended', '2021-09-01', '2021-09-30').tone, 'rest')
  assert.equal(dueWords('uncomputed', null, '2021-09-30').text, '期限待定')
})

test('instants are shown in Shanghai, spans as the law writes them', () => {
  assert.equal(moment('2021-09-29T16:05:00Z'), '2021-09-30 00:05')
  assert.deepEqual([span(10, 'day'), span(3, 'working-day'), span(6, 'month')], ['10 日', '3 个工作日', '6 个月'])
})
