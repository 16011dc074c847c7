import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, daysBetween, weekdayOf } from './time.ts'

const day = fc.date({ min: new Date('0001-01-01'), max: new Date('9990-01-01'), noInvalidDate: true })
const isoOf = (date: Date) => date.toISOString().slice(0, 10)

test('property: days are counted as the calendar of UTC counts them', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -3_000, max: 3_000 }), (from, days) => {
      fc.pre(from.getUTCFullYear() > 9)
      const on = isoOf(from)
      const later = new Date(Date.parse(on))
      later.setUTCDate(later.getUTCDate() + days)
      assert.equal(addDays(on, days), isoOf(later))
      assert.equal(daysBetween(on, isoOf(later)), days)
      assert.equal(weekdayOf(on), from.getUTCDay() || 7)
    }),
  )
})

test('what is no date is not counted from', () => {
  assert.throws(() => addDays('2021-02-3x', 1), RangeError)
  assert.throws(() => addDays('', 0), RangeError)
  assert.ok(Number.isNaN(daysBetween('2021-01-01', '')))
})
