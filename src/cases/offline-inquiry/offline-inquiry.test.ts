import assert from 'node:assert/strict'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { PDF } from '#test/suite/cast.ts'
import { derivedSuite } from '#test/suite/derived-suite.ts'
import { openCase, prepare } from '#test/suite/issuing.ts'
import { offlineInquiry } from './offline-inquiry.ts'

const ASKED = { debtor: '某乙', subject: '住房公积金', unit: '某市住房公积金管理中心', requirement: '查询账户余额' }
const RESULT = {
  visitedOn: '2021-09-30',
  means: '实地调查',
  people: '田野、苗芳',
  found: '发现财产',
  result: '余额三万元',
}

async function withCase(server: TestServer) {
  const { clerk, judge, judgeId } = await prepare(server)
  const { id: caseId, caseNumber } = await openCase(clerk, judgeId)
  return { judge, caseId, caseNumber }
}

async function act(client: Client, id: string, name: string, answers: object = {}) {
  const { version } = await client.read(`/offline-inquiries/${id}`)
  return client.post(`/offline-inquiries/${id}/${name}`, { version, ...answers })
}

derivedSuite(offlineInquiry, {
  openings: async ({ server }) => [{ ...ASKED, caseNumber: (await withCase(server)).caseNumber }],
  answers: { record: async () => RESULT },
})

articleTest(
  ['13'],
  'an offline inquiry: asked, refused with one person, returned, accepted; the case follows',
  async (t) => {
    const server = await startTestServer(t)
    const { judge, caseId, caseNumber } = await withCase(server)
    const nowhere = await judge.post('/offline-inquiries', { ...ASKED, unit: undefined, caseNumber })
    assert.equal(nowhere.body.code, 'inquiry.where')
    const unknown = await judge.post('/offline-inquiries', { ...ASKED, caseNumber: '（2021）吉0193执99999号' })
    assert.equal(unknown.body.code, 'case.unknown')
    const outside = await (await server.as('qiaobin')).post('/offline-inquiries', { ...ASKED, caseNumber })
    assert.equal(outside.body.code, 'access.denied', 'another team asks nothing in this case')
    assert.equal((await server.sql('select 1 from matter_offline_inquiry')).length, 0)

    const { id } = await judge.do('/offline-inquiries', { ...ASKED, caseNumber })
    assert.equal((await act(judge, id, 'record', RESULT)).body.code, 'act.documents-missing')
    await judge.upload(`/offline-inquiries/${id}/attachments`, { document: 'record' }, PDF)
    for (const people of ['田野、田野', '张 三', '张三、张 三']) {
      const alone = await act(judge, id, 'record', { ...RESULT, people })
      assert.equal(alone.body.code, 'inquiry.two-persons', people)
    }
    const early = await act(judge, id, 'record', { ...RESULT, visitedOn: '2021-09-28' })
    assert.equal(early.body.code, 'case.date-order')
    assert.equal((await judge.read(`/offline-inquiries/${id}`)).state, 'assigned')
    assert.equal((await act(judge, id, 'record', { ...RESULT, means: '发函查询', people: '田野' })).status, 200)
    const returned = await act(judge, id, 'sendBack', { reason: '未附余额证明' })
    assert.equal(returned.body.stateLabel, '退回补充')
    await act(judge, id, 'record', RESULT)
    assert.equal((await act(judge, id, 'accept')).body.stateLabel, '办结')
    const one = await judge.read(`/cases/${caseId}`)
    const fact = one.facts.find(({ name }: { name: string }) => name === 'offline-inquiry')
    assert.equal(fact.on, '2021-09-30', 'the node 传统查控 is complete')
    assert.ok(one.matters.some((matter: { id: string }) => matter.id === id))
  },
)

articleTest(['13'], 'an inquiry with a day named for it is overdue after that day', async (t) => {
  const server = await startTestServer(t)
  const { judge, caseNumber } = await withCase(server)
  const past = await judge.post('/offline-inquiries', { ...ASKED, caseNumber, finishBy: '2021-09-29' })
  assert.equal(past.status, 400)
  const { id } = await judge.do('/offline-inquiries', { ...ASKED, caseNumber, finishBy: '2021-10-05' })
  server.time.travelTo('2021-10-06T00:00:00+08:00')
  await server.app.worker.sweep()
  await judge.signIn()
  const { clocks } = await judge.read(`/offline-inquiries/${id}`)
  assert.deepEqual([clocks[0].due.dueOn, clocks[0].state], ['2021-10-05', 'overdue'])
  assert.equal((await judge.read('/offline-inquiries/count?due=overdue')).count, 1)
})
