import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'

test('an act whose entry can not be written does not happen, nor a read that must be recorded', async (t) => {
  const server = await startTestServer(t)
  const system = await server.as('xitong')
  const auditor = await server.as('shenji')
  await server.sql('alter table audit add constraint full_up check (seq <= 2)')
  const refused = await system.post('/people', { name: '某', username: 'not.there' }, { key: 'the-same-key-1' })
  assert.equal(refused.status, 422)
  assert.equal((await server.sql(`select from account where username = 'not.there'`)).length, 0)
  assert.equal((await auditor.get('/audit/verification')).status, 422)
  await server.sql('alter table audit drop constraint full_up')
  const done = await system.post('/people', { name: '某', username: 'not.there' }, { key: 'the-same-key-1' })
  assert.equal(done.status, 201, 'the refused request has not used up its key')
  assert.equal((await server.sql(`select from audit where verb = 'person.create'`)).length, 1)
})
