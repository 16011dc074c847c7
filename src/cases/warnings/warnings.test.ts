import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { withSample } from '#test/sample.ts'
import { receive } from '#test/suite/assigning.ts'
import { holderOf, PDF } from '#test/suite/cast.ts'
import { tellOfImported } from './warning-notices.ts'

interface Shown {
  id: string
  rule: string
  finding: string
  closedAt: string | null
  explained: { by: string; reason: string } | null
  mayExplain: boolean
}

const CASE = {
  kind: '首次执行',
  cause: '买卖合同纠纷',
  filedOn: '2021-10-11',
  basisKind: '判决书',
  basisMaker: '长春新区人民法院',
  basisEffectiveOn: '2021-05-10',
  duty: '金钱给付',
  jurisdiction: '第一审法院',
  basisNumber: '（2021）吉0193民初9号',
  amountFen: '1000000',
  creditors: [{ name: '甲有限公司', certificates: ['91350100M000100Y43'] }],
  debtors: [{ name: '乙', certificates: ['11010519491231002X'] }],
}

async function begin(t: Parameters<typeof startTestServer>[0], changes: object = {}) {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const judge = await holderOf(server, '吉0193', 'team.judge')
  const clerk = await server.as('linjing')
  const made = await clerk.do('/cases', { ...CASE, judgeId: judge.personId, ...changes })
  return { server, judge, clerk, hand: await server.as(judge.username), made, path: `/cases/${made.id}` }
}

const openRules = (one: { warnings: Shown[] }) =>
  one.warnings
    .filter(({ closedAt }) => closedAt === null)
    .map(({ rule }) => rule)
    .sort()

/** An act with the case's version as it stands. */
async function act(client: Client, path: string, name: string, answers: object) {
  const { version } = await client.read(path)
  return client.do(`${path}/${name}`, { version, ...answers })
}

async function told(server: TestServer, personId: string): Promise<string[]> {
  const rows = await server.sql<{ title: string }>(
    `select title from outbox where to_person_id = $1 and title like '办案预警%' order by id`,
    [personId],
  )
  return rows.map(({ title }) => title)
}

articleTest(['17'], '必要信息缺失: judge and team are told, and what is supplied closes it', async (t) => {
  const { server, judge, clerk, made, path } = await begin(t, {
    basisNumber: null,
    debtors: [{ name: '乙', certificates: [] }],
  })
  assert.deepEqual(openRules(made), ['basis', 'debtor-certificate'])
  assert.equal(made.warningsOpen, 2)
  assert.deepEqual(await told(server, judge.personId), [`办案预警：${made.caseNumber}等2项`])
  const team = await server.sql(
    `select 1 from outbox where to_role = 'team.head' and to_team_id = $1 and thing_id = $2`,
    [judge.teamId, made.id],
  )
  assert.equal(team.length, 1)
  const mended = await act(clerk, path, 'change', { basisNumber: CASE.basisNumber, reason: '核对卷宗' })
  assert.deepEqual(openRules(mended), ['debtor-certificate'])
  const parties = [
    { was: 1, side: 'creditor', name: '甲有限公司', certificates: null },
    { was: null, side: 'debtor', name: '乙', certificates: ['11010519491231002X'] },
  ]
  const whole = await clerk.do(`${path}/parties`, { version: mended.version, reason: '补录', parties })
  assert.deepEqual([openRules(whole), whole.warningsOpen], [[], 0])
  assert.equal(whole.warnings.length, 2, 'what was stays on record')
  const rows = await server.sql<{ rule: string; opened_by: string; gone: boolean }>(
    'select rule, opened_by, closed_at is not null as gone from case_warning where case_id = $1 order by rule',
    [made.id],
  )
  assert.deepEqual(
    rows.map(({ rule, gone }) => [rule, gone]),
    [
      ['basis', true],
      ['debtor-certificate', true],
    ],
  )
})

articleTest(['17'], '必要文件缺失: a node without its paper, also in a case that is closed', async (t) => {
  const { server, hand, path } = await begin(t)
  const noted = await act(hand, path, 'recordNode', { node: '执行通知书发出', on: '2021-10-11' })
  assert.deepEqual(openRules(noted), ['order.disclosure', 'paper.notice'])
  assert.equal((await hand.upload(`${path}/attachments`, { document: 'paper' }, PDF)).status, 201)
  assert.ok(openRules(await hand.read(path)).includes('paper.notice'), 'any paper is not that paper')
  assert.equal((await hand.upload(`${path}/attachments`, { document: 'notice' }, PDF)).status, 201)
  assert.deepEqual(openRules(await hand.read(path)), ['order.disclosure'])
  await act(hand, path, 'correctDate', { fact: '案款到账', on: '2021-10-11', reason: '漏登' })
  const closed = await act(hand, path, 'close', { on: '2021-10-11', way: '终结执行' })
  assert.deepEqual(openRules(closed), [
    'arrival-amount',
    'closed-undisbursed',
    'order.disclosure',
    'paper.closingPaper',
  ])
  assert.equal((await hand.upload(`${path}/attachments`, { document: 'closingPaper' }, PDF)).status, 201)
  assert.ok(!openRules(await hand.read(path)).includes('paper.closingPaper'))
  assert.equal((await server.sql('select 1 from attachment where document = $1', ['closingPaper'])).length, 1)
})

