import assert from 'node:assert/strict'
import { articleTest } from '#test/articles.ts'
import { startTestServer } from '#test/harness.ts'

interface Line {
  unit: string
  label: string
  standard: number | null
  actual: number
  people: string[]
}

articleTest(['5'], 'a standard counts from its day on and stands against who holds the post on that day', async (t) => {
  const server = await startTestServer(t)
  const head = await server.as('luoxiaoming')
  const [team] = await server.sql<{ id: string }>(
    `select t.id from team t join court c on c.id = t.court_id where c.code = '吉0193' and t.name = '普执团队'`,
  )
  const standard = { teamId: team?.id, role: 'team.judge', standard: 5, fromOn: '2021-10-08', source: '本院编制方案' }
  await head.do('/staffing', standard)
  await head.do('/staffing', { role: 'duty.technician', standard: 2, fromOn: '2021-09-30', source: '本院编制方案' })
  const lineOn = async (on: string, unit: string, label: string): Promise<Line | undefined> =>
    (await head.read(`/staffing?on=${on}`)).items.find((one: Line) => one.unit === unit && one.label === label)
  assert.equal((await lineOn('2021-10-07', '普执团队', '员额法官'))?.standard, null)
  const judges = await lineOn('2021-10-08', '普执团队', '员额法官')
  assert.deepEqual([judges?.standard, judges?.actual], [5, 4])
  assert.ok(judges?.people.includes('孙海涛'))
  assert.equal((await lineOn('2021-10-08', '执行指挥中心', '技术员'))?.standard, 2)

  // Someone leaves: the day after his last one he is no longer counted, and the earlier day stays as it was.
  const security = await server.as('anquan')
  const [post] = await server.sql<{ id: string; person_id: string }>(
    `select p.id, p.person_id from post p join account a on a.person_id = p.person_id
     where a.username = 'sunhaitao' and p.role = 'team.judge'`,
  )
  await security.do(`/people/${post?.person_id}/end-post`, { postId: post?.id, toOn: '2021-10-20' })
  assert.equal((await lineOn('2021-10-19', '普执团队', '员额法官'))?.actual, 4)
  assert.equal((await lineOn('2021-10-20', '普执团队', '员额法官'))?.actual, 3)

  const past = await head.post('/staffing', { ...standard, fromOn: '2021-09-29' })
  assert.equal(past.body.fields[0].path, 'fromOn', 'what counted yesterday stays what counted')
  const adrift = await head.post('/staffing', { ...standard, teamId: undefined })
  assert.equal(adrift.body.fields[0].path, 'teamId')
  assert.equal((await (await server.as('linjing')).post('/staffing', standard)).status, 403)
})
