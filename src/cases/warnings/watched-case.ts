import type { Certificate } from '#cases/case/certificate.ts'
import { FACT_NAMES, type FactName } from '#cases/case/fact-names.ts'
import { particularsOf } from '#cases/case/filing-particulars.ts'
import { PAPER_OF_ACT } from '#cases/documents/case-issuing.ts'
import type { CaseClock } from '#cases/node-watch/case-clocks.ts'
import { explainDue } from '#kernel/clock-rule/due.ts'
import { findRule } from '#kernel/clock-rule/rule.ts'
import type { Row, Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Law } from '#kernel/matter/acting.ts'
import { courtNames } from '#kernel/organisation/courts.ts'
import { dateOf, type On } from '#kernel/time/time.ts'
import { earlierElsewhere, earlierOnSameBasis } from './duplicate-filing.ts'
import type { CaseView, SeenFact, SeenParty } from './warning-rule.ts'

// Cases as the rules of warnings see them, read in one statement whatever their number.

export interface WatchedCase {
  id: string
  number: string
  holderId: string | null
  teamId: string | null
  view: CaseView
}

/** What is known of cases by their ids, whether it is stored or about to be. */
export interface CaseParts {
  rows: readonly Row[]
  facts: ReadonlyMap<string, readonly FactEntry[]>
  parties: ReadonlyMap<string, readonly SeenParty[]>
  papers: ReadonlyMap<string, ReadonlySet<string>>
}

export type ClocksById = ReadonlyMap<string, readonly CaseClock[]>

/** Reads cases of a court with everything that a warning may follow from. */
export async function watchedCases(
  tx: Tx,
  courtId: number,
  clocks: ClocksById,
  law: Law,
  on: On,
): Promise<WatchedCase[]> {
  const ids = [...clocks.keys()]
  // One statement for each table, not one subquery for each case: while an import fills them, the tables have no
  // statistics, and a subquery would read them whole.
  const [rows, facts, parties, certificates, papers] = await Promise.all([
    tx.query<Row>(sql`
      select id, number, case_kind, state, filed_on, basis_number, amount_fen, arrived_fen, holder_id, holder_name,
        holder_team_id, closed_on, closing_way, to_correct, export_as_of_on, serial, creditor_names, debtor_names,
        basis_kind, basis_maker, basis_effective_on, perform_by, duty, jurisdiction
      from enforcement_case where court_id = ${courtId} and id = any(${ids})`),
    tx.query<FactEntry & Owned>(sql`
      select case_id, name, fact_on as "on", source, recorded_at as "recordedAt" from case_fact
      where court_id = ${courtId} and case_id = any(${ids}) order by case_id, seq`),
    tx.query<PartyEntry>(sql`
      select case_id, seq, side, name from case_party
      where court_id = ${courtId} and case_id = any(${ids}) order by case_id, seq`),
    tx.query<CertificateEntry>(sql`
      select case_id, party_seq, type, number, valid from case_certificate
      where court_id = ${courtId} and case_id = any(${ids}) order by case_id, party_seq, seq`),
    tx.query<Owned & { document: string | null; act: string | null }>(sql`
      select distinct thing_id as case_id, document, null as act from attachment
      where court_id = ${courtId} and thing_id = any(${ids})
      union all
      select distinct thing_id, null, action from issued_document
      where court_id = ${courtId} and thing_id = any(${ids}) and voided_at is null`),
  ])
  const numbered = Map.groupBy(certificates, (one) => `${one.case_id} ${one.party_seq}`)
  const seen = parties.map((one) => ({ ...one, certificates: numbered.get(`${one.case_id} ${one.seq}`) ?? [] }))
  const named = ({ document, act }: (typeof papers)[0]) => document ?? PAPER_OF_ACT[act as string] ?? ''
  const documents = [...byCase(papers)].map(([id, own]) => [id, new Set(own.map(named))] as const)
  const parts = { rows, facts: byCase(facts), parties: byCase(seen), papers: new Map(documents) }
  return watchedOf(tx, courtId, parts, clocks, law, on)
}

