import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { startTestServer } from '#test/harness.ts'

test('a clock waits for whoever has its thing in hand, and holds nothing that he needs', async (t) => {
  const server = await startTestServer(t)
  const filing = await server.as('fangmingyu')
  const { id } = await filing.do('/cases', {
    kind: '首次执行',
    filedOn: '2021-09-29',
    creditors: [{ name: '某甲公司' }],
    debtors: [{ name: '某乙' }],
  })
  server.time.pass({ days: 60 })
  const someone = new pg.Client({ connectionString: server.url })
  // The database goes with the test, whoever is still connected.
  someone.on('error', () => {})
  await someone.connect()
  t.after(() => someone.end().catch(() => {}))
  await someone.query(`begin; set local lock_timeout = '3s'`)
  await someone.query('select 1 from enforcement_case where id = $1 for update', [id])
  const sweeping = server.app.worker.sweep()
  // An act goes on to the clocks of its case: it must find them free.
  await sweeping
  // What hangs on the case (its filing check) has rungs of its own.
  const claimed = () =>
    server.sql('select 1 from clock_rung r join clock k on k.id = r.clock_id where k.thing_id = $1', [id])
  assert.equal((await claimed()).length, 0, 'no rung is claimed meanwhile')
  await someone.query('update clock set note = note where thing_id = $1', [id])
  await someone.query('commit')
  assert.ok((await server.app.worker.sweep()) > 0, 'afterwards it speaks')
  assert.ok((await claimed()).length > 0)
})
