import { type Sql, sql } from '#kernel/database/sql.ts'
import type { On } from '#kernel/time/time.ts'
import { monthStartOf } from './report-month.ts'

// A line is a case that stood in the ledger in a month, if only for a day of it. By the day on which the centre
// confirmed it counts as 新增, by the day on which it left as 清理 or 移出: nobody can put these days back into an earlier
// month.

/** The lines of a month as the ledger gives them now. */
export function linesAsked(courtId: number, monthEndOn: On): Sql {
  const start = monthStartOf(monthEndOn)
  return sql`
    select id as entry_id, case_id, number, case_number, category, party, holder_name, listed_on,
      case when left_on <= ${monthEndOn}::date then left_on end as left_on, listed_on < ${start}::date as was_open,
      case when left_on <= ${monthEndOn}::date then state end as outcome, coalesce(amount_fen, 0) as amount_fen,
      case when left_on <= ${monthEndOn}::date then coalesce(cleared_fen, 0) else 0 end as cleared_fen
    from matter_special_party
    where court_id = ${courtId} and listed_on <= ${monthEndOn}::date
      and (left_on is null or left_on >= ${start}::date)`
}

/** The lines of a report as they are stored. */
export function linesKept(courtId: number, reportId: string): Sql {
  return sql`
    select entry_id, case_id, number, case_number, category, party, holder_name, listed_on, left_on, was_open, outcome,
      amount_fen, cleared_fen
    from special_report_line where court_id = ${courtId} and report_id = ${reportId}`
}

/** The figures of a report, each a condition on its lines. */
export const FIGURES = {
  opening: { label: '月初在账', lines: sql`was_open` },
  entered: { label: '本月新增', lines: sql`not was_open` },
  cleared: { label: '本月清理', lines: sql`outcome = 'cleared'` },
  removed: { label: '本月移出', lines: sql`outcome = 'removed'` },
  closing: { label: '月末在账', lines: sql`outcome is null` },
  /** What could have been cleared: the denominator of 清理率. */
  base: { label: '应清理', lines: sql`outcome is distinct from 'removed'` },
} as const
export type FigureName = keyof typeof FIGURES
export const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[]
