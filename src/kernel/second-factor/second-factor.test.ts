import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMONSTRATION_PASSWORD } from '#kernel/organisation/demonstration.ts'
import { articleTest } from '#test/articles.ts'
import { Client, type Reply } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { codeNow, enrol } from '#test/second-factor.ts'
import { startSecondServer } from '#test/servers/second-server.ts'

const WRONG = 'wrong-password-1'

function attempt(server: TestServer, code?: string, password = DEMONSTRATION_PASSWORD, username = 'linjing') {
  return server.anonymous().post('/session', { username, password, ...(code === undefined ? {} : { code }) })
}

const codesOf = (replies: readonly Reply[]) => replies.map(({ body, status }) => body.code ?? status)

articleTest(['35'], 'enrolled by a code of the phone, signed in by password and code, each code once', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  assert.deepEqual(await clerk.read('/me/second-factor'), {
    isOn: false,
    isDue: false,
    confirmedAt: null,
    recoveryLeft: 0,
  })
  const { secret, link } = await clerk.do('/me/second-factor')
  assert.match(secret, /^[A-Z2-7]{32}$/)
  assert.ok(link.startsWith('otpauth://totp/') && link.includes(secret) && link.includes('linjing'))
  const wrong = await clerk.post('/me/second-factor/confirm', { code: codeNow(server, secret, 5) })
  assert.deepEqual([wrong.status, wrong.body.fields[0].path], [400, 'code'])
  assert.equal((await attempt(server)).status, 200, 'what no code has confirmed asks for nothing')
  const { recoveryCodes } = await clerk.do('/me/second-factor/confirm', { code: codeNow(server, secret) })
  assert.equal(new Set(recoveryCodes).size, 8)
  const shown = await clerk.read('/me/second-factor')
  assert.deepEqual([shown.isOn, shown.recoveryLeft], [true, 8])
  assert.equal((await clerk.read('/me')).secondFactor, 'on')

  assert.deepEqual(codesOf([await attempt(server), await attempt(server, undefined, WRONG)]), [
    'sign-in.code-required',
    'sign-in.failed',
  ])
  assert.equal((await attempt(server)).headers.get('set-cookie'), null, 'no session after the first step')
  const used = codeNow(server, secret)
  assert.equal((await attempt(server, used)).body.code, 'sign-in.code-wrong', 'the code of the enrolment is used up')
  server.time.pass({ minutes: 1 })
  const fresh = codeNow(server, secret)
  assert.equal((await attempt(server, fresh, WRONG)).body.code, 'sign-in.failed', 'the code alone opens nothing')
  const opened = await attempt(server, ` ${fresh} `)
  assert.equal(opened.status, 200, opened.text)
  assert.equal((await attempt(server, fresh)).body.code, 'sign-in.code-wrong', 'a code is used once')
})

test('of many at once with one code, also on two servers, one is let in', async (t) => {
  const server = await startTestServer(t)
  const second = await startSecondServer(t, server)
  const { secret, recoveryCodes } = await enrol(server, await server.as('linjing'))
  server.time.pass({ minutes: 1 })
  for (const code of [codeNow(server, secret), String(recoveryCodes[0])]) {
    const body = { username: 'linjing', password: DEMONSTRATION_PASSWORD, code }
    const replies = await Promise.all(
      [server.address, second.address, server.address, second.address].map((address) =>
        new Client(address, null).post('/session', body),
      ),
    )
    assert.deepEqual(codesOf(replies).sort(), [200, ...Array(3).fill('sign-in.code-wrong')])
  }
})

test('a recovery code lets in once, however it is written, and the rest are counted', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const { recoveryCodes } = await enrol(server, clerk)
  const [code = '', other = ''] = recoveryCodes
  assert.match(code, /^([A-Z2-9]{4}-){2}[A-Z2-9]{4}$/)
  assert.equal((await attempt(server, code.toLowerCase().replaceAll('-', ' '))).status, 200)
  assert.equal((await attempt(server, code)).body.code, 'sign-in.code-wrong')
  assert.equal((await clerk.read('/me/second-factor')).recoveryLeft, 7)
  const record = await server.sql<{ summary: string }>("select summary from audit where verb = 'session.recovery'")
  assert.deepEqual(
    record.map(({ summary }) => JSON.parse(summary)),
    [{ 剩余恢复码: 7 }],
  )
  server.time.pass({ minutes: 1 })
  const again = await enrol(server, clerk)
  assert.equal((await attempt(server, other)).body.code, 'sign-in.code-wrong', 'a new enrolment voids the old codes')
  assert.equal((await attempt(server, again.recoveryCodes[0])).status, 200)
})

test('wrong codes count towards the lock of wrong passwords, and a right password does not clear them', async (t) => {
  const server = await startTestServer(t)
  const { secret } = await enrol(server, await server.as('linjing'))
  server.time.pass({ minutes: 2 })
  for (let round = 0; round < 4; round++) {
    const reply = round % 2 === 0 ? await attempt(server, '000000') : await attempt(server, undefined, WRONG)
    assert.equal(reply.status, 401)
    assert.equal((await attempt(server)).body.code, 'sign-in.code-required')
  }
  assert.equal((await attempt(server, '000000')).body.code, 'sign-in.code-wrong')
  assert.equal((await attempt(server, codeNow(server, secret))).status, 423)
  const verbs = await server.sql<{ verb: string }>(
    "select verb from audit where verb ~ '^session.(fail|code-fail|lock)$' order by seq",
  )
  assert.deepEqual(
    verbs.map(({ verb }) => verb),
    ['session.code-fail', 'session.fail', 'session.code-fail', 'session.fail', 'session.code-fail', 'session.lock'],
  )
  server.time.pass({ minutes: 15 })
  assert.equal((await attempt(server, codeNow(server, secret))).status, 200)
})

