import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { holderOf, PDF } from '#test/suite/cast.ts'
import { derivedSuite } from '#test/suite/derived-suite.ts'
import { supervisionOrder } from './supervision-order.ts'

const CASE_NUMBER = '（2021）吉0193执101号'

async function judgeOf(server: TestServer) {
  const { personId } = await holderOf(server, '吉0193', 'team.judge')
  return personId
}

derivedSuite(supervisionOrder, {
  openings: async ({ server }) => {
    const { personId, teamId } = await holderOf(server, '吉0193', 'team.judge')
    const base = { source: '本院督办', caseNumber: CASE_NUMBER, requirement: '请立即办理并说明原因' }
    return [
      { ...base, target: '承办人', handler: personId },
      { ...base, target: '团队', team: teamId },
    ]
  },
  answers: {
    passOn: async (server) => ({ toTarget: '承办人', toPerson: await judgeOf(server), toRequirement: '请办理' }),
    extend: async () => ({ answerOn: '2021-12-31', reason: '情况复杂' }),
    redirect: async (server) => ({ handler: await judgeOf(server), reason: '原承办人休假' }),
  },
})

/** The court above orders 吉0193, whose centre passes on to a judge. */
async function orderDownToJudge(server: TestServer) {
  const above = await server.as('zhaoxue')
  const centre = await server.as('linjing')
  const top = await above.do('/supervision-orders', {
    source: '本院督办',
    target: '下级法院',
    otherCourt: '吉0193',
    caseNumber: CASE_NUMBER,
    requirement: '请督促承办人立即查控',
    answerOn: '2021-10-13',
  })
  const received = await centre.do(`/supervision-orders/${top.id}/receive`, { version: top.version })
  const { personId } = await holderOf(server, '吉0193', 'team.judge')
  const passed = await centre.do(`/supervision-orders/${top.id}/passOn`, {
    version: received.version,
    toTarget: '承办人',
    toPerson: personId,
    toRequirement: '请于期限内查控并回复',
  })
  const below = passed.links.find((link: { relation: string }) => link.relation === '转办事项')
  return { top, below, judge: await holderOf(server, '吉0193', 'team.judge') }
}

articleTest(['1', '36.1'], 'from the court above to the judge and back: returned once, then accepted', async (t) => {
  const server = await startTestServer(t)
  const { top, below, judge } = await orderDownToJudge(server)
  const [above, centre, hand] = [
    await server.as('zhaoxue'),
    await server.as('linjing'),
    await server.as(judge.username),
  ]
  const path = `/supervision-orders/${below.id}`

  const order = await hand.read(path)
  assert.equal(order.stateLabel, '待签收')
  assert.equal(
    order.clocks.find((clock: { name: string }) => clock.name === '回复').due.dueOn,
    '2021-10-13',
    'the time that is left',
  )
  const received = await hand.do(`${path}/receive`, { version: order.version })
  const bare = await hand.post(`${path}/answer`, { version: received.version, reply: '已查控' })
  assert.equal(bare.body.code, 'act.documents-missing')
  assert.equal((await hand.upload(`${path}/attachments`, { document: 'proof' }, PDF)).status, 201)
  const answered = await hand.do(`${path}/answer`, { version: received.version + 1, reply: '已查控' })
  const returned = await centre.do(`${path}/sendBack`, { version: answered.version, reason: '未附查控结果清单' })
  assert.equal(returned.stateLabel, '退回重办')
  const again = await hand.do(`${path}/answer`, { version: returned.version, reply: '已补充清单' })
  await centre.do(`${path}/complete`, { version: again.version })

  const up = await centre.read(`/supervision-orders/${top.id}`)
  assert.equal(up.attachments.length, 1, 'the paper went up')
  const upAnswered = await centre.do(`/supervision-orders/${top.id}/answer`, {
    version: up.version,
    reply: '已督促办结',
  })
  await above.do(`/supervision-orders/${top.id}/complete`, { version: upAnswered.version })

  const done = await above.read(`/supervision-orders/${top.id}`)
  assert.equal(done.stateLabel, '办结')
  const required = done.fields.find((field: { label: string }) => field.label === '督办要求')
  assert.equal(required.value, '请督促承办人立即查控', 'passing on leaves what the court above required')
  assert.deepEqual(done.log.map((entry: { label: string }) => entry.label).reverse(), [
    '发起',
    '签收',
    '转办',
    '回复',
    '办结',
  ])
  const file = await above.get(`/supervision-orders/${top.id}/attachments/${done.attachments[0].id}`)
  assert.equal(file.text, PDF.content.toString())
})

