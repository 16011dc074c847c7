import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { problem } from '#kernel/problem/problem.ts'
import { type Candidate, candidatesAmong, type Finding, isOpen } from './relation-rules.ts'

/** Reasons that are read for one case; whoever has more has them in the order of their weight. */
export const MOST_FINDINGS = 200

interface Ref {
  courtId: number
  id: string
}

/** The cases of all courts that are related to a case within the transaction's scope, and whether there are more. */
export async function relatedCases(tx: Tx, { courtId, id }: Ref): Promise<{ candidates: Candidate[]; more: boolean }> {
  const found = await tx.query<Finding>(
    sql`select court_id, case_id, number, state, party, reason from related_cases(${courtId}, ${id}, ${MOST_FINDINGS})`,
  )
  return { candidates: candidatesAmong(found), more: found.length === MOST_FINDINGS }
}

/**
 * The candidates with these numbers; refuses a number for which nothing relates it to the case, alike whether it exists
 * or not, and one whose enforcement has ended.
 */
export async function groundedCases(tx: Tx, of: Ref, numbers: readonly string[]): Promise<Candidate[]> {
  const { candidates } = await relatedCases(tx, of)
  const byNumber = new Map(candidates.map((one) => [one.number, one]))
  const found = numbers.flatMap((number) => byNumber.get(number) ?? [])
  const groundless = numbers.filter((number) => !byNumber.has(number))
  if (groundless.length > 0) throw problem('related.no-ground', { numbers: groundless.join('、') })
  refuseClosed(found)
  return found
}

/** Refuses cases whose enforcement has ended, by their numbers. */
export function refuseClosed(cases: readonly Pick<Candidate, 'number' | 'state'>[]): void {
  const closed = cases.filter((one) => !isOpen(one)).map(({ number }) => number)
  if (closed.length > 0) throw problem('related.closed', { numbers: closed.join('、') })
}
