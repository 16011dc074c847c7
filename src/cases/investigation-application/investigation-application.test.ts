import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { PDF } from '#test/suite/cast.ts'
import { derivedSuite } from '#test/suite/derived-suite.ts'
import { openCase, prepare } from '#test/suite/issuing.ts'
import { investigationApplication } from './investigation-application.ts'

const AUDIT = { subject: '审计', applicant: '甲龘', appliedOn: '2021-09-30', debtor: '乙公司', ground: '账目不实' }

async function withCase(server: TestServer) {
  const { clerk, judge, director, judgeId } = await prepare(server)
  const { id: caseId, caseNumber } = await openCase(clerk, judgeId)
  return { judge, director, caseId, caseNumber }
}

async function act(client: Client, id: string, name: string, answers: object = {}) {
  const { version } = await client.read(`/investigation-applications/${id}`)
  return client.post(`/investigation-applications/${id}/${name}`, { version, ...answers })
}

derivedSuite(investigationApplication, {
  openings: async ({ server }) => [{ ...AUDIT, caseNumber: (await withCase(server)).caseNumber }],
})

articleTest(
  ['13'],
  'reward notice: mended, granted by the director, carried out; the case has its answer',
  async (t) => {
    const server = await startTestServer(t)
    const { judge, director, caseId, caseNumber } = await withCase(server)
    const wanted = { ...AUDIT, subject: '悬赏公告', caseNumber }
    assert.equal((await judge.post('/investigation-applications', wanted)).body.code, 'application.reward')
    assert.equal((await server.sql('select 1 from matter_investigation_application')).length, 0)
    const { id } = await judge.do('/investigation-applications', { ...wanted, reward: '到位金额的百分之五' })
    const path = `/investigation-applications/${id}`
    assert.equal((await act(judge, id, 'submit')).body.code, 'act.documents-missing')
    await judge.upload(`${path}/attachments`, { document: 'application' }, PDF)
    const clock = (await act(judge, id, 'submit')).body.clocks[0]
    assert.deepEqual([clock.due.n, clock.due.dueOn, clock.due.mark], [10, '2021-10-11', 'V'])
    assert.equal((await act(judge, id, 'sendBack', { lacking: '未写明联系方式' })).body.state, 'mending')
    assert.equal((await act(judge, id, 'submit', { note: '已补正' })).body.state, 'received')
    const filed = await act(judge, id, 'grant', { reason: '符合条件' })
    assert.equal(filed.body.state, 'received', 'nothing is granted before the director has approved')
    const { approval, version } = await director.read(path)
    await director.do(`/approvals/${approval.id}/approve`, { version })
    const granted = await judge.read(path)
    assert.equal(granted.state, 'granted')
    await judge.upload(`${path}/attachments`, { document: 'outcome' }, PDF)
    const done = await act(judge, id, 'carryOut', { carriedOutOn: '2021-09-30', result: '已发布' })
    assert.equal(done.body.stateLabel, '已实施')
    const { facts } = await judge.read(`/cases/${caseId}`)
    const on = (name: string) => facts.find((fact: { name: string }) => fact.name === name)?.on
    assert.deepEqual(
      [on('reward-applied'), on('reward-answered'), on('audit-applied')],
      ['2021-09-30', '2021-09-30', undefined],
    )
  },
)

articleTest(['13'], 'an application that nobody answers is told to the director after ten days', async (t) => {
  const server = await startTestServer(t)
  const { judge, caseNumber } = await withCase(server)
  const { id } = await judge.do('/investigation-applications', { ...AUDIT, caseNumber })
  await judge.upload(`/investigation-applications/${id}/attachments`, { document: 'application' }, PDF)
  assert.equal((await act(judge, id, 'submit')).body.state, 'received')
  server.time.travelTo('2021-10-12T00:00:00+08:00')
  await server.app.worker.sweep()
  const told = await server.sql(
    `select 1 from outbox where thing_id = $1 and to_role = 'director' and title like '答复申请人已超期%'`,
    [id],
  )
  assert.equal(told.length, 1)
})

test('the node of the case runs from the earliest application that waits, never from one withdrawn', async (t) => {
  const server = await startTestServer(t)
  const { judge, director, caseId, caseNumber } = await withCase(server)
  const facts = async () => {
    const page = await judge.read(`/cases/${caseId}`)
    const on = (name: string) => page.facts.find((fact: { name: string }) => fact.name === name)?.on ?? null
    return [on('audit-applied'), on('audit-answered'), on('reward-applied')]
  }
  const apply = async (client: Client, appliedOn: string) => {
    const { id } = await client.do('/investigation-applications', { ...AUDIT, appliedOn, caseNumber })
    await client.upload(`/investigation-applications/${id}/attachments`, { document: 'application' }, PDF)
    await act(client, id, 'submit')
    return id
  }
  const gone = await apply(judge, '2021-09-29')
  const answered = await apply(judge, '2021-09-30')
  assert.deepEqual(await facts(), ['2021-09-29', null, null], 'a later one does not put off the answer to the first')
  await act(judge, gone, 'withdraw', { reason: '已自行核实' })
  assert.deepEqual(await facts(), ['2021-09-30', null, null])
  const filed = await act(judge, answered, 'reject', { reason: '不符合条件' })
  const { approval, version } = filed.body
  await director.do(`/approvals/${approval.id}/approve`, { version })
  assert.deepEqual(await facts(), ['2021-09-30', '2021-09-30', null])

  server.time.travelTo('2021-10-09T09:00:00+08:00')
  await judge.signIn()
  const again = await apply(judge, '2021-10-09')
  assert.deepEqual(await facts(), ['2021-10-09', null, null])
  await act(judge, again, 'withdraw', { reason: '当事人和解' })
  assert.deepEqual(await facts(), ['2021-09-30', '2021-09-30', null], 'what was answered stands')
  server.time.travelTo('2021-10-25T09:00:00+08:00')
  await server.app.worker.sweep()
  const orders = await server.sql(
    `select 1 from matter_supervision_order where case_id = $1 and node = '审计申请答复'`,
    [caseId],
  )
  assert.deepEqual(orders, [], 'nobody is urged to answer what was withdrawn')
})
