import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { verbLabel } from '#kernel/audit/verbs.ts'
import { DEMONSTRATION_PASSWORD } from '#kernel/organisation/demonstration.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { startSecondServer } from '#test/servers/second-server.ts'
import { contentsOf, rowsAsText } from './contents.ts'
import { backgroundSettled } from './filed-imports.ts'
import { send, type Write } from './send-write.ts'
import { VALID_WRITES, writeRoutes } from './valid-writes.ts'

// The record of what was done: nothing is done without it, and it tells no secret.

interface Entry {
  seq: string
  actor_name: string
  verb: string
  summary: string
}

test('audit of every write', async (t) => {
  const server = await startTestServer(t)
  const kinds = server.app.services.kinds
  const routes = writeRoutes(server)

  for (const [serial, route] of routes.entries()) {
    await t.test(`${route}: not done where it can't be recorded, recorded where it is done`, async () => {
      const write = (await VALID_WRITES[route]?.(server, serial)) as Write
      const client = await server.as(write.by)
      const me = await client.read('/me')

      const before = await contentsOf(server)
      await server.sql('alter table audit add constraint closed check (false) not valid')
      const refused = await send(server, route, write, randomUUID())
      await server.sql('alter table audit drop constraint closed')
      assert.deepEqual([refused.status, refused.body.code], [422, 'write.refused'], refused.text)
      assert.deepEqual(await contentsOf(server), before, 'nothing of it is left')

      const last = await lastSeq(server, me.court.id)
      const done = await send(server, route, write, randomUUID())
      assert.ok(done.status < 300, done.text)
      await write.release?.()
      await backgroundSettled(server)
      const entries = await server.sql<Entry>(
        `select seq, actor_name, verb, summary from audit where court_id = $1 and seq > $2 order by seq`,
        [me.court.id, last],
      )
      const own = entries.filter((entry) => entry.actor_name === me.person.name)
      assert.ok(own.length > 0, 'no entry of who did it')
      for (const entry of own) {
        const label = verbLabel(kinds, entry.verb)
        assert.match(label, /^[一-鿿：“”（）、\s]+$/u, entry.verb)
        assert.doesNotMatch(label, /其他操作/, `${entry.verb} has no name`)
      }
    })
  }

  await t.test('the chain of every court holds after all of it', async () => {
    const auditor = await server.as('shenji')
    const verification = await auditor.read('/audit/verification')
    assert.equal(verification.ok, true, verification.problem)
    assert.ok(verification.entries > routes.length)
  })
})

/** The privilege itself taken away: the server can't act, and says only that. */
test('without the right to record, nothing is done', async (t) => {
  const server = await startTestServer({ after: () => {} })
  t.after(() => assert.rejects(server.stop(), /permission denied for table audit/, 'the fault stands in the log'))
  const filing = await server.as('fangmingyu')
  const write = (await VALID_WRITES['POST /cases']?.(server, 0)) as Write
  const before = await contentsOf(server)
  await server.sql('revoke insert on audit from ecc_app')
  const refused = await filing.post(write.path, write.body)
  assert.deepEqual([refused.status, refused.body.code], [500, 'server.fault'])
  assert.doesNotMatch(refused.text, /audit|permission|ecc_app/i)
  assert.deepEqual(await contentsOf(server), before)
})

const CERTIFICATES = ['220104199001011234', '11010119800307301X', '91220101MA0Y5X2G3R']
const NEW_PASSWORD = 'quxinmima-2021-zhixing'
const WRONG_PASSWORD = 'cuowumima-2021-zhixing'

