import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { gramsOf } from '#cases/case/name-grams.ts'
import type { TestServer } from '#test/harness.ts'
import { AT, markOf, type Place, SHARED_MARK } from './marks.ts'
import { plantDocument } from './plant-documents.ts'
import { put } from './put.ts'

// A case and a supervision order with everything that belongs to them, marked in every text.

export interface Base {
  courtId: number
  teamId: string
  judgeId: string
  templateId?: string
}

/** A case of a team, with parties, a certificate, facts, an overdue arrear, log and attachment. */
export async function plantCase(server: TestServer, place: Place, base: Base) {
  const { courtId, teamId, judgeId } = base
  const mark = markOf(place, 'thing')
  const caseId = randomUUID()
  const serial = 900_000 + Math.floor(Number.parseInt(caseId.slice(0, 4), 16))
  const caseNumber = `（2021）${mark}执${serial}号`
  const certificate = `${mark.toUpperCase()}A0000${serial}`
  const own = { court_id: courtId, case_id: caseId }
  await put(server, 'enforcement_case', {
    court_id: courtId,
    id: caseId,
    number: caseNumber,
    state: 'handling',
    opened_at: AT,
    opener_name: mark,
    filed_year: 2021,
    type_code: '执',
    serial,
    case_kind: '首次执行',
    cause: `${mark}纠纷`,
    filed_on: '2021-01-04',
    basis_number: mark,
    amount_fen: 100,
    holder_id: judgeId,
    holder_name: `${mark}法官`,
    holder_team_id: teamId,
    team_name: `${mark}团队`,
    remark: `${mark}备注`,
    to_correct: [mark],
    notes: [mark],
    next_node: `${mark}节点`,
    next_due_on: '2021-02-01',
    creditor_names: `${mark}申请人`,
    debtor_names: `${mark}被执行人`,
  })
  await put(server, 'case_party', {
    ...own,
    seq: 1,
    side: 'debtor',
    name: `${mark}被执行人`,
    plain_name: `${mark}被执行人`,
    grams: gramsOf(`${mark}被执行人`),
    initials: mark,
  })
  await put(server, 'case_certificate', {
    ...own,
    party_seq: 1,
    seq: 1,
    type: '其他',
    number: certificate,
    valid: true,
  })
  await put(server, 'case_fact', {
    ...own,
    seq: 1,
    name: 'filed',
    fact_on: '2021-01-04',
    source: 'hand',
    reason: mark,
    recorder_name: mark,
    recorded_at: AT,
  })
  const clockId = await plantClock(server, mark, { courtId, kind: 'case', thingId: caseId })
  await put(server, 'node_order', { court_id: courtId, clock_id: clockId, due_on: '2021-02-01', raised_at: AT })
  const recountId = await plantDueChange(server, courtId, clockId)
  const warningId = randomUUID()
  await put(server, 'case_warning', {
    ...own,
    id: warningId,
    rule: 'basis',
    finding: `${mark}没有执行依据文号`,
    backlog: true,
    opened_at: AT,
    opened_by: mark,
    told_at: AT,
    explanation: mark,
    explained_at: AT,
    explained_by: mark,
    order_id: randomUUID(),
  })
  await plantLog(server, mark, { courtId, kind: 'case', thingId: caseId, toState: 'handling' })
  const checkId = await plantCheck(server, mark, { courtId, caseId, caseNumber })
  const thing = { courtId, kind: 'case', thingId: caseId, document: 'paper' }
  const documentId = await plantDocument(server, mark, { courtId, caseId, templateId: base.templateId ?? null })
  return {
    caseId,
    caseNumber,
    certificate,
    checkId,
    clockId,
    documentId,
    recountId,
    warningId,
    caseAttachmentId: await plantFile(server, mark, thing),
  }
}

/** A filing check of the case, returned to the filing division. */
async function plantCheck(
  server: TestServer,
  mark: string,
  { courtId, caseId, caseNumber }: { courtId: number; caseId: string; caseNumber: string },
): Promise<string> {
  const id = randomUUID()
  await put(server, 'matter_filing_check', {
    court_id: courtId,
    id,
    number: `${mark}立核〔2021〕${id.slice(0, 8)}号`,
    state: 'returned',
    opened_at: AT,
    opener_name: mark,
    case_id: caseId,
    case_number: caseNumber,
    returns: 1,
    reasons: `${mark}退回理由`,
    reply: mark,
  })
  await plantLog(server, mark, { courtId, kind: 'filing-check', thingId: id, toState: 'returned' })
  return id
}

/** A due date that a change of the calendar has moved; the change itself is nobody's. */
async function plantDueChange(server: TestServer, court_id: number, clock_id: string): Promise<string> {
  const recount_id = randomUUID()
  await put(server, 'calendar_recount', {
    id: recount_id,
    from_on: '2021-02-01',
    to_on: '2021-02-01',
    new_year: false,
    reason: '日历修改',
    by_name: '某',
    at: AT,
    state: 'done',
    finished_at: AT,
  })
  const moved = { state: 'moved', old_due_on: '2021-01-29', new_due_on: '2021-02-01' }
  await put(server, 'due_change', { court_id, recount_id, clock_id, ...moved })
  return recount_id
}

