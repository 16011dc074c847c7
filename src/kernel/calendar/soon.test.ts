import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCalendar } from './calendar.ts'
import { HOLIDAY_NOTICES, seedDays } from './seed.ts'
import { soonUntil } from './soon.ts'

const calendar = makeCalendar({ days: seedDays(), years: HOLIDAY_NOTICES.map(({ year }) => year) })

test('what is due soon ends with a working day: the first after the holidays counts before them', () => {
  assert.equal(soonUntil(calendar, '2021-09-30'), '2021-10-08', 'past 国庆节, which ends on the seventh')
  assert.equal(soonUntil(calendar, '2021-10-12'), '2021-10-19', 'a Tuesday: a week')
  assert.equal(soonUntil(calendar, '2021-10-16'), '2021-10-25', 'a Saturday: the Monday after')
  assert.equal(soonUntil(calendar, '2099-12-25'), '2100-01-01', 'a year without notice: a week')
})