articleTest(['17'], '节点流转异常: a termination before its time and without what must come first', async (t) => {
  const { hand, server, path } = await begin(t)
  server.time.travelTo('2021-12-20T09:00:00+08:00')
  await hand.signIn()
  const ended = await act(hand, path, 'terminate', { on: '2021-12-20' })
  assert.deepEqual(openRules(ended), [
    'closing.open-nodes',
    'paper.terminationRuling',
    'termination.early',
    'termination.interview',
    'termination.measures',
  ])
  const early = ended.warnings.find((one: Shown) => one.rule === 'termination.early')
  assert.equal(early.finding, '立案2021-10-11，终本2021-12-20，2022-01-11以后方可终本')
  assert.deepEqual([early.source, early.mark, early.severity], ['终本规定第一条第四项', 'V', '红'])
  const met = await act(hand, path, 'recordNode', { node: '终本约谈', on: '2021-12-20' })
  assert.ok(!openRules(met).includes('termination.interview'))
  server.time.travelTo('2022-02-01T09:00:00+08:00')
  await hand.signIn()
  const later = await act(hand, path, 'correctDate', { fact: '结案', on: '2022-01-12', reason: '裁定落款日' })
  assert.ok(!openRules(later).includes('termination.early'), 'a corrected day closes it by itself')
})

articleTest(['17'], '办理结果异常: explained it stands as 已说明 until what it found changes', async (t) => {
  const { hand, clerk, server, judge, path } = await begin(t)
  const closed = await act(hand, path, 'close', { on: '2021-10-11', way: '执行完毕' })
  const paid: Shown = closed.warnings.find((one: Shown) => one.rule === 'paid-less')
  assert.equal(paid.finding, '申请标的10000.00元，到账0.00元')
  assert.equal(paid.mayExplain, true)
  const explained = await hand.do(`/warnings/${paid.id}/explain`, { reason: '当事人自行履行，收条在卷' })
  assert.deepEqual([explained.explained.by, explained.explained.reason], [judge.name, '当事人自行履行，收条在卷'])
  const after = await clerk.read(path)
  assert.deepEqual([openRules(after), after.warningsOpen], [['paid-less', 'paper.closingPaper'], 1])
  assert.equal((await clerk.post(`/warnings/${paid.id}/explain`, { reason: '再说明' })).body.code, 'warning.settled')
  assert.ok(after.log.some(({ label }: { label: string }) => label === '说明预警理由'))
  await act(hand, path, 'recordNode', { node: '终本约谈', on: '2021-10-11' })
  const same = (await clerk.read(path)).warnings.find((one: Shown) => one.rule === 'paid-less')
  assert.equal(same.explained.reason, '当事人自行履行，收条在卷', 'another change leaves the explanation')
  const arrived = await act(hand, path, 'recordNode', { node: '案款到账', on: '2021-10-11', arrivedFen: '999999' })
  const again = arrived.warnings.find((one: Shown) => one.rule === 'paid-less' && one.closedAt === null)
  assert.deepEqual([again.finding, again.explained], ['申请标的10000.00元，到账9999.99元', null])
  const waived = await act(hand, path, 'recordNode', { node: '申请执行人放弃余额', on: '2021-10-11' })
  assert.ok(!openRules(waived).includes('paid-less'))
  const rows = await server.sql('select 1 from case_warning where rule = $1', ['paid-less'])
  assert.equal(rows.length, 2)
})

articleTest(['17'], '录入迟延: a fact entered later than the court allows', async (t) => {
  const { hand, server, path } = await begin(t)
  // Three working days from Monday 11 October: Thursday the 14th.
  server.time.travelTo('2021-10-14T18:00:00+08:00')
  await hand.signIn()
  assert.ok(
    !openRules(await act(hand, path, 'recordNode', { node: '传统查控', on: '2021-10-11' })).includes('late-entry'),
  )
  server.time.travelTo('2021-10-15T09:00:00+08:00')
  await hand.signIn()
  const late = await act(hand, path, 'recordNode', { node: '首次网络查控发起', on: '2021-10-11' })
  const found: Shown = late.warnings.find((one: Shown) => one.rule === 'late-entry')
  assert.equal(found.finding, '首次网络查控发起2021-10-11发生、2021-10-15录入')
  const fixed = await act(hand, path, 'correctDate', { fact: '首次网络查控发起', on: '2021-10-12', reason: '笔误' })
  assert.ok(!openRules(fixed).includes('late-entry'))
  const stored = await server.sql('select closed_at from case_warning where rule = $1', ['late-entry'])
  assert.equal(stored.length, 1)
})

