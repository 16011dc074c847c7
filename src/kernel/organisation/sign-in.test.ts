import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'
import { DEMONSTRATION_PASSWORD } from './demonstration.ts'

const WRONG = 'wrong-password-1'

test('signing in answers who one is and sets a cookie that no script and no other site can use', async (t) => {
  const server = await startTestServer(t)
  const reply = await server.anonymous().post('/session', { username: ' LinJing ', password: DEMONSTRATION_PASSWORD })
  assert.equal(reply.status, 200, reply.text)
  assert.equal(reply.body.person.name, '林静')
  assert.equal(reply.body.court.code, '吉0193')
  assert.deepEqual(reply.body.posts, [{ role: 'centre.clerk', label: '指挥中心专员', team: null }])
  assert.equal(reply.body.today, '2021-09-30')
  const cookie = reply.headers.get('set-cookie') ?? ''
  assert.match(cookie, /^sid=\d+\.[\w-]{43};/)
  assert.match(cookie, /HttpOnly/)
  assert.match(cookie, /SameSite=Strict/)
  assert.match(cookie, /Path=\//)
  assert.doesNotMatch(cookie, /Secure/)
  const secret = /\.([\w-]{43})/.exec(cookie)?.[1] ?? ''
  const kept = await server.sql('select * from session s, audit a where s::text like $1 or a::text like $1', [
    `%${secret}%`,
  ])
  assert.equal(kept.length, 0, 'the secret itself is stored nowhere')
})

test('behind an encrypting proxy the cookie is Secure', async (t) => {
  const server = await startTestServer(t)
  const reply = await server
    .anonymous()
    .post(
      '/session',
      { username: 'linjing', password: DEMONSTRATION_PASSWORD },
      { headers: { 'x-forwarded-proto': 'https' } },
    )
  assert.match(reply.headers.get('set-cookie') ?? '', /; Secure/)
})

test('a body that is not exactly account and password is refused', async (t) => {
  const server = await startTestServer(t)
  const anyone = server.anonymous()
  const bodies = [
    {},
    [],
    { username: 'linjing' },
    { username: 'linjing', password: DEMONSTRATION_PASSWORD, role: 'president' },
    { username: ['linjing'], password: DEMONSTRATION_PASSWORD },
    { username: 'linjing', password: `a\u0000b` },
    { username: '\ud800', password: DEMONSTRATION_PASSWORD },
    { username: 'x'.repeat(65), password: 'x' },
    { username: 'linjing', password: 'x'.repeat(257) },
  ]
  for (const body of bodies) assert.equal((await anyone.post('/session', body)).status, 400, JSON.stringify(body))
  const form = await anyone.post('/session', 'username=linjing', { headers: { 'content-type': 'text/plain' } })
  assert.equal(form.status, 415)
})

test('five wrong passwords lock the account for a quarter of an hour, and it is all in the record', async (t) => {
  const server = await startTestServer(t)
  const anyone = server.anonymous()
  const attempt = (password: string) => anyone.post('/session', { username: 'linjing', password })
  for (let round = 0; round < 5; round++) assert.equal((await attempt(WRONG)).body.code, 'sign-in.failed')
  const locked = await attempt(DEMONSTRATION_PASSWORD)
  assert.equal(locked.status, 423)
  assert.match(locked.body.next, /15分钟/)
  server.time.pass({ minutes: 14 })
  assert.equal((await attempt(DEMONSTRATION_PASSWORD)).status, 423)
  server.time.pass({ minutes: 1 })
  assert.equal((await attempt(DEMONSTRATION_PASSWORD)).status, 200)
  const verbs = await server.sql<{ verb: string; thing_label: string }>(
    'select verb, thing_label from audit where court_id = 220193 order by seq',
  )
  assert.deepEqual(
    verbs.map(({ verb }) => verb),
    [...Array(5).fill('session.fail'), 'session.lock', 'session.sign-in'],
  )
  assert.ok(verbs.every(({ thing_label }) => thing_label === '林静'))
})

test('a right password in between starts the count again', async (t) => {
  const server = await startTestServer(t)
  const anyone = server.anonymous()
  const attempt = (password: string) => anyone.post('/session', { username: 'linjing', password })
  for (let round = 0; round < 4; round++) await attempt(WRONG)
  assert.equal((await attempt(DEMONSTRATION_PASSWORD)).status, 200)
  for (let round = 0; round < 4; round++) await attempt(WRONG)
  assert.equal((await attempt(DEMONSTRATION_PASSWORD)).status, 200)
})

test('twenty wrong passwords at the same moment get no more than five guesses', async (t) => {
  const server = await startTestServer(t)
  const anyone = server.anonymous()
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => anyone.post('/session', { username: 'linjing', password: WRONG })),
  )
  const statuses = replies.map(({ status }) => status)
  assert.equal(statuses.filter((status) => status === 401).length, 5)
  assert.equal(statuses.filter((status) => status === 423).length, 15)
})

