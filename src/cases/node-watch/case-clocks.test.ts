import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RECORDABLE_LABELS } from '#cases/case/fact-choices.ts'
import { FACTS, type FactName } from '#cases/case/fact-names.ts'
import type { Rule } from '#kernel/clock-rule/rule.ts'
import { addDays, addMonths } from '#kernel/time/time.ts'
import { RULES } from '#rules/rules.ts'
import { recomputeDueOn } from '#test/recompute-due.ts'
import { aCase, law, told } from '#test/suite/clocked-case.ts'
import { clocksOfCase } from './case-clocks.ts'
import { NODES } from './nodes.ts'

test('a case of first or resumed enforcement has four clocks from its filing', () => {
  for (const kind of ['首次执行', '恢复执行']) {
    assert.deepEqual(told(aCase({}, { kind }), '2021-03-08'), [
      '执行通知书 2021-03-11 running',
      '执行通知书（内控） 2021-03-04 overdue',
      '首次网络查控 2021-03-08 running',
      '执行期限 2021-09-01 running',
    ])
  }
})

test('another kind of case has a clock for its money only', () => {
  for (const kind of ['财产保全执行', '执行异议', '其他执行']) {
    assert.deepEqual(told(aCase({}, { kind }), '2021-03-08'), [])
    assert.deepEqual(told(aCase({ 'funds-arrived': '2021-03-02' }, { kind }), '2021-03-08'), [
      '案款发放 2021-04-01 running',
    ])
  }
})

test('enforcement of an administrative penalty has three months', () => {
  assert.equal(told(aCase({}, { cause: '行政处罚非诉执行' }), '2021-03-08').at(-1), '执行期限 2021-06-01 running')
  assert.equal(told(aCase({}, { cause: '行政非诉执行审查' }), '2021-03-08').at(-1), '执行期限 2021-06-01 running')
  assert.equal(told(aCase({}, { cause: null }), '2021-03-08').at(-1), '执行期限 2021-09-01 running')
})

test('a node is met up to its due date and late from the next day; the same paper counts for both its clocks', () => {
  assert.deepEqual(
    told(aCase({ 'notice-sent': '2021-03-11', 'inquiry-started': '2021-03-09', closed: '2021-09-01' }), '2021-09-30'),
    [
      '执行通知书 2021-03-11 2021-03-11 met',
      '执行通知书（内控） 2021-03-04 2021-03-11 late',
      '首次网络查控 2021-03-08 2021-03-09 late',
      '执行期限 2021-09-01 2021-09-01 met',
    ],
  )
})

test('a fact dated after the day asked about does not exist yet', () => {
  const one = aCase({ 'notice-sent': '2021-03-10', 'funds-arrived': '2021-05-10', 'funds-disbursed': '2021-06-01' })
  assert.equal(told(one, '2021-03-09')[0], '执行通知书 2021-03-11 running')
  assert.equal(told(one, '2021-03-10')[0], '执行通知书 2021-03-11 2021-03-10 met')
  assert.equal(
    told(one, '2021-05-09').some((line) => line.startsWith('案款发放')),
    false,
  )
  assert.ok(told(one, '2021-05-10').includes('案款发放 2021-06-09 running'))
  assert.ok(told(one, '2021-06-01').includes('案款发放 2021-06-09 2021-06-01 met'))
  assert.deepEqual(told(one, '2021-02-28'), [], 'not filed yet')
})

test('a case filed after its export has no clock at all until that is corrected', () => {
  const facts = { 'funds-arrived': '2021-03-02' }
  assert.deepEqual(told(aCase(facts, { toCorrect: ['缺执行依据', '立案日期晚于导出日期'] }), '2021-03-08'), [])
  assert.equal(told(aCase(facts, { toCorrect: ['缺执行依据'] }), '2021-03-08').length, 5)
})

