import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer } from '#test/harness.ts'
import { ended } from '#test/http/bulk-jobs.ts'
import { identityOf } from '#test/related-cases.ts'
import { assign, DEBTOR, ground, newCase, personOf } from '#test/suite/assigning.ts'

interface Shown {
  name: string
  reasons: string[]
  isLeast: boolean
  isDrawn: boolean
  loadHundredths: number
}

articleTest(['10'], 'a case is drawn for a judge: who was left out why, among whom, drawn again alike', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  await ground(server, 'zhouwenjing', 'zhouwenjing', { kind: 'relation', about: DEBTOR, reason: '系近亲属' })
  await ground(server, 'linjing', 'hanlixin', { kind: 'leave', reason: '休假', toOn: '2021-10-08' })
  const one = await newCase(server)
  const after = await assign(clerk, one)
  const { items } = await clerk.read(`/cases/${one.id}/assignments`)
  const [{ mode, judge, draw }] = items
  assert.equal(mode, 'drawn')
  assert.equal(after.judge, judge)
  assert.equal(draw.agrees, true)
  assert.match(draw.seed, /^[0-9a-f]{32}$/)
  const shown = (name: string) => draw.candidates.find((each: Shown) => each.name === name) as Shown
  assert.deepEqual(shown('周文静').reasons, [`回避：与被执行人${DEBTOR}系近亲属`])
  assert.deepEqual(shown('韩立新').reasons, ['休假（2021-09-30至2021-10-08）'])
  assert.deepEqual(shown('宋欣怡').reasons, ['所在团队不办理执行实施案件'])
  const least = draw.candidates.filter((each: Shown) => each.isLeast).map((each: Shown) => each.name)
  assert.ok(least.includes(judge) && least.length >= 4, least.join())
  const [stored] = await server.sql<{ holder_name: string; team_name: string; fact_on: string }>(
    `select c.holder_name, c.team_name, f.fact_on::text from enforcement_case c join case_fact f on f.case_id = c.id
     where c.id = $1 and f.name = 'handler-assigned'`,
    [one.id],
  )
  assert.deepEqual([stored?.holder_name, stored?.fact_on], [judge, '2021-09-30'])
  const told = await server.sql<{ title: string }>(
    `select title from outbox where thing_id = $1
       and to_person_id = (select holder_id from enforcement_case where id = $1)`,
    [one.id],
  )
  assert.deepEqual(
    told.map(({ title }) => title),
    [`新分案件：${one.caseNumber}`],
  )
  const [entry] = after.log
  assert.ok(
    entry.answers.some(({ value }: { value: string }) => value.startsWith(judge)),
    'the log names the judge',
  )
})

test('a record that was tampered with no longer agrees', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const one = await newCase(server)
  await assign(clerk, one)
  const other = await personOf(server, 'songxinyi')
  await server.sql('update case_assignment set judge_id = $2 where case_id = $1', [one.id, other])
  const { items } = await clerk.read(`/cases/${one.id}/assignments`)
  assert.equal(items[0].draw.agrees, false)
})

articleTest(['10'], 'in bulk: loads stay level within a team, each draw sees the one before', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const made = []
  for (let at = 0; at < 12; at += 1) made.push((await newCase(server)).id)
  const job = await clerk.do('/bulk-jobs', {
    list: 'cases',
    action: 'assign',
    answers: {},
    filter: { assigned: 'no' },
    count: made.length,
  })
  const now = await ended(clerk, job.id)
  assert.deepEqual([now.done, now.refused], [12, 0])
  const board = await clerk.read('/judge-loads')
  assert.equal(board.unassigned, 0)
  const eligible = board.judges.filter(({ teams }: { teams: string[] }) => teams[0] !== '事务集约团队')
  const loads = eligible.map(({ cases }: { cases: number }) => cases)
  assert.equal(
    loads.reduce((sum: number, n: number) => sum + n, 0),
    12,
  )
  assert.ok(Math.max(...loads) - Math.min(...loads) <= 1, loads.join())
  const teams = board.teams.reduce((sum: number, { cases }: { cases: number }) => sum + cases, 0)
  assert.equal(teams, 12)
})

test('drawn at the same time, as many cases as there are judges: each has one', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const { judges } = await clerk.read('/judge-loads')
  const able = judges.filter(({ teams }: { teams: string[] }) => !teams.includes('事务集约团队'))
  const made = []
  for (let at = 0; at < able.length; at += 1) made.push(await newCase(server))
  await Promise.all(made.map((one) => assign(clerk, one)))
  const rows = await server.sql<{ n: number }>('select count(*)::int as n from enforcement_case group by holder_id')
  assert.deepEqual(
    rows.map(({ n }) => n),
    able.map(() => 1),
  )
})

