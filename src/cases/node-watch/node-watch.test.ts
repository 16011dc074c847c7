import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { withSample } from '#test/sample.ts'
import { holderOf, PDF } from '#test/suite/cast.ts'

interface Backlog {
  clockId: string
  caseNumber: string
  node: string
  orderId: string | null
}

const INQUIRY = '首次网络查控'

async function orders(server: TestServer, node: string): Promise<{ id: string; node: string; number: string }[]> {
  return server.sql('select id, node, number from matter_supervision_order where node = $1 order by number', [node])
}

async function newCase(server: TestServer, filedOn: string) {
  const judge = await holderOf(server, '吉0193', 'team.judge')
  const clerk = await server.as('linjing')
  const made = await clerk.do('/cases', {
    kind: '首次执行',
    cause: '买卖合同纠纷',
    filedOn,
    basisNumber: '（2021）吉0193民初9号',
    amountFen: '1234500',
    judgeId: judge.personId,
    creditors: [{ name: '甲有限公司', certificates: ['91350100M000100Y43'] }],
    debtors: [{ name: '阿依古丽·买买提', certificates: ['11010519491231002X'] }],
  })
  return { made, judge }
}

articleTest(
  ['17'],
  'an overdue node becomes one order, with two workers and after three days of standstill',
  async (t) => {
    const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
    const { made, judge } = await newCase(server, '2021-10-11')
    // 首次网络查控: 5 days from 2021-10-11 is Saturday the 16th, so Monday the 18th.
    const due = made.clocks.find((clock: { name: string }) => clock.name === '首次网络查控').due.dueOn
    assert.equal(due, '2021-10-18')
    server.time.travelTo('2021-10-18T23:59:59+08:00')
    await server.app.worker.sweep()
    assert.equal((await orders(server, INQUIRY)).length, 0, 'on the due day it runs')
    const warned = await server.sql(
      `select 1 from outbox where to_person_id = $1 and title like '节点预警%首次网络查控'`,
      [judge.personId],
    )
    assert.equal(warned.length, 1, 'the judge is warned first')
    server.time.travelTo('2021-10-21T00:00:00+08:00')
    await Promise.all([server.app.worker.sweep(), server.app.worker.sweep()])
    const raised = await orders(server, INQUIRY)
    assert.equal(raised.length, 1)
    const hand = await server.as(judge.username)
    const order = await hand.read(`/supervision-orders/${raised[0]?.id}`)
    assert.equal(order.holder, judge.name)
    assert.equal(order.links.find((link: { relation: string }) => link.relation === '相关案件').number, made.caseNumber)
  },
)

articleTest(
  ['17', '36.1'],
  'arrears of an import raise nothing by themselves; the centre raises orders in bulk, once',
  async (t) => {
    const server = await startTestServer(t)
    await withSample(server)
    await server.app.worker.sweep()
    assert.equal((await orders(server, INQUIRY)).length, 0)
    const clerk = await server.as('linjing')
    const page = await clerk.read('/backlog?node=%E9%A6%96%E6%AC%A1%E7%BD%91%E7%BB%9C%E6%9F%A5%E6%8E%A7&limit=200')
    const chosen = (page.items as Backlog[]).slice(0, 5).map((row) => row.clockId)
    const body = { clockIds: chosen, requirement: '请立即查控并录入', answerOn: '2021-10-12' }
    const { orders: raised } = await clerk.do('/backlog/orders', body)
    assert.equal(raised.length, 5)
    const again = await clerk.post('/backlog/orders', body)
    assert.equal(again.body.code, 'backlog.taken')
    const after = await clerk.read('/backlog?node=%E9%A6%96%E6%AC%A1%E7%BD%91%E7%BB%9C%E6%9F%A5%E6%8E%A7&limit=200')
    assert.equal((after.items as Backlog[]).filter((row) => row.orderId !== null).length, 5)
    assert.equal((await orders(server, INQUIRY)).length, 5)
  },
)

test('the court above raises an order on a case below: it goes to that court', async (t) => {
  const server = await startTestServer(t)
  await withSample(server)
  const above = await server.as('zhaoxue')
  const page = await above.read('/backlog?scope=%E5%90%890193&limit=1')
  const { orders: raised } = await above.do('/backlog/orders', {
    clockIds: [page.items[0].clockId],
    requirement: '请督办',
  })
  const below = await server.as('linjing')
  const order = await below.read(`/supervision-orders/${raised[0].id}`)
  assert.equal(order.stateLabel, '待签收')
  assert.ok(order.abilities.some((one: { name: string }) => one.name === 'receive'))
})

