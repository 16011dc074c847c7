import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { refuseConflicted } from '#cases/assignment/case-assignment.ts'
import { personOf } from '#cases/assignment/judges.ts'
import { openCheck } from '#cases/filing-check/filing-acts.ts'
import { clocksOfArriving, writeNewClocks } from '#cases/node-watch/case-clock-store.ts'
import { proposeSpecialParties } from '#cases/special-party/proposals.ts'
import { findArriving, openArriving } from '#cases/warnings/warning-store.ts'
import { holdsRole } from '#kernel/authorisation/may.ts'
import { CENTRE_ROLES } from '#kernel/authorisation/roles.ts'
import type { Row, Tx } from '#kernel/database/database.ts'
import { identifier, join, jsonText, sql } from '#kernel/database/sql.ts'
import type { Call } from '#kernel/http/route.ts'
import { record as recordAct } from '#kernel/matter/act.ts'
import { nextNumber } from '#kernel/numbering/numbering.ts'
import { courtOf } from '#kernel/organisation/courts.ts'
import { inForce } from '#kernel/organisation/posts.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import { isOn, type On } from '#kernel/time/time.ts'
import { enforcementCase } from './case.ts'
import { appendFacts } from './case-facts.ts'
import { KIND_OF_TYPE_CODE, parseCaseNumber } from './case-number.ts'
import { flagsOfParties, insertParties, namesOf, type Party, readParty } from './case-parties.ts'
import { EARLIEST_ON } from './earliest.ts'
import type { FactName } from './fact-names.ts'
import { BASIS_KINDS, DUTIES, JURISDICTIONS } from './filing-particulars.ts'

const party = z.strictObject({
  name: z.string().trim().min(1, '请填写名称').max(200),
  certificates: z.array(z.string().trim().min(1).max(40)).max(10).default([]),
})

const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .nullish()
    .transform((text) => text || null)

const date = z.string().refine(isOn, '日期有误').nullish()

export const newCaseBody = z.strictObject({
  caseNumber: words(60),
  kind: z.enum(['首次执行', '恢复执行', '财产保全执行', '执行异议', '执行复议', '执行监督', '执行协调', '其他执行']),
  cause: words(100),
  filedOn: z.string().refine(isOn, '请填写立案日期'),
  basisNumber: words(100),
  basisKind: z.enum(BASIS_KINDS).nullish(),
  basisMaker: words(100),
  basisEffectiveOn: date,
  performBy: date,
  duty: z.enum(DUTIES).nullish(),
  jurisdiction: z.enum(JURISDICTIONS).nullish(),
  amountFen: z
    .string()
    .regex(/^\d{1,17}$/, '请填写金额')
    .nullish(),
  judgeId: z.uuid().nullish(),
  teamId: z.uuid().nullish(),
  remark: words(2000),
  creditors: z.array(party).min(1, '请至少填写一名申请执行人').max(500),
  debtors: z.array(party).max(500),
})
type NewCase = z.infer<typeof newCaseBody>

/**
 * Makes a case by hand: its number given or next in the court's series, its parties, its first facts, its clocks. Gives
 * its id.
 */
