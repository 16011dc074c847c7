import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runRecounts } from '#kernel/recount/recount.ts'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { recomputeDueOn } from '#test/recompute-due.ts'
import { holderOf } from '#test/suite/cast.ts'

const INQUIRY = '首次网络查控'

async function begin(t: Parameters<typeof startTestServer>[0], start: string) {
  const server = await startTestServer(t, { start })
  const judge = await holderOf(server, '吉0193', 'team.judge')
  const clerk = await server.as('linjing')
  const open = (filedOn: string) =>
    clerk.do('/cases', {
      kind: '首次执行',
      filedOn,
      basisNumber: '（2021）吉0193民初9号',
      amountFen: '100',
      judgeId: judge.personId,
      creditors: [{ name: '甲有限公司' }],
      debtors: [{ name: '乙', certificates: ['11010519491231002X'] }],
    })
  return { server, judge, clerk, open, security: await server.as('anquan') }
}

/** Two workers beside the server's own; waits until nothing of any change is left. */
async function recounted(server: TestServer): Promise<void> {
  const { services } = server.app
  await Promise.all([runRecounts(services), runRecounts(services)])
  for (let turn = 0; turn < 500; turn++) {
    const [left] = await server.sql<{ n: number }>(
      `select count(*)::int as n from calendar_recount where state <> 'done'`,
    )
    if (left?.n === 0) return
    await server.sql('select pg_sleep(0.01)')
  }
  assert.fail('a change of the calendar was not counted to its end')
}

async function dueOf(server: TestServer, thingId: string, label: string) {
  const [clock] = await server.sql<{ due: string | null; next: string | null; explanation: { dueOn: string } }>(
    `select due_on::text as due, next_rung as next, explanation from clock
     where thing_id = $1 and label = $2 and done_on is null`,
    [thingId, label],
  )
  return clock
}

const day = (on: string, kind: 'off' | 'work') => ({ on, kind, name: '调休', reason: '国务院办公厅通知' })

articleTest(
  ['17'],
  'a changed day moves due dates both ways, names each, tells the holder and arms it anew',
  async (t) => {
    const { server, judge, clerk, open, security } = await begin(t, '2021-10-11T09:00:00+08:00')
    const one = await open('2021-10-11')
    // 5 days: Saturday the 16th, so Monday the 18th
    assert.equal((await dueOf(server, one.id, INQUIRY))?.due, '2021-10-18')
    const changed = await security.put('/calendar/days', day('2021-10-18', 'off'))
    assert.match(changed.body.notice, /期限变动清单/)
    await recounted(server)
    assert.equal((await dueOf(server, one.id, INQUIRY))?.due, '2021-10-19')
    await security.put('/calendar/days', day('2021-10-16', 'work'))
    await recounted(server)
    const shorter = await dueOf(server, one.id, INQUIRY)
    assert.deepEqual([shorter?.due, shorter?.next], ['2021-10-16', 'remind'])
    assert.equal(recomputeDueOn(shorter?.explanation as unknown as Parameters<typeof recomputeDueOn>[0]), '2021-10-16')
    const { items } = await clerk.read('/due-changes')
    const lines = (items as { number: string; clock: string; oldDueOn: string; newDueOn: string; holder: string }[])
      .filter(({ clock }) => clock === INQUIRY)
      .map(({ number, oldDueOn, newDueOn, holder }) => [number, oldDueOn, newDueOn, holder])
    assert.deepEqual(lines.sort(), [
      [one.caseNumber, '2021-10-18', '2021-10-19', judge.name],
      [one.caseNumber, '2021-10-19', '2021-10-16', judge.name],
    ])
    const [last] = (await security.read('/calendar/recounts')).items
    assert.deepEqual([last.state, last.checked, last.moved], ['done', last.clocks, 1])
    const told = await server.sql<{ body: string }>(
      `select body from outbox where to_person_id = $1 and title like '工作日历变动%' order by id`,
      [judge.personId],
    )
    assert.deepEqual(
      told.map(({ body }) => body),
      ['2021-10-18改为2021-10-19', '2021-10-19改为2021-10-16'].map((move) => `${one.caseNumber}${INQUIRY}：${move}`),
    )
    server.time.travelTo('2021-10-17T00:00:00+08:00')
    await server.app.worker.sweep()
    const orders = () => server.sql(`select 1 from matter_supervision_order where node = $1`, [INQUIRY])
    assert.equal((await orders()).length, 1, 'it is missed on the day after its new last day')
  },
)

