import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { fieldProblem } from '#kernel/problem/problem.ts'
import type { On } from '#kernel/time/time.ts'

// Numbers that a court sets for itself from a day on. Appended; on a day the last entry that had begun counts.

export interface DatedNumber {
  n: number
  fromOn: On
  source: string
  setBy: string
}

/** What a court has set under a name and counts on a day, by key. */
export async function numbersOn(tx: Tx, courtId: number, name: string, on: On): Promise<Map<string, DatedNumber>> {
  const rows = await tx.query<{ key: string; n: number; from_on: On; source: string; set_by: string }>(sql`
    select distinct on (key) key, n, from_on, source, set_by from dated_setting
    where court_id = ${courtId} and name = ${name} and from_on <= ${on} order by key, from_on desc, seq desc`)
  return new Map(
    rows.map(({ key, n, from_on, source, set_by }) => [key, { n, fromOn: from_on, source, setBy: set_by }]),
  )
}

/** Sets a number from a day on, today at the earliest: what counted yesterday stays what counted. */
export async function setNumber(
  { tx, actor, at, on }: Session,
  setting: { name: string; key: string; n: number; fromOn: On; source: string },
): Promise<void> {
  if (setting.fromOn < on) throw fieldProblem([{ path: 'fromOn', message: '不能早于今天' }])
  await tx.run(sql`
    insert into dated_setting (court_id, name, key, from_on, n, source, set_by, set_at)
    values (${actor.courtId}, ${setting.name}, ${setting.key}, ${setting.fromOn}, ${setting.n}, ${setting.source},
      ${actor.name}, ${at})`)
}