articleTest(
  ['10'],
  'nobody who may: refused with every reason, nothing changed; the director’s word helps',
  async (t) => {
    const server = await startTestServer(t)
    const clerk = await server.as('linjing')
    await ground(server, 'luoxiaoming', 'guoyuchen', { kind: 'specialism', about: '金融借款', reason: '本院分工' })
    await ground(server, 'guoyuchen', 'guoyuchen', { kind: 'leave', reason: '病假', toOn: '2021-10-20' })
    const one = await newCase(server)
    const refused = await clerk.post(`/cases/${one.id}/assign`, { version: one.version })
    assert.equal(refused.status, 422)
    assert.equal(refused.body.code, 'assignment.nobody')
    assert.match(refused.body.message, /郭雨辰：病假（2021-09-30至2021-10-20）/)
    assert.match(refused.body.message, /孙海涛：无“金融借款”专长/)
    const still = await clerk.read(`/cases/${one.id}`)
    assert.deepEqual([still.judge, still.version], [null, one.version])
    const proposed = await clerk.do(`/cases/${one.id}/changeHandler`, {
      version: one.version,
      handler: await personOf(server, 'sunhaitao'),
      reason: '专业法官病假',
    })
    const director = await server.as('maguodong')
    await director.do(`/approvals/${proposed.approval.id}/approve`, { version: proposed.version })
    const given = await clerk.read(`/cases/${one.id}`)
    assert.deepEqual([given.judge, given.team], ['孙海涛', '普执团队'])
    const { items } = await clerk.read(`/cases/${one.id}/assignments`)
    assert.deepEqual([items[0].mode, items[0].reason, items[0].draw], ['named', '专业法官病假', null])
  },
)

articleTest(['10'], 'reassignment by lot: reason, the director’s approval, never back to the same hand', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const one = await newCase(server)
  const first = await assign(clerk, one)
  const again = await clerk.post(`/cases/${one.id}/assign`, { version: first.version })
  assert.equal(again.body.code, 'act.condition', 'a case in hand is not drawn a second time')
  const bare = await clerk.post(`/cases/${one.id}/changeHandler`, { version: first.version })
  assert.equal(bare.body.fields[0].path, 'reason')
  const proposed = await clerk.do(`/cases/${one.id}/changeHandler`, {
    version: first.version,
    reason: '当事人申请回避',
  })
  assert.equal(proposed.judge, first.judge, 'until it is approved nothing moves')
  const director = await server.as('maguodong')
  await director.do(`/approvals/${proposed.approval.id}/approve`, { version: proposed.version })
  const after = await clerk.read(`/cases/${one.id}`)
  assert.notEqual(after.judge, first.judge)
  const { items } = await clerk.read(`/cases/${one.id}/assignments`)
  const before = items[0].draw.candidates.find(({ name }: Shown) => name === first.judge)
  assert.deepEqual(before.reasons, ['现承办人'])
  assert.equal(items.length, 2)
  const told = await server.sql<{ title: string }>(
    `select title from outbox where thing_id = $1 and to_person_id is not null order by id`,
    [one.id],
  )
  assert.ok(
    told.some(({ title }) => title.startsWith('变更承办人：')),
    'the former judge is told to hand over',
  )
})

test('回避 holds whoever names the judge: at a change of hands, at entry, through a representative', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const sunId = await personOf(server, 'sunhaitao')
  await ground(server, 'sunhaitao', 'sunhaitao', { kind: 'relation', about: '钱律师', reason: '系近亲属' })
  const one = await newCase(server)
  await (await server.as('fangmingyu')).do(`/cases/${one.id}/representatives`, { party: DEBTOR, name: '钱律师' })
  const proposed = await clerk.do(`/cases/${one.id}/changeHandler`, {
    version: one.version,
    handler: sunId,
    reason: '指定',
  })
  const director = await server.as('maguodong')
  const path = `/approvals/${proposed.approval.id}/approve`
  const refused = await director.post(path, { version: proposed.version })
  assert.equal(refused.body.code, 'assignment.conflict')
  assert.match(refused.body.message, /钱律师系近亲属/)
  assert.equal((await clerk.read(`/cases/${one.id}`)).judge, null)

  await ground(server, 'sunhaitao', 'sunhaitao', { kind: 'relation', about: '某丙', reason: '有利害关系' })
  const entered = await clerk.post('/cases', {
    kind: '首次执行',
    filedOn: '2021-09-28',
    judgeId: sunId,
    creditors: [{ name: '某甲银行' }],
    debtors: [{ name: '某 丙' }],
  })
  assert.equal(entered.body.code, 'assignment.conflict')
})

