import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { DEMONSTRATION_PASSWORD } from './demonstration.ts'

async function personId(server: TestServer, username: string): Promise<string> {
  const [row] = await server.sql<{ person_id: string }>('select person_id from account where username = $1', [username])
  assert.ok(row)
  return row.person_id
}

articleTest(['36.7'], 'a person comes in: account by one administrator, post by another', async (t) => {
  const server = await startTestServer(t)
  const system = await server.as('xitong')
  const security = await server.as('anquan')
  const made = await system.do('/people', { name: '孟新来', username: 'mengxinlai' })
  assert.equal(made.person.accountState, 'active')
  assert.deepEqual(made.person.posts, [])
  const newcomer = server.anonymous()
  const first = await newcomer.post('/session', { username: 'mengxinlai', password: made.temporaryPassword })
  assert.equal(first.status, 200)
  assert.deepEqual(first.body.menu, [], 'without a post nothing opens')

  const teams = await security.read('/teams')
  const team = teams.items.find((one: { name: string }) => one.name === '速执团队')
  const id = made.person.id
  const given = await security.do(`/people/${id}/posts`, { role: 'team.judge', teamId: team.id, fromOn: '2021-09-30' })
  assert.deepEqual(
    given.posts.map(({ label, team }: { label: string; team: string }) => [label, team]),
    [['员额法官', '速执团队']],
  )
  const listed = await (await server.as('linjing')).read('/people?role=team.judge&q=孟新')
  assert.deepEqual(
    listed.items.map(({ name }: { name: string }) => name),
    ['孟新来'],
  )
  assert.equal(listed.items[0].username, null, 'accounts are the administrators’ business')
  const members = (await security.read('/teams')).items.find((one: { id: string }) => one.id === team.id).members
  assert.ok(members.some((one: { id: string }) => one.id === id))
})

test('a first password is stored nowhere, and a repeated request does not show it again', async (t) => {
  const server = await startTestServer(t)
  const system = await server.as('xitong')
  const body = { name: '孟新来', username: 'mengxinlai' }
  const made = await system.post('/people', body, { key: 'the-same-key-1' })
  assert.match(made.body.temporaryPassword, /^([a-z]{3}\d-){3}[a-z]{3}\d$/)
  const again = await system.post('/people', body, { key: 'the-same-key-1' })
  assert.equal(again.status, 201)
  assert.equal(again.body.temporaryPassword, undefined)
  assert.equal(again.body.person.id, made.body.person.id)
  const kept = await server.sql('select 1 from idempotency where answer like $1', [`%${made.body.temporaryPassword}%`])
  assert.equal(kept.length, 0)
})

test('a name of account belongs to one person in all courts', async (t) => {
  const server = await startTestServer(t)
  const system = await server.as('xitong')
  const taken = await system.post('/people', { name: '另一人', username: 'panlin' })
  assert.equal(taken.body.code, 'people.username-taken')
})

articleTest(['36.7'], 'stopping an account ends its sessions at once, and starting it lets it in again', async (t) => {
  const server = await startTestServer(t)
  const judge = await server.as('sunhaitao')
  assert.equal((await judge.get('/me')).status, 200)
  const system = await server.as('xitong')
  const id = await personId(server, 'sunhaitao')
  const stopped = await system.do(`/people/${id}/stop`, { reason: '调离执行局' })
  assert.equal(stopped.accountState, 'stopped')
  assert.equal((await judge.get('/me')).status, 401)
  const refused = await server.anonymous().post('/session', { username: 'sunhaitao', password: DEMONSTRATION_PASSWORD })
  assert.equal(refused.status, 401)
  assert.equal((await system.do(`/people/${id}/start`)).accountState, 'active')
  assert.equal((await judge.get('/me')).status, 401, 'the old session stays ended')
  await judge.signIn()
  const record = await server.sql<{ summary: string }>("select summary from audit where verb = 'person.stop'")
  assert.match(record[0]?.summary ?? '', /调离执行局/)
})

test('an account that is stopped by hand in the database holds no session either', async (t) => {
  const server = await startTestServer(t)
  const judge = await server.as('sunhaitao')
  await server.sql("update account set state = 'stopped' where username = 'sunhaitao'")
  assert.equal((await judge.get('/me')).status, 401)
})

test('a post ends on the day that is named, today at once, and stays in the history', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('chensiyu')
  assert.equal((await clerk.get('/approvals')).status, 200)
  const security = await server.as('anquan')
  const id = await personId(server, 'chensiyu')
  const before = (await security.read('/people?q=陈思宇')).items[0]
  const postId = before.posts[0].id
  const past = await security.post(`/people/${id}/end-post`, { postId, toOn: '2021-09-29' })
  assert.equal(past.status, 400)
  const after = await security.do(`/people/${id}/end-post`, { postId, toOn: '2021-09-30' })
  assert.equal(after.posts[0].toOn, '2021-09-29')
  assert.equal((await clerk.get('/approvals')).status, 403)
  assert.equal(
    (await security.post(`/people/${id}/end-post`, { postId, toOn: '2021-10-08' })).body.code,
    'people.post-ended',
  )
  const seen = await (await server.as('linjing')).read('/people?q=陈思宇')
  assert.deepEqual(seen.items, [], 'nobody is chosen for a post that he no longer holds')
})

