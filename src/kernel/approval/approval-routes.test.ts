import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { delegatedMatter } from '#test/kinds/delegated-matter.ts'

/** A matter whose withdrawal a judge has put before the head of the centre. */
async function proposed(server: TestServer, proposer = 'luoxiaoming2'): Promise<{ id: string; version: number }> {
  const clerk = await server.as('miaofang')
  const opened = await clerk.do('/delegated-matters', {
    direction: '委托外省',
    otherCourt: '吉0104',
    caseNumber: '（2021）吉0193执101号',
    task: '查询',
    detail: '查询被执行人名下车辆',
  })
  const judge = await server.as(proposer)
  return judge.do(`/delegated-matters/${opened.id}/withdraw`, { version: opened.version, reason: '申请人撤回申请' })
}

const start = (t: Parameters<typeof startTestServer>[0]) => startTestServer(t, { kinds: [delegatedMatter] })

articleTest(['36.1'], 'the approver sees what he approves, and his approval carries it out', async (t) => {
  const server = await start(t)
  const thing = await proposed(server, 'sunhaitao')
  const head = await server.as('luoxiaoming')
  const { items } = await head.read('/approvals')
  assert.equal(items.length, 1)
  const [item] = items
  assert.deepEqual(
    [item.kind, item.path, item.thingId, item.label, item.proposer, item.version],
    ['delegated-matter', 'delegated-matters', thing.id, '撤回', '孙海涛', thing.version],
  )
  assert.match(item.number, /^吉0193委托〔2021〕1号$/)
  assert.deepEqual(item.answers, [{ label: '撤回理由', value: '申请人撤回申请' }])
  const menu = (await head.read('/me')).menu.find(({ path }: { path: string }) => path === '/approvals')
  assert.equal(menu.waiting, 1)

  const decided = await head.do(`/approvals/${item.id}/approve`, { version: item.version })
  assert.deepEqual(decided, { state: 'approved', kind: 'delegated-matter', thingId: thing.id })
  assert.equal((await head.read(`/delegated-matters/${thing.id}`)).state, 'withdrawn')
  assert.deepEqual((await head.read('/approvals')).items, [])
  const again = await head.post(`/approvals/${item.id}/approve`, { version: item.version })
  assert.equal(again.status, 409)
})

test('a refusal needs its reason and leaves the matter as it was', async (t) => {
  const server = await start(t)
  const thing = await proposed(server, 'sunhaitao')
  const head = await server.as('luoxiaoming')
  const [item] = (await head.read('/approvals')).items
  assert.equal((await head.post(`/approvals/${item.id}/reject`, { version: item.version })).status, 400)
  await head.do(`/approvals/${item.id}/reject`, { version: item.version, reason: '请先与对方法院沟通' })
  assert.equal((await head.read(`/delegated-matters/${thing.id}`)).state, 'drafting')
  const told = await (await server.as('sunhaitao')).read('/notices')
  assert.match(told.items[0].title, /审批未通过/)
  assert.equal(told.items[0].link, `/delegated-matters/${thing.id}`)
})

test('one human being never decides what he proposed, under whatever account; the attempt is recorded', async (t) => {
  const server = await start(t)
  await proposed(server, 'luoxiaoming2')
  const head = await server.as('luoxiaoming')
  assert.deepEqual((await head.read('/approvals')).items, [], 'it does not wait for him')
  const [row] = await server.sql<{ id: string; thing_version: number }>('select id, thing_version from approval')
  const refused = await head.post(`/approvals/${row?.id}/approve`, { version: row?.thing_version })
  assert.deepEqual([refused.status, refused.body.code], [403, 'access.four-eyes'])
  const record = await server.sql("select 1 from audit where verb = 'security.four-eyes'")
  assert.equal(record.length, 1)
})

test('an approval of an older version, by another role or of another court is refused', async (t) => {
  const server = await start(t)
  await proposed(server, 'sunhaitao')
  const head = await server.as('luoxiaoming')
  const [item] = (await head.read('/approvals')).items
  const stale = await head.post(`/approvals/${item.id}/approve`, { version: item.version - 1 })
  assert.equal(stale.body.code, 'approval.content-changed')
  assert.equal(
    (await (await server.as('linjing')).post(`/approvals/${item.id}/approve`, { version: item.version })).status,
    403,
  )
  const foreign = await (await server.as('dujuan')).post(`/approvals/${item.id}/approve`, { version: item.version })
  const nowhere = await (await server.as('dujuan')).post('/approvals/00000000-0000-4000-8000-000000000000/approve', {
    version: 1,
  })
  assert.deepEqual([foreign.status, foreign.text], [404, nowhere.text])
  assert.deepEqual((await (await server.as('dujuan')).read('/approvals')).items, [])
})

test('of two decisions at the same moment one counts', async (t) => {
  const server = await start(t)
  await proposed(server, 'sunhaitao')
  const head = await server.as('luoxiaoming')
  const [item] = (await head.read('/approvals')).items
  const replies = await Promise.all([
    head.post(`/approvals/${item.id}/approve`, { version: item.version }),
    head.post(`/approvals/${item.id}/reject`, { version: item.version, reason: '不同意' }),
  ])
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 409])
})
