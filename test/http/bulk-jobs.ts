import type { Client } from '#test/client.ts'
import type { TestServer } from '#test/harness.ts'
import { holderOf } from '#test/suite/cast.ts'

// Bulk jobs as a clerk starts them: one node entered for many cases.

export const RECORD = { node: '执行通知书发出', on: '2021-09-02' }

/** So many cases of one judge, the newest first. */
export async function cases(
  server: TestServer,
  n: number,
): Promise<{ id: string; version: number; caseNumber: string }[]> {
  const head = await server.as((await holderOf(server, '吉0193', 'centre.head')).username)
  const { personId: judgeId } = await holderOf(server, '吉0193', 'team.judge')
  const parties = { creditors: [{ name: '甲公司' }], debtors: [{ name: '乙某' }] }
  const made = []
  for (let at = 0; at < n; at += 1)
    made.push(await head.do('/cases', { kind: '首次执行', filedOn: '2021-09-01', judgeId, ...parties }))
  return made
}

export async function ended(client: Client, id: string) {
  let job: { state: string; done: number; refused: number; total: number; problem: { message: string } | null }
  do job = await client.read(`/bulk-jobs/${id}`)
  while (['waiting', 'running'].includes(job.state))
  return job
}

export const start = (client: Client, body: object) =>
  client.do('/bulk-jobs', { list: 'cases', action: 'recordNode', answers: RECORD, ...body })
