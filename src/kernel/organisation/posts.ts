import { type Sql, sql } from '#kernel/database/sql.ts'
import type { On } from '#kernel/time/time.ts'

/** The condition that a row of `post` holds on a day, its first and last day included. */
export function inForce(on: On): Sql {
  return sql`from_on <= ${on} and (to_on is null or to_on >= ${on})`
}
