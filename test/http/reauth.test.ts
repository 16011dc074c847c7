import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { DEMONSTRATION_PASSWORD } from '#kernel/organisation/demonstration.ts'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { codeNow, enrol } from '#test/second-factor.ts'
import { openStream } from '#test/servers/event-stream.ts'
import { startSecondServer } from '#test/servers/second-server.ts'
import { contentsOf } from './contents.ts'
import { backgroundSettled } from './filed-imports.ts'
import { send, type Write } from './send-write.ts'
import { VALID_WRITES } from './valid-writes.ts'

// 重新验证身份: which acts ask for it, what counts as a proof, and how long; and what keeps a session alive.

const UNATTENDED = { headers: { 'x-unattended': '1' } }

const credentials = (username: string) => ({ username, password: DEMONSTRATION_PASSWORD })

/** A list leaves the house only by somebody’s own hand; the results of a bulk act are its starter's own work. */
const isListExport = (route: string) => /[/-]export$/.test(route) && route !== 'GET /bulk-jobs/:id/export'

/** Decided here once more by hand: the gravest acts, and no other. */
const GRAVEST = [
  'POST /bulk-jobs',
  'POST /calendar/years',
  'POST /cases/:id/close',
  'POST /cases/:id/terminate',
  'POST /cases/:id/unmask',
  'POST /me/second-factor',
  'POST /me/second-factor/confirm',
  'POST /people/:id/end-post',
  'POST /people/:id/posts',
  'POST /people/:id/reset-password',
  'POST /people/:id/reset-second-factor',
  'POST /related-proposals/:id/order',
  'PUT /calendar/days',
]

test('the gravest acts ask for a proof of the last five minutes and change nothing without', async (t) => {
  const server = await startTestServer(t)
  const asking = server.app.routes.filter(({ reauth }) => reauth).map(({ method, path }) => `${method} ${path}`)
  const exports = server.app.routes.map(({ method, path }) => `${method} ${path}`).filter(isListExport)
  assert.deepEqual(asking.sort(), [...exports, ...GRAVEST].sort())
  for (const [serial, route] of GRAVEST.entries()) {
    await t.test(route, async () => {
      const write = (await VALID_WRITES[route]?.(server, 40 + serial)) as Write
      const client = await server.as(write.by)
      client.provesItself = false
      const [before, secondFactor] = [await contentsOf(server), /second-factor\/confirm$/.test(route)]
      server.time.pass({ minutes: 5 })
      const key = randomUUID()
      const refused = await send(server, route, write, key)
      assert.deepEqual([refused.status, refused.body.code], [403, 'session.proof-required'], refused.text)
      assert.match(refused.body.next, /5分钟/)
      assert.deepEqual(withoutSessions(await contentsOf(server)), withoutSessions(before))
      const proved = await client.prove()
      assert.equal(proved.status, 200, proved.text)
      // The phone's code has run out meanwhile: the proof stands, the code is judged anew.
      const done = await send(server, route, write, key)
      assert.equal(done.status < 300 || (secondFactor && done.status === 400), true, done.text)
      await write.release?.()
      await backgroundSettled(server)
      client.provesItself = true
      client.forget()
      await backgroundSettled(server)
    })
  }
  // What was prepared above may have signed her in long ago.
  ;(await server.as('linjing')).forget()
  const clerk = await server.as('linjing')
  clerk.provesItself = false
  server.time.pass({ minutes: 4 })
  assert.equal((await clerk.get('/case-export?format=csv')).status, 200)
  server.time.pass({ minutes: 1 })
  assert.equal((await clerk.get('/case-export?format=csv')).body.code, 'session.proof-required')
})

function withoutSessions(contents: Record<string, unknown> | unknown): unknown {
  const { session: _, ...rest } = contents as Record<string, unknown>
  return rest
}

articleTest(['36.1'], 'approving what is grave asks the approver, proposing it does not, nor saying no', async (t) => {
  const server = await startTestServer(t)
  const judge = await server.as('sunhaitao')
  const president = await server.as('liangzhiyuan')
  for (const client of [judge, president]) client.provesItself = false
  const [{ id: judgeId } = { id: '' }] = await server.sql<{ id: string }>(
    "select person_id as id from account where username = 'sunhaitao'",
  )
  const clerk = await server.as('linjing')
  const open = () =>
    clerk.do('/cases', {
      kind: '首次执行',
      filedOn: '2021-09-01',
      creditors: [{ name: '某' }],
      debtors: [],
      judgeId,
    })
  const [one, two] = [await open(), await open()]
  server.time.pass({ minutes: 6 })
  const propose = (made: { id: string; version: number }) =>
    judge.do(`/cases/${made.id}/extend`, { version: made.version, months: 1, reason: '案情复杂' })
  const [first, second] = [await propose(one), await propose(two)]
  const path = `/approvals/${first.approval.id}/approve`
  const refused = await president.post(path, { version: first.version })
  assert.deepEqual([refused.status, refused.body.code], [403, 'session.proof-required'])
  const no = await president.post(`/approvals/${second.approval.id}/reject`, {
    version: second.version,
    reason: '不同意',
  })
  assert.equal(no.status, 200, no.text)
  assert.equal((await president.prove()).status, 200)
  assert.equal((await president.post(path, { version: first.version })).status, 200)
  const stored = await server.sql("select 1 from clock_ledger where entry = 'extension'")
  assert.equal(stored.length, 1)
})