interface About {
  courtId: number
  toCourtId?: number | null
  kind: string
  thingId: string
}

async function plantClock(server: TestServer, mark: string, { courtId, kind, thingId }: About): Promise<string> {
  const [rule] = await server.sql<{ id: string; version: number }>(
    'select id, version from clock_rule order by id limit 1',
  )
  const id = randomUUID()
  const explanation = {
    ruleId: rule?.id,
    version: rule?.version,
    source: mark,
    mark: 'C',
    startFact: mark,
    startOn: '2021-01-04',
    n: 10,
    unit: 'day',
    skipped: [],
    suspensions: [],
    extensions: [],
    dueOn: '2021-02-01',
  }
  await put(server, 'clock', {
    court_id: courtId,
    id,
    kind,
    thing_id: thingId,
    name: mark,
    label: `${mark}节点`,
    rule_id: rule?.id,
    rule_version: rule?.version,
    start_on: '2021-01-04',
    due_on: '2021-02-01',
    backlog: true,
    note: mark,
    explanation,
  })
  return id
}

/** The first act on a thing, as its log has it. */
export async function plantLog(server: TestServer, mark: string, about: About & { toState: string }): Promise<void> {
  await put(server, 'act_log', {
    court_id: about.courtId,
    kind: about.kind,
    thing_id: about.thingId,
    seq: 1,
    action: 'open',
    to_state: about.toState,
    answers: { reason: mark },
    actor_court_id: about.courtId,
    actor_name: mark,
    at: AT,
    counterpart_court_id: about.toCourtId ?? null,
  })
}

/** A file of a thing. */
export async function plantFile(
  server: TestServer,
  mark: string,
  about: About & { document: string },
): Promise<string> {
  const content = Readable.from([Buffer.from(`%PDF-1.4\n${mark} ${about.thingId}\n%%EOF\n`)])
  const { digest, sizeBytes } = await server.app.services.blobs.put(content, 1_000)
  const id = randomUUID()
  await put(server, 'attachment', {
    court_id: about.courtId,
    id,
    kind: about.kind,
    thing_id: about.thingId,
    document: about.document,
    name: `${mark}.pdf`,
    media_type: 'application/pdf',
    size_bytes: sizeBytes,
    digest,
    shelf_mark: mark,
    by_name: mark,
    at: AT,
    counterpart_court_id: about.toCourtId ?? null,
  })
  return id
}

/** A supervision order to a team of its court, or, with `to`, to another court; its revocation waits for approval. */
export async function plantOrder(
  server: TestServer,
  place: Place,
  base: Base,
  to: { courtId: number; code: string } | null = null,
) {
  const mark = to ? SHARED_MARK : markOf(place, 'thing')
  const orderId = randomUUID()
  const court_id = base.courtId
  await put(server, 'matter_supervision_order', {
    court_id,
    id: orderId,
    number: `${mark}督〔2021〕${orderId.slice(0, 8)}号`,
    state: 'issued',
    opened_at: AT,
    opener_name: mark,
    counterpart_court_id: to?.courtId ?? null,
    holder_team_id: to ? null : base.teamId,
    holder_name: to ? null : `${mark}团队`,
    source: '本院督办',
    target: to ? '下级法院' : '团队',
    team: to ? null : base.teamId,
    other_court: to?.code ?? null,
    case_number: mark,
    node: mark,
    requirement: `${mark}要求`,
    reply: mark,
  })
  const about = { courtId: court_id, toCourtId: to?.courtId ?? null, kind: 'supervision-order', thingId: orderId }
  await plantLog(server, mark, { ...about, toState: 'issued' })
  const [approvalId, naturalId] = [randomUUID(), randomUUID()]
  await put(server, 'approval', {
    court_id,
    counterpart_court_id: to?.courtId ?? null,
    id: approvalId,
    kind: about.kind,
    thing_id: orderId,
    action: 'revoke',
    answers: { reason: mark },
    thing_version: 1,
    approver_role: 'centre.head',
    approver_court_id: court_id,
    steps: JSON.stringify([{ role: 'centre.head', courtId: court_id, personal: false }]),
    proposer_id: base.judgeId,
    proposer_court_id: court_id,
    proposer_natural_id: naturalId,
    proposer_name: mark,
    proposed_at: AT,
  })
  await put(server, 'approval_step', {
    court_id,
    counterpart_court_id: to?.courtId ?? null,
    approval_id: approvalId,
    step: 0,
    person_court_id: court_id,
    person_id: base.judgeId,
    natural_id: naturalId,
    name: mark,
    at: AT,
  })
  return { orderId, approvalId, orderAttachmentId: await plantFile(server, mark, { ...about, document: 'letter' }) }
}
