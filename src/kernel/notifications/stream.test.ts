import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { type Message, tell } from './tell.ts'

const COURT = 220193

interface StreamEvent {
  event: string
  id: string
  title: string
}

/** A page that listens: reads server-sent events one after another. */
class Listener {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  readonly #decoder = new TextDecoder()
  #text = ''

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader()
  }

  /** The next event; null where the stream has ended. */
  async next(): Promise<StreamEvent | null> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end >= 0) {
        const block = this.#text.slice(0, end)
        this.#text = this.#text.slice(end + 2)
        const data = /^data: (.*)$/m.exec(block)?.[1]
        if (!data) continue
        const event = /^event: (notice|missed)$/m.exec(block)?.[1]
        assert.ok(event, block)
        assert.equal(/^id: (\d+)$/m.exec(block)?.[1], JSON.parse(data).id)
        return { event, ...JSON.parse(data) }
      }
      const { done, value } = await this.#reader.read()
      if (done) return null
      this.#text += this.#decoder.decode(value, { stream: true })
    }
  }

  async close(): Promise<void> {
    await this.#reader.cancel()
  }
}

async function listen(server: TestServer, client: Client, lastEventId?: string): Promise<Listener> {
  const reply = await open(server, client, lastEventId)
  assert.equal(reply.status, 200)
  assert.match(reply.headers.get('content-type') ?? '', /^text\/event-stream/)
  assert.ok(reply.body)
  return new Listener(reply.body)
}

