import type { AuditNote } from '#kernel/audit/audit.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'

// Locking after repeated failures, the same for passwords and codes, at sign-in and after it.

export const FAILURES_MOST = 5
export const LOCK_MINUTES = 15

export interface Account {
  courtId: number
  id: string
  personId: string
  username: string
  personName: string
  passwordHash: string
  state: 'active' | 'stopped'
  failures: number
  lockedUntil: Date | null
}

interface AccountRow {
  court_id: number
  id: string
  person_id: string
  username: string
  person_name: string
  password_hash: string
  state: 'active' | 'stopped'
  failures: number
  locked_until: Date | null
}

/**
 * The account, locked for the transaction: attempts on one account are judged one after another. Its key is not locked:
 * the idempotency row of the very request that changes a password refers to it.
 */
export async function lockAccount(tx: Tx, by: { username: string } | { id: string }): Promise<Account | undefined> {
  const row = await tx.maybe<AccountRow>(sql`
    select a.*, (select name from person p where p.court_id = a.court_id and p.id = a.person_id) as person_name
    from account a where ${'id' in by ? sql`a.id = ${by.id}` : sql`a.username = ${by.username}`}
    for no key update of a`)
  return (
    row && {
      courtId: row.court_id,
      id: row.id,
      personId: row.person_id,
      username: row.username,
      personName: row.person_name,
      passwordHash: row.password_hash,
      state: row.state,
      failures: row.failures,
      lockedUntil: row.locked_until,
    }
  )
}

/** True until the lock's last instant has passed. */
export function isLocked(account: Pick<Account, 'lockedUntil'>, at: Date): boolean {
  return account.lockedUntil !== null && account.lockedUntil > at
}

/** Minutes until a lock ends, at least one. */
export function minutesLeft(until: Date, at: Date): number {
  return Math.max(1, Math.ceil((until.getTime() - at.getTime()) / 60_000))
}

/** Counts a wrong password or code; the fifth in a row locks the account. Returns what the audit must say. */
export async function countFailure(
  tx: Tx,
  account: Account,
  at: Date,
  what: 'session.fail' | 'session.code-fail' = 'session.fail',
): Promise<AuditNote[]> {
  const failures = account.failures + 1
  const locks = failures >= FAILURES_MOST
  const until = locks ? new Date(at.getTime() + LOCK_MINUTES * 60_000) : null
  await tx.run(sql`
    update account set failures = ${locks ? 0 : failures}, locked_until = ${until}
    where court_id = ${account.courtId} and id = ${account.id}`)
  const thing = { kind: 'account', id: account.id, label: account.personName }
  const failed: AuditNote = { verb: what, thing, summary: { 连续错误次数: failures } }
  return locks ? [failed, { verb: 'session.lock', thing, summary: { 锁定分钟: LOCK_MINUTES } }] : [failed]
}

/** Forgets earlier failures and any lock. */
export async function clearFailures(tx: Tx, account: Pick<Account, 'courtId' | 'id'>): Promise<void> {
  await tx.run(sql`
    update account set failures = 0, locked_until = null where court_id = ${account.courtId} and id = ${account.id}`)
}
