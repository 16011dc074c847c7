import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'

// The flags of article 10 after a change by hand: what the case now holds decides; what only the export could show
// (a wrong number of certificates, a wrong check digit) stays until the parties are corrected.

/** The flags that still hold after a change by hand; none is added. */
export async function toCorrectAfterChange({ tx, thing, on }: Acting): Promise<string[]> {
  const row = await tx.one<{
    to_correct: string[]
    amount_fen: bigint | null
    basis_number: string | null
    filed_on: string
    closed_on: string | null
    export_as_of_on: string | null
    debtors: bigint
  }>(sql`
    select to_correct, amount_fen, basis_number, filed_on, closed_on, export_as_of_on, (
      select count(*) from case_party p
      where p.court_id = c.court_id and p.case_id = c.id and side = 'debtor') as debtors
    from enforcement_case c where court_id = ${thing.courtId} and id = ${thing.id}`)
  const mended: Readonly<Record<string, boolean>> = {
    缺被执行人: row.debtors > 0n,
    标的金额错误: row.amount_fen !== null,
    缺执行依据: row.basis_number !== null,
    结案早于立案: row.closed_on === null || row.closed_on >= row.filed_on,
    立案日期晚于导出日期: row.filed_on <= (row.export_as_of_on ?? on),
  }
  return row.to_correct.filter((flag) => !mended[flag])
}
