import type { Tx } from '#kernel/database/database.ts'
import { containing, sql } from '#kernel/database/sql.ts'
import { gramsOf, plainName } from './name-grams.ts'

const MOST = 2_000

/**
 * Ids of the cases whose party's name or whose number holds this text (two characters are enough), or begins so in
 * first letters.
 */
export async function searchCases(tx: Tx, courts: readonly number[], text: string): Promise<string[]> {
  const name = plainName(text)
  const numbers = text
    .replace(/[\s　]/g, '')
    .replace(/[(〔[]/g, '（')
    .replace(/[)〕\]]/g, '）')
  const found = new Set<string>()
  if (name !== '') {
    const parties = await tx.query<{ case_id: string }>(
      sql`select case_id from search_parties(${courts}, ${gramsOf(name)}, ${containing(name)}, ${MOST})`,
    )
    for (const row of parties) found.add(row.case_id)
  }
  if (/[\d执（]/.test(numbers)) {
    const cases = await tx.query<{ case_id: string }>(
      sql`select case_id from search_numbers(${courts}, ${containing(numbers)}, ${MOST})`,
    )
    for (const row of cases) found.add(row.case_id)
  }
  if (/^[a-z]{2,60}$/i.test(text)) {
    const named = await tx.query<{ case_id: string }>(
      sql`select case_id from search_initials(${courts}, ${`${text.toLowerCase()}%`}, ${MOST})`,
    )
    for (const row of named) found.add(row.case_id)
  }
  return [...found]
}
