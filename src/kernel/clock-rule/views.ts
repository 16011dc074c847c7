import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { On } from '#kernel/time/time.ts'
import { clockState } from './due.ts'
import type { Rule } from './rule.ts'
import type { ClockState, ClockView, DueExplanation } from './wire.ts'

interface ClockRow {
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

/** A thing's clocks as they stand on a day, the unfinished first, each with its whole account of itself. */
export async function clocksOf(
  tx: Tx,
  thing: { courtId: number; id: string },
  rules: readonly Rule[],
  on: On,
): Promise<ClockView[]> {
  const rows = await tx.query<ClockRow>(sql`
    select id, label, rule_id, rule_version, done_on, due_on, suspended, watched, note, explanation from clock
    where court_id = ${thing.courtId} and thing_id = ${thing.id} and not dropped
    order by (done_on is null) desc, due_on nulls last, label, round`)
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