/** The same of cases whose parts are at hand. */
export async function watchedOf(
  tx: Tx,
  courtId: number,
  { rows, facts, parties, papers }: CaseParts,
  clocks: ClocksById,
  law: Law,
  on: On,
): Promise<WatchedCase[]> {
  const [names, duplicates, elsewhere] = await Promise.all([
    courtNames(tx),
    earlierOnSameBasis(tx, courtId, rows),
    earlierElsewhere(tx, courtId, rows),
  ])
  const courtCode = names.courts.get(courtId)?.code ?? ''
  const limit = limitsBy(law)
  return rows.map((row) => {
    const id = row.id as string
    return {
      id,
      number: row.number as string,
      holderId: row.holder_id as string | null,
      teamId: row.holder_team_id as string | null,
      view: {
        ...columnsSeen(row),
        courtCode,
        parties: (parties.get(id) ?? []).map(({ side, name, certificates }) => ({ side, name, certificates })),
        duplicates: duplicates.get(id) ?? [],
        duplicatesElsewhere: (elsewhere.get(id) ?? []).map(
          (one) => `${names.courts.get(one.court_id)?.name ?? ''}${one.number}`,
        ),
        facts: factsSeen(facts.get(id) ?? []),
        papers: papers.get(id) ?? new Set(),
        missed: missedOf(clocks.get(id) ?? []),
        on,
        limit,
      },
    }
  })
}

function byCase<T extends Owned>(entries: readonly T[]): Map<string, T[]> {
  return Map.groupBy(entries, (entry) => entry.case_id)
}

function missedOf(clocks: readonly CaseClock[]): string[] {
  return clocks.filter((clock) => clock.ended && !clock.rule.internal).map(({ name }) => name)
}

function columnsSeen(row: Row) {
  return {
    number: row.number as string,
    byHand: row.export_as_of_on === null,
    flags: row.to_correct as string[],
    ...particularsOf(row),
    kind: row.case_kind as string,
    state: row.state as CaseView['state'],
    filedOn: row.filed_on as On,
    basisNumber: row.basis_number as string | null,
    amountFen: row.amount_fen as bigint | null,
    arrivedFen: row.arrived_fen as bigint | null,
    hasHandler: row.holder_id !== null || row.holder_name !== null,
    closedOn: row.closed_on as On | null,
    closingWay: row.closing_way as string | null,
  }
}

interface Owned {
  case_id: string
}

interface PartyEntry extends Owned {
  seq: number
  side: SeenParty['side']
  name: string
}

interface CertificateEntry extends Certificate, Owned {
  party_seq: number
}

interface FactEntry {
  name: FactName
  on: On | null
  source: string
  recordedAt: Date
}

/** The last entry of a name counts; when and how it first came in is kept beside it. */
function factsSeen(entries: readonly FactEntry[]): Map<FactName, SeenFact> {
  const seen = new Map<FactName, SeenFact>()
  const first = new Map<FactName, FactEntry>()
  for (const entry of entries) {
    const { name, on } = entry
    if (on !== null && !first.has(name)) first.set(name, entry)
    const begun = first.get(name)
    if (on === null || begun === undefined) {
      seen.delete(name)
      continue
    }
    seen.set(name, { on, entered: begun.source !== 'import', firstEnteredOn: dateOf(begun.recordedAt) })
  }
  return new Map(FACT_NAMES.flatMap((name) => (seen.has(name) ? [[name, seen.get(name) as SeenFact]] : [])))
}

/** Last days of limits by rule and first day, each counted once: an import asks for the same ones again and again. */
function limitsBy({ rules, calendar }: Law): CaseView['limit'] {
  const known = new Map<string, On | null>()
  return (ruleId, startOn) => {
    const key = `${ruleId} ${startOn}`
    const found = known.get(key)
    if (found !== undefined) return found
    const rule = findRule(rules, ruleId, startOn)
    const none = { startFact: '', startOn, suspensions: [], extensions: [], calendar }
    const dueOn = rule ? explainDue({ rule, ...none }).dueOn : null
    known.set(key, dueOn)
    return dueOn
  }
}
