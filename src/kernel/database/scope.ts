import type { Tx } from './database.ts'
import { sql } from './sql.ts'

// Whose rows a transaction sees, when that turns out only after it has begun.

/** From here on the transaction sees the rows of these courts and of no other. */
export async function seeCourts(tx: Tx, courtIds: readonly number[]): Promise<void> {
  await tx.send(sql`select set_config('ecc.court_ids', ${`{${courtIds.join(',')}}`}, true)`)
}

/** From here on the transaction sees every court's rows: for the clockwork and the like, which work for no person. */
export async function seeAllCourts(tx: Tx): Promise<void> {
  await tx.send(sql`select set_config('ecc.court_ids', (select array_agg(id)::text from court), true)`)
}