test('an approval asked for before the order below was done is void, and may be asked for again', async (t) => {
  const server = await startTestServer(t)
  const { top, below, judge } = await orderDownToJudge(server)
  const [above, centre, hand] = [
    await server.as('zhaoxue'),
    await server.as('linjing'),
    await server.as(judge.username),
  ]
  const up = `/supervision-orders/${top.id}`
  const { version } = await above.read(up)
  const first = await above.do(`${up}/revoke`, { version, reason: '申请人撤回信访' })
  const path = `/supervision-orders/${below.id}`
  const received = await hand.do(`${path}/receive`, { version: (await hand.read(path)).version })
  assert.equal((await hand.upload(`${path}/attachments`, { document: 'proof' }, PDF)).status, 201)
  const answered = await hand.do(`${path}/answer`, { version: received.version + 1, reply: '已查控' })
  await centre.do(`${path}/complete`, { version: answered.version })
  const rows = await server.sql('select state from approval where id = $1', [first.approval.id])
  assert.deepEqual(rows, [{ state: 'void' }])
  const now = await above.read(up)
  assert.equal(now.approval, null)
  const second = await above.do(`${up}/revoke`, { version: now.version, reason: '申请人撤回信访' })
  assert.equal(second.approval.action, 'revoke')
})

test('an order below can not be given more time than is left', async (t) => {
  const server = await startTestServer(t)
  const { top } = await orderDownToJudge(server)
  const centre = await server.as('linjing')
  const { version } = await centre.read(`/supervision-orders/${top.id}`)
  const { personId } = await holderOf(server, '吉0193', 'team.judge')
  const more = await centre.post(`/supervision-orders/${top.id}/passOn`, {
    version,
    toTarget: '承办人',
    toPerson: personId,
    toRequirement: '请办理',
    answerBy: '2021-10-14',
  })
  assert.equal(more.body.code, 'supervision.time-left')
})

test('only courts below, and only the target that fits', async (t) => {
  const server = await startTestServer(t)
  const centre = await server.as('linjing')
  const body = { source: '本院督办', requirement: '请办理', caseNumber: CASE_NUMBER }
  const upward = await centre.post('/supervision-orders', { ...body, target: '下级法院', otherCourt: '吉01' })
  assert.equal(upward.body.code, 'supervision.not-below')
  const mixed = await centre.post('/supervision-orders', { ...body, target: '团队', handler: await judgeOf(server) })
  assert.equal(mixed.body.code, 'supervision.target')
  const [{ n }] = (await server.sql<{ n: string }>('select count(*) as n from matter_supervision_order')) as [
    { n: string },
  ]
  assert.equal(Number(n), 0)
})

test('unanswered: escalated once to the director and, from above, to both courts', async (t) => {
  const server = await startTestServer(t)
  const { top } = await orderDownToJudge(server)
  server.time.travelTo('2021-10-17T09:00:00+08:00')
  await Promise.all([server.app.worker.sweep(), server.app.worker.sweep()])
  const log = await server.sql<{ action: string }>(
    `select action from act_log where thing_id = $1 and action = 'escalate'`,
    [top.id],
  )
  assert.equal(log.length, 1)
  const told = await server.sql<{ court: string; to_role: string }>(
    `select c.code as court, to_role from outbox o join court c on c.id = o.court_id
     where thing_id = $1 and title like '逾期上报%' and to_role is not null order by 1, 2`,
    [top.id],
  )
  assert.deepEqual(
    told.map((row) => `${row.court} ${row.to_role}`),
    ['吉01 centre.head', '吉01 director', '吉0193 director'],
  )
})
