import assert from 'node:assert/strict'
import { test } from 'node:test'
import { durationWords, timesOfSides } from './side-times.ts'

const entry = (to_state: string, at: string) => ({ to_state, at: new Date(at) })
const HOUR_MS = 3_600_000

test('time of each side: what lies with whom until the next act, and with whom it lies now', () => {
  const log = [
    entry('returned', '2021-10-12T09:00:00Z'),
    entry('rechecking', '2021-10-12T06:00:00Z'),
    entry('returned', '2021-10-11T12:00:00Z'),
    entry('checking', '2021-10-11T10:00:00Z'),
  ]
  assert.deepEqual(timesOfSides(log, new Date('2021-10-12T10:00:00Z')), { centre: 5 * HOUR_MS, filing: 19 * HOUR_MS })
  const ended = [entry('received', '2021-10-11T13:00:00Z'), entry('checking', '2021-10-11T10:00:00Z')]
  assert.deepEqual(timesOfSides(ended, new Date('2022-01-01T00:00:00Z')), { centre: 3 * HOUR_MS, filing: 0 })
  assert.deepEqual(timesOfSides([], new Date()), { centre: 0, filing: 0 })
})

test('durations in words', () => {
  assert.deepEqual([0, 59_000, 60_000, HOUR_MS, HOUR_MS + 5 * 60_000, 24 * HOUR_MS, 50 * HOUR_MS].map(durationWords), [
    '0分',
    '0分',
    '1分',
    '1小时',
    '1小时5分',
    '1天',
    '2天2小时',
  ])
})
