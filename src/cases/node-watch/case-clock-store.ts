import type { FactName } from '#cases/case/fact-names.ts'
import { lockCases } from '#cases/case/lock-cases.ts'
import { refreshWarnings } from '#cases/warnings/warning-store.ts'
import { nextRung } from '#kernel/clock-rule/rungs.ts'
import type { Row, Tx } from '#kernel/database/database.ts'
import { orderedId } from '#kernel/database/ordered-id.ts'
import { identifier, type Sql, sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { On } from '#kernel/time/time.ts'
import { type CaseClock, type ClockedCase, clocksOfCase } from './case-clocks.ts'

// Stored clocks of cases follow from their facts: loaded, computed by the pure core, written back in one statement.

/** How the change came that the clocks follow: a person's act where nothing is said. */
interface Arrival {
  arrived?: 'import' | 'calendar'
}

interface Ref {
  courtId: number
  id: string
}

export interface LoadedCase extends ClockedCase {
  courtId: number
  id: string
  number: string
  exportState: string | null
}

/** Everything the clocks of these cases follow from, in two statements whatever their number. */
export async function loadClockedCases(tx: Tx, courtId: number, ids: readonly string[]): Promise<LoadedCase[]> {
  const asked = tx.query<Row>(sql`
    select c.court_id, c.id, c.number, c.case_kind, c.cause, c.state, c.to_correct, c.export_state, c.export_as_of_on,
      coalesce((select jsonb_object_agg(name, fact_on) from (
        select distinct on (name) name, fact_on from case_fact f
        where f.court_id = c.court_id and f.case_id = c.id order by name, seq desc) f), '{}') as facts
    from enforcement_case c where c.court_id = ${courtId} and c.id = any(${ids})`)
  const entries = tx.query<Row>(sql`
    select thing_id, entry, clock_name, from_on, to_on, n, unit, ground, approved_by from clock_ledger
    where court_id = ${courtId} and thing_id = any(${ids}) order by thing_id, seq`)
  const [rows, ledger] = await Promise.all([asked, entries])
  const byCase = Map.groupBy(ledger, (entry) => entry.thing_id as string)
  return rows.map((row) => loadedCase(row, byCase.get(row.id as string) ?? []))
}

function loadedCase(row: Row, ledger: readonly Row[]): LoadedCase {
  const facts = new Map<FactName, On>()
  for (const [name, on] of Object.entries(row.facts as Record<string, On | null>))
    if (on) facts.set(name as FactName, on)
  const suspensions = ledger
    .filter((entry) => entry.entry === 'suspension')
    .map((entry) => ({
      clock: entry.clock_name as string | null,
      fromOn: entry.from_on as On,
      toOn: entry.to_on as On | null,
      ground: entry.ground as string,
    }))
  return {
    courtId: row.court_id as number,
    id: row.id as string,
    number: row.number as string,
    exportState: row.export_state as string | null,
    kind: row.case_kind as string,
    cause: row.cause as string | null,
    state: row.state as LoadedCase['state'],
    facts,
    suspensions,
    extensions: ledger
      .filter((entry) => entry.entry === 'extension')
      .map((entry) => ({
        clock: entry.clock_name as string | null,
        on: entry.from_on as On,
        n: entry.n as number,
        unit: entry.unit as 'day' | 'month',
        ground: entry.ground as string,
        approvedBy: entry.approved_by as string,
      })),
    toCorrect: row.to_correct as string[],
    byHand: row.export_state === null && row.export_as_of_on === null,
  }
}

/** A case with the clocks that its facts give it, and what its row tells of the one that is due first. */
export interface FoundClocks {
  one: LoadedCase
  clocks: readonly CaseClock[]
  next: { next_node: string | null; next_due_on: On | null }
}

/** The clocks of cases that are about to be written for the first time. */
export function clocksOfArriving(session: Session, cases: readonly LoadedCase[]): FoundClocks[] {
  const law = session.services.law.now()
  return cases.map((one) => {
    const clocks = clocksOfCase(one, law, session.on)
    const watched = clocks.filter((clock) => isWatched(clock) && clock.due.dueOn !== null)
    const next = watched.toSorted(byDueDay)[0]
    return { one, clocks, next: { next_node: next?.name ?? null, next_due_on: next?.due.dueOn ?? null } }
  })
}

/** As the database puts them: by day, then by name. */
function byDueDay(a: CaseClock, b: CaseClock): number {
  const [left, right] = [a, b].map((clock) => `${clock.due.dueOn} ${clock.name}`) as [string, string]
  return left < right ? -1 : 1
}

/** Writes the first clocks of cases, whose rows have their next node from the same computation. */
export async function writeNewClocks(
  session: Session,
  found: readonly FoundClocks[],
  { arrived }: Arrival = {},
): Promise<void> {
  const rows = found.flatMap(({ one, clocks }) => clocks.map((clock) => recordOf(one, clock, session.at, arrived)))
  await session.tx.send(insertOf(session.actor.courtId, rows))
}

/**
 * Brings the stored clocks and warnings of cases to what they say now; the caller holds their rows. Clocks that are
 * overdue when a case first comes in by import are arrears (存量超期): they raise no order by themselves.
 */
export async function refreshClocks(session: Session, cases: readonly Ref[], arrival: Arrival = {}): Promise<void> {
  const law = session.services.law.now()
  for (const [courtId, refs] of Map.groupBy(cases, (one) => one.courtId)) {
    const loaded = await loadClockedCases(
      session.tx,
      courtId,
      refs.map((one) => one.id),
    )
    const clocks = loaded.map((one) => ({ one, clocks: clocksOfCase(one, law, session.on) }))
    await writeClocks(session, courtId, clocks, arrival)
    const imported = arrival.arrived === 'import'
    await refreshWarnings(session, courtId, new Map(clocks.map(({ one, clocks: own }) => [one.id, own])), imported)
  }
}

function insertOf(courtId: number, rows: readonly object[]): Sql {
  return sql`
    insert into clock (court_id, id, kind, thing_id, name, label, rule_id, rule_version, start_on, done_on, due_on,
      suspended, watched, backlog, next_rung, next_rung_at, note, explanation)
    select ${courtId}, r.id, 'case', r.thing_id, r.name, r.name, r.rule_id, r.rule_version, r.start_on, r.done_on,
      r.due_on, r.suspended, r.watched, r.backlog, r.next_rung, r.next_rung_at, r.note, r.explanation
    from jsonb_populate_recordset(null::clock, ${JSON.stringify(rows)}::jsonb) r`
}

async function writeClocks(
  session: Session,
  courtId: number,
  found: readonly { one: LoadedCase; clocks: readonly CaseClock[] }[],
  { arrived }: Arrival,
): Promise<void> {
  const { tx, at, on } = session
  const rows = found.flatMap(({ one, clocks }) => clocks.map((clock) => recordOf(one, clock, at, arrived)))
  const ids = found.map(({ one }) => one.id)
  const arrears = arrived === 'calendar' ? STILL_ARREARS : ARREARS
  const next = (column: 'next_rung' | 'next_rung_at') => nextOf(column, arrears, arrived === 'calendar' ? on : null)
  const kept = rows.map((row) => `${row.thing_id} ${row.name}`)
  // A clock that the facts no longer give stays on record and is neither shown nor watched.
  const dropped = tx.send(sql`
    update clock set dropped = true, watched = false, next_rung = null, next_rung_at = null
    where court_id = ${courtId} and thing_id = any(${ids}) and kind = 'case' and done_on is null
      and not (thing_id::text || ' ' || name = any(${kept}))`)
  const written = tx.send(sql`
    ${insertOf(courtId, rows)}
    on conflict (court_id, thing_id, name, round) do update set
      rule_id = excluded.rule_id, rule_version = excluded.rule_version, start_on = excluded.start_on,
      done_on = excluded.done_on, due_on = excluded.due_on, suspended = excluded.suspended,
      watched = excluded.watched, dropped = false, note = excluded.note, explanation = excluded.explanation,
      backlog = ${arrears}, next_rung = ${next('next_rung')}, next_rung_at = ${next('next_rung_at')}`)
  await Promise.all([dropped, written, showNextNodes(tx, courtId, ids)])
}

/** Beside each case stands the node that is due first. */
async function showNextNodes(tx: Tx, courtId: number, ids: readonly string[]): Promise<void> {
  await tx.send(sql`
    with first as (
      select distinct on (k.thing_id) k.thing_id, k.label, k.due_on from clock k
      where k.court_id = ${courtId} and k.thing_id = any(${ids}) and k.watched and k.due_on is not null
      order by k.thing_id, k.due_on, k.label collate "C"
    )
    update enforcement_case c set next_node = f.label, next_due_on = f.due_on
    from unnest(${ids}::uuid[]) wanted(id) left join first f on f.thing_id = wanted.id
    where c.court_id = ${courtId} and c.id = wanted.id
      and (c.next_node, c.next_due_on) is distinct from (f.label, f.due_on)`)
}

/** Whether a clock that is stored already is one of the arrears: a limit that has moved is asked anew. */
const ARREARS = sql`
  case when clock.due_on is distinct from excluded.due_on then excluded.backlog else clock.backlog end`

/** After a change of the calendar what was in arrears stays so while it is overdue; nothing else joins them. */
const STILL_ARREARS = sql`clock.backlog and excluded.backlog`

/**
 * Its next rung: arrears are silent; a limit that moved, or is watched again, speaks anew; others go on. What was
 * overdue on this day and still is after a change of the calendar has had its order.
 */
function nextOf(column: 'next_rung' | 'next_rung_at', arrears: Sql, calendarOn: On | null): Sql {
  const name = identifier(column)
  return sql`case when excluded.next_rung is null or (${arrears}) then null
    when clock.watched and excluded.watched and clock.due_on < ${calendarOn}::date
      and excluded.due_on < ${calendarOn}::date then clock.${name}
    when (clock.due_on, clock.watched) is distinct from (excluded.due_on, excluded.watched) then excluded.${name}
    else clock.${name} end`
}

const isWatched = (clock: CaseClock) => clock.doneOn === null && !clock.suspended && !clock.ended

function recordOf(one: LoadedCase, clock: CaseClock, at: Date, arrived: Arrival['arrived']) {
  const stands = isWatched(clock)
  const inArrears = arrived !== undefined && stands && clock.state === 'overdue'
  // The stricter limit of a node is the court's own reminder: the node stands in the list of arrears once.
  const backlog = inArrears && !clock.rule.internal
  const isSilent = inArrears && arrived === 'import'
  const rung = stands && !isSilent ? nextRung({ rule: clock.rule, dueOn: clock.due.dueOn }, at, new Set()) : null
  return {
    id: orderedId(at),
    thing_id: one.id,
    name: clock.name,
    rule_id: clock.rule.id,
    rule_version: clock.rule.version,
    start_on: clock.startOn,
    done_on: clock.doneOn,
    due_on: clock.due.dueOn,
    suspended: clock.suspended,
    watched: stands,
    backlog,
    next_rung: rung?.name ?? null,
    next_rung_at: rung?.at.toISOString() ?? null,
    note: clock.note,
    explanation: clock.due,
  }
}

/** Counts the clocks of cases again after a change of the calendar. */
export async function recountCases(session: Session, courtId: number, ids: readonly string[]): Promise<void> {
  const locked = await lockCases(session.tx, sql`court_id = ${courtId} and id = any(${ids})`)
  await refreshClocks(
    session,
    locked.map((id) => ({ courtId, id })),
    { arrived: 'calendar' },
  )
}