articleTest(
  ['35'],
  'a proof is the code where there is a second factor, and wrong ones count towards the lock',
  async (t) => {
    const server = await startTestServer(t)
    const clerk = await server.as('linjing')
    const wrong = () => clerk.prove({ password: 'wrong-password-1' })
    const refused = await wrong()
    assert.deepEqual([refused.status, refused.body.fields[0].path], [400, 'password'])
    assert.equal((await clerk.prove({})).status, 400)
    assert.equal((await clerk.prove({ code: '123456' })).body.fields[0].path, 'password')
    const { secret, recoveryCodes } = await enrol(server, clerk)
    server.time.pass({ minutes: 1 })
    assert.equal((await clerk.prove({ password: DEMONSTRATION_PASSWORD })).body.fields[0].path, 'code')
    const code = codeNow(server, secret)
    const at = await clerk.prove({ code })
    assert.equal(at.body.provedUntil, new Date(server.time.now().getTime() + 300_000).toISOString())
    assert.equal((await clerk.prove({ code })).body.fields[0].message, '动态口令不正确或已使用')
    assert.equal((await clerk.prove({ code: recoveryCodes[3] ?? '' })).status, 200)
    for (let round = 0; round < 5; round++) assert.equal((await clerk.prove({ code: '000000' })).status, 400)
    assert.equal((await clerk.prove({ code: codeNow(server, secret, 1) })).status, 423)
    const [account] = await server.sql("select locked_until from account where username = 'linjing'")
    assert.ok(account?.locked_until)
    assert.equal((await server.anonymous().post('/session', credentials('linjing'))).status, 423, 'the same lock')
    assert.equal((await clerk.read('/me/second-factor')).recoveryLeft, 7)
  },
)

test('an administrator’s session ends after a quarter of an hour, a clerk’s after half of one', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const administrators = [await server.as('xitong'), await server.as('anquan'), await server.as('shenji')]
  const statuses = () => Promise.all(administrators.map(async (one) => (await one.get('/me')).status))
  server.time.pass({ minutes: 14 })
  assert.deepEqual(await statuses(), [200, 200, 200])
  server.time.pass({ minutes: 15 })
  assert.deepEqual(await statuses(), [401, 401, 401])
  assert.equal((await clerk.read('/me')).idleMinutes, 30)
  assert.equal((await (await server.as('xitong')).read('/me')).idleMinutes, 15)
})

test('neither an open stream nor what a page reads by itself keeps a session alive', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const stream = await openStream(server.address, clerk.cookie)
  for (let tenth = 0; tenth < 2; tenth++) {
    server.time.pass({ minutes: 10 })
    assert.equal((await clerk.send('GET', '/me', undefined, UNATTENDED)).status, 200)
    ;(await openStream(server.address, clerk.cookie)).close()
  }
  assert.equal(stream.ended, null)
  server.time.pass({ minutes: 10 })
  assert.equal((await clerk.get('/me')).status, 401)
  await untilEnded(stream)
})

async function untilEnded(stream: { ended: string | null }): Promise<void> {
  const began = performance.now()
  while (stream.ended !== 'end') {
    assert.ok(performance.now() - began < 5_000, 'the stream ends with its session')
    await new Promise((resume) => setTimeout(resume, 20))
  }
}

articleTest(['36.7'], 'a reset password or second factor ends sessions and streams on both servers', async (t) => {
  const first = await startTestServer(t)
  const second = await startSecondServer(t, first)
  const acts: [string, string, object][] = [
    ['xitong', 'reset-password', {}],
    ['anquan', 'reset-second-factor', { reason: '手机遗失' }],
  ]
  for (const [by, act, body] of acts) {
    const username = act === 'reset-password' ? 'chensiyu' : 'linjing'
    const [here, there] = [await first.as(username), await second.as(username)]
    if (act === 'reset-second-factor') await enrol(first, here)
    const streams = [await openStream(first.address, here.cookie), await openStream(second.address, there.cookie)]
    const administrator = await first.as(by)
    await administrator.do(`/people/${await personOf(first, username)}/${act}`, body)
    for (const client of [here, there]) assert.equal((await client.get('/me')).status, 401, act)
    for (const stream of streams) await untilEnded(stream)
  }
})

async function personOf(server: TestServer, username: string): Promise<string> {
  const [row] = await server.sql<{ id: string }>('select person_id as id from account where username = $1', [username])
  return row?.id ?? ''
}
