import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLOCK_STATES, clockView, dueExplanation } from './wire.ts'

const DUE = {
  ruleId: 'node.notice',
  version: 1,
  source: '某规定第一条',
  mark: 'V',
  startFact: '立案日期',
  startOn: '2021-03-01',
  n: 10,
  unit: 'day',
  skipped: [{ on: '2021-03-06', why: '周六' }],
  suspensions: [{ fromOn: '2021-03-03', toOn: null, days: 0, ground: '公告期间' }],
  extensions: [{ n: 3, unit: 'month', ground: '案情复杂', approvedBy: '院长' }],
  dueOn: null,
}
const VIEW = { id: 'x', name: '执行通知书', internal: true, state: 'running', doneOn: null, note: null, due: DUE }

test('what a clock answers holds all it may be, and nothing else', () => {
  assert.deepEqual(clockView.parse(VIEW), VIEW)
  const fits = (change: object) => dueExplanation.safeParse({ ...DUE, ...change }).success
  for (const mark of ['V', 'M', 'C']) assert.ok(fits({ mark }))
  for (const unit of ['day', 'working-day', 'month']) assert.ok(fits({ unit }))
  for (const unit of ['day', 'month']) assert.ok(fits({ extensions: [{ ...DUE.extensions[0], unit }] }))
  for (const change of [
    { mark: '' },
    { unit: '' },
    { n: 1.5 },
    { version: 1.5 },
    { skipped: [{}] },
    { suspensions: [{}] },
    { suspensions: [{ ...DUE.suspensions[0], days: 0.5 }] },
    { extensions: [{}] },
    { extensions: [{ ...DUE.extensions[0], unit: '' }] },
    { extensions: [{ ...DUE.extensions[0], n: 0.5 }] },
  ]) {
    assert.equal(fits(change), false, JSON.stringify(change))
  }
  const states = ['running', 'met', 'late', 'overdue', 'missed', 'suspended', 'uncomputed']
  assert.deepEqual([...CLOCK_STATES], states)
  for (const state of states) assert.ok(clockView.safeParse({ ...VIEW, state }).success)
  for (const missing of Object.keys(VIEW))
    assert.equal(clockView.safeParse({ ...VIEW, [missing]: undefined }).success, false)
  for (const missing of Object.keys(DUE)) assert.equal(fits({ [missing]: undefined }), false, missing)
  assert.equal(clockView.safeParse({ ...VIEW, state: '' }).success, false)
})
