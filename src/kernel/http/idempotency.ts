import { createHash } from 'node:crypto'
import type { PersonActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { problem } from '#kernel/problem/problem.ts'

// A write and its key live and die in one transaction: a repeated request gets the first one's answer, a changed one a
// refusal, and of fifty at once one acts while the others wait for its row.

export interface Claim {
  key: string
  fingerprint: Buffer
}

export interface StoredAnswer {
  status: number
  answer: string
}

/**
 * What a write claims: its key, and the fingerprint of what it asks. Refuses a key shorter than 8 or longer than 200.
 */
export function claimOf(key: unknown, method: string, url: string, body: string): Claim {
  if (typeof key !== 'string' || key.length < 8 || key.length > 200) throw problem('request.key-missing')
  return { key, fingerprint: createHash('sha256').update(`${method} ${url}\n${body}`).digest() }
}

/** Takes the key for this transaction, or returns the answer that was given to it before. */
export async function takeKey(tx: Tx, actor: PersonActor, claim: Claim, at: Date): Promise<StoredAnswer | null> {
  const taken = await tx.run(sql`
    insert into idempotency (court_id, account_id, key, fingerprint, at)
    values (${actor.courtId}, ${actor.accountId}, ${claim.key}, ${claim.fingerprint}, ${at})
    on conflict do nothing`)
  if (taken === 1) return null
  const row = await tx.one<{ fingerprint: Buffer; status: number | null; answer: string | null }>(sql`
    select fingerprint, status, answer from idempotency
    where court_id = ${actor.courtId} and account_id = ${actor.accountId} and key = ${claim.key}`)
  if (!row.fingerprint.equals(claim.fingerprint)) throw problem('request.key-reused')
  if (row.status === null || row.answer === null) throw problem('write.busy')
  return { status: row.status, answer: row.answer }
}

/** Stores the answer under the key, in the transaction of the write itself. */
export async function keepAnswer(tx: Tx, actor: PersonActor, claim: Claim, stored: StoredAnswer): Promise<void> {
  await tx.send(sql`
    update idempotency set status = ${stored.status}, answer = ${stored.answer}
    where court_id = ${actor.courtId} and account_id = ${actor.accountId} and key = ${claim.key}`)
}
