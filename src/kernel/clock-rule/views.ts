import { type OwnerOf, type Sql, sql } from '#kernel/database/sql.ts'
import type { On } from '#kernel/time/time.ts'
import { clockState } from './due.ts'
import type { Rule } from './rule.ts'
import type { ClockState, ClockView, DueExplanation } from './wire.ts'

export interface ClockRow {
  id: string
  label: string
  rule_id: string
  rule_version: number
  done_on: On | null
  due_on: On | null
  suspended: boolean
  watched: boolean
  note: string | null
  explanation: DueExplanation
}

/** Asks for a thing's clocks, the unfinished first. */
export function clocksAsked(owner: OwnerOf): Sql {
  return sql`
    select id, label, rule_id, rule_version, done_on, due_on, suspended, watched, note, explanation from clock
    where court_id = ${owner.courtId} and thing_id = ${owner.id} and not dropped
    order by (done_on is null) desc, due_on nulls last, label, round`
}

/** Clocks as they stand on a day, each with its whole account of itself. */
export function clockViews(rows: readonly ClockRow[], rules: readonly Rule[], on: On): ClockView[] {
  return rows.map((row) => ({
    id: row.id,
    name: row.label,
    internal: rules.some((rule) => rule.id === row.rule_id && rule.version === row.rule_version && rule.internal),
    state: stateOf(row, on),
    doneOn: row.done_on,
    note: row.note,
    due: row.explanation,
  }))
}

/** A clock that is watched no more, though nothing was done and nothing suspends it, ended with its case. */
function stateOf(row: ClockRow, on: On): ClockState {
  if (!row.watched && row.done_on === null && !row.suspended) return 'missed'
  return clockState({ dueOn: row.due_on, doneOn: row.done_on, suspended: row.suspended }, on)
}