articleTest(['17'], 'a node entered in time raises nothing; a wrong date is corrected with a reason', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const { made, judge } = await newCase(server, '2021-10-11')
  server.time.pass({ days: 2 })
  const hand = await server.as(judge.username)
  const entered = await hand.do(`/cases/${made.id}/recordNode`, {
    version: made.version,
    node: '首次网络查控发起',
    on: '2021-10-12',
  })
  assert.equal(entered.amountFen, '1234500', 'a node says nothing of the amount')
  const clock = entered.clocks.find((one: { name: string }) => one.name === '首次网络查控')
  assert.equal(clock.state, 'met')
  const twice = await hand.post(`/cases/${made.id}/recordNode`, {
    version: entered.version,
    node: '首次网络查控发起',
    on: '2021-10-13',
  })
  assert.equal(twice.body.code, 'case.fact-exists')
  const future = await hand.post(`/cases/${made.id}/recordNode`, {
    version: entered.version,
    node: '传统查控',
    on: '2021-10-14',
  })
  assert.equal(future.body.code, 'case.fact-future')
  const fixed = await hand.do(`/cases/${made.id}/correctDate`, {
    version: entered.version,
    fact: '首次网络查控发起',
    on: '2021-10-13',
    reason: '录入有误',
  })
  assert.equal(fixed.facts.find((fact: { name: string }) => fact.name === 'inquiry-started').on, '2021-10-13')
  const facts = await server.sql(
    `select fact_on, source, reason from case_fact where case_id = $1 and name = 'inquiry-started' order by seq`,
    [made.id],
  )
  assert.equal(facts.length, 2, 'the first entry stays on record')
  server.time.travelTo('2021-10-19T09:00:00+08:00')
  await server.app.worker.sweep()
  assert.equal((await orders(server, INQUIRY)).length, 0)
})

articleTest(['17'], 'suspension stops the clocks, resumption goes on, an extension needs the president', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const { made, judge } = await newCase(server, '2021-10-11')
  const hand = await server.as(judge.username)
  const path = `/cases/${made.id}`
  server.time.travelTo('2021-10-13T09:00:00+08:00')
  await hand.signIn()
  const stopped = await hand.do(`${path}/suspend`, {
    version: made.version,
    on: '2021-10-13',
    ground: '案外人异议审查',
  })
  assert.equal(stopped.stateLabel, '中止')
  assert.equal(stopped.clocks.find((one: { name: string }) => one.name === '执行期限').state, 'suspended')
  server.time.travelTo('2021-11-02T09:00:00+08:00')
  await server.app.worker.sweep()
  assert.equal((await orders(server, INQUIRY)).length, 0)
  await hand.signIn()
  const resumed = await hand.do(`${path}/resume`, { version: stopped.version, on: '2021-11-02' })
  const term = resumed.clocks.find((one: { name: string }) => one.name === '执行期限')
  // 2022-04-11 and 20 days of suspension (13 October to 1 November): 1 May, a day off until Wednesday the 5th.
  assert.equal(term.due.dueOn, '2022-05-05')
  assert.deepEqual(
    term.due.suspensions.map((one: { days: number }) => one.days),
    [20],
  )
  const proposed = await hand.do(`${path}/extend`, { version: resumed.version, months: 3, reason: '需评估拍卖' })
  assert.equal(proposed.clocks.find((one: { name: string }) => one.name === '执行期限').due.dueOn, '2022-05-05')
  const president = await server.as('liangzhiyuan')
  const [waiting] = (await president.read('/approvals')).items
  const foreseen = waiting.answers.filter(({ label }: { label: string }) => label.includes('届满日'))
  assert.deepEqual(foreseen, [
    { label: '现届满日', value: '2022-05-05' },
    { label: '批准后届满日', value: '2022-08-01' },
  ])
  await president.do(`/approvals/${proposed.approval.id}/approve`, { version: proposed.version })
  const extended = await hand.read(path)
  const longer = extended.clocks.find((one: { name: string }) => one.name === '执行期限').due
  assert.equal(longer.extensions.length, 1)
  assert.equal(longer.dueOn, '2022-08-01')
  server.time.travelTo('2022-08-02T09:00:00+08:00')
  await hand.signIn()
  await hand.do(`${path}/extend`, { version: extended.version, months: 1, reason: '评估报告未出' })
  await president.signIn()
  const [again] = (await president.read('/approvals')).items
  const said = new Map(again.answers.map(({ label, value }: { label: string; value: string }) => [label, value]))
  assert.equal(said.get('现届满日'), '2022-08-01（已届满）')
  assert.equal(said.get('此前已延长'), '1次；再次延长的，层报高级人民法院备案')
})

