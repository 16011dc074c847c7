import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { courtOf } from '#kernel/organisation/courts.ts'
import { problem } from '#kernel/problem/problem.ts'

// What must be so of a case before a document of it is issued.

const FULFILLED = '执行完毕'

/** A notice tells of what was fulfilled; every other end is a ruling's. Where no way is known, the form misses it. */
export async function checkFulfilled({ tx }: Session, thing: Thing): Promise<void> {
  const { closing_way: way } = await tx.one<{ closing_way: string | null }>(sql`
    select closing_way from enforcement_case where court_id = ${thing.courtId} and id = ${thing.id}`)
  if (way !== null && way !== FULFILLED) throw problem('closing-notice.way', { way })
}

/** 协同执行 is decided by the court above; a basic court reports to it. */
export async function checkLevel({ tx }: Session, thing: Thing): Promise<void> {
  if ((await courtOf(tx, thing.courtId)).level === 'basic') throw problem('joint-execution.basic')
}
