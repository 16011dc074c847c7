import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LegalHoliday, SolarDay } from 'tyme4ts'
import { Problem } from '#kernel/problem/problem.ts'
import { CalendarMissing, makeCalendar } from './calendar.ts'
import { HOLIDAY_NOTICES, seedDays } from './seed.ts'

const calendar = makeCalendar({ days: seedDays(), years: HOLIDAY_NOTICES.map(({ year }) => year) })

test('every day from 2014 to 2026 is off or not as a second, independent source says', () => {
  const differing: string[] = []
  let days = 0
  for (let day = SolarDay.fromYmd(2014, 1, 1); day.getYear() < 2027; day = day.next(1)) {
    const on = [day.getYear(), day.getMonth(), day.getDay()].map((part) => String(part).padStart(2, '0')).join('-')
    const legal = LegalHoliday.fromYmd(day.getYear(), day.getMonth(), day.getDay())
    const isWeekend = [0, 6].includes(day.getWeek().getIndex())
    if (calendar.isOff(on) !== (legal ? !legal.isWork() : isWeekend)) differing.push(on)
    days += 1
  }
  assert.deepEqual(differing, [])
  assert.equal(days, 13 * 365 + 3, '2016, 2020 and 2024 are leap years')
})

test('a day off says why, by the name the notice gives it', () => {
  const why = {
    '2021-10-01': '国庆节',
    '2021-04-05': '清明节',
    '2021-06-14': '端午节',
    '2021-09-21': '中秋节',
    '2021-02-12': '春节',
    '2021-05-03': '劳动节',
    '2021-01-01': '元旦',
    '2021-03-06': '周六',
    '2021-03-07': '周日',
    '2021-03-08': null,
    '2021-09-26': null,
    '2021-10-09': null,
  }
  assert.deepEqual(Object.fromEntries(Object.keys(why).map((on) => [on, calendar.whyOff(on)])), why)
  assert.ok(calendar.whyOff('2015-09-03')?.includes('抗'), 'the single day of 2015')
})

test('the extended Spring Festival of 2020 ends on 2 February, and Saturday 1 February is not worked', () => {
  assert.equal(calendar.isOff('2020-02-01'), true)
  assert.equal(calendar.isOff('2020-02-02'), true)
  assert.equal(calendar.isOff('2020-02-03'), false)
})

test('a year without notice is refused, whatever the day', () => {
  for (const on of ['2013-12-31', '2027-01-01', '2027-03-06', '2027-03-08']) {
    assert.throws(
      () => calendar.isOff(on),
      (error) => error instanceof CalendarMissing && error.year === Number(on.slice(0, 4)),
    )
  }
  assert.throws(() => calendar.nextWorkingDay('2026-12-31'), CalendarMissing)
  assert.equal(calendar.knows(2027), false)
  assert.equal(calendar.knows(2026), true)
  const missing = new CalendarMissing(2027)
  assert.ok(missing instanceof Problem)
  assert.equal(missing.code, 'clock.calendar-missing')
  assert.ok(missing.message.startsWith('2027年'))
})

test('the next working day lies after the day asked about', () => {
  assert.equal(calendar.nextWorkingDay('2021-03-01'), '2021-03-02')
  assert.equal(calendar.nextWorkingDay('2021-03-05'), '2021-03-08')
  assert.equal(calendar.nextWorkingDay('2021-09-25'), '2021-09-26')
  assert.equal(calendar.nextWorkingDay('2021-09-30'), '2021-10-08')
  assert.equal(calendar.nextWorkingDay('2021-10-08'), '2021-10-09')
})

test('the seed holds only days that differ from Monday to Friday, each once and in order', () => {
  const days = seedDays()
  const weekday = (on: string) => SolarDay.fromYmd(+on.slice(0, 4), +on.slice(5, 7), +on.slice(8)).getWeek().getIndex()
  for (const { on, kind, name } of days) {
    assert.equal([0, 6].includes(weekday(on)), kind === 'work', on)
    assert.match(name, /^[\p{Script=Han}0-9]+$/u)
  }
  const dates = days.map(({ on }) => on)
  assert.deepEqual(dates, [...new Set(dates)].sort())
  assert.deepEqual(
    [...new Set(dates.map((on) => Number(on.slice(0, 4))))],
    HOLIDAY_NOTICES.map(({ year }) => year),
  )
})

test('the years of the seed are 2014 to 2026, each with the notice it rests on', () => {
  assert.deepEqual(
    HOLIDAY_NOTICES.map(({ year }) => year),
    [...Array(13).keys()].map((index) => 2014 + index),
  )
  for (const { year, notice } of HOLIDAY_NOTICES) assert.ok(notice.includes(`${year}年`), notice)
})

test('a calendar does not change with what it was made of', () => {
  const days = [{ on: '2021-03-08', kind: 'off' as const, name: '停电' }]
  const made = makeCalendar({ days, years: [2021] })
  days.push({ on: '2021-03-09', kind: 'off', name: '停电' })
  const [first] = days
  if (first) first.name = '改名'
  assert.equal(made.whyOff('2021-03-08'), '停电')
  assert.equal(made.isOff('2021-03-09'), false)
  assert.ok(Object.isFrozen(made))
})