test('a post taken away before it began was never held', async (t) => {
  const server = await startTestServer(t)
  const security = await server.as('anquan')
  const id = await personId(server, 'shaoyan')
  const given = await security.do(`/people/${id}/posts`, { role: 'filing', fromOn: '2021-10-11' })
  const post = given.posts.find((one: { role: string }) => one.role === 'filing')
  await security.do(`/people/${id}/end-post`, { postId: post.id, toOn: '2021-09-30' })
  server.time.travelTo('2021-10-12T09:00:00+08:00')
  const me = await (await server.as('shaoyan')).read('/me')
  assert.deepEqual(
    me.posts.map(({ role }: { role: string }) => role),
    ['trial'],
  )
})

test('three administrators are three people without any other post, under whatever account', async (t) => {
  const server = await startTestServer(t)
  const security = await server.as('anquan')
  const give = async (username: string, role: string, more: object = {}) =>
    security.post(`/people/${await personId(server, username)}/posts`, { role, fromOn: '2021-10-08', ...more })
  for (const [username, role] of [
    ['xitong', 'administrator.audit'],
    ['shenji', 'administrator.security'],
    ['shenji', 'centre.clerk'],
    ['linjing', 'administrator.system'],
  ] as const) {
    assert.equal((await give(username, role)).body.code, 'people.three-administrators', `${username} ${role}`)
  }
  const system = await server.as('xitong')
  const second = await system.do('/people', {
    name: '林静',
    username: 'linjing.second',
    samePersonAs: await personId(server, 'linjing'),
  })
  const refused = await security.post(`/people/${second.person.id}/posts`, {
    role: 'administrator.audit',
    fromOn: '2021-09-30',
  })
  assert.equal(refused.body.code, 'people.three-administrators')
  await assert.rejects(
    server.sql(
      `insert into post (court_id, id, person_id, role, from_on)
       select court_id, gen_random_uuid(), person_id, 'administrator.audit', date '2021-10-08' from account
       where username = 'xitong'`,
    ),
    /three administrators/,
    'the database refuses it whoever asks',
  )
})

test('of two posts that exclude each other, given at the same moment, one is given', async (t) => {
  const server = await startTestServer(t)
  const system = await server.as('xitong')
  const security = await server.as('anquan')
  for (let round = 0; round < 5; round++) {
    const { person } = await system.do('/people', { name: '孟新来', username: `mengxinlai.${round}` })
    const replies = await Promise.all(
      ['administrator.audit', 'centre.clerk'].map((role) =>
        security.post(`/people/${person.id}/posts`, { role, fromOn: '2021-09-30' }),
      ),
    )
    assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 422])
  }
})

test('after the one post has ended the other may begin', async (t) => {
  const server = await startTestServer(t)
  const security = await server.as('anquan')
  const id = await personId(server, 'chensiyu')
  const person = (await security.read('/people?q=陈思宇')).items[0]
  await security.do(`/people/${id}/end-post`, { postId: person.posts[0].id, toOn: '2021-10-08' })
  const early = await security.post(`/people/${id}/posts`, { role: 'administrator.audit', fromOn: '2021-10-07' })
  assert.equal(early.body.code, 'people.three-administrators')
  const given = await security.do(`/people/${id}/posts`, { role: 'administrator.audit', fromOn: '2021-10-08' })
  assert.equal(given.posts.length, 2)
})

test('nobody changes his own account or posts', async (t) => {
  const server = await startTestServer(t)
  const security = await server.as('anquan')
  const own = await personId(server, 'anquan')
  const grab = await security.post(`/people/${own}/posts`, { role: 'administrator.security', fromOn: '2021-09-30' })
  assert.equal(grab.body.code, 'people.own-account')
  const system = await server.as('xitong')
  const stop = await system.post(`/people/${await personId(server, 'xitong')}/stop`, { reason: '试' })
  assert.equal(stop.body.code, 'people.own-account')
})