test('a review is never drawn for who enforced on the same basis', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const enforced = await assign(clerk, await newCase(server))
  const review = await newCase(server, { kind: '执行异议' })
  const after = await assign(clerk, review)
  assert.notEqual(after.judge, enforced.judge)
  const { items } = await clerk.read(`/cases/${review.id}/assignments`)
  const left = items[0].draw.candidates.find(({ name }: Shown) => name === enforced.judge)
  assert.deepEqual(left.reasons, [`回避：曾办理${enforced.caseNumber}`])
})

test('a review of an act of enforcement is drawn for nobody who holds or held that case', async (t) => {
  const server = await startTestServer(t)
  const [clerk, director] = [await server.as('linjing'), await server.as('maguodong')]
  const made = await newCase(server)
  const first = await assign(clerk, made)
  const proposed = await clerk.do(`/cases/${made.id}/changeHandler`, { version: first.version, reason: '工作调整' })
  await director.do(`/approvals/${proposed.approval.id}/approve`, { version: proposed.version })
  const now = await clerk.read(`/cases/${made.id}`)
  assert.notEqual(now.judge, first.judge)
  const bracket = made.caseNumber.replace('（', '(').replace('）', ')').replace('号', '')
  for (const basisNumber of [made.caseNumber, `${bracket}号执行裁定`, bracket]) {
    const review = await newCase(server, { kind: '执行异议', basisNumber })
    await assign(clerk, review)
    const { items } = await clerk.read(`/cases/${review.id}/assignments`)
    for (const name of [first.judge, now.judge]) {
      const left = items[0].draw.candidates.find((one: Shown) => one.name === name)
      assert.deepEqual(left.reasons, [`回避：曾办理${made.caseNumber}`], `${name} ${basisNumber}`)
    }
  }
  const alike = await newCase(server, { kind: '执行异议', basisNumber: '〔2020〕吉0193民初005号民事判决书' })
  await assign(clerk, alike)
  const { items } = await clerk.read(`/cases/${alike.id}/assignments`)
  const left = items[0].draw.candidates.find((one: Shown) => one.name === now.judge)
  assert.deepEqual(left.reasons, [`回避：曾办理${made.caseNumber}`], 'the same judgment, typed otherwise')
})

test('回避 holds for the legal representative of a firm that is a party', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  await ground(server, 'zhouwenjing', 'zhouwenjing', { kind: 'relation', about: '何总', reason: '系近亲属' })
  const one = await newCase(server)
  const noted = await clerk.do(`/cases/${one.id}/noteLegalRepresentative`, {
    version: one.version,
    firm: DEBTOR,
    representative: '何总',
    identity: identityOf('1970-01-02', 3),
  })
  await assign(clerk, noted)
  const { items } = await clerk.read(`/cases/${one.id}/assignments`)
  const left = items[0].draw.candidates.find(({ name }: Shown) => name === '周文静')
  assert.deepEqual(left.reasons, [`回避：与${DEBTOR}的法定代表人何总系近亲属`])
})

articleTest(['10', '17'], 'a case that nobody assigns falls overdue after seven days', async (t) => {
  const server = await startTestServer(t)
  const one = await newCase(server, { filedOn: '2021-09-30' })
  const clerk = await server.as('linjing')
  const due = (await clerk.read(`/cases/${one.id}`)).clocks.find(({ name }: { name: string }) => name === '分案')
  server.time.travelTo(`${due.due.dueOn}T23:59:00+08:00`)
  server.time.pass({ minutes: 2 })
  await server.app.worker.sweep()
  const orders = await server.sql<{ node: string }>(
    `select node from matter_supervision_order where case_id = $1 and node = '分案'`,
    [one.id],
  )
  assert.equal(orders.length, 1)
  const now = await (await server.as('linjing')).read(`/cases/${one.id}`)
  await assign(await server.as('linjing'), now)
  const after = await (await server.as('linjing')).read(`/cases/${one.id}`)
  const done = after.clocks.find(({ name }: { name: string }) => name === '分案')
  assert.equal(done.state, 'late')
})
