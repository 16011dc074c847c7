import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import { saveThing } from '#kernel/matter/store.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import type { On } from '#kernel/time/time.ts'
import { linesAsked, linesKept } from './report-lines.ts'
import { ensureMonth, monthEndOf, nextMonthEnd, takeMonth } from './report-month.ts'

/** 设立月报: of a month that has begun, once. What the system opens has taken its month already. */
export async function startMonth(acting: Acting): Promise<void> {
  if (acting.actor.kind === 'system') return
  const monthEndOn = monthOf(acting)
  if (monthEndOn !== monthEndOf(monthEndOn)) throw fieldProblem([{ path: 'monthEndOn', message: '应为月份的最后一日' }])
  if (monthEndOn > monthEndOf(acting.on)) throw fieldProblem([{ path: 'monthEndOn', message: '该月尚未开始' }])
  if (!(await takeMonth(acting, acting.thing.courtId, monthEndOn)))
    throw problem('special-report.exists', {}, { fields: [{ path: 'monthEndOn', message: '该月已有月报' }] })
}

/** 生成月报: when the month is over. The next month's report waits from then on. */
export async function generate(acting: Acting): Promise<void> {
  const { actor, on, thing } = acting
  const monthEndOn = monthOf(acting)
  if (on <= monthEndOn) throw problem('special-report.month-running', { monthEndOn })
  await recount(acting)
  // After a standstill of the clockwork no month is left out; a person who makes up for an old one begins no row.
  await ensureMonth(acting, thing.courtId, actor.kind === 'system' ? nextMonthEnd(monthEndOn) : monthEndOf(on))
}

/** Counts the month anew from the ledger. */
export async function recount(acting: Acting): Promise<void> {
  const { tx, thing } = acting
  await tx.run(sql`
    delete from special_report_line where court_id = ${thing.courtId} and report_id = ${thing.id}`)
  await tx.run(sql`
    insert into special_report_line (court_id, report_id, entry_id, case_id, number, case_number, category, party,
      holder_name, listed_on, left_on, was_open, outcome, amount_fen, cleared_fen)
    select ${thing.courtId}, ${thing.id}, l.* from (${linesAsked(thing.courtId, monthOf(acting))}) l`)
}

/** 核定月报: its figures equal the ledger's at this moment, and stand from here on. */
export async function confirmReport(acting: Acting): Promise<void> {
  const { tx, kind, thing, actor, on } = acting
  const [now, kept] = [linesAsked(thing.courtId, monthOf(acting)), linesKept(thing.courtId, thing.id)]
  const differing = await tx.maybe(sql`
    (${now} except ${kept}) union all (${kept} except ${now}) limit 1`)
  if (differing) throw problem('special-report.changed')
  await saveThing(tx, kind, thing, { confirmed_by: actor.name, confirmed_on: on })
}

function monthOf({ thing }: Acting): On {
  return String(thing.values.monthEndOn)
}
