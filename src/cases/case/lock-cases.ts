import type { Tx } from '#kernel/database/database.ts'
import { type Sql, sql } from '#kernel/database/sql.ts'

/**
 * Locks the cases that a condition names, always in one order, and gives their ids. Every act locks its case before it
 * touches what belongs to it: who changes clocks or warnings of several cases does the same, else the two wait for
 * each other.
 */
export async function lockCases(tx: Tx, condition: Sql): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    sql`select id from enforcement_case where ${condition} order by court_id, id for no key update`,
  )
  return rows.map(({ id }) => id)
}
