import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'
import { pdfText } from '#test/pdf-text.ts'
import { ANSWERS, fileOf, issue, openCase, prepare, withAddresses } from '#test/suite/issuing.ts'

const WHOLE = '110105194912310038'
const MASKED = '110105********0038'

test('a certificate number that was answered stands whole in the document, in part in inbox and log', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, president, director, judgeId } = await prepare(server)
  const made = await openCase(clerk, judgeId)
  const { version } = await withAddresses(judge, made.id)
  await judge.do(`/cases/${made.id}/fineDecision`, { version, ...ANSWERS.fineDecision })
  const { items } = await director.read('/approvals')
  const asked = JSON.stringify(items[0].answers)
  assert.ok(asked.includes(MASKED) && !asked.includes(WHOLE), asked)
  const rejected = { version: items[0].version, reason: '请补充笔录' }
  await director.do(`/approvals/${items[0].id}/reject`, rejected)
  const decision = await issue(judge, [director, president], made.id, 'fineDecision')
  assert.ok(pdfText(await fileOf(server, decision.id, 'pdf')).includes(WHOLE))
  for (const reader of [judge, clerk]) {
    const log = JSON.stringify((await reader.read(`/cases/${made.id}`)).log)
    assert.ok(log.includes(MASKED) && !log.includes(WHOLE), log)
  }
})
