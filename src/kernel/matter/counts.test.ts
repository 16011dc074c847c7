import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { Random } from '#bench/random.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { withSample } from '#test/sample.ts'
import { holderOf } from '#test/suite/cast.ts'

const RECOUNT = `
  select 'case' as kind, court_id, state, count(*)::int as n from enforcement_case group by 2, 3
  union all select 'supervision-order', court_id, state, count(*)::int from matter_supervision_order group by 2, 3
  order by 1, 2, 3`
const KEPT = `
  select kind, court_id, state, sum(n)::int as n from state_count group by 1, 2, 3 having sum(n) <> 0 order by 1, 2, 3`

async function assertKept(server: TestServer, after: string): Promise<void> {
  assert.deepEqual(await server.sql(KEPT), await server.sql(RECOUNT), after)
}

test('what is kept equals a recount after an import, random acts, and statements by hand', async (t) => {
  const server = await startTestServer(t)
  await withSample(server)
  await assertKept(server, 'the import')
  const random = new Random(20_211)
  const clerk = await server.as('linjing')
  const judge = await holderOf(server, '吉0193', 'team.judge')
  const hand = await server.as(judge.username)
  const own = await server.sql<{ id: string }>(
    `select id from enforcement_case where holder_id = $1 and state in ('handling', 'suspended') order by number`,
    [judge.personId],
  )
  const acts = [
    ['suspend', { on: '2021-09-30', ground: '等待鉴定' }],
    ['resume', { on: '2021-09-30' }],
    ['close', { on: '2021-09-30', way: '执行完毕' }],
    ['terminate', { on: '2021-09-30' }],
  ] as const
  let done = 0
  for (let turn = 0; turn < 24; turn += 1) {
    const id = random.pick(own).id
    const [name, answers] = random.pick(acts)
    const { version } = await hand.read(`/cases/${id}`)
    if ((await hand.post(`/cases/${id}/${name}`, { version, ...answers })).status === 200) done += 1
    if (turn % 6 === 0) {
      const order = { source: '本院督办', target: '承办人', handler: judge.personId, requirement: '请办理' }
      const { id: orderId, version: first } = await clerk.do('/supervision-orders', order)
      await hand.do(`/supervision-orders/${orderId}/receive`, { version: first })
    }
  }
  assert.ok(done >= 5, `only ${done} acts were possible`)
  await assertKept(server, 'the acts')
  await server.sql(`update enforcement_case set state = 'closed' where number like '%1号'`)
  await server.sql(`delete from node_order`)
  await server.sql(`insert into enforcement_case select (jsonb_populate_record(c, jsonb_build_object('id',
    gen_random_uuid(), 'number', c.number || '之一'))).* from enforcement_case c where state = 'handling' limit 7`)
  await server.sql(`delete from enforcement_case where number like '%之一' and id in (
    select id from enforcement_case where number like '%之一' limit 3)`)
  await assertKept(server, 'the statements by hand')
})

test('writers at the same time do not wait for each other’s count, and none of it is lost', async (t) => {
  const server = await startTestServer(t)
  await withSample(server)
  const cases = await server.sql<{ id: string }>(
    `select id from enforcement_case where state = 'handling' order by number limit 8`,
  )
  const clients = cases.map(() => new pg.Client({ connectionString: server.url }))
  for (const client of clients) await client.connect()
  const turn = (index: number, state: string) =>
    clients[index]?.query('update enforcement_case set state = $2 where id = $1', [cases[index]?.id, state])
  for (const client of clients) await client.query(`begin; set local lock_timeout = '2s'`)
  // Half of them leave the state that the others enter, every one with its transaction still open.
  await Promise.all(clients.map((_, index) => turn(index, 'suspended')))
  await Promise.all(clients.map((_, index) => turn(index, index % 2 === 0 ? 'handling' : 'closed')))
  await Promise.all(clients.map((client, index) => client.query(index === 3 ? 'rollback' : 'commit')))
  for (const client of clients) await client.end()
  await assertKept(server, 'the transactions')
})

test('a reader counts its own courts, each alone and with those below it', async (t) => {
  const server = await startTestServer(t)
  await withSample(server)
  const [all] = await server.sql<{ n: number }>('select count(*)::int as n from enforcement_case')
  const own = await (await server.as('linjing')).read('/cases/counts')
  assert.deepEqual(
    own.courts.map(({ code }: { code: string }) => code),
    ['吉0193'],
  )
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0)
  assert.equal(sum(own.courts[0].own), all?.n)
  const [above] = await server.sql<{ username: string }>(
    `select a.username from account a join post p on p.court_id = a.court_id and p.person_id = a.person_id
     join court c on c.id = a.court_id where c.code = '吉01' and p.role = 'centre.clerk'`,
  )
  const below = await (await server.as(above?.username ?? '')).read('/cases/counts?scope=subtree')
  const of = (code: string) => below.courts.find((court: { code: string }) => court.code === code)
  assert.deepEqual([sum(of('吉01').own), sum(of('吉01').withBelow)], [0, all?.n])
  assert.deepEqual(of('吉0193').own, own.courts[0].own)
  const [row] = await server.sql<{ n: number }>(
    `select count(*)::int as n from enforcement_case where state = 'terminated'`,
  )
  assert.equal(of('吉01').withBelow.terminated, row?.n)
})
