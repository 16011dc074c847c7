import type { DUTIES } from '#cases/case/filing-particulars.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { FieldValue } from '#kernel/matter/field.ts'
import type { Saying, Thing } from '#kernel/matter/matter.ts'
import { courtOf } from '#kernel/organisation/courts.ts'
import { problem } from '#kernel/problem/problem.ts'

// What must be so of a case before a document of it is issued.

type Answers = Readonly<Record<string, FieldValue>>

const FULFILLED = '执行完毕'
const MONEY: (typeof DUTIES)[number] = '金钱给付'

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

/**
 * Whether a notice demands money. Where the case says no amount it still does, unless another duty is known: the form
 * then misses the amount.
 */
export const moneyOf: Saying = ({ thing: { values }, answers }) => {
  const amount = values.amountFen ?? null
  const isOther = (answers.content ?? null) !== null || (values.duty ?? MONEY) !== MONEY
  return (amount === null ? !isOther : BigInt(amount) > 0n) ? MONEY : null
}

/** A notice that demands nothing is refused. */
export async function checkDuty({ on }: Session, thing: Thing, answers: Answers): Promise<void> {
  if (moneyOf({ thing, answers, on }) === null && (answers.content ?? null) === null)
    throw problem('execution-notice.no-duty')
}
