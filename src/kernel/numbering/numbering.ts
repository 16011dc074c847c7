import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'

/**
 * The next number of a court's series in a year: without gaps or duplicates, because the row's lock lasts to the
 * commit.
 */
export async function nextNumber(tx: Tx, courtId: number, series: string, year: number): Promise<number> {
  const row = await tx.one<{ last: number }>(sql`
    insert into number_series (court_id, series, year, last) values (${courtId}, ${series}, ${year}, 1)
    on conflict (court_id, series, year) do update set last = number_series.last + 1
    returning last`)
  return row.last
}

/** Fills '{court}委托〔{year}〕{serial}号' with the court's code, the year and the serial number. */
export function formatNumber(pattern: string, court: string, year: number, serial: number): string {
  return pattern.replace('{court}', court).replace('{year}', String(year)).replace('{serial}', String(serial))
}
