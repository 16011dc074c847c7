import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCalendar } from '#kernel/calendar/calendar.ts'
import { HOLIDAY_NOTICES, seedDays } from '#kernel/calendar/seed.ts'
import { NODE_LIMITS } from '#rules/node-limits.ts'
import { type DueQuestion, explainDue, isHeld } from './due.ts'
import { ruleOn } from './rule.ts'

// What days under suspension do to a limit of ten days from 1 March 2021, and how they are told.

const ASKED: DueQuestion = {
  rule: ruleOn(NODE_LIMITS, 'node.notice', '2021-03-01'),
  startFact: '立案日期',
  startOn: '2021-03-01',
  suspensions: [],
  extensions: [],
  calendar: makeCalendar({ days: seedDays(), years: HOLIDAY_NOTICES.map(({ year }) => year) }),
}

test('suspensions with different grounds are told in the order in which they were entered, each ground once', () => {
  const told = (...grounds: string[]) =>
    explainDue({
      ...ASKED,
      suspensions: grounds.map((ground) => ({ fromOn: '2021-03-03', toOn: '2021-03-05', ground })),
    }).suspensions.map(({ ground, days }) => `${ground} ${days}`)
  assert.deepEqual(told('公告期间', '鉴定期间'), ['公告期间；鉴定期间 2'])
  assert.deepEqual(told('鉴定期间', '公告期间'), ['鉴定期间；公告期间 2'])
  assert.deepEqual(told('公告期间', '鉴定期间', '公告期间', '鉴定期间'), ['公告期间；鉴定期间 2'])
})

test('a suspension of no day is none', () => {
  const told = (...spans: [string, string][]) => {
    const suspensions = spans.map(([fromOn, toOn]) => ({ fromOn, toOn, ground: '公告期间' }))
    const due = explainDue({ ...ASKED, suspensions })
    return [due.suspensions, due.dueOn]
  }
  const nothing = [[], '2021-03-11']
  assert.deepEqual(told(['2021-03-05', '2021-03-05']), nothing)
  assert.deepEqual(told(['2021-03-05', '2021-03-04']), nothing)
  assert.deepEqual(told(['2021-03-05', '2021-03-05'], ['2021-03-07', '2021-03-07']), nothing)
})

test('only an unknown year leaves a due date open; any other fault of the calendar is one', () => {
  const broken = { ...ASKED.calendar, whyOff: () => assert.fail('no calendar') }
  const ask = () => explainDue({ ...ASKED, calendar: broken })
  assert.throws(ask, /no calendar/)
})

test('a clock is held by an open suspension that keeps its due date open, and by nothing else', () => {
  const [open, closed] = [null, '2021-03-08'].map((toOn) => ({
    fromOn: '2021-03-05',
    toOn,
    days: 0,
    ground: '公告期间',
  }))
  assert.ok(open && closed)
  assert.equal(isHeld({ dueOn: null, suspensions: [closed, open] }), true)
  assert.equal(isHeld({ dueOn: null, suspensions: [closed] }), false)
  assert.equal(isHeld({ dueOn: null, suspensions: [] }), false)
  assert.equal(isHeld({ dueOn: '2021-03-11', suspensions: [open] }), false)
})
