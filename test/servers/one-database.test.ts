import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tell } from '#kernel/notifications/tell.ts'
import { articleTest } from '#test/articles.ts'
import { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { openStream } from './event-stream.ts'
import { holds, startSecondServer } from './second-server.ts'

// Two servers on one database know nothing of each other; what one does, the other's people see at once.

const COURT = 220_193
const SCREEN_LIMIT_MS = 1_000
const SESSION_LIMIT_MS = 5_000

async function order(by: TestServer | Client, handler: string) {
  const clerk = by instanceof Client ? by : await by.as('linjing')
  const body = { source: '本院督办', target: '承办人', handler, requirement: '请立即办理' }
  return clerk.do('/supervision-orders', body)
}

/** When an order that is opened now must be answered. */
async function answerDueOn(clerk: Client, handler: string): Promise<string> {
  const { id } = await order(clerk, handler)
  const { clocks } = await clerk.read(`/supervision-orders/${id}`)
  return clocks.find(({ name }: { name: string }) => name === '回复').due.dueOn
}

/** Every server's listening line breaks: what is told now is heard by nobody. */
async function loseListeners(server: TestServer): Promise<void> {
  await server.sql(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen %'`)
}

async function personOf(server: TestServer, username: string): Promise<string> {
  const [row] = await server.sql<{ id: string }>('select person_id as id from account where username = $1', [username])
  return row?.id ?? ''
}

articleTest(['1', '17'], 'an act on one server is on the other one’s screens within a second', async (t) => {
  const first = await startTestServer(t)
  const second = await startSecondServer(t, first)
  const judge = await second.as('sunhaitao')
  const stream = await openStream(second.address, judge.cookie)
  const opened = await order(first, await personOf(first, 'sunhaitao'))
  await holds('the notice comes', SCREEN_LIMIT_MS, () => stream.titles.includes(`新的事项督办：${opened.number}`))
  const mine = await judge.read('/supervision-orders?holder=me')
  assert.deepEqual(
    mine.items.map(({ id }: { id: string }) => id),
    [opened.id],
  )
  const received = await judge.do(`/supervision-orders/${opened.id}/receive`, { version: opened.version })
  const clerk = await first.as('linjing')
  assert.equal((await clerk.read(`/supervision-orders/${opened.id}`)).version, received.version)
  const late = await clerk.post(`/supervision-orders/${opened.id}/extend`, {
    version: opened.version,
    answerOn: '2021-12-31',
    reason: '情况复杂',
  })
  assert.equal(late.body.code, 'thing.stale', 'the first server does not act on what the second has changed')
  stream.close()
})

articleTest(['36.7'], 'a stopped account is out on both servers within five seconds, its streams too', async (t) => {
  const first = await startTestServer(t)
  const second = await startSecondServer(t, first)
  const clerks = [await first.as('chensiyu'), await second.as('chensiyu')]
  const streams = [
    await openStream(first.address, clerks[0]?.cookie ?? ''),
    await openStream(second.address, clerks[1]?.cookie ?? ''),
  ]
  const administrator = await first.as('xitong')
  await administrator.do(`/people/${await personOf(first, 'chensiyu')}/stop`, { reason: '调离' })
  const statuses = await Promise.all(clerks.map(async (clerk) => (await clerk.get('/me')).status))
  assert.deepEqual(statuses, [401, 401], 'sessions end at once')
  await holds('both streams end', SESSION_LIMIT_MS, () => streams.every(({ ended }) => ended === 'end'))
  const [stopped] = (await administrator.read('/people?q=陈思宇')).items
  assert.equal(stopped.accountState, 'stopped')
})

articleTest(['36.7'], 'a changed role counts on both servers within five seconds, for streams too', async (t) => {
  const first = await startTestServer(t, { start: '2021-09-30T23:50:00+08:00' })
  const second = await startSecondServer(t, first)
  const id = await personOf(first, 'sunhaitao')
  const judge = await second.as('sunhaitao')
  const stream = await openStream(second.address, judge.cookie)
  const refused = await judge.get('/imports')
  assert.equal(refused.status, 403)
  const security = await first.as('anquan')
  await security.do(`/people/${id}/posts`, { role: 'centre.clerk', fromOn: '2021-09-30' })
  assert.equal((await judge.get('/imports')).status, 200, 'a post given on one server opens doors on the other')
  const told = async (title: string) => {
    const message = { courtId: COURT, to: { role: 'centre.clerk' }, title, body: '' } as const
    await first.app.services.database.write({ courtIds: [COURT] }, (tx) => tell(tx, first.time.now(), [message]))
  }
  await told('给专员的第一条')
  await holds('the open stream knows the new post', SESSION_LIMIT_MS, () => stream.titles.includes('给专员的第一条'))
  const person = (await security.read('/people?q=孙海涛')).items[0]
  const post = person.posts.find(({ role }: { role: string }) => role === 'centre.clerk')
  await security.do(`/people/${id}/end-post`, { postId: post.id, toOn: '2021-09-30' })
  first.time.pass({ minutes: 15 })
  assert.equal((await judge.get('/imports')).status, 403, 'and closes them')
  await told('给专员的第二条')
  await order(first, id)
  await holds('the stream goes on', SESSION_LIMIT_MS, () => stream.titles.some((title) => /^新的事项督办/.test(title)))
  assert.ok(!stream.titles.includes('给专员的第二条'), 'what is for a post that has ended is not told')
  stream.close()
})

articleTest(
  ['17'],
  'a day changed on one server counts on the other, also where the word of it was lost',
  async (t) => {
    const first = await startTestServer(t)
    const second = await startSecondServer(t, first)
    const security = await first.as('anquan')
    const clerk = await second.as('linjing')
    const { law } = second.app.services
    const handler = await personOf(first, 'sunhaitao')
    const change = (on: string) =>
      security.put('/calendar/days', { on, kind: 'off', name: '调休', reason: '吉林省人民政府办公厅通知' })
    // Five working days after the last of September, with the holiday in between.
    assert.equal(await answerDueOn(clerk, handler), '2021-10-13')
    assert.equal((await change('2021-10-12')).status, 200)
    await holds('the second server counts by it', SCREEN_LIMIT_MS, () => law.now().calendar.isOff('2021-10-12'))
    assert.equal(await answerDueOn(clerk, handler), '2021-10-14')
    await loseListeners(first)
    assert.equal((await change('2021-10-13')).status, 200)
    await holds('the second server reads it when it is back', SESSION_LIMIT_MS, () =>
      law.now().calendar.isOff('2021-10-13'),
    )
    assert.equal(await answerDueOn(clerk, handler), '2021-10-15')
  },
)

test('a stream that lost the word between servers still tells what it missed', async (t) => {
  const first = await startTestServer(t)
  const second = await startSecondServer(t, first)
  const judge = await second.as('sunhaitao')
  const stream = await openStream(second.address, judge.cookie)
  await loseListeners(first)
  const opened = await order(first, await personOf(first, 'sunhaitao'))
  await holds('the notice comes all the same', SESSION_LIMIT_MS, () =>
    stream.titles.includes(`新的事项督办：${opened.number}`),
  )
  stream.close()
})
