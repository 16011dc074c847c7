import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { get } from 'node:http'
import { test } from 'node:test'
import pg from 'pg'
import type { Client, Reply } from '#test/client.ts'
import { startTestServer } from '#test/harness.ts'
import { openStream } from './event-stream.ts'
import { holds, type SecondServer, startSecondServer } from './second-server.ts'

// Servers are stopped one after another while people work: who is inside is served to the end, who comes is sent to the
// next one, and no request fails.

const STOP_LIMIT_MS = 5_000

test('a server that stops answers what runs, closes the line, ends streams, lets nobody new in', async (t) => {
  const first = await startTestServer(t)
  const stopping = await startSecondServer(t, first)
  const clerk = await stopping.as('linjing')
  const stream = await openStream(stopping.address, clerk.cookie)
  const opened = await clerk.do('/cases', {
    kind: '执行异议',
    filedOn: '2021-09-30',
    creditors: [{ name: '某某' }],
    debtors: [],
  })
  const holder = new pg.Client({ connectionString: first.url })
  await holder.connect()
  await holder.query('begin')
  await holder.query('select 1 from enforcement_case where id = $1 for update', [opened.id])
  const running = clerk.post(`/cases/${opened.id}/change`, {
    version: opened.version,
    remark: '停机前提交',
    reason: '补正',
  })
  const waits = async () =>
    (await first.sql(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))
      .length > 0
  await holds('the request waits for the row', STOP_LIMIT_MS, waits)
  let hasStopped = false
  const stopped = stopping.stop().then(() => {
    hasStopped = true
  })
  await holds('the stream ends', STOP_LIMIT_MS, () => stream.ended === 'end')
  await holds('a new line is refused', STOP_LIMIT_MS, () => isRefused(stopping.address))
  assert.equal(hasStopped, false, 'the running request is waited for')
  await holder.query('commit')
  await holder.end()
  const reply = await running
  assert.equal(reply.status, 200, reply.text)
  assert.equal(reply.headers.get('connection'), 'close')
  await stopped
  const [row] = await first.sql('select remark from enforcement_case where id = $1', [opened.id])
  assert.deepEqual(row, { remark: '停机前提交' })
  assert.deepEqual(stopping.faults, [])
})

function isRefused(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(`${address}/api/me`, { agent: false }, (reply) => {
      reply.resume()
      resolve(false)
    }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'))
  })
}

test('an idle line does not keep a server from stopping', async (t) => {
  const stopping = await startSecondServer(t, await startTestServer(t))
  await stopping.as('linjing')
  const began = performance.now()
  await stopping.stop()
  assert.ok(performance.now() - began < STOP_LIMIT_MS)
})

/** Sends a write to the servers in turn, always with the same key, until one of them has taken it. */
async function sendAnywhere(clients: readonly Client[], from: number, body: unknown): Promise<Reply> {
  const key = randomUUID()
  for (let turn = from; ; turn += 1) {
    const client = clients[turn % clients.length] as Client
    const reply = await client.post('/cases', body, { key }).catch(() => null)
    if (reply) return reply
    assert.ok(turn < from + 100, 'one of the servers takes it')
    await new Promise((resume) => setTimeout(resume, 20))
  }
}

test('one server after the other is restarted under load: no request fails, none counts twice', async (t) => {
  const database = await startTestServer(t)
  const servers: SecondServer[] = [await startSecondServer(t, database), await startSecondServer(t, database)]
  const seats = await Promise.all(
    ['linjing', 'chensiyu', 'luoxiaoming', 'fangmingyu'].map((name) =>
      Promise.all(servers.map((server) => server.as(name))),
    ),
  )
  let isOver = false
  const statuses = new Map<number, number>()
  const work = async (clients: readonly Client[], seat: number) => {
    for (let number = 0; !isOver; number += 1) {
      const reply = await sendAnywhere(clients, number, {
        kind: '执行复议',
        cause: `第${seat}席第${number}件`,
        filedOn: '2021-09-30',
        creditors: [{ name: '某某' }],
        debtors: [],
      })
      statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1)
    }
  }
  const working = seats.map(work)
  const taken = async () => Number((await database.sql<{ n: number }>(COUNT))[0]?.n)
  for (const [place, server] of servers.entries()) {
    const before = await taken()
    await holds('work goes on', STOP_LIMIT_MS, async () => (await taken()) > before + 5)
    await server.stop()
    const port = Number(new URL(server.address).port)
    servers[place] = await startSecondServer(t, database, { port })
    assert.deepEqual(server.faults, [])
  }
  isOver = true
  await Promise.all(working)
  assert.deepEqual([...statuses.keys()], [201], 'every request was answered, and well')
  const [found] = await database.sql<{ n: number; causes: number; last: number }>(
    `select count(*)::int as n, count(distinct cause)::int as causes, max(serial) as last
     from enforcement_case where type_code = '执复'`,
  )
  const answered = statuses.get(201) ?? 0
  assert.deepEqual(found, { n: answered, causes: answered, last: answered })
})

const COUNT = `select count(*)::int as n from enforcement_case where type_code = '执复'`