test('arrears whose date was wrong are a new limit: watched, and an order when it is missed', async (t) => {
  const server = await startTestServer(t)
  await withSample(server)
  const clerk = await server.as('linjing')
  const page = await clerk.read(`/backlog?node=${encodeURIComponent(INQUIRY)}&limit=1`)
  const path = `/cases/${page.items[0].caseId}`
  const { version } = await clerk.read(path)
  // 首次网络查控: 5 days from 2021-09-29 is 4 October, a day off until Friday the 8th.
  await clerk.do(`${path}/correctDate`, { version, fact: '立案', on: '2021-09-29', reason: '系统登记有误' })
  server.time.travelTo('2021-10-09T09:00:00+08:00')
  await server.app.worker.sweep()
  const raised = await server.sql<{ case_id: string }>(
    `select case_id from matter_supervision_order where node = $1 and case_id = $2`,
    [INQUIRY, page.items[0].caseId],
  )
  assert.equal(raised.length, 1)
})

test('a clock whose fact was taken back and entered again speaks again', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const { made } = await newCase(server, '2021-10-11')
  const clerk = await server.as('linjing')
  const path = `/cases/${made.id}`
  const next = () =>
    server.sql<{ next_rung: string | null }>(
      `select next_rung from clock where thing_id = $1 and name = '启动参考价'`,
      [made.id],
    )
  const fact = '查封扣押冻结需处置财产'
  const entered = await clerk.do(`${path}/recordNode`, { version: made.version, node: fact, on: '2021-10-11' })
  const [first] = await next()
  assert.ok(first?.next_rung)
  const taken = await clerk.do(`${path}/correctDate`, { version: entered.version, fact, reason: '误录' })
  assert.deepEqual(await next(), [{ next_rung: null }])
  await clerk.do(`${path}/recordNode`, { version: taken.version, node: fact, on: '2021-10-11' })
  assert.deepEqual(await next(), [first])
})

test('a corrected day of suspension moves an open suspension and does not end it', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const { made, judge } = await newCase(server, '2021-10-11')
  const hand = await server.as(judge.username)
  const path = `/cases/${made.id}`
  server.time.travelTo('2021-10-15T09:00:00+08:00')
  await hand.signIn()
  const ground = '案外人异议审查'
  const stopped = await hand.do(`${path}/suspend`, { version: made.version, on: '2021-10-13', ground })
  const said = { fact: '中止', on: '2021-10-14', reason: '裁定落款日为14日' }
  const corrected = await hand.do(`${path}/correctDate`, { version: stopped.version, ...said })
  const term = (view: typeof made) => view.clocks.find((one: { name: string }) => one.name === '执行期限')
  assert.equal(term(corrected).state, 'suspended')
  server.time.travelTo('2021-11-02T09:00:00+08:00')
  await hand.signIn()
  const resumed = await hand.do(`${path}/resume`, { version: corrected.version, on: '2021-11-02' })
  assert.deepEqual(
    term(resumed).due.suspensions.map((one: { fromOn: string; days: number }) => [one.fromOn, one.days]),
    [['2021-10-14', 19]],
  )
})

test('closing ends the watch; the case keeps what it missed', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const { made, judge } = await newCase(server, '2021-10-11')
  server.time.travelTo('2021-10-20T09:00:00+08:00')
  const hand = await server.as(judge.username)
  const { version } = await hand.read(`/cases/${made.id}`)
  assert.equal((await hand.upload(`/cases/${made.id}/attachments`, { document: 'paper' }, PDF)).status, 201)
  const closed = await hand.do(`/cases/${made.id}/close`, { version: version + 1, on: '2021-10-20', way: '执行完毕' })
  assert.equal(closed.stateLabel, '已结')
  server.time.pass({ days: 400 })
  await server.app.worker.sweep()
  assert.equal((await orders(server, INQUIRY)).length, 0)
  const later = await (await server.as('linjing')).read(`/cases/${made.id}`)
  const states = Object.fromEntries(later.clocks.map((one: { name: string; state: string }) => [one.name, one.state]))
  assert.equal(states.执行期限, 'met')
  assert.equal(states.首次网络查控, 'missed')
})
