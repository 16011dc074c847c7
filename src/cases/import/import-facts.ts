import { FACTS, type FactName } from '#cases/case/fact-names.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { On } from '#kernel/time/time.ts'
import { FACT_ENTERS } from './export-merge.ts'
import type { ImportedCase } from './imported-case.ts'

// The dated facts of imported cases.

interface Told {
  id: string
  row: { case: ImportedCase }
}

interface DatedFact {
  name: FactName
  on: On
  amountFen: bigint | null
}

const NAMES = new Map((Object.keys(FACTS) as FactName[]).map((name) => [FACTS[name].column, name]))

/** What an export says to have happened, each fact once. */
export function datedFacts(one: ImportedCase): DatedFact[] {
  const dated: DatedFact[] = [{ name: 'filed', on: one.filedOn, amountFen: null }]
  for (const [column, on] of one.facts) {
    const name = NAMES.get(column)
    if (name) dated.push({ name, on, amountFen: name === 'funds-arrived' ? one.arrivedFen : null })
  }
  if (one.suspendedOn) dated.push({ name: 'suspended', on: one.suspendedOn, amountFen: null })
  return dated
}

/** The facts of cases as rows for the database, in JSON. */
export function factRecords(told: readonly Told[]): string {
  const records = told.flatMap(({ id, row }) =>
    datedFacts(row.case)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, on, amountFen }, index) => {
        const amount = amountFen === null ? null : String(amountFen)
        return { case_id: id, seq: index + 1, name, fact_on: on, amount_fen: amount }
      }),
  )
  return JSON.stringify(records)
}

/** The facts of cases that have none yet. */
export async function writeNewFacts({ tx, actor, at }: Session, told: readonly Told[]): Promise<void> {
  await tx.run(sql`
    insert into case_fact (court_id, case_id, seq, name, fact_on, amount_fen, source, recorder_name, recorded_at)
    select ${actor.courtId}, case_id, seq, name, fact_on, amount_fen, 'import', ${actor.name}, ${at}
    from jsonb_to_recordset(${factRecords(told)}::jsonb)
      as r(case_id uuid, seq int, name text, fact_on date, amount_fen bigint)`)
}

/** Adds what an export newly says, unless a person has entered or corrected that fact. */
export async function mergeFacts({ tx, actor, at }: Session, told: readonly Told[]): Promise<void> {
  await tx.run(sql`
    with incoming as (
      select * from jsonb_to_recordset(${factRecords(told)}::jsonb)
        as r(case_id uuid, name text, fact_on date, amount_fen bigint)
    ), known as (
      select distinct on (f.case_id, f.name) f.case_id, f.name, f.fact_on, f.amount_fen, f.source from case_fact f
      where f.court_id = ${actor.courtId} and f.case_id in (select case_id from incoming)
      order by f.case_id, f.name, f.seq desc
    ), fresh as (
      select i.* from incoming i left join known k using (case_id, name) where ${FACT_ENTERS}
    )
    insert into case_fact (court_id, case_id, seq, name, fact_on, amount_fen, source, recorder_name, recorded_at)
    select ${actor.courtId}, case_id,
      coalesce((select max(seq) from case_fact f where f.court_id = ${actor.courtId} and f.case_id = fresh.case_id), 0)
        + row_number() over (partition by case_id order by name),
      name, fact_on, amount_fen, 'import', ${actor.name}, ${at} from fresh`)
}
