import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'

const NUMBER = '110101199003070011'

async function openedCase(server: TestServer): Promise<string> {
  const clerk = await server.as('linjing')
  const opened = await clerk.do('/cases', {
    caseNumber: '（2021）吉0193执77001号',
    kind: '首次执行',
    filedOn: '2021-09-01',
    creditors: [{ name: '甲公司' }],
    debtors: [{ name: '某某', certificates: [NUMBER] }],
  })
  return opened.id
}

articleTest(['10'], 'a full number is shown for a purpose, and the record says to whom and what for', async (t) => {
  const server = await startTestServer(t)
  const id = await openedCase(server)
  const clerk = await server.as('linjing')
  const shown = await clerk.read(`/cases/${id}`)
  assert.ok(!JSON.stringify(shown).includes(NUMBER))
  const answer = await clerk.do(`/cases/${id}/unmask`, { party: 2, purpose: '核对身份后发起查控' })
  assert.deepEqual(
    [answer.name, answer.certificates.map((one: { fullNumber: string }) => one.fullNumber)],
    ['某某', [NUMBER]],
  )
  const auditor = await server.as('shenji')
  const [entry] = (await auditor.read('/audit?verb=case.unmask')).items
  assert.equal(entry.verbLabel, '查看完整证件号码')
  assert.match(entry.summary, /当事人：某某；用途：核对身份后发起查控/)
  const stored = await server.sql<{ n: string }>(
    `select count(*) n from (
       select answer as text from idempotency where answer like '%unmask%' or answer like '%' || $1 || '%'
     union all select summary from audit where summary like '%' || $1 || '%') found`,
    [NUMBER],
  )
  assert.equal(Number(stored[0]?.n), 0, 'neither in the log nor in what a repeated request would get')
})

test('no purpose, no need, another court: no number', async (t) => {
  const server = await startTestServer(t)
  const id = await openedCase(server)
  const asked = { party: 2, purpose: '核对身份' }
  const clerk = await server.as('linjing')
  assert.equal((await clerk.post(`/cases/${id}/unmask`, { party: 2 })).status, 400)
  assert.equal((await clerk.post(`/cases/${id}/unmask`, { party: 3, purpose: '核对身份' })).status, 400)
  assert.equal((await (await server.as('wangshuai')).post(`/cases/${id}/unmask`, asked)).status, 200)
  for (const username of ['duanhong', 'liangzhiyuan', 'zhaoxue']) {
    assert.equal((await (await server.as(username)).post(`/cases/${id}/unmask`, asked)).status, 403, username)
  }
  assert.equal((await server.sql(`select from audit where verb = 'case.unmask'`)).length, 1)
})

test('a person has so many a day, and none more by asking all at once', async (t) => {
  const server = await startTestServer(t)
  const id = await openedCase(server)
  const clerk = await server.as('linjing')
  const ask = () => clerk.post(`/cases/${id}/unmask`, { party: 2, purpose: '核对身份' })
  for (let n = 0; n < 47; n += 1) assert.equal((await ask()).status, 200)
  const replies = await Promise.all(Array.from({ length: 6 }, ask))
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 200, 200, 429, 429, 429])
  const refused = replies.find(({ status }) => status === 429)
  assert.deepEqual([refused?.body.code, /50次/.test(refused?.body.message)], ['case.unmask-quota', true])
  server.time.travelTo('2021-10-01T09:00:00+08:00')
  await clerk.signIn()
  assert.equal((await ask()).status, 200)
})

test('who tries numbers until one fits is stopped; others search on', async (t) => {
  const server = await startTestServer(t)
  const filing = await server.as('hanlixin')
  const search = (n: number) => filing.post('/case-search', { certificate: `2201041985030${5000 + n}` })
  for (let n = 0; n < 200; n += 1) assert.equal((await search(n)).status, 200)
  const refused = await search(200)
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.rule],
    [429, 'case.search-quota', '个人信息保护法第六条'],
  )
  const clerk = await server.as('linjing')
  assert.equal((await clerk.post('/case-search', { certificate: '22010419850305001X' })).status, 200)
  server.time.travelTo('2021-10-01T09:00:00+08:00')
  await filing.signIn()
  assert.equal((await search(201)).status, 200)
})
