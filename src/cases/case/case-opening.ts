import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { refuseConflicted } from '#cases/assignment/case-assignment.ts'
import { personOf } from '#cases/assignment/judges.ts'
import { openCheck } from '#cases/filing-check/filing-acts.ts'
import { startClocks } from '#cases/node-watch/case-clock-store.ts'
import { proposeSpecialParties } from '#cases/special-party/proposals.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Call } from '#kernel/http/route.ts'
import { record } from '#kernel/matter/act.ts'
import { nextNumber } from '#kernel/numbering/numbering.ts'
import { courtOf } from '#kernel/organisation/courts.ts'
import { inForce } from '#kernel/organisation/posts.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import { isOn, type On } from '#kernel/time/time.ts'
import { enforcementCase } from './case.ts'
import { appendFacts } from './case-facts.ts'
import { KIND_OF_TYPE_CODE, parseCaseNumber } from './case-number.ts'
import { flagsOfParties, insertParties, namesOf, type Party, readParty } from './case-parties.ts'
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
  // From here on nothing is waited for: while the number is taken, the court's next case waits for this one.
  const inserted = tx.send(sql`
    insert into enforcement_case (court_id, id, number, state, opened_at, opener_id, opener_name, filed_year, type_code,
      serial, case_kind, cause, filed_on, basis_number, amount_fen, holder_id, holder_name, holder_team_id, team_name,
      remark, to_correct, creditor_names, debtor_names, basis_kind, basis_maker, basis_effective_on, perform_by, duty,
      jurisdiction)
    values (${actor.courtId}, ${id}, ${number.canonical}, 'handling', ${at}, ${actor.personId}, ${actor.name},
      ${number.year}, ${number.typeCode}, ${number.serial}, ${body.kind}, ${body.cause}, ${body.filedOn},
      ${body.basisNumber}, ${body.amountFen ?? null}, ${holder.personId}, ${holder.personName}, ${holder.teamId},
      ${holder.teamName}, ${body.remark}, ${flags}, ${namesOf(parties, 'creditor')},
      ${namesOf(parties, 'debtor')}, ${body.basisKind ?? null}, ${body.basisMaker}, ${body.basisEffectiveOn ?? null},
      ${body.performBy ?? null}, ${body.duty ?? null}, ${body.jurisdiction ?? null})`)
  const thing = { courtId: actor.courtId, counterpartCourtId: null, id, number: number.canonical, state: 'handling' }
  const acting = { ...call, kind: enforcementCase, thing, before: null }
  await Promise.all([
    inserted,
    insertParties(tx, actor.courtId, [{ id, parties }]),
    appendFacts(
      acting,
      [...facts].map(([name, day]) => ({ name, on: day, amountFen: null, source: 'hand', reason: null })),
    ),
    startClocks(call, {
      ...thing,
      exportState: null,
      kind: body.kind,
      cause: body.cause,
      state: 'handling',
      facts,
      suspensions: [],
      extensions: [],
      toCorrect: flags,
      byHand: true,
    }),
    record(acting, 'open', '立案登记', { 案件类型: body.kind, 立案日期: body.filedOn }, body.filedOn),
    openCheck(call, { courtId: actor.courtId, caseId: id, number: number.canonical }),
  ])
  await proposeSpecialParties(call, actor.courtId, [{ id, number: number.canonical, parties }])
  return id
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
