import { randomUUID } from 'node:crypto'
import type { TestServer } from '#test/harness.ts'
import { AT, markOf, type Place } from './marks.ts'
import { plantFile } from './plant-things.ts'
import { put } from './put.ts'

// Matters on a case, each held by its judge and team, marked in every text, with a paper.

interface Base {
  courtId: number
  teamId: string
  judgeId: string
  victimId: string
  caseId: string
  caseNumber: string
  documentId: string
}

/** One of each kind of matter that hangs on a case. */
export async function plantMatters(server: TestServer, place: Place, base: Base) {
  const mark = markOf(place, 'thing')
  const plantOne = async (kind: string, paper: string, state: string, fields: Record<string, unknown>) => {
    const id = randomUUID()
    await put(server, `matter_${kind.replaceAll('-', '_')}`, {
      court_id: base.courtId,
      id,
      number: `${mark}${kind}${id.slice(0, 8)}`,
      state,
      opened_at: AT,
      opener_name: mark,
      holder_id: base.judgeId,
      holder_team_id: base.teamId,
      holder_name: `${mark}法官`,
      case_id: base.caseId,
      case_number: base.caseNumber,
      ...fields,
    })
    return [id, await plantFile(server, mark, { courtId: base.courtId, kind, thingId: id, document: paper })] as const
  }
  const [serviceId, serviceAttachmentId] = await plantOne('service-task', 'proof', 'waiting', {
    document: base.documentId,
    receiver: `${mark}受送达人`,
    address: mark,
    document_title: mark,
    document_number: mark,
    side: '被执行人',
  })
  await put(server, 'service_attempt', {
    court_id: base.courtId,
    thing_id: serviceId,
    seq: 1,
    way: '直接送达',
    outcome: 'failed',
    ended_on: '2021-09-01',
    manner: mark,
    servers: mark,
    recorded_name: mark,
    recorded_at: AT,
  })
  const [inquiryId, inquiryAttachmentId] = await plantOne('offline-inquiry', 'record', 'assigned', {
    debtor: mark,
    subject: '车辆',
    unit: mark,
    requirement: mark,
  })
  const [clueId, clueAttachmentId] = await plantOne('asset-clue', 'clue', 'received', {
    source: '案外人举报',
    provider: mark,
    received_on: '2021-09-01',
    detail: mark,
  })
  const [applicationId, applicationAttachmentId] = await plantOne('investigation-application', 'decision', 'received', {
    subject: '审计',
    applicant: mark,
    applied_on: '2021-09-01',
    debtor: mark,
    ground: mark,
  })
  const deputyId = randomUUID()
  await put(server, 'matter_approval_deputy', {
    court_id: base.courtId,
    id: deputyId,
    number: `${mark}审批代理${deputyId.slice(0, 8)}`,
    state: 'standing',
    opened_at: AT,
    opener_name: mark,
    holder_id: base.judgeId,
    holder_name: `${mark}法官`,
    handler: base.judgeId,
    from_on: '2021-09-01',
    to_on: '2021-09-02',
    reason: mark,
  })
  await put(server, 'deputy', {
    court_id: base.courtId,
    id: deputyId,
    person_id: base.judgeId,
    deputy_id: base.victimId,
    from_on: '2021-09-01',
    to_on: '2021-09-02',
  })
  return {
    deputyId,
    serviceId,
    serviceAttachmentId,
    inquiryId,
    inquiryAttachmentId,
    clueId,
    clueAttachmentId,
    applicationId,
    applicationAttachmentId,
  }
}
