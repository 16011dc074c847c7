import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCase, law, told } from '#test/suite/clocked-case.ts'
import { type ClockedCase, clocksOfCase, SUSPENDED_UNDATED } from './case-clocks.ts'

// 中止: what stands still with the case, and what does not.

test('a case 中止 is held from the day of its suspension; what had passed before stays', () => {
  const one = aCase({ suspended: '2021-03-06', 'notice-sent': '2021-03-03' }, { state: 'suspended' })
  assert.deepEqual(told(one, '2021-09-30'), [
    '执行通知书 2021-03-11 2021-03-03 met',
    '执行通知书（内控） 2021-03-04 2021-03-03 met',
    '首次网络查控 — suspended',
    '执行期限 — suspended',
  ])
  assert.equal(told(one, '2021-03-05')[2], '首次网络查控 2021-03-08 running', 'not suspended yet on the day before')
  const late = aCase({ suspended: '2021-03-20' }, { state: 'suspended' })
  assert.equal(told(late, '2021-09-30')[0], '执行通知书 2021-03-11 overdue')
  const [held] = clocksOfCase(one, law, '2021-09-30').slice(2)
  assert.deepEqual(held?.due.suspensions, [{ fromOn: '2021-03-06', toOn: null, days: 0, ground: '中止执行' }])
})

test('a case 中止 without a day has no due date and says that a person must look', () => {
  const one = aCase({ 'notice-sent': '2021-03-10' }, { state: 'suspended' })
  const clocks = clocksOfCase(one, law, '2021-09-30')
  assert.deepEqual(told(one, '2021-09-30'), [
    '执行通知书 2021-03-11 2021-03-10 met',
    // sent after the nominal day, perhaps while the case was suspended
    '执行通知书（内控） — 2021-03-10 uncomputed',
    '首次网络查控 — suspended',
    '执行期限 — suspended',
  ])
  assert.deepEqual(
    clocks.map(({ note }) => note),
    ['按立案日推算', `按立案日推算；${SUSPENDED_UNDATED}`, SUSPENDED_UNDATED, SUSPENDED_UNDATED],
  )
  assert.deepEqual(
    clocks.map(({ suspended }) => suspended),
    [false, false, true, true],
  )
})

test('what a seizure or a price holds ends on its day although the case is 中止', () => {
  const facts = { 'deposit-frozen': '2021-03-02', 'immovable-sealed': '2021-03-03', 'appraisal-reported': '2021-03-04' }
  const ends = [
    '参考价有效期 2022-03-04 running',
    '存款冻结到期 2022-03-02 running',
    '不动产及其他财产权查封冻结到期 2024-03-03 running',
  ]
  const of = (one: ClockedCase, on: string) => told(one, on).filter((line) => /到期|有效期/.test(line))
  assert.deepEqual(of(aCase({ ...facts, suspended: '2021-03-06' }, { state: 'suspended' }), '2021-09-30'), ends)
  assert.deepEqual(of(aCase(facts, { state: 'suspended' }), '2021-09-30'), ends, 'nor where the day is not known')
  const resumed = aCase({ ...facts, suspended: '2021-03-06', resumed: '2021-06-16' })
  assert.deepEqual(of(resumed, '2021-09-30'), ends, 'nor are the days between left out afterwards')
  assert.equal(
    of(aCase({ ...facts, suspended: '2021-03-06' }, { state: 'suspended' }), '2022-03-03')[1],
    '存款冻结到期 2022-03-02 overdue',
  )
})

test('after the resumption the days between are not counted, entered by hand or told by the dates alone', () => {
  const facts = { suspended: '2021-03-06', resumed: '2021-03-16' }
  const byFacts = told(aCase(facts), '2021-09-30')
  const byHand = told(
    aCase(facts, { suspensions: [{ fromOn: '2021-03-06', toOn: '2021-03-16', ground: '中止执行' }] }),
    '2021-09-30',
  )
  assert.deepEqual(byHand, byFacts)
  assert.deepEqual(byFacts, [
    '执行通知书 2021-03-22 overdue',
    '执行通知书（内控） 2021-03-04 overdue',
    '首次网络查控 2021-03-16 overdue',
    '执行期限 2021-09-13 overdue',
  ])
})
