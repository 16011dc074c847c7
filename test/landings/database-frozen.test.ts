import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { openStream } from '#test/servers/event-stream.ts'
import { holds } from '#test/servers/second-server.ts'
import { processesOf, signalAll, startOwnCluster } from './own-cluster.ts'
import { caseOf, isServed, isTypedRefusal } from './refusal.ts'

// The database stands still: every process of it, so that lines stay open and nothing answers. People are told so in
// time, nothing is half done, and when it moves again the same server serves on.

const ANSWER_LIMIT_MS = 16_000
const NORMAL_LIMIT_MS = 30_000
/** More than the server has connections. */
const PEOPLE = 12

test('a database that stands still: 503 in time for everybody, and no write is lost or done twice', async (t) => {
  const server = await startOwnCluster(t)
  const clerk = await server.as('linjing')
  const stream = await openStream(server.address, clerk.cookie)
  const pids = await processesOf(server.cluster)
  signalAll(pids, 'SIGSTOP')
  t.after(() => signalAll(pids, 'SIGCONT'))
  const began = performance.now()
  const keys = Array.from({ length: PEOPLE }, () => randomUUID())
  const write = (key: string) => clerk.post('/cases', caseOf(`静止中提交 ${key}`), { key })
  const replies = await Promise.all([...keys.map(write), clerk.get('/cases'), clerk.get('/workbench')])
  assert.ok(performance.now() - began < ANSWER_LIMIT_MS, `answered after ${Math.round(performance.now() - began)} ms`)
  replies.forEach(isTypedRefusal)
  await holds('the stream of one who can no longer be checked ends', ANSWER_LIMIT_MS, () => stream.ended !== null)
  signalAll(pids, 'SIGCONT')
  await holds('the server is normal again', NORMAL_LIMIT_MS, isServed(clerk))
  const again = await Promise.all(keys.map(write))
  assert.deepEqual([...new Set(again.map(({ status }) => status))], [201])
  const { items } = await clerk.read('/cases?limit=100')
  assert.deepEqual(
    items.map(({ cause }: { cause: string }) => cause).sort(),
    keys.map((key) => `静止中提交 ${key}`).sort(),
  )
  assert.equal(await server.app.worker.sweep(), 0, 'the clockwork runs')
})
