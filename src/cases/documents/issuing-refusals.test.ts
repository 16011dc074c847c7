import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client } from '#test/client.ts'
import { startTestServer } from '#test/harness.ts'
import { pdfText } from '#test/pdf-text.ts'
import { ANSWERS, fileOf, issue, openCase, prepare, withAddresses } from '#test/suite/issuing.ts'

// What the law asks of a document beyond its fields: each limit at its boundary, refused and not, and what then stands
// in the document.

/** The refusal of an act with these answers in the place of the usual ones; null where it is taken. */
async function refusal(hand: Client, id: string, action: string, more: object) {
  const { version } = await hand.read(`/cases/${id}`)
  const body = { version, ...ANSWERS[action], ...more }
  const { status, body: said } = await hand.post(`/cases/${id}/${action}`, body)
  return status === 200 ? null : { status, code: said.code, message: said.message, rule: said.rule }
}

test('the rest that a 终本裁定书 names follows from what it says was realised', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, president, judgeId } = await prepare(server)
  const made = await openCase(clerk, judgeId)
  await withAddresses(judge, made.id)
  const beyond = await refusal(judge, made.id, 'terminationRuling', { achieved: '12345679' })
  assert.deepEqual(beyond, {
    status: 422,
    code: 'ruling.achieved-beyond',
    message: '已实现债权123456.79元超过申请执行标的123456.78元',
    rule: '终本规定第六条',
  })
  const look = `/cases/${made.id}/documents/terminationRuling`
  assert.deepEqual((await judge.read(look)).missing, [], 'the rest is not missed before the judge has answered')
  const seen = await judge.post(`${look}/preview`, { ...ANSWERS.terminationRuling, achieved: '12345679' })
  assert.equal(seen.body.code, 'ruling.achieved-beyond', 'what would be refused is not shown either')
  const ruling = await issue(judge, [president], made.id, 'terminationRuling', { achieved: '2345678' })
  const text = pdfText(await fileOf(server, ruling.id, 'pdf'))
  assert.ok(text.includes('已实现债权23456.78元，尚有100000元未实现'), text)
})
