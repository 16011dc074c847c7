import assert from 'node:assert/strict'
import type { Client } from '#test/client.ts'
import type { TestServer } from '#test/harness.ts'
import type { PDF } from './cast.ts'
import { issue, openCase, prepare, withAddresses } from './issuing.ts'

// A document of a case that is to be served, and what a judge registers of it.

export const DEBTOR = '𠮷㛃·买买提'
export const PHOTO = { name: '现场.png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]) }

/** A case of 吉0193 with an issued document, and the judge whose case it is. */
export async function withDocument(server: TestServer, action = 'executionNotice') {
  const { clerk, judge, judgeId, head } = await prepare(server)
  const { id: caseId } = await openCase(clerk, judgeId, {
    debtors: [{ name: DEBTOR, certificates: ['110105194912310038'] }, { name: '乙公司' }],
  })
  await withAddresses(judge, caseId)
  await judge.do(`/cases/${caseId}/addresses`, { party: '乙公司', address: '长春市某街2号', source: '工商登记地' })
  const document = await issue(judge, [], caseId, action)
  return { judge, head, caseId, document }
}

export const factOf = async (client: Client, caseId: string, name: string) =>
  (await client.read(`/cases/${caseId}`)).facts.find((fact: { name: string }) => fact.name === name)?.on

/** Takes an act on a task, with a proof of its own where one is given. */
export async function act(client: Client, id: string, name: string, answers: object, proof?: typeof PDF, as = 'proof') {
  const path = `/service-tasks/${id}`
  if (proof) assert.equal((await client.upload(`${path}/attachments`, { document: as }, proof)).status, 201)
  const { version } = await client.read(path)
  return client.post(`${path}/${name}`, { version, ...answers })
}

export const SIGNED = { way: '直接送达', servedOn: '2021-09-30', manner: '本人签收', takenBy: '某甲', servers: '田野' }
export const NOTICE = { publishedOn: '2021-09-30', medium: '人民法院报', reason: '上门、邮寄均未果' }
export const FAILED = { failedOn: '2021-09-30', cause: '无人在家', servers: '田野' }