export async function openCase(call: Call<unknown, unknown, NewCase>, body: NewCase): Promise<string> {
  const { tx, actor, at, on } = call
  if (body.filedOn > on) throw fieldProblem([{ path: 'filedOn', message: '不能晚于今天' }])
  if (body.filedOn < EARLIEST_ON) throw fieldProblem([{ path: 'filedOn', message: `不能早于${EARLIEST_ON}` }])
  if (body.judgeId && !holdsRole(actor, CENTRE_ROLES)) throw problem('assignment.unreceived', {}, BY_CENTRE)
  const holder = await holderFor(call, body)
  const parties = [
    ...body.creditors.map((one) => readParty('creditor', one)),
    ...body.debtors.map((one) => readParty('debtor', one)),
  ]
  const id = randomUUID()
  if (holder.personId !== null) await refuseConflict(call, holder.personId, body, parties)
  const number = await numberFor(call, body)
  const flags = flagsOf(body, parties)
  const facts = new Map<FactName, On>([['filed', body.filedOn]])
  if (holder.personId !== null) facts.set('handler-assigned', on)
  const record = { id, ...recordOf(body, parties, number, holder), to_correct: flags }
  const thing = { courtId: actor.courtId, counterpartCourtId: null, id, number: number.canonical, state: 'handling' }
  const loaded = {
    ...thing,
    ...{ exportState: null, kind: body.kind, cause: body.cause, state: 'handling' as const, facts },
    ...{ suspensions: [], extensions: [], toCorrect: flags, byHand: true },
  }
  const found = clocksOfArriving(call, [loaded])
  const entered = [...facts].map(([name, day]) => ({ name, on: day, source: 'hand' as const }))
  const parts = {
    rows: [record],
    facts: new Map([[id, entered.map((fact) => ({ ...fact, recordedAt: at }))]]),
    parties: new Map([[id, parties]]),
    papers: new Map(),
  }
  const arriving = await findArriving(call, parts, new Map(found.map(({ clocks }) => [id, clocks])))
  // From here on nothing is waited for: while the number is taken, the court's next case waits for this one.
  const written = { ...record, ...found[0]?.next, open_warnings: arriving.counts.get(id) ?? 0 }
  const acting = { ...call, kind: enforcementCase, thing, before: null }
  await Promise.all([
    insertCase(call, written),
    insertParties(tx, actor.courtId, [{ id, parties }]),
    appendFacts(
      acting,
      entered.map((fact) => ({ ...fact, amountFen: null, reason: null })),
    ),
    writeNewClocks(call, found),
    openArriving(call, arriving, false),
    recordAct(acting, 'open', '立案登记', { 案件类型: body.kind, 立案日期: body.filedOn }, body.filedOn),
    openCheck(call, { courtId: actor.courtId, caseId: id, number: number.canonical }),
  ])
  await proposeSpecialParties(call, actor.courtId, [{ id, number: number.canonical, parties }])
  return id
}

/** A case goes to a judge when the centre has received it (第十条): who hands it in can't name him. */
const BY_CENTRE = { fields: [{ path: 'judgeId', message: '立案部门不指定承办法官，由指挥中心接收后分案' }] }

/** The columns of a new case, as the database holds them. */
function recordOf(
  body: NewCase,
  parties: readonly Party[],
  number: Awaited<ReturnType<typeof numberFor>>,
  holder: Awaited<ReturnType<typeof holderFor>>,
) {
  return {
    number: number.canonical,
    state: 'handling',
    filed_year: number.year,
    type_code: number.typeCode,
    serial: number.serial,
    case_kind: body.kind,
    cause: body.cause,
    filed_on: body.filedOn,
    basis_number: body.basisNumber,
    basis_kind: body.basisKind ?? null,
    basis_maker: body.basisMaker,
    basis_effective_on: body.basisEffectiveOn ?? null,
    perform_by: body.performBy ?? null,
    duty: body.duty ?? null,
    jurisdiction: body.jurisdiction ?? null,
    amount_fen: body.amountFen ? BigInt(body.amountFen) : null,
    arrived_fen: null,
    holder_id: holder.personId,
    holder_name: holder.personName,
    holder_team_id: holder.teamId,
    team_name: holder.teamName,
    remark: body.remark,
    closed_on: null,
    closing_way: null,
    export_as_of_on: null,
    creditor_names: namesOf(parties, 'creditor'),
    debtor_names: namesOf(parties, 'debtor'),
  }
}

async function insertCase({ tx, actor, at }: Call<unknown, unknown, NewCase>, record: Row): Promise<void> {
  const columns = Object.keys(record).map(identifier)
  await tx.send(sql`
    insert into enforcement_case (court_id, opened_at, opener_id, opener_name, ${join(columns)})
    select ${actor.courtId}, ${at}, ${actor.personId}, ${actor.name}, ${join(columns)}
    from jsonb_populate_record(null::enforcement_case, ${jsonText(record)}::jsonb)`)
}

