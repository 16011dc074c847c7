import { randomUUID } from 'node:crypto'
import { writeAudit } from '#kernel/audit/audit.ts'
import { ROLE_NAMES, type Role } from '#kernel/authorisation/roles.ts'
import type { TestServer } from '#test/harness.ts'
import { AT, COURTS, markOf, type Place } from './marks.ts'
import { plantTemplate } from './plant-documents.ts'
import { plantMatters } from './plant-matters.ts'
import { plantProposal } from './plant-related.ts'
import { plantSpecial } from './plant-special.ts'
import { plantGrounds, plantTask } from './plant-teams.ts'
import { plantCase, plantOrder } from './plant-things.ts'
import { courtIdOf, put, putPerson } from './put.ts'

// One court with people, a case, an order, notices and an import.

export interface Planted {
  courtId: number
  teamId: string
  otherTeamId: string
  affairsTeamId: string
  taskId: string
  taskAttachmentId: string
  groundId: string
  judgeId: string
  victimId: string
  postId: string
  caseId: string
  caseNumber: string
  certificate: string
  caseAttachmentId: string
  checkId: string
  clockId: string
  warningId: string
  recountId: string
  orderId: string
  orderAttachmentId: string
  approvalId: string
  importId: string
  noticeIds: Record<Role, string>
  privateNoticeId: string
  viewId: string
  jobId: string
  documentId: string
  templateId: string
  deputyId: string
  serviceId: string
  serviceAttachmentId: string
  inquiryId: string
  inquiryAttachmentId: string
  clueId: string
  proposalId: string
  clueAttachmentId: string
  applicationId: string
  applicationAttachmentId: string
  specialPartyId: string
  specialReportId: string
  specialAttachmentId: string
}

/**
 * Plants one court: people, a case with all that belongs to it, an order with a pending approval, notices, an import.
 */
export async function plant(server: TestServer, place: Place): Promise<Planted> {
  const courtId = await courtIdOf(server, COURTS[place])
  const name = markOf(place, 'name')
  const hidden = markOf(place, 'private')
  const [teamId, otherTeamId, affairsTeamId] = [randomUUID(), randomUUID(), randomUUID()]
  const team = { court_id: courtId, kind: 'ordinary' }
  await put(server, 'team', { ...team, id: teamId, name: `${name}团队` })
  await put(server, 'team', { ...team, id: otherTeamId, name: `${name}另队` })
  await put(server, 'team', { ...team, id: affairsTeamId, name: `${name}集约`, kind: 'centralized-affairs' })
  const judge = { courtId, username: `${name}.judge`, name: `${name}法官`, role: 'team.judge', teamId } as const
  const { personId: judgeId } = await putPerson(server, judge)
  const victim = { courtId, username: `${name}.victim`, name: `${name}某`, role: 'finance' } as const
  const { personId: victimId, postId } = await putPerson(server, victim)
  const base = { courtId, teamId, judgeId }
  const templateId = await plantTemplate(server, place, { courtId, byId: victimId })
  const one = await plantCase(server, place, { ...base, templateId })
  const planted = {
    ...base,
    templateId,
    ...one,
    ...(await plantMatters(server, place, { ...base, victimId, ...one })),
    ...(await plantProposal(server, place, { ...base, ...one })),
    ...(await plantSpecial(server, place, { ...base, ...one })),
    ...(await plantOrder(server, place, base)),
    ...(await plantTask(server, place, base)),
  }
  const groundId = await plantGrounds(server, place, { ...base, caseId: planted.caseId })
  const [importId, viewId] = [randomUUID(), randomUUID()]
  const told = place === 'own' ? '本院' : hidden
  await put(server, 'import_run', {
    court_id: courtId,
    id: importId,
    file_name: `${told}明细表.xlsx`,
    digest: 'a'.repeat(64),
    as_of_on: '2021-09-01',
    dry_run: true,
    state: 'done',
    by_name: told,
    at: AT,
    notes: [told],
  })
  await put(server, 'saved_view', {
    court_id: courtId,
    id: viewId,
    person_id: victimId,
    list: 'cases',
    name: hidden,
    query: { q: hidden },
    columns: [hidden],
  })
  if (place !== 'own') {
    const actor = { kind: 'system', name: hidden, courtId, courtIds: [courtId] } as const
    await server.app.services.database.write({ courtIds: [courtId] }, (tx) =>
      writeAudit(tx, actor, new Date(AT), [{ verb: 'case.open', summary: { 操作: hidden } }]),
    )
  }
  return {
    ...planted,
    otherTeamId,
    affairsTeamId,
    groundId,
    victimId,
    postId,
    importId,
    viewId,
    jobId: await plantLists(server, courtId, victimId, hidden, { importId, ...planted }),
    ...(await plantNotices(server, place, courtId, victimId)),
  }
}

/** A notice to each role, and one to the victim alone. In the reader's own court only the last one is marked. */
async function plantNotices(server: TestServer, place: Place, court_id: number, victimId: string) {
  const hidden = markOf(place, 'private')
  const text = place === 'own' ? '通知' : hidden
  const noticeIds = {} as Record<Role, string>
  const send = async (to: { to_role: Role } | { to_person_id: string }, words: string) => {
    await put(server, 'outbox', { court_id, at: AT, ...to, title: words, body: words })
    const [last] = await server.sql<{ id: string }>('select max(id)::text as id from outbox where court_id = $1', [
      court_id,
    ])
    return last?.id ?? ''
  }
  for (const role of ROLE_NAMES) noticeIds[role] = await send({ to_role: role }, text)
  return { noticeIds, privateNoticeId: await send({ to_person_id: victimId }, hidden) }
}

/** What the victim has of lists: chosen columns, a bulk job with its thing; and what an import's check found. */
async function plantLists(
  server: TestServer,
  court_id: number,
  person_id: string,
  hidden: string,
  { importId, caseId, caseNumber }: { importId: string; caseId: string; caseNumber: string },
): Promise<string> {
  const id = randomUUID()
  const [account] = await server.sql<{ id: string }>('select id from account where person_id = $1', [person_id])
  await put(server, 'chosen_columns', { court_id, person_id, list: 'cases', columns: ['caseNumber'] })
  await put(server, 'bulk_job', {
    court_id,
    id,
    list: 'cases',
    action: 'recordNode',
    title: hidden,
    answers: '{}',
    state: 'done',
    total: 1,
    account_id: account?.id,
    person_id,
    by_name: hidden,
    at: AT,
  })
  await put(server, 'bulk_item', { court_id, job_id: id, seq: 1, thing_id: caseId, number: caseNumber })
  await put(server, 'import_change', {
    court_id,
    run_id: importId,
    number: caseNumber,
    kind: 'missing',
    case_id: caseId,
  })
  return id
}