test('each administrator keeps to his own, and nobody reaches into another court', async (t) => {
  const server = await startTestServer(t)
  const system = await server.as('xitong')
  const security = await server.as('anquan')
  const id = await personId(server, 'linjing')
  assert.equal((await system.post(`/people/${id}/posts`, { role: 'director', fromOn: '2021-09-30' })).status, 403)
  assert.equal((await security.post(`/people/${id}/stop`, { reason: '试' })).status, 403)
  assert.equal((await (await server.as('liangzhiyuan')).post('/people', { name: '甲', username: 'jia' })).status, 403)
  const foreign = await personId(server, 'panlin')
  const nowhere = '00000000-0000-4000-8000-000000000000'
  const answers = await Promise.all(
    [foreign, nowhere].map((target) => system.post(`/people/${target}/stop`, { reason: '试' })),
  )
  assert.equal(answers[0]?.status, 404)
  assert.equal(answers[0]?.text, answers[1]?.text)
  const seen = await system.read('/people?limit=200')
  assert.ok(!seen.items.some(({ name }: { name: string }) => name === '潘琳'))
})

test('a team’s post needs a team of the own court, and no other post has one', async (t) => {
  const server = await startTestServer(t)
  const security = await server.as('anquan')
  const id = await personId(server, 'shaoyan')
  const foreign = await server.sql<{ id: string }>('select id from team where court_id = 220104')
  const give = (body: object) => security.post(`/people/${id}/posts`, { fromOn: '2021-09-30', ...body })
  const none = await give({ role: 'team.judge' })
  assert.deepEqual(none.body.fields, [{ path: 'teamId', message: '团队中的岗位须选团队' }])
  assert.equal((await give({ role: 'team.judge', teamId: foreign[0]?.id })).body.fields[0].message, '本院没有该团队')
  const own = (await security.read('/teams')).items[0].id
  assert.equal((await give({ role: 'finance', teamId: own })).body.fields[0].path, 'teamId')
})

test('people come page by page, each once', async (t) => {
  const server = await startTestServer(t)
  const system = await server.as('xitong')
  const all = (await system.read('/people?limit=200')).items.map(({ id }: { id: string }) => id)
  const paged: string[] = []
  for (let after = ''; ; ) {
    const page = await system.read(`/people?limit=7${after}`)
    paged.push(...page.items.map(({ id }: { id: string }) => id))
    if (page.next === null) break
    after = `&after=${page.next}`
  }
  assert.deepEqual(paged, all)
  assert.ok(all.length > 20)
})

test('one’s own password: the old one is asked, a weak one refused, all sessions end', async (t) => {
  const server = await startTestServer(t)
  const judge = await server.as('sunhaitao')
  const change = (currentPassword: string, newPassword: string) =>
    judge.put('/me/password', { currentPassword, newPassword })
  const strong = 'haishui-guanchao-88'
  assert.equal((await change('not-the-old-one-1', strong)).body.fields[0].path, 'currentPassword')
  for (const weak of ['short-1', 'onlyletterslong', 'sunhaitao-12345678', DEMONSTRATION_PASSWORD]) {
    assert.equal((await change(DEMONSTRATION_PASSWORD, weak)).body.code, 'people.password-weak', weak)
  }
  assert.equal((await change(DEMONSTRATION_PASSWORD, strong)).status, 200)
  assert.equal((await judge.get('/me')).status, 401)
  const anyone = server.anonymous()
  assert.equal((await anyone.post('/session', { username: 'sunhaitao', password: DEMONSTRATION_PASSWORD })).status, 401)
  assert.equal((await anyone.post('/session', { username: 'sunhaitao', password: strong })).status, 200)
})

test('guessing the old password from a stolen session locks the account too', async (t) => {
  const server = await startTestServer(t)
  const judge = await server.as('sunhaitao')
  const guess = () =>
    judge.put('/me/password', { currentPassword: 'guess-guess-1', newPassword: 'haishui-guanchao-88' })
  for (let round = 0; round < 5; round++) assert.equal((await guess()).status, 400)
  assert.equal((await guess()).status, 423)
})

test('a reset password replaces the old one and ends the sessions', async (t) => {
  const server = await startTestServer(t)
  const judge = await server.as('sunhaitao')
  const system = await server.as('xitong')
  const { temporaryPassword } = await system.do(`/people/${await personId(server, 'sunhaitao')}/reset-password`)
  assert.equal((await judge.get('/me')).status, 401)
  const anyone = server.anonymous()
  assert.equal((await anyone.post('/session', { username: 'sunhaitao', password: temporaryPassword })).status, 200)
})

test('a team is set up once by its name', async (t) => {
  const server = await startTestServer(t)
  const system = await server.as('xitong')
  const made = await system.do('/teams', { name: '涉金融速执团队', kind: 'fast' })
  assert.equal(made.kindLabel, '速执')
  assert.equal((await system.post('/teams', { name: '涉金融速执团队', kind: 'special' })).body.code, 'team.name-taken')
  const names = (await system.read('/teams')).items.map(({ name }: { name: string }) => name)
  assert.ok(names.includes('涉金融速执团队'))
  assert.equal((await (await server.as('linjing')).post('/teams', { name: '甲', kind: 'fast' })).status, 403)
})
