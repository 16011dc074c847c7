import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'
import { startSecondServer } from '#test/servers/second-server.ts'
import { caseOf, isServed, isTypedRefusal } from './refusal.ts'

// Every connection is in use. Whoever comes then is told so within the wait limit, and served as soon as one is free.

const CONNECTIONS = 4
const WAIT_LIMIT_MS = 8_000

test('all connections in use: 503 within the wait limit, and normal at once when they are free', async (t) => {
  const database = await startTestServer(t)
  const server = await startSecondServer(t, database, { poolMaximum: CONNECTIONS })
  const clerk = await server.as('linjing')
  let free = () => {}
  const freed = new Promise<void>((resolve) => {
    free = resolve
  })
  let held = 0
  const holding = Array.from({ length: CONNECTIONS }, () =>
    server.app.services.database.read({ courtIds: [] }, async () => {
      held += 1
      await freed
    }),
  )
  while (held < CONNECTIONS) await new Promise((resume) => setImmediate(resume))
  const began = performance.now()
  const replies = await Promise.all([
    clerk.get('/cases'),
    clerk.get('/me'),
    clerk.post('/cases', caseOf('占满时提交')),
    server.app.server.inject({ method: 'GET', url: '/api/demonstration' }).then(({ statusCode, headers, body }) => ({
      status: statusCode,
      headers: new Headers({ 'retry-after': String(headers['retry-after'] ?? '') }),
      body: JSON.parse(body),
      text: body,
    })),
  ])
  assert.ok(performance.now() - began < WAIT_LIMIT_MS)
  replies.forEach(isTypedRefusal)
  free()
  await Promise.all(holding)
  assert.equal(await isServed(clerk)(), true)
  assert.deepEqual(await database.sql(`select 1 from enforcement_case where cause = '占满时提交'`), [])
  const waiting = clerk.get('/cases')
  assert.equal((await waiting).status, 200)
})
