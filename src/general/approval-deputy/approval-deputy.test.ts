import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { holderOf } from '#test/suite/cast.ts'

// 陈思宇 of the centre decides for 罗晓明, its head, while he is away from 8 to 15 October 2021.

async function personOf(server: TestServer, username: string): Promise<string> {
  const [one] = await server.sql<{ id: string }>('select person_id as id from account where username = $1', [username])
  return one?.id ?? ''
}

const away = async (server: TestServer, changes: object = {}) => ({
  handler: await personOf(server, 'chensiyu'),
  fromOn: '2021-10-08',
  toOn: '2021-10-15',
  reason: '外出学习',
  ...changes,
})

/** An order whose revocation waits for the head of the centre. */
async function proposed(server: TestServer, by = 'linjing') {
  const { personId } = await holderOf(server, '吉0193', 'team.judge')
  const clerk = await server.as(by)
  const order = { source: '本院督办', target: '承办人', handler: personId, requirement: '请办理' }
  const { id, version } = await clerk.do('/supervision-orders', order)
  const after = await clerk.do(`/supervision-orders/${id}/revoke`, { version, reason: '重复督办' })
  return { id, version: after.version, approvalId: after.approval.id }
}

articleTest(['4'], 'a deputy decides in the days that were named, and not before or after', async (t) => {
  const server = await startTestServer(t)
  const head = await server.as('luoxiaoming')
  await head.do('/approval-deputies', await away(server))
  const deputy = await server.as('chensiyu')
  const first = await proposed(server)
  const approve = (one: { approvalId: string; version: number }) =>
    deputy.post(`/approvals/${one.approvalId}/approve`, { version: one.version })
  assert.equal((await approve(first)).status, 403, 'the day before')
  server.time.travelTo('2021-10-08T09:00:00+08:00')
  await deputy.signIn()
  const [item] = (await deputy.read('/approvals')).items
  assert.deepEqual([item.id, item.deputyFor], [first.approvalId, '罗晓明'])
  assert.equal((await deputy.read(`/supervision-orders/${first.id}`)).approval.mayDecide, true)
  assert.equal((await approve(first)).status, 200)
  const page = await deputy.read(`/supervision-orders/${first.id}`)
  assert.equal(page.state, 'revoked')
  assert.ok(page.log[0].answers.some(({ value }: { value: string }) => value === '罗晓明'))
  const hands = await server.sql(
    'select step, name, deputy_for from approval_step where approval_id = $1 order by step',
    [first.approvalId],
  )
  assert.deepEqual(hands, [
    { step: 0, name: '林静', deputy_for: null },
    { step: 1, name: '陈思宇', deputy_for: '罗晓明' },
  ])
  const second = await proposed(server)
  const told = await deputy.read('/notices')
  assert.match(told.items[0].title, /^待审批/)
  server.time.travelTo('2021-10-16T09:00:00+08:00')
  await deputy.signIn()
  assert.equal((await approve(second)).status, 403, 'the day after')
  assert.deepEqual((await deputy.read('/approvals')).items, [])
})

test('a deputy: neither his own proposal, nor that of whom he stands for; nor is it passed on', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-08T09:00:00+08:00' })
  const head = await server.as('luoxiaoming')
  const made = await head.do('/approval-deputies', await away(server))
  const deputy = await server.as('chensiyu')
  for (const proposer of ['chensiyu', 'luoxiaoming']) {
    const one = await proposed(server, proposer)
    const reply = await deputy.post(`/approvals/${one.approvalId}/approve`, { version: one.version })
    assert.deepEqual([reply.status, reply.body.code], [403, 'access.four-eyes'], proposer)
    assert.ok(!(await deputy.read('/approvals')).items.some(({ id }: { id: string }) => id === one.approvalId))
  }
  const one = await proposed(server)
  const further = await deputy.post(
    '/approval-deputies',
    await away(server, { handler: await personOf(server, 'linjing') }),
  )
  assert.equal(further.status, 403, 'who has no post that approves has nothing to pass on')
  await head.do(`/approval-deputies/${made.id}/end`, { version: made.version })
  const late = await deputy.post(`/approvals/${one.approvalId}/approve`, { version: one.version })
  assert.equal(late.status, 403, 'ended at once')
})

test('the term ends by itself, and so does what shows it', async (t) => {
  const server = await startTestServer(t)
  const head = await server.as('luoxiaoming')
  const { id } = await head.do('/approval-deputies', await away(server))
  server.time.travelTo('2021-10-15T20:00:00+08:00')
  await server.app.worker.sweep()
  await head.signIn()
  assert.equal((await head.read(`/approval-deputies/${id}`)).state, 'standing', 'on the last day')
  server.time.travelTo('2021-10-16T08:00:00+08:00')
  await server.app.worker.sweep()
  await head.signIn()
  const page = await head.read(`/approval-deputies/${id}`)
  assert.equal(page.state, 'ended')
  assert.equal(page.holder, '陈思宇')
})

test('a deputy is refused who is nobody else, works nowhere, or would be the second', async (t) => {
  const server = await startTestServer(t)
  const head = await server.as('luoxiaoming')
  const refused = async (changes: object) => {
    const reply = await head.post('/approval-deputies', await away(server, changes))
    return reply.body.fields?.[0]?.message ?? reply.body.code
  }
  assert.equal(await refused({ handler: await personOf(server, 'luoxiaoming2') }), '不能由本人代理')
  assert.equal(await refused({ handler: await personOf(server, 'anquan') }), '该人员没有业务岗位，或账号已停用')
  assert.equal(await refused({ fromOn: '2021-09-29' }), '不能早于今天')
  assert.equal(await refused({ toOn: '2021-10-07' }), '不能早于起始日')
  assert.equal(await refused({ toOn: '2022-01-08' }), '最长92日')
  assert.equal((await server.sql('select 1 from deputy')).length, 0)
  const both = await Promise.all([0, 1].map(async () => head.post('/approval-deputies', await away(server))))
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 409])
  assert.equal(await refused({ fromOn: '2021-10-15', toOn: '2021-10-20' }), 'deputy.taken')
  assert.equal((await server.sql('select 1 from deputy')).length, 1)
})

test('one deputy is ended and the next named at the same moment: neither is turned away by a deadlock', async (t) => {
  const server = await startTestServer(t)
  const head = await server.as('luoxiaoming')
  const order = await away(server)
  let current = await head.do('/approval-deputies', order)
  for (let day = 10; day < 30; day += 1) {
    const on = `2022-03-${day}`
    const [ended, named] = await Promise.all([
      head.post(`/approval-deputies/${current.id}/end`, { version: current.version }),
      head.post('/approval-deputies', { ...order, fromOn: on, toOn: on }),
    ])
    assert.deepEqual([ended.status, named.status], [200, 201], `${ended.text}\n${named.text}`)
    current = named.body
  }
})