test('an extension moves the term alone, from the day it was granted, and only while the case is open', () => {
  const granted = {
    clock: '执行期限',
    on: '2021-08-25',
    n: 3,
    unit: 'month',
    ground: '案情复杂',
    approvedBy: '院长',
  } as const
  const one = aCase({}, { extensions: [granted] })
  assert.equal(told(one, '2021-08-24').at(-1), '执行期限 2021-09-01 running')
  assert.equal(told(one, '2021-09-30').at(-1), '执行期限 2021-12-01 running')
  assert.equal(told(one, '2021-09-30')[0], '执行通知书 2021-03-11 overdue')
  const closed = aCase({ closed: '2021-09-10' }, { extensions: [{ ...granted, on: '2021-09-15' }], state: 'closed' })
  assert.equal(told(closed, '2021-09-30').at(-1), '执行期限 2021-09-01 2021-09-10 late')
})

test('a closed case keeps what it met and what it missed; a limit that had not passed just ended', () => {
  const facts = { 'inquiry-started': '2021-03-05', closed: '2021-03-11', 'funds-arrived': '2021-03-10' }
  for (const state of ['closed', 'terminated'] as const) {
    assert.deepEqual(told(aCase(facts, { state }), '2021-09-30'), [
      '执行通知书（内控） 2021-03-04 overdue',
      '首次网络查控 2021-03-08 2021-03-05 met',
      // money that has arrived must go out although the case is closed
      '案款发放 2021-04-09 overdue',
      '执行期限 2021-09-01 2021-03-11 met',
    ])
  }
  const ended = clocksOfCase(aCase(facts, { state: 'closed' }), law, '2021-09-30').filter((clock) => clock.ended)
  assert.deepEqual(
    ended.map(({ name }) => name),
    ['执行通知书（内控）'],
  )
  assert.ok(told(aCase({ ...facts, closed: '2021-03-12' }, { state: 'closed' }), '2021-09-30')[0]?.endsWith('overdue'))
  assert.equal(
    told(aCase(facts, { state: 'closed' }), '2021-03-10')[0],
    '执行通知书 2021-03-11 running',
    'still open then',
  )
})

test('of a closed case whose day of closing is missing nothing unfinished is said to be missed', () => {
  assert.deepEqual(told(aCase({ 'notice-sent': '2021-03-02' }, { state: 'closed' }), '2021-09-30'), [
    '执行通知书 2021-03-11 2021-03-02 met',
    '执行通知书（内控） 2021-03-04 2021-03-02 met',
  ])
})

test('a clock whose year has no holiday notice is uncomputed, done or not', () => {
  const one = aCase({ filed: '2012-03-01', 'notice-sent': '2012-03-05' })
  assert.deepEqual(told(one, '2021-09-30').slice(0, 3), [
    '执行通知书 — 2012-03-05 uncomputed',
    '执行通知书（内控） — 2012-03-05 uncomputed',
    '首次网络查控 — uncomputed',
  ])
})

test('every clock says from what it counts, and its due date follows from its answer', () => {
  const one = aCase({ 'funds-arrived': '2021-09-01', suspended: '2021-03-02', resumed: '2021-03-05' })
  const clocks = clocksOfCase(one, law, '2021-09-30')
  assert.deepEqual(
    clocks.map(({ due }) => due.startFact),
    ['立案日期', '立案日期', '立案日期', '案款到账日期', '立案日期'],
  )
  assert.deepEqual(
    clocks.map(({ note }) => note),
    ['按立案日推算', '按立案日推算', null, null, null],
  )
  for (const { due } of clocks) assert.equal(recomputeDueOn(due), due.dueOn)
})

