import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextRung, passedRungs, rungsOf, type TimedClock } from './rungs.ts'

const clock = (n: number, unit: TimedClock['rule']['unit'], dueOn: string | null, rolls = true): TimedClock => ({
  rule: { n, unit, rolls },
  dueOn,
})
/** 'remind 2021-03-09T08:30' in Shanghai's time. */
const told = (timed: TimedClock) =>
  rungsOf(timed).map(({ name, at }) => `${name} ${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)}`)
const at = (text: string) => new Date(`${text}+08:00`)

test('short limits are reminded the day before, longer ones earlier', () => {
  assert.deepEqual(told(clock(3, 'day', '2021-03-11')), [
    'remind 2021-03-10T08:30',
    'due 2021-03-11T08:30',
    'overdue 2021-03-12T00:00',
  ])
  assert.equal(told(clock(5, 'day', '2021-03-11'))[0], 'remind 2021-03-09T08:30')
  assert.equal(told(clock(10, 'day', '2021-03-11'))[0], 'remind 2021-03-09T08:30')
  assert.equal(told(clock(10, 'working-day', '2021-03-11'))[0], 'remind 2021-03-09T08:30')
  assert.equal(told(clock(30, 'day', '2021-03-31'))[0], 'remind 2021-03-24T08:30')
})

test('a limit of months is reminded three times', () => {
  assert.deepEqual(told(clock(6, 'month', '2021-10-08')), [
    'remind-30 2021-09-08T08:30',
    'remind-15 2021-09-23T08:30',
    'remind-7 2021-10-01T08:30',
    'due 2021-10-08T08:30',
    'overdue 2021-10-09T00:00',
  ])
})

test('what loses its effect with its last day is reminded of two months before', () => {
  assert.deepEqual(told(clock(12, 'month', '2022-03-11', false)).slice(0, 2), [
    'remind-60 2022-01-10T08:30',
    'remind-30 2022-02-09T08:30',
  ])
  assert.equal(
    told(clock(5, 'day', '2021-03-11', false))[0],
    'remind 2021-03-09T08:30',
    'a term of days is reminded like all others',
  )
})

test('a limit of one day has no reminder on the day it starts, one of one month none before it starts', () => {
  assert.deepEqual(told(clock(1, 'working-day', '2021-03-11')), ['due 2021-03-11T08:30', 'overdue 2021-03-12T00:00'])
  assert.equal(told(clock(1, 'month', '2021-03-11'))[0], 'remind-15 2021-02-24T08:30')
})

test('overdue comes with the first instant after the last day, not a second earlier', () => {
  const timed = clock(10, 'day', '2021-03-11')
  const names = (text: string) => passedRungs(timed, at(text)).map(({ name }) => name)
  assert.deepEqual(names('2021-03-09T08:29:59'), [])
  assert.deepEqual(names('2021-03-09T08:30:00'), ['remind'])
  assert.deepEqual(names('2021-03-11T23:59:59'), ['remind', 'due'])
  assert.deepEqual(names('2021-03-12T00:00:00'), ['remind', 'due', 'overdue'])
})

test('the next rung is the first to come, or the last that passed unheard', () => {
  const timed = clock(10, 'day', '2021-03-11')
  const next = (text: string, ...fired: string[]) => nextRung(timed, at(text), new Set(fired))?.name ?? null
  assert.equal(next('2021-03-01T10:00:00'), 'remind')
  assert.equal(next('2021-03-09T09:00:00'), 'remind')
  assert.equal(next('2021-03-09T09:00:00', 'remind'), 'due')
  assert.equal(next('2021-03-11T09:00:00', 'remind', 'due'), 'overdue')
  assert.equal(next('2021-03-14T09:00:00', 'remind'), 'overdue', 'after three days of standstill')
  assert.equal(next('2021-03-14T09:00:00', 'overdue'), null, 'nothing is said after the last word')
  assert.equal(next('2021-03-14T09:00:00', 'remind', 'due', 'overdue'), null)
})

test('a clock without a due date is silent', () => {
  assert.deepEqual(rungsOf(clock(6, 'month', null)), [])
  assert.equal(nextRung(clock(6, 'month', null), at('2021-03-01T00:00:00'), new Set()), null)
})
