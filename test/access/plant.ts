import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { gramsOf } from '#cases/case/name-grams.ts'
import { writeAudit } from '#kernel/audit/audit.ts'
import { ROLE_NAMES, type Role } from '#kernel/authorisation/roles.ts'
import type { TestServer } from '#test/harness.ts'

// Data of four courts, put in by SQL as the owner, each text with a mark of its court and of who may ever read it.
// The reader's court is 吉01: 吉0193 lies below it, 吉 above, 吉02 beside.

export const COURTS = { own: '吉01', below: '吉0193', above: '吉', foreign: '吉02' } as const
export type Place = keyof typeof COURTS

/** What a mark stands on: things that may be read, names of people and teams, what never leaves its addressee. */
export type Ward = 'thing' | 'name' | 'private'

/** Six letters that stand in every planted text; masking a certificate keeps its first six characters. */
export function markOf(place: Place, ward: Ward): string {
  return `zq${place.charAt(0)}${ward.charAt(0)}vw`
}
/** The mark of the order that the court above gave to the reader's court. */
export const SHARED_MARK = 'zqshvw'

export interface Planted {
  courtId: number
  teamId: string
  otherTeamId: string
  judgeId: string
  victimId: string
  postId: string
  caseId: string
  caseNumber: string
  certificate: string
  caseAttachmentId: string
  clockId: string
  orderId: string
  orderAttachmentId: string
  approvalId: string
  importId: string
  noticeIds: Record<Role, string>
  privateNoticeId: string
}

const AT = '2021-09-01T09:00:00+08:00'

/** Inserts one row as the owner of the database. */
export async function put(server: TestServer, table: string, row: Record<string, unknown>): Promise<void> {
  const names = Object.keys(row)
  const places = names.map((_, index) => `$${index + 1}`).join(', ')
  await server.sql(`insert into ${table} (${names.join(', ')}) values (${places})`, Object.values(row))
}

export async function courtIdOf(server: TestServer, code: string): Promise<number> {
  const [court] = await server.sql<{ id: number }>('select id from court where code = $1', [code])
  if (!court) throw new Error(`no court ${code}`)
  return court.id
}

/** A person with an account that has the demonstration's password, and one post where a role is given. */
export async function putPerson(
  server: TestServer,
  one: { courtId: number; username: string; name: string; role: Role | null; teamId?: string | null },
): Promise<{ personId: string; postId: string }> {
  const personId = randomUUID()
  const postId = randomUUID()
  const court_id = one.courtId
  await put(server, 'person', { court_id, id: personId, natural_id: randomUUID(), name: one.name })
  await server.sql(
    `insert into account (court_id, id, person_id, username, password_hash)
     select $1, $2, $3, $4, password_hash from account where username = 'linjing'`,
    [court_id, randomUUID(), personId, one.username],
  )
  const post = { court_id, id: postId, person_id: personId, from_on: '2019-01-01' }
  if (one.role) await put(server, 'post', { ...post, role: one.role, team_id: one.teamId ?? null })
  return { personId, postId }
}

/** Plants one court: people, a case with all that belongs to it, an order with a pending approval, notices, an import. */
export async function plant(server: TestServer, place: Place): Promise<Planted> {
  const courtId = await courtIdOf(server, COURTS[place])
  const name = markOf(place, 'name')
  const hidden = markOf(place, 'private')
  const [teamId, otherTeamId] = [randomUUID(), randomUUID()]
  const team = { court_id: courtId, kind: 'ordinary' }
  await put(server, 'team', { ...team, id: teamId, name: `${name}团队` })
  await put(server, 'team', { ...team, id: otherTeamId, name: `${name}另队` })
  const judge = { courtId, username: `${name}.judge`, name: `${name}法官`, role: 'team.judge', teamId } as const
  const { personId: judgeId } = await putPerson(server, judge)
  const victim = { courtId, username: `${name}.victim`, name: `${name}某`, role: 'finance' } as const
  const { personId: victimId, postId } = await putPerson(server, victim)
  const base = { courtId, teamId, judgeId }
  const planted = { ...base, ...(await plantCase(server, place, base)), ...(await plantOrder(server, place, base)) }
  const importId = randomUUID()
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
  if (place !== 'own') {
    const actor = { kind: 'system', name: hidden, courtId, courtIds: [courtId] } as const
    await server.app.services.database.write({ courtIds: [courtId] }, (tx) =>
      writeAudit(tx, actor, new Date(AT), [{ verb: 'case.open', summary: { 操作: hidden } }]),
    )
  }
  return {
    ...planted,
    otherTeamId,
    victimId,
    postId,
    importId,
    ...(await plantNotices(server, place, courtId, victimId)),
  }
}

interface Base {
  courtId: number
  teamId: string
  judgeId: string
}

/** A case of a team, with parties, a certificate, facts, an overdue arrear, log and attachment. */
export async function plantCase(server: TestServer, place: Place, { courtId, teamId, judgeId }: Base) {
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
  await plantLog(server, mark, { courtId, kind: 'case', thingId: caseId, toState: 'handling' })
  const thing = { courtId, kind: 'case', thingId: caseId, document: 'paper' }
  return { caseId, caseNumber, certificate, clockId, caseAttachmentId: await plantFile(server, mark, thing) }
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

async function plantLog(server: TestServer, mark: string, about: About & { toState: string }): Promise<void> {
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

async function plantFile(server: TestServer, mark: string, about: About & { document: string }): Promise<string> {
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
  const approvalId = randomUUID()
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
    proposer_id: randomUUID(),
    proposer_court_id: court_id,
    proposer_natural_id: randomUUID(),
    proposer_name: mark,
    proposed_at: AT,
  })
  return { orderId, approvalId, orderAttachmentId: await plantFile(server, mark, { ...about, document: 'letter' }) }
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