test('a name that is no account is refused and locks like one', async (t) => {
  const server = await startTestServer(t)
  const anyone = server.anonymous()
  const attempt = () => anyone.post('/session', { username: 'nobody.here', password: WRONG })
  for (let round = 0; round < 5; round++) assert.equal((await attempt()).body.code, 'sign-in.failed')
  assert.equal((await attempt()).status, 423)
  server.time.pass({ minutes: 15 })
  assert.equal((await attempt()).status, 401)
})

test('one address that keeps failing is told to wait, whatever names it tries', async (t) => {
  const server = await startTestServer(t)
  const anyone = server.anonymous()
  const attempt = (n: number) => anyone.post('/session', { username: `guess.${n}`, password: WRONG })
  for (let round = 0; round < 100; round++) await attempt(round)
  assert.equal((await attempt(100)).status, 429)
  const from = (address: string, n: number) =>
    anyone.post('/session', { username: `guess.${n}`, password: WRONG }, { headers: { 'x-forwarded-for': address } })
  assert.equal((await from('192.0.2.7', 101)).status, 401, 'others behind the same proxy go on')
  for (let round = 0; round < 100; round++) await from('192.0.2.8', round)
  // What somebody claims of himself before the proxy adds where he comes from counts for nothing.
  assert.equal((await from('192.0.2.9, 192.0.2.8', 102)).status, 429)
  server.time.pass({ minutes: 5 })
  assert.equal((await attempt(101)).status, 401)
})

test('signing out ends the session at once', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  assert.equal((await clerk.get('/me')).status, 200)
  const left = await clerk.send('DELETE', '/session')
  assert.equal(left.status, 204)
  assert.match(left.headers.get('set-cookie') ?? '', /sid=;/)
  assert.equal((await clerk.get('/me')).status, 401)
  assert.equal((await clerk.send('DELETE', '/session')).status, 204)
  const record = await server.sql("select 1 from audit where verb = 'session.sign-out'")
  assert.equal(record.length, 1)
})

test('a session ends after half an hour without use and after twelve hours in any case', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  server.time.pass({ minutes: 29 })
  assert.equal((await clerk.get('/me')).status, 200)
  server.time.pass({ minutes: 31 })
  assert.equal((await clerk.get('/me')).status, 401)
  await clerk.signIn()
  for (let half = 0; half < 24; half++) {
    server.time.pass({ minutes: 29 })
    assert.equal((await clerk.get('/me')).status, 200)
  }
  server.time.pass({ minutes: 25 })
  assert.equal((await clerk.get('/me')).status, 401)
})

test('the demonstration shows its accounts and date, and in earnest it is not there', async (t) => {
  const server = await startTestServer(t)
  const anyone = server.anonymous()
  const shown = await anyone.read('/demonstration')
  assert.equal(shown.on, '2021-09-30')
  for (const { username, password } of shown.accounts.slice(0, 3)) {
    assert.equal((await anyone.post('/session', { username, password })).status, 200)
  }
  await server.sql('delete from demonstration')
  assert.equal((await anyone.get('/demonstration')).status, 404)
})
