import assert from 'node:assert/strict'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { PDF } from '#test/suite/cast.ts'
import { derivedSuite } from '#test/suite/derived-suite.ts'
import { openCase, prepare } from '#test/suite/issuing.ts'
import { assetClue } from './asset-clue.ts'

const CLUE = { source: '匿名举报', receivedOn: '2021-09-30', detail: '某街某号的商铺由被执行人收租' }
const VERIFIED = { verifiedOn: '2021-09-30', outcome: '属实', finding: '已查明租赁合同' }

async function withCase(server: TestServer) {
  const { clerk, judge, judgeId } = await prepare(server)
  const { id: caseId, caseNumber } = await openCase(clerk, judgeId)
  return { judge, caseId, caseNumber }
}

async function act(client: Client, id: string, name: string, answers: object = {}) {
  const { version } = await client.read(`/asset-clues/${id}`)
  return client.post(`/asset-clues/${id}/${name}`, { version, ...answers })
}

const clockOf = async (client: Client, path: string, name: string) =>
  (await client.read(path)).clocks.find((one: { name: string }) => one.name === name)

derivedSuite(assetClue, {
  openings: async ({ server }) => [{ ...CLUE, caseNumber: (await withCase(server)).caseNumber }],
  answers: { verify: async () => VERIFIED },
})

articleTest(['13'], 'a clue: a source is asked for, verified, returned once, answered to the creditor', async (t) => {
  const server = await startTestServer(t)
  const { judge, caseId, caseNumber } = await withCase(server)
  const { source: _, ...sourceless } = CLUE
  const bare = await judge.post('/asset-clues', { ...sourceless, caseNumber })
  assert.deepEqual([bare.body.code, bare.body.fields[0].path], ['request.invalid', 'source'])
  const nameless = await judge.post('/asset-clues', { ...CLUE, source: '申请执行人提供', caseNumber })
  assert.equal(nameless.body.code, 'clue.provider')
  const ahead = await judge.post('/asset-clues', { ...CLUE, receivedOn: '2021-10-01', caseNumber })
  assert.equal(ahead.body.code, 'case.fact-future')
  assert.equal((await server.sql('select 1 from matter_asset_clue')).length, 0, 'nothing was kept of the refused')

  const { id } = await judge.do('/asset-clues', { ...CLUE, caseNumber })
  const clock = await clockOf(judge, `/asset-clues/${id}`, '核实线索')
  // Seven days end on 7 October, in the holiday.
  assert.deepEqual([clock.due.n, clock.due.dueOn, clock.due.mark], [7, '2021-10-08', 'V'])
  assert.equal((await clockOf(judge, `/cases/${caseId}`, '线索核实')).due.startOn, '2021-09-30')
  await judge.upload(`/asset-clues/${id}/attachments`, { document: 'proof' }, PDF)
  await act(judge, id, 'verify', VERIFIED)
  assert.equal((await clockOf(judge, `/cases/${caseId}`, '线索核实')).doneOn, '2021-09-30')
  assert.equal((await act(judge, id, 'sendBack', { reason: '请补查承租人' })).body.state, 'received')
  assert.equal((await clockOf(judge, `/cases/${caseId}`, '线索核实')).doneOn, null, 'the node runs again')
  await act(judge, id, 'verify', VERIFIED)
  const before = await act(judge, id, 'answer', { answeredOn: '2021-09-29', how: '电话', reply: '已核实' })
  assert.equal(before.body.code, 'case.date-order')
  const answered = await act(judge, id, 'answer', { answeredOn: '2021-09-30', how: '电话', reply: '已核实' })
  assert.equal(answered.body.stateLabel, '已答复')
})

articleTest(
  ['13', '17'],
  'urgent clues have three days, and the case’s node waits for the last of several',
  async (t) => {
    const server = await startTestServer(t)
    const { judge, caseId, caseNumber } = await withCase(server)
    const first = await judge.do('/asset-clues', { ...CLUE, caseNumber })
    const urgent = await judge.do('/asset-clues', { ...CLUE, receivedOn: '2021-09-29', urgent: true, caseNumber })
    const { due } = await clockOf(judge, `/asset-clues/${urgent.id}`, '核实线索')
    assert.deepEqual([due.n, due.startOn, due.dueOn], [3, '2021-09-29', '2021-10-08'])
    for (const { id } of [first, urgent])
      await judge.upload(`/asset-clues/${id}/attachments`, { document: 'proof' }, PDF)
    await act(judge, urgent.id, 'verify', VERIFIED)
    assert.equal((await clockOf(judge, `/cases/${caseId}`, '线索核实')).doneOn, null, 'one is still open')
    assert.equal(await clockOf(judge, `/cases/${caseId}`, '紧急线索核实'), undefined)
    await act(judge, first.id, 'verify', VERIFIED)
    assert.equal((await clockOf(judge, `/cases/${caseId}`, '线索核实')).doneOn, '2021-09-30')
  },
)

articleTest(
  ['13'],
  'a clue goes over to an offline inquiry below it; who gave it stays among those who handle cases',
  async (t) => {
    const server = await startTestServer(t)
    const { judge, caseNumber } = await withCase(server)
    const { id } = await judge.do('/asset-clues', { ...CLUE, caseNumber })
    const asked = { askedDebtor: '某乙', askedUnit: '某不动产登记中心', askedFor: '查询商铺登记' }
    assert.equal((await act(judge, id, 'inquire', asked)).status, 200)
    const { items } = await judge.read('/offline-inquiries')
    const inquiry = await judge.read(`/offline-inquiries/${items[0].id}`)
    assert.equal(inquiry.links.find(({ relation }: { relation: string }) => relation === '上级事项').id, id)
    const { links } = await judge.read(`/asset-clues/${id}`)
    assert.equal(links.find(({ relation }: { relation: string }) => relation === '传统查控').id, inquiry.id)
    assert.equal((await (await server.as('duanhong')).get(`/asset-clues/${id}`)).status, 404)
    assert.equal((await (await server.as('duanhong')).get('/asset-clues')).status, 403)
  },
)
