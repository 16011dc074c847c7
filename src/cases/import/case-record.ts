import { stateOfWord } from '#cases/case/case-states.ts'
import { SUSPENDED_UNDATED } from '#cases/node-watch/case-clocks.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { On } from '#kernel/time/time.ts'
import { saidOf } from './export-merge.ts'
import type { Planned } from './import-writing.ts'
import type { ImportedCase } from './imported-case.ts'

// A row of an export as a row of the table of cases.

export const stateOf = (one: ImportedCase) => stateOfWord(one.state, one.facts.has('结案日期'))

/** What a row says of the case's own columns. */
export function columnsOf({ id, row, digest, parties }: Planned, asOfOn: On, { people, teams }: Staff) {
  const one = row.case
  const record = {
    id,
    number: one.caseNumber.canonical,
    state: stateOf(one),
    filed_year: one.caseNumber.year,
    type_code: one.caseNumber.typeCode,
    serial: one.caseNumber.serial,
    case_kind: one.kind,
    cause: one.cause,
    filed_on: one.filedOn,
    basis_number: one.basisNumber,
    amount_fen: one.amountFen === null ? null : String(one.amountFen),
    arrived_fen: one.arrivedFen === null ? null : String(one.arrivedFen),
    holder_id: (one.judge && people.get(one.judge)) ?? null,
    holder_name: one.judge,
    holder_team_id: (one.team && teams.get(one.team)) ?? null,
    team_name: one.team,
    closed_on: one.facts.get('结案日期') ?? null,
    closing_way: one.closingWay,
    remark: one.remark,
    export_state: one.state,
    export_as_of_on: asOfOn,
    export_digest: `\\x${digest.toString('hex')}`,
    to_correct: row.toCorrect,
    notes: one.state === '中止' && one.suspendedOn === null ? [...row.notes, SUSPENDED_UNDATED] : row.notes,
    creditor_names: namesOf(one.creditors),
    debtor_names: namesOf(one.debtors),
  }
  return { ...record, export_columns: saidOf(record, parties) }
}

function namesOf(side: ImportedCase['creditors']): string {
  return side.parties.map((party) => party.name).join('、')
}

export interface Staff {
  people: ReadonlyMap<string, string>
  teams: ReadonlyMap<string, string>
}

/** The court's judges and teams by name. */
export async function staffOf(session: Session): Promise<Staff> {
  const { courtId } = session.actor
  const judges = sql`
    select p.name, p.id from person p where p.court_id = ${courtId} and exists (
      select from post where court_id = p.court_id and person_id = p.id and role = 'team.judge')`
  const [people, teams] = await Promise.all([
    namesToIds(session, judges),
    namesToIds(session, sql`select name, id from team where court_id = ${courtId}`),
  ])
  return { people, teams }
}

/** The rows of cases as an export tells them, in JSON. */
export function recordsOf(planned: readonly Planned[], asOfOn: On, staff: Staff): string {
  return JSON.stringify(planned.map((one) => columnsOf(one, asOfOn, staff)))
}

/** Names that belong to exactly one id: of two namesakes neither is guessed. */
async function namesToIds(session: Session, statement: ReturnType<typeof sql>): Promise<Map<string, string>> {
  const found = new Map<string, string | null>()
  for (const row of await session.tx.query<{ name: string; id: string }>(statement)) {
    found.set(row.name, found.has(row.name) ? null : row.id)
  }
  return new Map([...found].filter((entry): entry is [string, string] => entry[1] !== null))
}
