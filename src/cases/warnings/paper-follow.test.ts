import assert from 'node:assert/strict'
import { articleTest } from '#test/articles.ts'
import { startTestServer } from '#test/harness.ts'
import { PDF } from '#test/suite/cast.ts'
import { issue, openCase, prepare, withAddresses } from '#test/suite/issuing.ts'

interface Shown {
  rule: string
  next: string
  remedy: { act: string | null; paper: string | null }
  closedAt: string | null
}

/** The papers that a case lacks. */
const lacking = (one: { warnings: Shown[] }) =>
  one.warnings
    .filter(({ rule, closedAt }) => rule.startsWith('paper.') && closedAt === null)
    .map(({ rule }) => rule)
    .sort()

articleTest(['9', '17'], 'what is issued here is in the file at once, and no longer when it is void', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, director, judgeId } = await prepare(server)
  const { id } = await openCase(clerk, judgeId)
  await withAddresses(judge, id)
  const act = async (name: string, answers: object) => {
    const { version } = await judge.read(`/cases/${id}`)
    return judge.do(`/cases/${id}/${name}`, { version, ...answers })
  }
  const issueNow = (action: string) => {
    // The newest of two documents of one instant is either.
    server.time.pass({ minutes: 1 })
    return issue(judge, [director], id, action)
  }
  const early = await issueNow('executionNotice')
  for (const node of ['执行通知书发出', '报告财产令发出']) await act('recordNode', { node, on: '2021-09-30' })
  const noted = await judge.read(`/cases/${id}`)
  assert.deepEqual(lacking(noted), ['paper.disclosureOrder'], 'a notice that was issued before its node is not missed')
  const missed = noted.warnings.find(({ rule }: Shown) => rule === 'paper.disclosureOrder')
  assert.deepEqual(
    [missed.next, missed.remedy.act, missed.remedy.paper],
    ['签发或者上传报告财产令', '签发报告财产令', '报告财产令'],
  )
  const later = await issueNow('disclosureOrder')
  assert.deepEqual(lacking(await judge.read(`/cases/${id}`)), [], 'nor one that came after it')

  await judge.do(`/documents/${early.id}/void`, { reason: '履行期限写错' })
  assert.deepEqual(lacking(await judge.read(`/cases/${id}`)), ['paper.notice'])
  await issueNow('riskNotice')
  assert.deepEqual(lacking(await judge.read(`/cases/${id}`)), ['paper.notice'], 'another document is not that paper')
  assert.equal((await judge.upload(`/cases/${id}/attachments`, { document: 'disclosureOrder' }, PDF)).status, 201)
  await judge.do(`/documents/${later.id}/void`, { reason: '报告期限写错' })
  assert.deepEqual(lacking(await judge.read(`/cases/${id}`)), ['paper.notice'], 'the one that somebody brought stays')

  await act('close', { on: '2021-09-30', way: '终结执行' })
  assert.deepEqual(lacking(await judge.read(`/cases/${id}`)), ['paper.closingPaper', 'paper.notice'])
  await issueNow('endingRuling')
  assert.deepEqual(lacking(await judge.read(`/cases/${id}`)), ['paper.notice'], 'the ruling that ends a case closes it')
})
