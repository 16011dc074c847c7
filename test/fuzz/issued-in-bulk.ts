import type { TestServer } from '#test/harness.ts'
import { holderOf } from '#test/suite/cast.ts'
import { openCase, prepare, withAddresses } from '#test/suite/issuing.ts'
import { COURT } from './ground.ts'

const UNDER_WAY = ['waiting', 'running']

/** A bulk act that has issued a document, and the one person who may read what it issued. */
export async function issuedInBulk(server: TestServer): Promise<{ by: string; id: string }> {
  const { clerk, judge, judgeId } = await prepare(server)
  const { id } = await openCase(clerk, judgeId)
  await withAddresses(judge, id)
  const job = await judge.do('/bulk-jobs', { list: 'cases', action: 'riskNotice', answers: {}, ids: [id], count: 1 })
  while (UNDER_WAY.includes((await judge.read(`/bulk-jobs/${job.id}`)).state));
  return { by: (await holderOf(server, COURT, 'team.judge')).username, id: job.id }
}