function open(server: TestServer, client: Client, lastEventId?: string): Promise<Response> {
  return fetch(`${server.address}/api/stream`, {
    headers: { cookie: client.cookie, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
  })
}

async function say(server: TestServer, ...titles: [Message['to'], string][]): Promise<void> {
  const { database, time } = server.app.services
  for (const [to, title] of titles) {
    await database.write({ courtIds: [COURT] }, (tx) => tell(tx, time.now(), [{ courtId: COURT, to, title, body: '' }]))
  }
}

async function person(server: TestServer, username: string): Promise<string> {
  const [row] = await server.sql<{ person_id: string }>('select person_id from account where username = $1', [username])
  return row?.person_id ?? ''
}

test('a message reaches whom it is for, and nobody else', async (t) => {
  const server = await startTestServer(t)
  const judge = await listen(server, await server.as('sunhaitao'))
  const clerk = await listen(server, await server.as('linjing'))
  const [team] = await server.sql<{ id: string }>(`select id from team where court_id = ${COURT} and name = '速执团队'`)
  await say(
    server,
    [{ personId: await person(server, 'sunhaitao') }, '给孙海涛'],
    [{ role: 'centre.clerk' }, '给专员'],
    [{ role: 'team.judge', teamId: team?.id ?? null }, '给速执团队法官'],
    [{ role: 'team.judge' }, '给全体法官'],
    [{ role: 'centre.clerk' }, '再给专员'],
  )
  assert.deepEqual([(await judge.next())?.title, (await judge.next())?.title], ['给孙海涛', '给全体法官'])
  assert.deepEqual([(await clerk.next())?.title, (await clerk.next())?.title], ['给专员', '再给专员'])
  await judge.close()
  await clerk.close()
})

test('a reader that broke off goes on after the last event that it got', async (t) => {
  const server = await startTestServer(t)
  const client = await server.as('linjing')
  const first = await listen(server, client)
  await say(server, [{ role: 'centre.clerk' }, '一'])
  const seen = await first.next()
  await first.close()
  await say(
    server,
    [{ role: 'centre.clerk' }, '二'],
    [{ role: 'director' }, '不是给专员的'],
    [{ role: 'centre.clerk' }, '三'],
  )
  const second = await listen(server, client, seen?.id)
  assert.deepEqual([(await second.next())?.title, (await second.next())?.title], ['二', '三'])
  await say(server, [{ role: 'centre.clerk' }, '四'])
  assert.equal((await second.next())?.title, '四')
  await second.close()
  const fresh = await listen(server, client, 'no number')
  await say(server, [{ role: 'centre.clerk' }, '五'])
  assert.equal((await fresh.next())?.title, '五', 'without a number only what is new')
  await fresh.close()
})

test('who comes back after long gets the last thousand, and is told that there were more', async (t) => {
  const server = await startTestServer(t)
  const client = await server.as('linjing')
  await server.sql(`
    insert into outbox (court_id, at, to_role, title, body)
    select ${COURT}, '2021-09-30', 'centre.clerk', n::text, '' from generate_series(1, 1005) n`)
  const stream = await listen(server, client, '0')
  const missed = await stream.next()
  assert.equal(missed?.event, 'missed')
  for (let n = 6; n <= 1_005; n += 1) assert.equal((await stream.next())?.title, String(n))
  await say(server, [{ role: 'centre.clerk' }, '新的'])
  assert.equal((await stream.next())?.title, '新的')
  await stream.close()
  // The window has moved by one: who got the sixth lacks nothing, who had been told so lacks that one.
  const sixth = String(BigInt(missed?.id ?? 0) + 1n)
  for (const [id, event, title] of [
    [sixth, 'notice', '7'],
    [missed?.id, 'missed', undefined],
  ] as const) {
    const again = await listen(server, client, id)
    const first = await again.next()
    assert.deepEqual([first?.event, first?.title], [event, title])
    await again.close()
  }
})

test('a stream ends with its session at the next message, whatever ended it', async (t) => {
  const server = await startTestServer(t)
  const endings: [string, () => Promise<unknown>][] = [
    ['sunhaitao', async () => (await server.as('sunhaitao')).send('DELETE', '/session')],
    ['linjing', () => server.sql("update account set state = 'stopped' where username = 'linjing'")],
  ]
  for (const [username, end] of endings) {
    const stream = await listen(server, await server.as(username))
    await end()
    await say(server, [{ personId: await person(server, username) }, '不该收到'])
    assert.equal(await stream.next(), null, username)
  }
})

test('a stream without messages ends within five seconds of its session', async (t) => {
  const server = await startTestServer(t)
  const stream = await listen(server, await server.as('linjing'))
  const stoppedAt = performance.now()
  await server.sql("update account set state = 'stopped' where username = 'linjing'")
  assert.equal(await stream.next(), null)
  assert.ok(performance.now() - stoppedAt < 5_000)
})

test('a post that has ended brings no more messages', async (t) => {
  const server = await startTestServer(t)
  const stream = await listen(server, await server.as('chensiyu'))
  await server.sql("update post set to_on = '2021-09-29' where role = 'centre.clerk' and person_id = $1", [
    await person(server, 'chensiyu'),
  ])
  await say(server, [{ role: 'centre.clerk' }, '给专员'], [{ personId: await person(server, 'chensiyu') }, '给本人'])
  assert.equal((await stream.next())?.title, '给本人')
  await stream.close()
})

test('one account holds eight streams, and a closed one makes room', async (t) => {
  const server = await startTestServer(t)
  const client = await server.as('linjing')
  const streams = await Promise.all(Array.from({ length: 8 }, () => listen(server, client)))
  const refused = await open(server, client)
  assert.equal(refused.status, 429)
  assert.equal(((await refused.json()) as { code: string }).code, 'stream.too-many')
  const other = await listen(server, await server.as('sunhaitao'))
  await streams[0]?.close()
  let again = await open(server, client)
  for (let turn = 0; turn < 200 && again.status === 429; turn++) again = await open(server, client)
  assert.equal(again.status, 200)
  await Promise.all([...streams.slice(1), other].map((stream) => stream.close()))
  await again.body?.cancel()
})

test('without a session there is no stream', async (t) => {
  const server = await startTestServer(t)
  assert.equal((await open(server, server.anonymous())).status, 401)
})

articleTest(['17'], 'a notice is read, acknowledged once, and counts until then', async (t) => {
  const server = await startTestServer(t)
  const judge = await server.as('sunhaitao')
  await say(
    server,
    [{ role: 'team.judge' }, '一'],
    [{ personId: await person(server, 'sunhaitao') }, '二'],
    [{ role: 'director' }, '不是给法官的'],
  )
  const before = await judge.read('/notices')
  assert.deepEqual(
    before.items.map(({ title }: { title: string }) => title),
    ['二', '一'],
  )
  assert.deepEqual([before.unread, (await judge.read('/me')).unreadNotices], [2, 2])
  const firstPage = await judge.read('/notices?limit=1')
  const secondPage = await judge.read(`/notices?limit=1&after=${firstPage.next}`)
  assert.deepEqual([secondPage.items[0].title, secondPage.next], ['一', null])

  const { id } = before.items[1]
  const receipt = await judge.do(`/notices/${id}/receipt`)
  assert.equal(receipt.receiptAt, server.time.now().toISOString())
  server.time.pass({ minutes: 5 })
  assert.equal((await judge.do(`/notices/${id}/receipt`)).receiptAt, receipt.receiptAt, 'the first receipt stands')
  assert.equal((await judge.read('/notices')).unread, 1)
  assert.equal((await (await server.as('hanlixin')).read('/notices')).unread, 1, 'each for himself')

  const [other] = await server.sql<{ id: string }>("select id::text from outbox where title = '不是给法官的'")
  const waiting = before.items.map((one: { id: string }) => one.id)
  const mixed = await judge.post('/notices/receipts', { ids: [...waiting, other?.id] })
  assert.deepEqual([mixed.status, (await judge.read('/notices')).unread], [404, 1], 'all or none')
  const all = await judge.do('/notices/receipts', { ids: [...waiting, waiting[0]] })
  assert.deepEqual(all.items.map((one: { receiptAt: string }) => one.receiptAt).sort(), [
    receipt.receiptAt,
    server.time.now().toISOString(),
  ])
  assert.equal((await judge.read('/notices')).unread, 0)
  const taken = await server.sql<{ summary: string }>(
    `select summary from audit where verb = 'notice.receipt' order by seq desc limit 2`,
  )
  for (const { title } of before.items)
    assert.equal(taken.filter(({ summary }) => summary.includes(title)).length, 1, `${title}: on record`)
  for (const ids of [[], ['0'], ['一'], Array.from({ length: 101 }, () => waiting[0])])
    assert.equal((await judge.post('/notices/receipts', { ids })).status, 400, JSON.stringify(ids).slice(0, 40))
  const foreign = await judge.post(`/notices/${other?.id}/receipt`)
  const nowhere = await judge.post('/notices/999999/receipt')
  assert.deepEqual([foreign.status, foreign.text], [404, nowhere.text])
})