test('nobody assigned: found when a limit of the case has passed, gone when a judge takes the case', async (t) => {
  const { server, clerk, judge, made, path } = await begin(t, { judgeId: null })
  await receive(server, made)
  assert.deepEqual(openRules(await clerk.read(path)), [])
  server.time.travelTo('2021-10-19T09:00:00+08:00')
  await server.app.worker.sweep()
  await clerk.signIn()
  assert.ok(openRules(await clerk.read(path)).includes('handler'))
  const proposed = await act(clerk, path, 'changeHandler', { handler: judge.personId, reason: '分案' })
  const director = await server.as('maguodong')
  await director.do(`/approvals/${proposed.approval.id}/approve`, { version: proposed.version })
  assert.ok(!openRules(await clerk.read(path)).includes('handler'))
})

articleTest(
  ['17', '36.1'],
  'the centre raises orders from warnings, each once; another court sees nothing',
  async (t) => {
    const { server, clerk, hand, made, path } = await begin(t, { basisNumber: null })
    const page = await clerk.read('/warnings?state=open&origin=new')
    const [row] = page.items
    assert.deepEqual([page.items.length, row.rule, row.caseNumber], [1, 'basis', made.caseNumber])
    const { kinds } = await clerk.read('/warning-counts')
    for (const { kind, fresh } of kinds) {
      assert.equal((await clerk.read(`/warnings?kind=${kind}&state=open&origin=new`)).items.length, fresh, kind)
    }
    const listed = (query: string) => clerk.read(`/cases?warning=${query}`)
    assert.equal((await listed('any')).items[0].warningsOpen, 1)
    assert.deepEqual([(await listed('information')).items.length, (await listed('paper')).items.length], [1, 0])
    const bench = await clerk.read('/workbench')
    assert.equal(bench.figures.cases.warnings, 1)
    assert.equal((await hand.post('/warnings/orders', { warningIds: [row.id], requirement: '请补录' })).status, 403)
    const { orders } = await clerk.do('/warnings/orders', { warningIds: [row.id], requirement: '请补录' })
    const order = await hand.read(`/supervision-orders/${orders[0].id}`)
    assert.equal(
      order.links.find(({ relation }: { relation: string }) => relation === '相关案件').number,
      made.caseNumber,
    )
    const twice = await clerk.post('/warnings/orders', { warningIds: [row.id], requirement: '请补录' })
    assert.equal(twice.body.code, 'warning.taken')
    assert.equal((await clerk.read('/warnings')).items[0].orderNumber, orders[0].number)

    const foreign = await server.as((await holderOf(server, '吉0104', 'centre.clerk')).username)
    assert.deepEqual((await foreign.read('/warnings?scope=subtree')).items, [])
    assert.equal((await foreign.post(`/warnings/${row.id}/explain`, { reason: '试' })).status, 404)
    assert.equal((await foreign.post('/warnings/orders', { warningIds: [row.id], requirement: '试' })).status, 404)
    assert.equal((await foreign.get(path)).status, 404)
    const above = await server.as('zhaoxue')
    const seen = await above.read(`/warnings?scope=${encodeURIComponent('吉0193')}`)
    assert.deepEqual([seen.items.length, seen.items[0].mayExplain], [1, false])
    assert.equal((await above.post(`/warnings/${row.id}/explain`, { reason: '试' })).status, 403)
  },
)

test('what an import brings is 存量: one notice for each person, once, and pages by cursor', async (t) => {
  const server = await startTestServer(t)
  await withSample(server)
  server.time.pass({ minutes: 1 })
  await Promise.all([tellOfImported(server.app.services), tellOfImported(server.app.services)])
  const notices = await server.sql<{ n: number }>(
    `select count(*)::int as n from outbox where title like '办案预警%'
     group by to_person_id, to_role, to_team_id`,
  )
  assert.ok(notices.length > 3)
  assert.ok(notices.every(({ n }) => n === 1))
  const [stored] = await server.sql<{ all: number; fresh: number; untold: number }>(
    `select count(*)::int as all, count(*) filter (where not backlog)::int as fresh,
       count(*) filter (where told_at is null)::int as untold from case_warning`,
  )
  assert.deepEqual([stored?.fresh, stored?.untold], [0, 0])
  const clerk = await server.as('linjing')
  assert.deepEqual((await clerk.read('/warnings?origin=new')).items, [])
  assert.equal((await clerk.read('/workbench')).figures.cases.warnings, 0)
  const seen = new Set<string>()
  let after = ''
  do {
    const page = await clerk.read(`/warnings?limit=200${after ? `&after=${after}` : ''}`)
    for (const { id } of page.items) seen.add(id)
    after = page.next ?? ''
  } while (after)
  assert.equal(seen.size, stored?.all)
})
