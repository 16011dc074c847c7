import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import pg from 'pg'
import type { Client } from '#test/client.ts'
import { holds } from '#test/servers/second-server.ts'
import { processesOf, signalAll, startOwnCluster } from './own-cluster.ts'
import { caseOf, isServed, isTypedRefusal } from './refusal.ts'

// The database is killed, or its lines are. It comes back by itself, the server with it, and each write is there once
// or not at all.

const NORMAL_LIMIT_MS = 30_000
const STORMS = 15

test('a database that is killed comes back by itself, and the server with it', async (t) => {
  const server = await startOwnCluster(t)
  const clerk = await server.as('linjing')
  await clerk.do('/cases', caseOf('之前'))
  for (const signal of ['SIGKILL', 'SIGQUIT'] as const) {
    const [postmaster = 0] = await processesOf(server.cluster)
    signalAll([postmaster], signal)
    await holds('it is gone', NORMAL_LIMIT_MS, async () => {
      const reply = await clerk.get('/cases')
      if (reply.status !== 200) isTypedRefusal(reply)
      return reply.status !== 200
    })
    await holds('it is back', NORMAL_LIMIT_MS, isServed(clerk))
  }
  await clerk.do('/cases', caseOf('之后'))
  const { items } = await clerk.read('/cases')
  assert.equal(items.length, 2)
})

test('every connection is cut again and again under load: typed refusals, each write once or not at all', async (t) => {
  const server = await startOwnCluster(t)
  const clerks = await Promise.all(['linjing', 'chensiyu', 'fangmingyu', 'luoxiaoming'].map((name) => server.as(name)))
  const killer = new pg.Client({ connectionString: server.url })
  await killer.connect()
  let isOver = false
  const settled: string[] = []
  const work = async (clerk: Client, seat: number) => {
    for (let number = 0; !isOver; number += 1) {
      const cause = `第${seat}席第${number}件`
      const key = randomUUID()
      for (let reply = await clerk.post('/cases', caseOf(cause), { key }); ; ) {
        if (reply.status === 201) break
        isTypedRefusal(reply)
        reply = await clerk.post('/cases', caseOf(cause), { key })
      }
      settled.push(cause)
    }
  }
  const working = clerks.map(work)
  for (let storm = 0; storm < STORMS; storm += 1) {
    const before = settled.length
    await killer.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`)
    await holds('work goes on', NORMAL_LIMIT_MS, () => settled.length > before)
  }
  isOver = true
  await Promise.all(working)
  const { rows } = await killer.query<{ cause: string; serial: number }>(
    `select cause, serial from enforcement_case order by serial`,
  )
  await killer.end()
  assert.deepEqual(rows.map(({ cause }) => cause).sort(), settled.sort(), 'what was acknowledged, once each')
  assert.deepEqual(
    rows.map(({ serial }) => serial),
    rows.map((_, index) => index + 1),
    'no number is missing',
  )
  assert.deepEqual(
    server.lines.filter((line) => line.includes('server.fault')),
    [],
  )
})
