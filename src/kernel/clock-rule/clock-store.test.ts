import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Tx } from '#kernel/database/database.ts'
import type { On } from '#kernel/time/time.ts'
import { startTestServer } from '#test/harness.ts'
import type { Rule } from './rule.ts'
import { type ClockStart, setLimit, startClock, stopClocks, type Timing } from './store.ts'
import { type ClockRow, clocksAsked, clockViews } from './views.ts'
import { clockView } from './wire.ts'

// Clocks as they are stored, read back column by column.

const [COURT, ABOVE] = [220193, 2201]

async function viewsOf(tx: Tx, thing: { courtId: number; id: string }, rules: readonly Rule[], on: On) {
  return clockViews(await tx.query<ClockRow>(clocksAsked(thing)), rules, on)
}

test('clocks in the database', async (t) => {
  const server = await startTestServer(t)
  const { services } = server.app
  server.time.travelTo('2021-03-01T09:00:00+08:00')
  const { rules } = services.law.now()
  const ruleOf = (id: string) => {
    const rule = rules.find((one) => one.id === id)
    assert.ok(rule, id)
    return rule
  }
  const rule = ruleOf('node.notice')
  const inCourt = <T>(work: (tx: Tx) => Promise<T>) => services.database.write({ courtIds: [COURT] }, work)
  const thingOf = (id: string = randomUUID()) => ({ courtId: COURT, counterpartCourtId: ABOVE, id })
  const timingOf = (tx: Tx, thing = thingOf()): Timing => ({
    tx,
    at: server.time.now(),
    on: '2021-03-01',
    kind: { id: 'test' },
    thing,
    services,
  })
  const start: ClockStart = {
    name: 'notice',
    label: '执行通知书',
    rule,
    startFact: '立案日期',
    startOn: '2021-03-01',
    fixed: null,
  }
  const begin = (thing: ReturnType<typeof thingOf>, more: Partial<ClockStart> = {}) =>
    inCourt((tx) => startClock(timingOf(tx, thing), { ...start, ...more }))
  const rowsOf = (thing: { id: string }) =>
    server.sql('select * from clock where thing_id = $1 order by name, round', [thing.id])
  const morning = (on: string) => new Date(`${on}T08:30:00+08:00`)

  await t.test('a clock is stored with rule, account and next rung', async () => {
    const thing = thingOf()
    await begin(thing)
    const [row] = await rowsOf(thing)
    const { id, explanation, ...columns } = row ?? {}
    assert.match(String(id), /^[0-9a-f-]{36}$/)
    assert.deepEqual(columns, {
      backlog: false,
      court_id: COURT,
      counterpart_court_id: ABOVE,
      done_on: null,
      dropped: false,
      due_on: '2021-03-11',
      kind: 'test',
      label: '执行通知书',
      name: 'notice',
      next_rung: 'remind',
      next_rung_at: morning('2021-03-09'),
      note: '按立案日推算',
      round: 1,
      rule_id: 'node.notice',
      rule_version: rule.version,
      start_on: '2021-03-01',
      suspended: false,
      thing_id: thing.id,
      watched: true,
    })
    assert.deepEqual(explanation, {
      ruleId: 'node.notice',
      version: rule.version,
      source: rule.source,
      mark: 'V',
      startFact: '立案日期',
      startOn: '2021-03-01',
      n: 10,
      unit: 'day',
      skipped: [],
      suspensions: [],
      extensions: [],
      dueOn: '2021-03-11',
    })
  })

  await t.test('a clock of a year without notice is stored without due date and says nothing', async () => {
    const thing = thingOf()
    await begin(thing, { startOn: '2026-12-25' })
    const [row] = await rowsOf(thing)
    assert.deepEqual([row?.due_on, row?.next_rung, row?.next_rung_at], [null, null, null])
    const view = await inCourt((tx) => viewsOf(tx, thing, rules, '2026-12-26'))
    assert.equal(view[0]?.state, 'uncomputed')
  })

  await t.test('each start is a round of its own thing and name', async () => {
    const [thing, other] = [thingOf(), thingOf()]
    await begin(thing)
    await inCourt((tx) => stopClocks(tx, thing, 'notice', '2021-03-02'))
    await begin(thing)
    await begin(thing, { name: 'other' })
    await begin(other)
    const told = async (one: { id: string }) =>
      (await rowsOf(one)).map(({ name, round, done_on }) => `${name} ${round} ${done_on}`)
    assert.deepEqual(await told(thing), ['notice 1 2021-03-02', 'notice 2 null', 'other 1 null'])
    await inCourt((tx) => stopClocks(tx, thing, 'notice', '2021-03-05'))
    assert.deepEqual(await told(thing), ['notice 1 2021-03-02', 'notice 2 2021-03-05', 'other 1 null'])
    assert.deepEqual(await told(other), ['notice 1 null'])
    const [first, , running] = await rowsOf(thing)
    assert.deepEqual([first?.next_rung, first?.next_rung_at, running?.next_rung], [null, null, 'remind'])
  })

  await t.test('what ends late is late; a term is over on its last day', async () => {
    const [late, term, early] = [thingOf(), thingOf(), thingOf()]
    for (const thing of [late, term, early]) await begin(thing)
    await inCourt((tx) => stopClocks(tx, late, 'notice', '2021-03-20'))
    await inCourt((tx) => stopClocks(tx, term, 'notice', '2021-03-20', true))
    await inCourt((tx) => stopClocks(tx, early, 'notice', '2021-03-05', true))
    const ends = await Promise.all([late, term, early].map(async (thing) => (await rowsOf(thing))[0]?.done_on))
    assert.deepEqual(ends, ['2021-03-20', '2021-03-11', '2021-03-05'])
  })

  await t.test('a limit that the issuer names accounts for itself, and may be moved', async () => {
    const [thing, other] = [thingOf(), thingOf()]
    await begin(thing, { fixed: { n: 7, dueOn: '2021-03-08' } })
    await begin(thing, { name: 'other' })
    await begin(other)
    const [row] = await rowsOf(thing)
    const fixed = {
      ruleId: 'node.notice',
      version: rule.version,
      source: '发起方指定的期限',
      mark: 'C',
      startFact: '立案日期',
      startOn: '2021-03-01',
      n: 7,
      unit: 'day',
      skipped: [],
      suspensions: [],
      extensions: [],
      dueOn: '2021-03-08',
    }
    assert.deepEqual(row?.explanation, fixed)
    assert.deepEqual([row?.due_on, row?.next_rung_at], ['2021-03-08', morning('2021-03-06')])
    const move = (dueOn: string) => inCourt((tx) => setLimit(timingOf(tx, thing), 'notice', dueOn))
    await move('2021-04-10')
    const [moved, beside] = await rowsOf(thing)
    assert.deepEqual(moved?.explanation, { ...fixed, n: 40, dueOn: '2021-04-10' })
    assert.deepEqual(
      [moved?.due_on, moved?.next_rung, moved?.next_rung_at],
      ['2021-04-10', 'remind', morning('2021-04-03')],
    )
    assert.equal(beside?.due_on, '2021-03-11')
    assert.equal((await rowsOf(other))[0]?.due_on, '2021-03-11')
    await server.sql(`update clock set next_rung = 'due' where thing_id = $1`, [thing.id])
    await move('2021-04-10')
    assert.equal((await rowsOf(thing))[0]?.next_rung, 'due', 'the same day changes nothing')
    await move('2021-03-01')
    const [first] = await rowsOf(thing)
    assert.deepEqual([first?.due_on, first?.next_rung], ['2021-03-01', 'due'])
    await inCourt((tx) => stopClocks(tx, thing, 'notice', '2021-03-01'))
    await move('2021-05-10')
    assert.equal((await rowsOf(thing))[0]?.due_on, '2021-03-01', 'one that has ended stays')
    await inCourt((tx) => setLimit(timingOf(tx, thing), 'no-such-clock', '2021-05-10'))
  })

  await t.test('the unfinished come first, by due date; each with its state and its whole account', async () => {
    const thing = thingOf()
    const put = async (name: string, startOn: string, change = '', more: Partial<ClockStart> = {}) => {
      await begin(thing, { name, label: name, startOn, ...more })
      if (change) await server.sql(`update clock set ${change} where thing_id = $1 and name = $2`, [thing.id, name])
    }
    await put('met', '2021-03-01', `done_on = '2021-03-11'`)
    await put('late', '2021-03-01', `done_on = '2021-03-12'`)
    await put('missed', '2021-03-02', 'watched = false')
    await put('running', '2021-03-10')
    await put('overdue', '2021-03-05', '', { rule: ruleOf('node.notice.internal') })
    await put('suspended', '2021-03-01', 'suspended = true, due_on = null, next_rung = null, next_rung_at = null')
    await put('asleep', '2021-03-01', 'suspended = true, watched = false, due_on = null')
    await put('ended', '2021-03-01', `watched = false, done_on = '2021-03-02'`)
    await put('dropped', '2021-03-01', 'dropped = true')
    await begin(thingOf())
    const views = await inCourt((tx) => viewsOf(tx, thing, rules, '2021-03-19'))
    assert.deepEqual(
      views.map(({ name, state, internal }) => `${name} ${state}${internal ? ' internal' : ''}`),
      [
        'overdue overdue internal',
        'missed missed',
        'running running',
        'asleep suspended',
        'suspended suspended',
        'ended met',
        'late late',
        'met met',
      ],
    )
    for (const view of views) assert.deepEqual(clockView.parse(view), view)
    const [row] = await server.sql<{ id: string; explanation: unknown }>(
      `select id, explanation from clock where thing_id = $1 and name = 'late'`,
      [thing.id],
    )
    const late = views.find(({ name }) => name === 'late')
    assert.deepEqual(late, {
      id: row?.id,
      name: 'late',
      internal: false,
      state: 'late',
      doneOn: '2021-03-12',
      note: '按立案日推算',
      due: row?.explanation,
    })
    const laterVersion = rules.map((one) => ({ ...one, version: one.version + 1 }))
    const unknown = await inCourt((tx) => viewsOf(tx, thing, laterVersion, '2021-03-19'))
    assert.ok(unknown.every(({ internal }) => !internal))
  })
})
