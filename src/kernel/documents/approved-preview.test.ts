import assert from 'node:assert/strict'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer } from '#test/harness.ts'
import { pdfText } from '#test/pdf-text.ts'
import { holderOf } from '#test/suite/cast.ts'
import { ANSWERS, openCase, prepare, withAddresses } from '#test/suite/issuing.ts'

const textOf = ({ pdfBase64 }: { pdfBase64: string }) => pdfText(Buffer.from(pdfBase64, 'base64'))

articleTest(
  ['9', '36.1'],
  'who decides sees the document that he approves, at his own step and no longer',
  async (t) => {
    const server = await startTestServer(t)
    const { clerk, judge, president, director, judgeId } = await prepare(server)
    const { id, version } = await withAddresses(judge, (await openCase(clerk, judgeId)).id)
    const path = `/cases/${id}/documents/fineDecision/preview`
    const refusals = async (...clients: Client[]) =>
      Promise.all(clients.map(async (client) => (await client.post(path, {})).status))
    assert.deepEqual(await refusals(president, director), [403, 403], 'nothing was proposed yet')

    const asked = await judge.do(`/cases/${id}/fineDecision`, { version, ...ANSWERS.fineDecision })
    const foreign = await server.as((await holderOf(server, '吉0104', 'president')).username)
    const above = await server.as((await holderOf(server, '吉01', 'director')).username)
    assert.deepEqual(await refusals(president, foreign, above), [403, 404, 403], 'not their step, not their court')
    const [item] = (await director.read('/approvals')).items
    assert.equal(item.preview, path.slice(1))
    const text = textOf(await director.do(path, { facts: '另写的事实' }))
    assert.ok(text.includes('被执行人隐匿车辆') && text.includes('50000元'), text)
    assert.ok(!text.includes('另写的事实'), 'as it was proposed, whatever he sends')
    assert.ok(text.includes('（签发时编号）'), text)
    assert.equal(
      (await director.post(`/cases/${id}/documents/detentionDecision/preview`, {})).status,
      403,
      'another act',
    )
    const read = async (client: Client) => (await client.read(`/cases/${id}`)).approval?.preview
    assert.deepEqual([await read(director), await read(president), await read(judge)], [path.slice(1), null, null])

    await director.do(`/approvals/${item.id}/approve`, { version: asked.version })
    assert.deepEqual(await refusals(director), [403], 'his step is taken')
    assert.ok(textOf(await president.do(path, {})).includes('50000元'))
    await president.do(`/approvals/${item.id}/approve`, { version: asked.version })
    assert.deepEqual(await refusals(president), [403], 'it is issued')
    const records = await server.sql<{ actor_name: string }>(
      "select actor_name from audit where verb = 'document.preview'",
    )
    assert.equal(records.length, 2)
  },
)
