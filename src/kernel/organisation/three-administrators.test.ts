import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMINISTRATOR_ROLES, ROLE_NAMES, type Role } from '#kernel/authorisation/roles.ts'
import { courtIdOf, putPerson } from '#test/access/put.ts'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'

// 三员分立: one human being holds at most one of the three and nothing of business beside it, under one account or two,
// at the same time or later, asked through the server or by SQL.

const COURT = '吉0193'
const PAIRS = ADMINISTRATOR_ROLES.flatMap((held) =>
  ROLE_NAMES.filter((role) => role !== held).flatMap((role): [Role, Role][] => [
    [held, role],
    [role, held],
  ]),
)

interface Human {
  personId: string
  secondId: string
  teamId: string
}

/** Somebody with two accounts, who holds nothing. */
async function human(server: TestServer, serial: number): Promise<Human> {
  const courtId = await courtIdOf(server, COURT)
  const put = (username: string) => putPerson(server, { courtId, username, name: `某${serial}`, role: null })
  const [one, two] = [await put(`one.${serial}`), await put(`two.${serial}`)]
  await server.sql('update person set natural_id = (select natural_id from person where id = $1) where id = $2', [
    one.personId,
    two.personId,
  ])
  const [team] = await server.sql<{ id: string }>('select id from team where court_id = $1 limit 1', [courtId])
  return { personId: one.personId, secondId: two.personId, teamId: team?.id ?? '' }
}

articleTest(['36.7'], 'every pair is refused, by one account or two, now or where the terms meet later', async (t) => {
  const server = await startTestServer(t)
  const security = await server.as('anquan')
  const give = (personId: string, role: Role, fromOn: string, teamId: string) =>
    security.post(`/people/${personId}/posts`, { role, fromOn, ...(role.startsWith('team.') ? { teamId } : {}) })
  assert.equal(PAIRS.length, 3 * 19 * 2)
  for (const [serial, [held, asked]] of PAIRS.entries()) {
    const { personId, secondId, teamId } = await human(server, serial)
    assert.equal((await give(personId, held, '2021-10-08', teamId)).status, 200, held)
    for (const [who, fromOn] of [
      [personId, '2021-09-30'],
      [personId, '2031-01-06'],
      [secondId, '2021-10-08'],
    ] as const) {
      const refused = await give(who, asked, fromOn, teamId)
      assert.deepEqual([refused.status, refused.body.code], [422, 'people.three-administrators'], `${held} + ${asked}`)
    }
  }
  const both = await server.sql(`select natural_id from post join person p on (p.court_id, p.id) = (post.court_id,
    post.person_id) group by 1 having count(distinct role) > 1 and bool_or(role like 'administrator.%')`)
  assert.deepEqual(both, [])
  const people = await security.read('/people?q=某1')
  assert.ok(people.items.some(({ posts }: { posts: unknown[] }) => posts.length === 1))
})

test('the database refuses it whoever writes: a post put in or changed, two people made one', async (t) => {
  const server = await startTestServer(t)
  const three = /three administrators/
  for (const [held, role] of [
    ['xitong', 'administrator.audit'],
    ['anquan', 'administrator.system'],
    ['shenji', 'president'],
    ['linjing', 'administrator.security'],
  ]) {
    const person = `select court_id, person_id from account where username = '${held}'`
    await assert.rejects(
      server.sql(`insert into post (court_id, id, person_id, role, from_on)
        select court_id, gen_random_uuid(), person_id, '${role}', date '2030-01-01' from (${person}) a`),
      three,
    )
  }
  const naturalOf = (username: string) => `(select natural_id from person p join account a
    on (a.court_id, a.person_id) = (p.court_id, p.id) where username = '${username}')`
  for (const [one, other] of [
    ['xitong', 'shenji'],
    ['linjing', 'anquan'],
    ['shenji', 'zhaoxue'],
  ] as const) {
    const merge = `update person set natural_id = ${naturalOf(other)}
      where id = (select person_id from account where username = '${one}')`
    await assert.rejects(server.sql(merge), three, `${one} made the same as ${other}`)
  }
  // Two terms that follow each other, and the later one drawn back over the earlier.
  const [post] = await server.sql<{ id: string }>(`update post set to_on = date '2021-12-31'
    where person_id = (select person_id from account where username = 'chensiyu') returning id`)
  await server.sql(
    `insert into post (court_id, id, person_id, role, from_on)
    select court_id, gen_random_uuid(), person_id, 'administrator.audit', date '2022-01-01' from post where id = $1`,
    [post?.id],
  )
  await assert.rejects(server.sql('update post set to_on = null where id = $1', [post?.id]), three)
})

test('each of the three sees and does only what is his, and nothing for himself', async (t) => {
  const server = await startTestServer(t)
  const clients = {
    system: await server.as('xitong'),
    security: await server.as('anquan'),
    audit: await server.as('shenji'),
  }
  const pages = async (name: keyof typeof clients) =>
    (await clients[name].read('/me')).menu.map(({ path }: { path: string }) => path)
  assert.deepEqual(await pages('system'), ['/people'])
  assert.deepEqual(await pages('security'), ['/rules', '/document-templates', '/people'])
  assert.deepEqual(await pages('audit'), ['/audit'])
  const seen = async (name: keyof typeof clients) => (await clients[name].read('/people?q=林静')).items[0]
  for (const name of ['system', 'security'] as const) {
    const { username, accountState, secondFactor } = await seen(name)
    assert.deepEqual([username, accountState, secondFactor], ['linjing', 'active', false])
  }
  const { username, accountState, secondFactor } = await seen('audit')
  assert.deepEqual([username, accountState, secondFactor], [null, 'none', null], 'accounts are no auditor’s business')
  const [{ id: linjing } = { id: '' }] = await server.sql<{ id: string }>(
    "select person_id as id from account where username = 'linjing'",
  )
  const writes = {
    system: [`/people/${linjing}/stop`, `/people/${linjing}/reset-password`, '/people', '/teams'],
    security: [`/people/${linjing}/posts`, `/people/${linjing}/end-post`, `/people/${linjing}/reset-second-factor`],
    audit: [],
  }
  const bodies = { reason: '试', role: 'trial', fromOn: '2021-10-08', postId: linjing, toOn: '2021-10-08' }
  for (const [owner, paths] of Object.entries(writes)) {
    for (const name of ['system', 'security', 'audit'] as const) {
      for (const path of owner === name ? [] : paths) {
        const body = {
          stop: { reason: bodies.reason },
          'reset-second-factor': { reason: bodies.reason },
          posts: { role: bodies.role, fromOn: bodies.fromOn },
          'end-post': { postId: bodies.postId, toOn: bodies.toOn },
          people: { name: '某', username: 'some.body' },
          teams: { name: '某', kind: 'fast' },
        }[path.split('/').at(-1) ?? '']
        assert.equal((await clients[name].post(path, body ?? {})).status, 403, `${name} ${path}`)
      }
    }
  }
  for (const [name, path] of [
    ['system', '/audit'],
    ['security', '/audit'],
    ['audit', '/cases'],
    ['system', '/cases'],
    ['security', '/backlog'],
    ['system', '/workbench'],
  ] as const) {
    assert.equal((await clients[name].get(path)).status, 403, `${name} ${path}`)
  }
})
