import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'
import { startSecondServer } from '#test/servers/second-server.ts'

// Both servers have the person in memory before anything changes; the very next request must know of the change.

const CHANGES: readonly [what: string, statement: string, status: number][] = [
  ['a post that ended', `update post set to_on = '2021-09-29' where person_id = $1`, 403],
  ['a post that is no more', `delete from post where person_id = $1`, 403],
  [
    'a post given for another',
    `update post set role = 'administrator.system', team_id = null where person_id = $1`,
    403,
  ],
  ['an account that was stopped', `update account set state = 'stopped' where person_id = $1`, 401],
]

for (const [what, statement, status] of CHANGES) {
  test(`${what}, changed by hand in the database, counts at the next request on every server`, async (t) => {
    const first = await startTestServer(t)
    const second = await startSecondServer(t, first)
    const clients = [await first.as('linjing'), await second.as('linjing')]
    for (const client of clients) for (let turn = 0; turn < 2; turn += 1) await client.read('/cases')
    const [row] = await first.sql<{ id: string }>(`select person_id as id from account where username = 'linjing'`)
    await first.sql(statement, [row?.id])
    for (const client of clients) {
      assert.equal((await client.get('/cases')).status, status)
      assert.equal((await client.post('/case-search', { certificate: '220193' })).status, status)
    }
  })
}

test('a name, a new court below and the day itself count at the next request', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const nameOf = async () => (await clerk.read('/me')).person.name
  await nameOf()
  await server.sql(`update person set name = '林静改' where name = '林静'`)
  assert.equal(await nameOf(), '林静改')

  const codes = async () => (await clerk.read('/me')).courts.map((court: { code: string }) => court.code)
  const before = await codes()
  await server.sql(`insert into court (id, code, name, level, parent_id, line)
    select 999999, '吉9999', '试设法庭', 'basic', id, line || 999999 from court where code = '吉0193'`)
  assert.deepEqual((await codes()).sort(), [...before, '吉9999'].sort())

  await server.sql(`update post set to_on = '2021-09-30' where person_id = (
    select person_id from account where username = 'linjing')`)
  assert.equal((await clerk.get('/cases')).status, 200, 'the last day counts')
  server.time.travelTo('2021-09-30T15:59:59Z')
  const late = await server.as('linjing')
  assert.equal((await late.get('/cases')).status, 200)
  server.time.travelTo('2021-09-30T16:00:00Z')
  assert.equal((await late.get('/cases')).status, 403, 'nothing was written, and the post is over')
})
