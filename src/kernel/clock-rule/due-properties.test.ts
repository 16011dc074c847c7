import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeCalendar } from '#kernel/calendar/calendar.ts'
import { HOLIDAY_NOTICES, seedDays } from '#kernel/calendar/seed.ts'
import { addDays, addMonths, dateOf } from '#kernel/time/time.ts'
import { recomputeDueOn } from '#test/recompute-due.ts'
import { type DueQuestion, explainDue } from './due.ts'
import type { Rule } from './rule.ts'

// What holds for every due date, whatever the limit, the start and what happened on the way.

const calendar = makeCalendar({ days: seedDays(), years: HOLIDAY_NOTICES.map(({ year }) => year) })

/** Starts far enough from 2027 that no limit below reaches it. */
const startOn = fc.integer({ min: 0, max: 3650 }).map((days) => addDays('2014-01-01', days))

const rule: fc.Arbitrary<Rule> = fc
  .record({
    unit: fc.constantFrom('day', 'working-day', 'month'),
    n: fc.integer({ min: 1, max: 40 }),
    rolls: fc.boolean(),
  })
  .map(({ unit, n, rolls }) => ({
    id: 'test.rule',
    version: 1,
    label: '期限',
    n: unit === 'month' ? 1 + (n % 12) : n,
    unit,
    rolls,
    source: '某规定第一条',
    mark: 'V',
    internal: false,
    validFrom: '1990-01-01',
    validTo: null,
    note: null,
    startNote: null,
  }))

/** Suspensions round the start, some of them overlapping, empty, before the start or after the end. */
const offsets = fc.array(fc.tuple(fc.integer({ min: -30, max: 200 }), fc.integer({ min: 0, max: 40 })), {
  maxLength: 4,
})
const extensions = fc.array(
  fc.record({
    n: fc.integer({ min: 1, max: 6 }),
    unit: fc.constantFrom('day', 'month'),
    ground: fc.constant('案情复杂'),
    approvedBy: fc.constant('院长'),
  }),
  { maxLength: 2 },
)

const question: fc.Arbitrary<DueQuestion> = fc.record({ rule, startOn, offsets, extensions }).map((given) => ({
  rule: given.rule,
  startFact: '立案日期',
  startOn: given.startOn,
  suspensions: given.offsets.map(([from, days]) => ({
    fromOn: addDays(given.startOn, from),
    toOn: addDays(given.startOn, from + days),
    ground: '公告期间',
  })),
  extensions: given.extensions,
  calendar,
}))

const dueOf = (asked: DueQuestion) => {
  const due = explainDue(asked)
  assert.ok(due.dueOn)
  return { ...due, dueOn: due.dueOn }
}

test('the due date follows from the answer alone, counted by other code', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const due = dueOf(asked)
      assert.equal(recomputeDueOn(due), due.dueOn)
    }),
    { numRuns: 500 },
  )
})

test('a limit never ends before its own length, and never on a day off where it rolls', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const due = dueOf(asked)
      const { n, unit } = asked.rule
      assert.ok(due.dueOn > due.startOn)
      assert.ok(due.dueOn >= (unit === 'month' ? addMonths(due.startOn, n) : addDays(due.startOn, n)))
      if (asked.rule.rolls) assert.equal(calendar.isOff(due.dueOn), false)
    }),
    { numRuns: 500 },
  )
})

test('what is skipped is off, lies between start and due date, and is told once', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const due = dueOf(asked)
      const days = due.skipped.map(({ on }) => on)
      assert.deepEqual(days, [...new Set(days)].sort())
      for (const { on, why } of due.skipped) {
        assert.equal(calendar.whyOff(on), why)
        assert.ok(due.startOn < on && on < due.dueOn)
      }
    }),
    { numRuns: 300 },
  )
})

test('a later start is never due earlier', () => {
  fc.assert(
    fc.property(question, fc.integer({ min: 1, max: 20 }), (asked, days) => {
      const plain = { ...asked, suspensions: [], extensions: [] }
      const first = dueOf(plain)
      const second = dueOf({ ...plain, startOn: addDays(plain.startOn, days) })
      assert.ok(second.dueOn >= first.dueOn)
    }),
    { numRuns: 500 },
  )
})

test('a suspension or an extension never brings a due date forward', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const plain = dueOf({ ...asked, suspensions: [], extensions: [] })
      assert.ok(dueOf({ ...asked, extensions: [] }).dueOn >= plain.dueOn)
      assert.ok(dueOf({ ...asked, suspensions: [] }).dueOn >= plain.dueOn)
    }),
    { numRuns: 300 },
  )
})

test('the order in which suspensions were entered does not matter', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const turned = { ...asked, suspensions: asked.suspensions.toReversed() }
      assert.deepEqual(explainDue(turned), explainDue(asked))
    }),
    { numRuns: 200 },
  )
})

test('the time zone of the machine does not matter', () => {
  const asked: Omit<DueQuestion, 'startOn'> = {
    rule: {
      id: 'test.rule',
      version: 1,
      label: '期限',
      n: 6,
      unit: 'month',
      rolls: true,
      source: '某规定第一条',
      mark: 'V',
      internal: false,
      validFrom: '1990-01-01',
      validTo: null,
      note: null,
      startNote: null,
    },
    startFact: '立案日期',
    suspensions: [{ fromOn: '2021-03-01', toOn: '2021-03-20', ground: '公告期间' }],
    extensions: [],
    calendar,
  }
  const all = () => ({
    days: seedDays(),
    dues: Array.from({ length: 400 }, (_, days) => explainDue({ ...asked, startOn: addDays('2020-11-01', days) })),
    today: dateOf(new Date('2021-09-30T15:59:59Z')) + dateOf(new Date('2021-09-30T16:00:00Z')),
  })
  const zone = process.env.TZ
  const here = all()
  assert.equal(here.today, '2021-09-302021-10-01')
  try {
    // Summer time, the far side of the date line, and a zone that left out a whole day (30 December 2011).
    for (const [name, minutes] of [
      ['America/New_York', 300],
      ['Pacific/Kiritimati', -840],
      ['Pacific/Apia', -780],
    ] as const) {
      process.env.TZ = name
      assert.equal(new Date('2022-01-15T00:00:00Z').getTimezoneOffset(), minutes, 'the zone is really another one')
      assert.deepEqual(all(), here, name)
    }
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
})
