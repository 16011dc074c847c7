import type { Row } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Call } from '#kernel/http/route.ts'
import { problem } from '#kernel/problem/problem.ts'

/** Who imports: the centre and the filing desk. */
export const IMPORTERS = ['centre.clerk', 'centre.head', 'filing'] as const

/** The court's own run; another court's answers like one that does not exist. */
export async function ownRun(call: Call<unknown, unknown, unknown>, id: string): Promise<Row> {
  const row = await call.tx.maybe<Row>(
    sql`select * from import_run where court_id = ${call.actor.courtId} and id = ${id}`,
  )
  if (!row) throw problem('thing.not-found')
  return row
}