test('many clocks, three workers: each counted once, one notice for their judge', async (t) => {
  const { server, judge, open, security } = await begin(t, '2021-10-11T09:00:00+08:00')
  for (let n = 0; n < 12; n++) await open('2021-10-11')
  await security.put('/calendar/days', day('2021-10-18', 'off'))
  await recounted(server)
  const [row] = await server.sql<{ clocks: number; checked: number; moved: number }>(
    'select clocks, checked, moved from calendar_recount',
  )
  assert.deepEqual([row?.checked, row?.moved], [row?.clocks, 12])
  assert.ok(Number(row?.clocks) >= 24, 'those that only run across the day are looked at too')
  const listed = await server.sql(`select 1 from due_change where state = 'moved'`)
  const kept = await server.sql(`select 1 from due_change where state <> 'moved'`)
  assert.deepEqual([listed.length, kept.length], [12, 0])
  const told = await server.sql<{ title: string }>(
    `select title from outbox where to_person_id = $1 and title like '工作日历变动%'`,
    [judge.personId],
  )
  assert.deepEqual(
    told.map(({ title }) => title),
    ['工作日历变动，12个期限的届满日已重新计算'],
  )
})

test('arrears stay arrears, and what has been ordered already is not ordered again', async (t) => {
  const { server, open, security } = await begin(t, '2021-10-11T09:00:00+08:00')
  // Filed on 25 September: due on Thursday the 30th. With that day off, Friday 8 October: overdue all the same.
  const [ordered, arrears] = [await open('2021-09-25'), await open('2021-09-25')]
  await server.sql(
    `update clock set backlog = true, next_rung = null, next_rung_at = null where thing_id = $1 and label = $2`,
    [arrears.id, INQUIRY],
  )
  const orders = () => server.sql(`select 1 from matter_supervision_order where node = $1`, [INQUIRY])
  await server.app.worker.sweep()
  assert.equal((await orders()).length, 1)
  await security.put('/calendar/days', day('2021-09-30', 'off'))
  await recounted(server)
  for (const { id } of [ordered, arrears]) {
    const clock = await dueOf(server, id, INQUIRY)
    assert.deepEqual([clock?.due, clock?.next], ['2021-10-08', null])
  }
  const [still] = await server.sql<{ backlog: boolean }>(
    'select backlog from clock where thing_id = $1 and label = $2',
    [arrears.id, INQUIRY],
  )
  assert.equal(still?.backlog, true)
  await server.app.worker.sweep()
  assert.equal((await orders()).length, 1)
})

test("a matter's own limit is counted again; a day that its issuer named stands", async (t) => {
  const { server, judge, clerk, security } = await begin(t, '2021-10-11T09:00:00+08:00')
  const order = (answerOn: string | null) =>
    clerk.do('/supervision-orders', {
      source: '本院督办',
      target: '承办人',
      handler: judge.personId,
      requirement: '请办理',
      answerOn,
    })
  const [open, fixed] = [await order(null), await order('2021-10-12')]
  const dues = (id: string) =>
    server.sql<{ label: string; due: string }>(
      'select label, due_on::text as due from clock where thing_id = $1 order by label',
      [id],
    )
  const before = await dues(open.id)
  const named = await dues(fixed.id)
  assert.ok(before.some(({ due }) => due === '2021-10-12'))
  await security.put('/calendar/days', day('2021-10-12', 'off'))
  await recounted(server)
  const after = await dues(open.id)
  assert.deepEqual(
    after.map(({ due }, at) => due > (before[at]?.due ?? '')),
    before.map(() => true),
  )
  const kept = (await dues(fixed.id)).filter(({ due }, at) => due === named[at]?.due)
  assert.ok(kept.some(({ due }) => due === '2021-10-12'))
})

articleTest(['17'], 'a new year gives a due date to the clocks that lacked it', async (t) => {
  const { server, clerk, open, security } = await begin(t, '2026-12-28T09:00:00+08:00')
  const one = await open('2026-12-28')
  assert.equal((await dueOf(server, one.id, INQUIRY))?.due, null)
  const days = [{ on: '2027-01-01', kind: 'off', name: '元旦' }]
  await security.do('/calendar/years', { year: 2027, notice: '国务院办公厅关于2027年部分节假日安排的通知', days })
  await recounted(server)
  const clock = await dueOf(server, one.id, INQUIRY)
  assert.deepEqual([clock?.due, clock?.next], ['2027-01-04', 'remind'])
  const { items } = await clerk.read('/due-changes')
  const line = items.find((row: { clock: string }) => row.clock === INQUIRY)
  assert.deepEqual([line.oldDueOn, line.newDueOn], [null, '2027-01-04'])
})
