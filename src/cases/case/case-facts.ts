import { personIdOf } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { On } from '#kernel/time/time.ts'
import type { FactName } from './fact-names.ts'

// Facts are appended, never changed: the last one of a name counts, the earlier ones tell what was believed before.

export interface FactRow {
  name: FactName
  on: On | null
  amountFen: bigint | null
  source: 'import' | 'hand' | 'correction'
  reason: string | null
  recordedAt: Date
  recorderName: string
}

interface Owner {
  courtId: number
  id: string
}

/** The entry that counts for each fact of a case; one that was corrected away has no date. */
export async function currentFacts(tx: Tx, owner: Owner): Promise<Map<FactName, FactRow>> {
  const rows = await tx.query<Record<string, unknown>>(sql`
    select distinct on (name) name, fact_on, amount_fen, source, reason, recorded_at, recorder_name from case_fact
    where court_id = ${owner.courtId} and case_id = ${owner.id} order by name, seq desc`)
  return new Map(
    rows.map((row) => [
      row.name as FactName,
      {
        name: row.name as FactName,
        on: row.fact_on as On | null,
        amountFen: row.amount_fen as bigint | null,
        source: row.source as FactRow['source'],
        reason: row.reason as string | null,
        recordedAt: row.recorded_at as Date,
        recorderName: row.recorder_name as string,
      },
    ]),
  )
}

type NewFact = Pick<FactRow, 'name' | 'on' | 'amountFen' | 'source' | 'reason'>

/** Adds an entry for a fact; the caller holds the case's row, which orders the numbers. Amounts in fen. */
export async function appendFact(session: Session & { thing: Owner }, fact: NewFact): Promise<void> {
  await appendFacts(session, [fact])
}

/** Adds entries for several facts, in their order. */
export async function appendFacts(session: Session & { thing: Owner }, facts: readonly NewFact[]): Promise<void> {
  const { tx, thing, actor, at } = session
  await tx.send(sql`
    insert into case_fact (court_id, case_id, seq, name, fact_on, amount_fen, source, reason, recorder_id,
      recorder_name, recorded_at)
    select ${thing.courtId}, ${thing.id}, f.place + coalesce((
        select max(seq) from case_fact where court_id = ${thing.courtId} and case_id = ${thing.id}), 0),
      f.name, f.fact_on, f.amount_fen, f.source, f.reason, ${personIdOf(actor)}, ${actor.name}, ${at}
    from unnest(${facts.map(({ name }) => name)}::text[], ${facts.map(({ on }) => on)}::date[],
      ${facts.map(({ amountFen }) => amountFen)}::bigint[], ${facts.map(({ source }) => source)}::text[],
      ${facts.map(({ reason }) => reason)}::text[]) with ordinality
      as f(name, fact_on, amount_fen, source, reason, place)`)
}
