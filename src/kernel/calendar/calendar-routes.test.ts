import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'

const REASON = '吉林省人民政府办公厅通知'

/** Waits until the server has read the changed law; it hears of it right after the commit. */
async function heard(server: TestServer, isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !isSo(); turn++) await server.sql('select pg_sleep(0.01)')
  assert.ok(isSo())
}

test('the calendar of a year says its notice, its days and whether one may change it', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const year = await clerk.read('/calendar')
  assert.deepEqual([year.year, year.known, year.mayEdit, year.versions], [2021, true, false, []])
  assert.match(year.notice, /国办发明电〔2020〕27号/)
  const day = (on: string) => year.days.find((one: { on: string }) => one.on === on)
  assert.deepEqual(day('2021-10-01'), { on: '2021-10-01', kind: 'off', name: '国庆节' })
  assert.equal(day('2021-10-09').kind, 'work')
  assert.equal(day('2021-10-02'), undefined, 'a Saturday is off by itself')
  assert.equal((await clerk.read('/calendar?year=2035')).known, false)
  for (const bad of ['abc', '1800', '2021.5']) assert.equal((await clerk.get(`/calendar?year=${bad}`)).status, 400, bad)
})

articleTest(['17'], 'a changed day raises the version, keeps who and why, and every server counts by it', async (t) => {
  const server = await startTestServer(t)
  const security = await server.as('anquan')
  const { law } = server.app.services
  assert.equal(law.now().calendar.isOff('2021-10-08'), false)
  const changed = await security.put('/calendar/days', {
    on: '2021-10-08',
    kind: 'off',
    name: '国庆节',
    reason: REASON,
  })
  assert.equal(changed.status, 200, changed.text)
  assert.equal(changed.body.version, 2)
  await heard(server, () => law.now().calendar.isOff('2021-10-08'))
  const year = await security.read('/calendar?year=2021')
  assert.equal(year.mayEdit, true)
  assert.deepEqual(year.versions, [
    { version: 2, at: server.time.now().toISOString(), by: '严守正', reason: REASON, on: '2021-10-08' },
  ])
  const back = await security.put('/calendar/days', { on: '2021-10-08', kind: 'work', name: '国庆节', reason: '更正' })
  assert.equal(back.body.version, 3)
  await heard(server, () => !law.now().calendar.isOff('2021-10-08'))
  assert.ok(!(await security.read('/calendar?year=2021')).days.some(({ on }: { on: string }) => on === '2021-10-08'))
  const record = await server.sql("select 1 from audit where verb = 'calendar.day'")
  assert.equal(record.length, 2)
})

test('a change that changes nothing, of an unknown year or without a reason is refused', async (t) => {
  const server = await startTestServer(t)
  const security = await server.as('anquan')
  const put = (body: object) => security.put('/calendar/days', { kind: 'off', name: '国庆节', reason: REASON, ...body })
  assert.equal((await put({ on: '2021-10-01' })).body.code, 'calendar.unchanged')
  assert.equal((await put({ on: '2021-10-02', kind: 'off' })).body.code, 'calendar.unchanged')
  assert.equal((await put({ on: '2021-10-11', kind: 'work' })).body.code, 'calendar.unchanged')
  assert.equal((await put({ on: '2027-10-01' })).body.code, 'clock.calendar-missing')
  assert.equal((await put({ on: '2021-02-30' })).status, 400)
  assert.equal((await put({ on: '2021-10-08', reason: ' ' })).status, 400)
  assert.equal((await security.read('/calendar?year=2021')).versions.length, 0)
})

test('only the security administrator changes the calendar', async (t) => {
  const server = await startTestServer(t)
  for (const username of ['liangzhiyuan', 'xitong', 'shenji', 'luoxiaoming']) {
    const client = await server.as(username)
    const reply = await client.put('/calendar/days', { on: '2021-10-08', kind: 'off', name: '国庆节', reason: REASON })
    assert.equal(reply.status, 403, username)
  }
})

articleTest(['17'], 'a new year is entered once, with its days', async (t) => {
  const server = await startTestServer(t)
  const security = await server.as('anquan')
  const days = [
    { on: '2027-01-01', kind: 'off', name: '元旦' },
    { on: '2027-01-03', kind: 'work', name: '元旦' },
  ]
  const wrong = await security.post('/calendar/years', {
    year: 2027,
    notice: '通知',
    days: [
      ...days,
      { on: '2027-01-02', kind: 'off', name: '元旦' },
      { on: '2026-12-31', kind: 'off', name: '元旦' },
      days[0],
    ],
  })
  assert.deepEqual(
    wrong.body.fields.map(({ path }: { path: string }) => path),
    ['days.2.on', 'days.3.on', 'days.4.on'],
  )
  await security.do('/calendar/years', { year: 2027, notice: '国务院办公厅关于2027年部分节假日安排的通知', days })
  const year = await security.read('/calendar?year=2027')
  assert.deepEqual([year.known, year.days], [true, days])
  await heard(server, () => server.app.services.law.now().calendar.knows(2027))
  assert.equal(
    (await security.post('/calendar/years', { year: 2027, notice: '通知', days: [] })).body.code,
    'calendar.year-known',
  )
})
