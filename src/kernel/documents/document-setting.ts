import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { SETTING_NAMES, type SettingName } from './setting-names.ts'

export type Settings = Record<SettingName, string | null>

/** What a court says of itself in its documents; null where it has set nothing. */
export async function settingsOf(tx: Tx, courtId: number): Promise<Settings> {
  const rows = await tx.query<{ name: string; value: string }>(sql`
    select distinct on (name) name, value from document_setting where court_id = ${courtId} order by name, seq desc`)
  const said = new Map(rows.map(({ name, value }) => [name, value]))
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, said.get(name) || null])) as Settings
}