test('no certificate number and no password stands in record, log, messages or stored answers', async (t) => {
  const server = await startTestServer(t)
  const secrets = [...CERTIFICATES, NEW_PASSWORD, WRONG_PASSWORD, DEMONSTRATION_PASSWORD]
  const filing = await server.as('fangmingyu')
  const [first = '', second = '', third = ''] = CERTIFICATES
  const made = await filing.do('/cases', {
    kind: '首次执行',
    filedOn: '2021-09-01',
    creditors: [{ name: '某甲公司', certificates: [third] }],
    debtors: [{ name: '某乙', certificates: [first] }],
  })
  const parties = [{ was: null, side: 'debtor', name: '某丙', certificates: [second] }]
  await filing.do(`/cases/${made.id}/parties`, { version: made.version, reason: '更名', parties })
  for (const certificate of CERTIFICATES) await filing.do('/case-search', { certificate })
  assert.equal(
    (await server.anonymous().post('/session', { username: 'linjing', password: WRONG_PASSWORD })).status,
    401,
  )
  const keeper = await server.as('xitong')
  const person = await keeper.do('/people', { name: '某', username: 'new.person' })
  const reset = await keeper.do(`/people/${person.person.id}/reset-password`)
  secrets.push(person.temporaryPassword, reset.temporaryPassword)
  const clerk = await server.as('chensiyu')
  const passwords = { currentPassword: DEMONSTRATION_PASSWORD, newPassword: NEW_PASSWORD }
  assert.equal((await clerk.put('/me/password', { ...passwords, currentPassword: WRONG_PASSWORD })).status, 400)
  assert.equal((await clerk.put('/me/password', passwords)).status, 200)

  assert.equal(new Set(secrets).size, 8)
  const [judge] = await server.sql<{ id: string }>(`select person_id as id from account where username = 'sunhaitao'`)
  const order = { source: '本院督办', target: '承办人', handler: judge?.id, requirement: '请办理' }
  await (await server.as('linjing')).do('/supervision-orders', order)
  // A certificate's place is its own table alone.
  const rows = await rowsAsText(server, ['case_certificate'])
  assert.ok(rows.some(({ name }) => name === 'outbox') && rows.some(({ name }) => name === 'audit'))
  for (const secret of secrets) {
    const found = rows.filter(({ row }) => row.toLowerCase().includes(secret.toLowerCase()))
    assert.deepEqual(
      found.map(({ name }) => name),
      [],
      `holds ${secret}`,
    )
  }
  const seen = await filing.read(`/cases/${made.id}`)
  for (const certificate of CERTIFICATES) assert.ok(!JSON.stringify(seen).includes(certificate), 'shown masked')
  const [kept] = await server.sql<{ n: number }>('select count(*)::int as n from case_certificate where number = $1', [
    second,
  ])
  assert.equal(kept?.n, 1, 'the number itself is where it belongs')
})

test('a fault is logged without a word of what was sent', async (t) => {
  const first = await startTestServer(t)
  const server = await startSecondServer(t, first)
  const filing = await server.as('fangmingyu')
  const [certificate = ''] = CERTIFICATES
  await first.sql('revoke insert on audit from ecc_app')
  const canary = '金丝雀某'
  const parties = { creditors: [{ name: canary, certificates: [certificate] }], debtors: [] }
  for (const reply of [
    await filing.post('/cases', { kind: '首次执行', filedOn: '2021-09-01', ...parties }),
    await filing.post('/case-search', { certificate }),
    await filing.put('/me/password', { currentPassword: DEMONSTRATION_PASSWORD, newPassword: NEW_PASSWORD }),
    await filing.put('/me/password', { currentPassword: WRONG_PASSWORD, newPassword: NEW_PASSWORD }),
    await filing.get(`/case-export?q=${encodeURIComponent(canary)}`),
    await server.as('linjing').then(
      () => assert.fail('signing in is recorded too'),
      (error: Error) => ({ status: /: \{"code":"server.fault"/.test(error.message) ? 500 : 0, text: error.message }),
    ),
  ])
    assert.equal(reply.status, 500, reply.text)
  assert.ok(server.faults.length >= 6, 'each fault is in the log')
  const log = server.faults.join('\n')
  for (const secret of [...CERTIFICATES, canary, NEW_PASSWORD, WRONG_PASSWORD, DEMONSTRATION_PASSWORD])
    assert.ok(!log.includes(secret), `the log holds ${secret}`)
})

test('an export is answered only when it is recorded', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const before = await contentsOf(server)
  await server.sql('alter table audit add constraint closed check (false) not valid')
  const refused = await clerk.get('/case-export?format=csv')
  await server.sql('alter table audit drop constraint closed')
  assert.deepEqual([refused.status, refused.body?.code], [422, 'write.refused'], 'no file without its entry')
  assert.deepEqual(await contentsOf(server), before)
  assert.equal((await clerk.get('/case-export?format=csv')).status, 200)
  const entries = await server.sql<Entry>(`select * from audit where verb = 'list.export'`)
  assert.deepEqual(
    entries.map(({ actor_name }) => actor_name),
    ['林静'],
  )
})

async function lastSeq(server: TestServer, courtId: number): Promise<string> {
  const [head] = await server.sql<{ seq: string }>('select seq::text from audit_head where court_id = $1', [courtId])
  return head?.seq ?? '0'
}
