import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { withSample } from '#test/sample.ts'
import { receive } from '#test/suite/assigning.ts'

const RECOUNT = `
  select court_id, coalesce(holder_team_id::text, '0') as team, coalesce(holder_id::text, '0') as judge, case_kind,
    count(*)::int as n
  from enforcement_case where state = 'handling' group by 1, 2, 3, 4 order by 1, 2, 3, 4`
const KEPT = `
  select court_id, replace(team_id::text, '00000000-0000-0000-0000-000000000000', '0') as team,
    replace(person_id::text, '00000000-0000-0000-0000-000000000000', '0') as judge, case_kind, sum(n)::int as n
  from open_load group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4`

async function assertKept(server: TestServer, after: string): Promise<void> {
  assert.deepEqual(await server.sql(KEPT), await server.sql(RECOUNT), after)
}

test('what is kept of each judge equals a recount after an import, acts, and statements by hand', async (t) => {
  const server = await startTestServer(t)
  await withSample(server)
  const [{ n }] = (await server.sql<{ n: number }>('select count(*)::int as n from open_load')) as [{ n: number }]
  assert.ok(n > 5, 'the sample has cases of several judges')
  await assertKept(server, 'the import')
  const [judge] = await server.sql<{ id: string }>(`select person_id as id from account where username = 'sunhaitao'`)
  const statements = [
    `update enforcement_case set state = 'closed' where number like '%1号' and state = 'handling'`,
    `update enforcement_case set state = 'handling' where number like '%11号'`,
    `update enforcement_case set holder_id = null, holder_team_id = null where number like '%2号'`,
    `update enforcement_case set case_kind = '恢复执行' where number like '%3号'`,
    `update enforcement_case set remark = '改' where number like '%4号'`,
    `update enforcement_case set holder_id = '${judge?.id}' where holder_id is null and number like '%12号'`,
  ]
  for (const statement of statements) {
    await server.sql(statement)
    await assertKept(server, statement)
  }
})

articleTest(['8'], 'a team’s and a judge’s load follows a case from hand to hand and out', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const filing = await server.as('fangmingyu')
  const parties = { creditors: [{ name: '某甲' }], debtors: [{ name: '某乙' }] }
  const one = await filing.do('/cases', { kind: '首次执行', filedOn: '2021-09-28', ...parties })
  await receive(server, one)
  assert.equal((await clerk.read('/judge-loads')).unassigned, 1)
  const given = await clerk.do(`/cases/${one.id}/assign`, { version: one.version })
  const board = await clerk.read('/judge-loads')
  assert.equal(board.unassigned, 0)
  const of = (name: string) => board.judges.find((each: { name: string }) => each.name === name)
  assert.deepEqual([of(given.judge).cases, of(given.judge).loadHundredths], [1, 100])
  const { items } = await clerk.read('/teams')
  assert.equal(items.find(({ name }: { name: string }) => name === given.team).openCases, 1)
  await clerk.do(`/cases/${one.id}/close`, { version: given.version, on: '2021-09-30', way: '执行完毕' })
  const after = await clerk.read('/judge-loads')
  assert.deepEqual(
    after.judges.map(({ cases }: { cases: number }) => cases).filter((n: number) => n > 0),
    [],
  )
})
