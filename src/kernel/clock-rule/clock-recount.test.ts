import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type CalendarDay, makeCalendar } from '#kernel/calendar/calendar.ts'
import type { Tx } from '#kernel/database/database.ts'
import type { On } from '#kernel/time/time.ts'
import { startTestServer } from '#test/harness.ts'
import { type ClockStart, recountClocks, startClock } from './store.ts'

// Stored clocks counted again after a change of the calendar. The one here: ten days from 1 March 2021, due on Thursday
// the 11th, or on the 12th where the 11th is made a day off.

const [COURT, ABOVE] = [220193, 2201]
const START_ON = '2021-03-01'
const OFF: CalendarDay = { on: '2021-03-11', kind: 'off', name: '补休' }
const calendarWith = (days: CalendarDay[], years = [2021]) => makeCalendar({ days, years })

test('clocks counted again', async (t) => {
  const server = await startTestServer(t)
  const { services } = server.app
  server.time.travelTo(`${START_ON}T09:00:00+08:00`)
  const { rules } = services.law.now()
  const rule = rules.find(({ id }) => id === 'node.notice')
  assert.ok(rule)
  const inCourt = <T>(work: (tx: Tx) => Promise<T>) => services.database.write({ courtIds: [COURT, ABOVE] }, work)

  /** A clock of a thing of its own, as it was started under the calendar before; returns its id. */
  async function begun(more: Partial<ClockStart> = {}, change = ''): Promise<string> {
    const thing = { courtId: COURT, counterpartCourtId: null, id: randomUUID() }
    const start = {
      name: 'notice',
      label: '执行通知书',
      startFact: '立案日期',
      startOn: START_ON,
      fixed: null,
      ...more,
    }
    const timing = { at: server.time.now(), on: START_ON, kind: { id: 'test' }, thing, services }
    await inCourt((tx) => startClock({ ...timing, tx }, { rule: rule as ClockStart['rule'], ...start }))
    if (change) await server.sql(`update clock set ${change} where thing_id = $1`, [thing.id])
    const [row] = await server.sql<{ id: string }>('select id from clock where thing_id = $1', [thing.id])
    return row?.id ?? ''
  }

  interface Asked {
    calendar?: ReturnType<typeof makeCalendar>
    on?: On
    courtId?: number
    with?: typeof rules
  }

  /** Counts these again as if it were nine o'clock of a day; says what is stored of each then. */
  async function recounted(ids: readonly string[], asked: Asked = {}) {
    const { calendar = calendarWith([OFF]), on = START_ON, courtId = COURT } = asked
    const law = { now: () => ({ calendar, rules: asked.with ?? rules }) }
    const at = new Date(`${on}T09:00:00+08:00`)
    await inCourt((tx) => recountClocks({ tx, at, on, services: { law } }, courtId, ids))
    const rows = await server.sql<{ id: string; told: string }>(
      `select id, concat_ws(' ', coalesce(due_on::text, '—'), coalesce(next_rung, '—'),
         to_char(next_rung_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI')) as told
       from clock where id = any($1)`,
      [ids],
    )
    return ids.map((id) => rows.find((row) => row.id === id)?.told)
  }

  await t.test('a day off moves the limit, its account and its reminder', async () => {
    const [moved, beside] = [await begun(), await begun()]
    assert.deepEqual(await recounted([moved]), ['2021-03-12 remind 03-10 08:30'])
    const rows = await server.sql<{ id: string; explanation: { dueOn: string; skipped: object[] } }>(
      'select id, explanation from clock where id = any($1)',
      [[moved, beside]],
    )
    const explained = (id: string) => rows.find((row) => row.id === id)?.explanation
    assert.equal(explained(moved)?.dueOn, '2021-03-12')
    assert.equal(explained(moved)?.skipped.length, 1)
    assert.equal(explained(beside)?.dueOn, '2021-03-11', 'only what was named')
    assert.deepEqual(await recounted([moved], { calendar: calendarWith([]) }), ['2021-03-11 remind 03-09 08:30'])
  })

  await t.test('a day that the issuer named stands, as does what has ended, and what is of another court', async () => {
    const named = await begun({ fixed: { n: 10, dueOn: '2021-03-11' } })
    const ended = await begun({}, `done_on = '2021-03-02', next_rung = null, next_rung_at = null`)
    const elsewhere = await begun()
    assert.deepEqual(await recounted([named, ended]), ['2021-03-11 remind 03-09 08:30', '2021-03-11 —'])
    assert.deepEqual(await recounted([elsewhere], { courtId: ABOVE }), ['2021-03-11 remind 03-09 08:30'])
  })

  await t.test('a limit that does not move keeps what it has said', async () => {
    const spoken = await begun({}, `next_rung = 'due'`)
    assert.deepEqual(await recounted([spoken], { calendar: calendarWith([]) }), ['2021-03-11 due 03-09 08:30'])
  })

  await t.test('what was overdue and still is says nothing more; all else that moves speaks anew', async () => {
    const late = (dueOn = '2021-03-11') => begun({}, `due_on = '${dueOn}', next_rung = null, next_rung_at = null`)
    assert.deepEqual(await recounted([await late()], { on: '2021-03-15' }), ['2021-03-12 —'])
    assert.deepEqual(await recounted([await late()], { on: '2021-03-12' }), ['2021-03-12 due 03-12 08:30'])
    assert.deepEqual(await recounted([await late('2021-03-15')], { on: '2021-03-15' }), [
      '2021-03-12 overdue 03-13 00:00',
    ])
    assert.deepEqual(await recounted([await late('2021-03-14')], { on: '2021-03-15' }), ['2021-03-12 —'])
  })

  await t.test('a year that becomes known gives a due date, one that is not known any more takes it', async () => {
    const [unknown, missed, known] = [
      await begun({}, 'due_on = null, next_rung = null, next_rung_at = null'),
      await begun({}, 'due_on = null, next_rung = null, next_rung_at = null'),
      await begun(),
    ]
    assert.deepEqual(await recounted([unknown]), ['2021-03-12 remind 03-10 08:30'])
    assert.deepEqual(await recounted([missed], { on: '2021-03-15' }), ['2021-03-12 overdue 03-13 00:00'])
    assert.deepEqual(await recounted([known], { calendar: calendarWith([], [2020]) }), ['— —'])
  })

  await t.test('each is counted by the very version of its rule; where that is gone it stays', async () => {
    const [own, gone] = [await begun(), await begun()]
    const longer = { ...rule, n: 20 }
    const others = [
      { ...longer, id: 'another' },
      { ...longer, version: rule.version + 1 },
    ]
    assert.deepEqual(await recounted([own], { with: [...others, rule] }), ['2021-03-12 remind 03-10 08:30'])
    assert.deepEqual(await recounted([gone], { with: others }), ['2021-03-11 remind 03-09 08:30'])
  })
})