test('neither secret nor code is stored in a form that can be read, and a moved secret does not open', async (t) => {
  const server = await startTestServer(t)
  const { secret, link, recoveryCodes } = await enrol(server, await server.as('linjing'))
  await enrol(server, await server.as('chensiyu'))
  const tables = await server.sql<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public'",
  )
  for (const { name } of tables) {
    const rows = await server.sql<{ row: string }>(`select t::text as row from "${name}" t`)
    for (const text of [secret, link, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))]) {
      assert.ok(!rows.some(({ row }) => row.includes(text)), `${name} holds ${text}`)
    }
  }
  const factorOf =
    "(select secret from second_factor f join account a on a.id = f.account_id where username = 'chensiyu')"
  await server.sql(`update second_factor set secret = ${factorOf}
    where account_id = (select id from account where username = 'linjing')`)
  server.time.pass({ minutes: 1 })
  const moved = await attempt(server, codeNow(server, secret))
  assert.deepEqual([moved.status, moved.body.code], [409, 'second-factor.unreadable'])
})

articleTest(
  ['36.7'],
  'the security administrator resets a lost second factor with a reason, and he is told',
  async (t) => {
    const server = await startTestServer(t)
    const clerk = await server.as('linjing')
    await enrol(server, clerk)
    const security = await server.as('anquan')
    const person = (await security.read('/people?q=林静')).items[0]
    assert.equal(person.secondFactor, true)
    const path = `/people/${person.id}/reset-second-factor`
    assert.equal((await security.post(path, { reason: ' ' })).status, 400)
    assert.equal((await (await server.as('xitong')).post(path, { reason: '手机遗失' })).status, 403)
    assert.equal((await security.do(path, { reason: '手机遗失' })).secondFactor, false)
    assert.equal((await clerk.get('/me')).status, 401, 'sessions that it opened have ended')
    assert.equal((await security.post(path, { reason: '手机遗失' })).body.code, 'second-factor.none')
    await clerk.signIn()
    const told = (await clerk.read('/notices')).items[0]
    assert.equal(told.title, '您的双因素登录已被重置')
    assert.match(JSON.stringify(told), /严守正.*手机遗失/)
    const [record] = await server.sql<{ summary: string }>(
      "select summary from audit where verb = 'person.reset-second-factor'",
    )
    assert.match(record?.summary ?? '', /手机遗失/)
    const own = await server.sql<{ id: string }>("select person_id as id from account where username = 'anquan'")
    const self = await security.post(`/people/${own[0]?.id}/reset-second-factor`, { reason: '试' })
    assert.equal(self.body.code, 'people.own-account')
  },
)

test('in earnest the administrators and the approving posts can do nothing before they have enrolled', async (t) => {
  const server = await startTestServer(t)
  for (const username of ['xitong', 'liangzhiyuan', 'maguodong']) {
    assert.equal((await (await server.as(username)).read('/me')).secondFactor, 'off', 'a demonstration asks nobody')
  }
  await server.sql('delete from demonstration')
  for (const username of ['xitong', 'anquan', 'shenji', 'liangzhiyuan', 'hexiulan', 'maguodong', 'luoxiaoming']) {
    const client = await server.as(username)
    assert.equal((await client.read('/me')).secondFactor, 'due', username)
    for (const path of ['/people', '/notices', '/stream', '/kinds']) {
      assert.equal((await client.get(path)).body.code, 'second-factor.due', `${username} ${path}`)
    }
    assert.equal((await client.post('/teams', { name: '某', kind: 'fast' })).body.code, 'second-factor.due')
    await enrol(server, client)
    assert.equal((await client.get('/people')).status, 200, username)
  }
  const judge = await server.as('sunhaitao')
  assert.deepEqual([(await judge.read('/me')).secondFactor, (await judge.get('/notices')).status], ['off', 200])
})

test('a post that asks for it does so from the day on which it is given', async (t) => {
  const server = await startTestServer(t)
  await server.sql('delete from demonstration')
  const judge = await server.as('sunhaitao')
  await server.sql(`insert into post (court_id, id, person_id, role, from_on)
    select court_id, gen_random_uuid(), person_id, 'director', date '2021-10-01' from account
    where username = 'sunhaitao'`)
  assert.equal((await judge.get('/notices')).status, 200)
  server.time.travelTo('2021-10-01T00:01:00+08:00')
  await judge.signIn()
  assert.equal((await judge.get('/notices')).body.code, 'second-factor.due')
})

test('a reset password alone opens nothing: the code is asked for all the same', async (t) => {
  const server = await startTestServer(t)
  const security = await server.as('anquan')
  await enrol(server, security)
  const [own] = await server.sql<{ id: string }>("select person_id as id from account where username = 'anquan'")
  const system = await server.as('xitong')
  const { temporaryPassword } = await system.do(`/people/${own?.id}/reset-password`)
  assert.equal((await attempt(server, undefined, temporaryPassword, 'anquan')).body.code, 'sign-in.code-required')
})
