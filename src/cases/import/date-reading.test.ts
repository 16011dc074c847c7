import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readDate } from './date-reading.ts'
import type { Cell } from './sheet-rows.ts'

const text = (raw: string): Cell => ({ col: 1, type: 'text', raw, dateStyled: false, formula: false })
const number = (raw: string, dateStyled = false): Cell => ({ col: 1, type: 'number', raw, dateStyled, formula: false })

test('a date is read in each of its written forms', () => {
  const forms = [
    '2021-03-05',
    '2021-3-5',
    '2021/3/5',
    '2021/03/05',
    '2021年3月5日',
    '2021 年 03 月 05 日',
    '2021.03.05',
    '20210305',
    ' 2021-03-05\u3000',
    '２０２１－０３－０５',
    '２０２１／３／５',
    '2021-03-05 00:00:00',
    '2021/3/5 9:30',
    '2021年3月5日 23:59',
    '2021-03-05T23:59:59.000Z',
  ]
  for (const form of forms) assert.equal(readDate(text(form), false), '2021-03-05', form)
  assert.equal(readDate(number('20210305'), false), '2021-03-05')
  assert.equal(readDate(number('2.0210305E7'), false), '2021-03-05')
  assert.equal(readDate(number('20210305', true), false), '2021-03-05')
  assert.equal(readDate({ ...text('2021-03-05T00:00:00'), type: 'date' }, false), '2021-03-05')
})

test('what shows no date is unreadable, what is empty is no date', () => {
  const none = [
    '待定',
    '/',
    '0',
    '-',
    '2021-02-30',
    '2021-02-29',
    '2021-13-01',
    '2021-00-10',
    '2021-3',
    '2021年3月',
    '21-03-05',
    '05/03/2021',
    '2021-03/05',
    '2021-03-05至2021-04-05',
    '20210230',
    '2021030',
    '202103055',
    '44260',
    '0000-01-01',
    '2021-03-05 待核',
    '2021-03-051:00',
    '#REF!',
  ]
  for (const form of none) assert.equal(readDate(text(form), false), 'unreadable', form)
  for (const raw of ['0', '44260', '20210230', '-1', '2021.03', '1e308']) {
    assert.equal(readDate(number(raw), false), 'unreadable', raw)
  }
  for (const raw of ['0', '-3', '0.5', '60', '2958466', '1e308'])
    assert.equal(readDate(number(raw, true), false), 'unreadable', raw)
  assert.equal(readDate({ ...text('#N/A'), type: 'error' }, false), 'unreadable')
  assert.equal(readDate({ ...text('TRUE'), type: 'boolean' }, false), 'unreadable')
  for (const empty of [undefined, text(''), text(' \u3000\n'), text(' '.repeat(5000))])
    assert.equal(readDate(empty, false), null)
})

test('Excel counts days from 1899-12-30, or from 1904-01-01, and the time of day is dropped', () => {
  assert.equal(readDate(number('44260', true), false), '2021-03-05')
  assert.equal(readDate(number('44260.999988', true), false), '2021-03-05')
  assert.equal(readDate(number('42798', true), true), '2021-03-05')
  assert.equal(readDate(number('1', true), false), '1900-01-01')
  assert.equal(readDate(number('59', true), false), '1900-02-28')
  assert.equal(readDate(number('61', true), false), '1900-03-01')
  assert.equal(readDate(number('2958465', true), false), '9999-12-31')
})

test('property: every day reads the same in every form', () => {
  const day = fc.integer({ min: 0, max: 73_000 })
  fc.assert(
    fc.property(day, (days) => {
      const instant = new Date(Date.UTC(1900, 2, 1) + days * 86_400_000)
      const on = instant.toISOString().slice(0, 10)
      const [y, m, d] = [instant.getUTCFullYear(), instant.getUTCMonth() + 1, instant.getUTCDate()]
      for (const form of [
        on,
        `${y}/${m}/${d}`,
        `${y}年${m}月${d}日`,
        on.replaceAll('-', '.'),
        on.replaceAll('-', ''),
      ]) {
        assert.equal(readDate(text(form), false), on)
      }
      assert.equal(readDate(number(String(61 + days), true), false), on)
      assert.equal(readDate(number(on.replaceAll('-', '')), false), on)
    }),
  )
})