test('a case made by hand is watched from the application on; an imported one only in what its export tells', () => {
  const facts = { 'application-received': '2021-02-26', filed: '2021-03-01', 'materials-received': '2021-03-03' }
  const one = aCase(facts, { byHand: true })
  const clocks = clocksOfCase(one, law, '2021-03-04')
  const byName = new Map(clocks.map((clock) => [clock.name, clock]))
  // 10 days from receipt of the application (26 February), as the law counts; so no 按立案日推算.
  assert.equal(byName.get('执行通知书')?.due.dueOn, '2021-03-08')
  assert.equal(byName.get('执行通知书')?.note, null)
  assert.equal(byName.get('执行通知书（内控）')?.due.dueOn, '2021-03-08')
  assert.equal(byName.get('立案审查')?.state, 'met')
  assert.equal(byName.get('分案')?.due.dueOn, '2021-03-08')
  assert.equal(byName.get('财产调查完成')?.due.dueOn, '2021-04-01')
  assert.deepEqual(
    clocksOfCase(aCase({}), law, '2021-03-04').map(({ name }) => name),
    ['执行通知书', '执行通知书（内控）', '首次网络查控', '执行期限'],
  )
})

/** The first day of a start whose limit's nominal end is Sunday, 3 October 2021, in the holiday of 1–7 October. */
function startFor({ n, unit }: Rule): string {
  assert.notEqual(unit, 'working-day')
  return unit === 'month' ? addMonths('2021-10-03', -n) : addDays('2021-10-03', -n)
}

// Drawn from the list of nodes: a node that is added is tested here, or this fails.
for (const node of NODES) {
  const ids = [
    ...new Set([null, '行政处罚非诉执行'].map((cause) => (isName(node.rule) ? node.rule : node.rule({ cause })))),
  ]
  for (const id of ids) {
    for (const start of node.starts) {
      test(`${id} from ${start}: over the holiday, on the due day, the day after`, () => {
        const rule = RULES.find((one) => one.id === id) as Rule
        const startOn = startFor(rule)
        const cause = id === 'node.term.administrative' ? '行政处罚非诉执行' : null
        const given = node.done === 'filed' ? {} : { filed: startOn }
        const on = (asOfOn: string, more: Partial<Record<FactName, string>> = {}) => {
          const facts = new Map(Object.entries({ ...given, [start]: startOn, ...more }) as [FactName, string][])
          const one = { ...aCase({}, { byHand: true, cause }), facts }
          return clocksOfCase(one, law, asOfOn).find((clock) => clock.rule.id === id)
        }
        const dueOn = rule.rolls ? '2021-10-08' : '2021-10-03'
        const nextOn = addDays(dueOn, 1)
        assert.equal(on(startOn)?.due.dueOn, dueOn)
        assert.equal(on(dueOn)?.state, 'running')
        assert.equal(on(nextOn)?.state, 'overdue')
        assert.equal(on(nextOn, { [node.done]: dueOn })?.state, 'met')
        assert.equal(on(nextOn, { [node.done]: nextOn })?.state, 'late')
      })
    }
  }
}

function isName(rule: (typeof NODES)[number]['rule']): rule is string {
  return typeof rule === 'string'
}

test('every node begins and ends with a fact that a form asks for, and every limit of a node has one', () => {
  const own = new Set<FactName>(['filed', 'closed'])
  for (const { starts, done } of NODES) {
    for (const fact of [...starts, done])
      assert.ok(own.has(fact) || RECORDABLE_LABELS.includes(FACTS[fact].label), fact)
  }
  const used = NODES.flatMap(({ rule }) =>
    isName(rule) ? [rule] : [null, '行政处罚非诉执行'].map((cause) => rule({ cause })),
  )
  const limits = RULES.filter(({ id }) => id.startsWith('node.')).map(({ id }) => id)
  assert.deepEqual([...new Set(used)].sort(), [...new Set(limits)].sort())
  assert.equal(NODES.length, 47)
})

test('a seizure that was renewed runs anew from its renewal, also after the case has been closed', () => {
  const facts = { 'deposit-frozen': '2021-03-02', 'deposit-renewed': '2022-02-20', closed: '2021-08-01' } as const
  const one = aCase(facts, { state: 'terminated' })
  assert.ok(told(one, '2021-09-30').includes('存款冻结到期 2022-03-02 running'))
  assert.ok(told(one, '2022-03-03').includes('存款冻结到期 2023-02-20 running'))
  assert.ok(told(one, '2023-02-21').includes('存款冻结到期 2023-02-20 overdue'))
})