/** A case that comes with its judge is not given to one who must recuse himself. */
async function refuseConflict(
  call: Call<unknown, unknown, NewCase>,
  judgeId: string,
  body: NewCase,
  parties: readonly Party[],
): Promise<void> {
  const { kind, cause, basisNumber } = body
  await refuseConflicted(call, call.actor.courtId, judgeId, {
    kind,
    cause,
    track: null,
    number: body.caseNumber ?? '',
    basisNumber,
    people: parties.map(personOf),
    holderId: null,
  })
}

async function numberFor(call: Call<unknown, unknown, NewCase>, body: NewCase) {
  const court = await courtOf(call.tx, call.actor.courtId)
  if (body.caseNumber === null) {
    return nextCaseNumber(call.tx, court.id, body.kind, body.filedOn)
  }
  const parsed = parseCaseNumber(body.caseNumber)
  if ('problem' in parsed)
    throw problem('case.number-format', {}, { fields: [{ path: 'caseNumber', message: '案号格式错误' }] })
  if (parsed.courtCode !== court.code)
    throw problem('case.number-court', {}, { fields: [{ path: 'caseNumber', message: '不是本院案号' }] })
  const taken = await call.tx.maybe(
    sql`select 1 from enforcement_case where court_id = ${call.actor.courtId} and number = ${parsed.canonical}`,
  )
  if (taken) throw problem('case.number-taken', {}, { fields: [{ path: 'caseNumber', message: '案号已存在' }] })
  return parsed
}

/** The next number of a court for a kind of case, in the year of the day. */
export async function nextCaseNumber(tx: Tx, courtId: number, caseKind: string, on: On) {
  const { code } = await courtOf(tx, courtId)
  const typeCode = Object.entries(KIND_OF_TYPE_CODE).find(([, kind]) => kind === caseKind)?.[0] ?? '执'
  const year = Number(on.slice(0, 4))
  const serial = await freeSerial(tx, courtId, typeCode, year)
  return { canonical: `（${year}）${code}${typeCode}${serial}号`, year, typeCode, serial }
}

/** The series goes on after the highest number in use, whether it came by import or by hand. */
async function freeSerial(tx: Tx, courtId: number, typeCode: string, year: number): Promise<number> {
  // The second question begins only when the number is taken: it sees every case that came before.
  const [next, highest] = await Promise.all([
    nextNumber(tx, courtId, `case:${typeCode}`, year),
    tx.one<{ last: number | null }>(sql`
      select max(serial) as last from enforcement_case
      where court_id = ${courtId} and type_code = ${typeCode} and filed_year = ${year}`),
  ])
  if (highest.last === null || next > highest.last) return next
  const serial = highest.last + 1
  await tx.send(sql`
    update number_series set last = ${serial}
    where court_id = ${courtId} and series = ${`case:${typeCode}`} and year = ${year}`)
  return serial
}

async function holderFor({ tx, actor, on }: Call<unknown, unknown, NewCase>, body: NewCase) {
  const person = body.judgeId
    ? await tx.maybe<{ name: string; team_id: string | null }>(sql`
        select p.name, post.team_id from person p join post on post.court_id = p.court_id and post.person_id = p.id
        where p.court_id = ${actor.courtId} and p.id = ${body.judgeId} and post.role = 'team.judge'
          and ${inForce(on)} limit 1`)
    : null
  if (body.judgeId && !person) throw fieldProblem([{ path: 'judgeId', message: '本院没有该员额法官' }])
  const teamId = body.teamId ?? person?.team_id ?? null
  const team = teamId
    ? await tx.maybe<{ name: string }>(sql`select name from team where court_id = ${actor.courtId} and id = ${teamId}`)
    : null
  if (teamId && !team) throw fieldProblem([{ path: 'teamId', message: '本院没有该团队' }])
  return { personId: body.judgeId ?? null, personName: person?.name ?? null, teamId, teamName: team?.name ?? null }
}

/** The checks of article 10 on what was typed in; they flag and do not refuse. */
function flagsOf(body: NewCase, parties: readonly Party[]): string[] {
  const flags: Readonly<Record<string, boolean>> = {
    ...flagsOfParties(parties),
    标的金额错误: body.amountFen === null || body.amountFen === undefined,
    缺执行依据: body.basisNumber === null,
  }
  return Object.keys(flags).filter((flag) => flags[flag])
}
