import { randomBytes, randomInt } from 'node:crypto'
import { holdsRole, type PersonActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Services } from '#kernel/matter/acting.ts'
import { problem } from '#kernel/problem/problem.ts'
import { SECOND_FACTOR_ROLES } from '#rules/second-factor.ts'
import { SECRET_BYTES, stepOfCode } from './totp.ts'

// 双因素登录: what an account has besides its password. The secret is sealed, of recovery codes only a keyed digest is
// kept, and each code is used once: whoever calls here holds the row of the account, so that of two at once one waits.

const RECOVERY_CODES = 8
const RECOVERY_SYMBOLS = 12

interface Owner {
  courtId: number
  id: string
}

interface FactorRow {
  secret: Buffer | null
  next_secret: Buffer | null
  confirmed_at: Date | null
  used_step: bigint
  recovery_left: bigint
}

/** Whether an account signs in with a second factor, since when, and how many recovery codes are left. */
export interface FactorState {
  confirmedAt: Date | null
  recoveryLeft: number
}

async function loadFactor(tx: Tx, account: Owner): Promise<FactorRow | undefined> {
  return tx.maybe<FactorRow>(sql`
    select secret, next_secret, confirmed_at, used_step, (
      select count(*) from recovery_code r
      where r.court_id = f.court_id and r.account_id = f.account_id and r.used_at is null) as recovery_left
    from second_factor f where f.court_id = ${account.courtId} and f.account_id = ${account.id}`)
}

export async function factorState(tx: Tx, account: Owner): Promise<FactorState> {
  const row = await loadFactor(tx, account)
  return { confirmedAt: row?.confirmed_at ?? null, recoveryLeft: row?.confirmed_at ? Number(row.recovery_left) : 0 }
}

/** True for whoever must have a second factor and has none yet; never in a demonstration. */
export async function owesFactor(tx: Tx, actor: PersonActor): Promise<boolean> {
  if (!holdsRole(actor, SECOND_FACTOR_ROLES)) return false
  const row = await tx.one<{ owes: boolean }>(sql`
    select not exists (select from demonstration) and not exists (
      select from second_factor where court_id = ${actor.courtId} and account_id = ${actor.accountId}
        and confirmed_at is not null) as owes`)
  return row.owes
}

/** Makes a secret that waits for its first code; one that is in use stays so until then. */
export async function prepareSecret(tx: Tx, { sealing }: Services, account: Owner): Promise<Buffer> {
  const secret = randomBytes(SECRET_BYTES)
  const sealed = sealing.seal(contextOf(account), secret)
  await tx.run(sql`
    insert into second_factor (court_id, account_id, next_secret) values (${account.courtId}, ${account.id}, ${sealed})
    on conflict (court_id, account_id) do update set next_secret = excluded.next_secret`)
  return secret
}

/** Takes the waiting secret into use by its first code, with new recovery codes; null where the code is wrong. */
export async function confirmSecret(
  tx: Tx,
  services: Services,
  account: Owner,
  code: string,
  at: Date,
): Promise<string[] | null> {
  const row = await loadFactor(tx, account)
  if (!row?.next_secret) throw problem('second-factor.not-begun')
  const secret = opened(services, account, row.next_secret)
  const step = stepOfCode(secret, code, services.deviceTime.now(), 0)
  if (step === null) return null
  await tx.run(sql`
    update second_factor set secret = next_secret, next_secret = null, confirmed_at = ${at}, used_step = ${step}
    where court_id = ${account.courtId} and account_id = ${account.id}`)
  await tx.run(sql`
    delete from recovery_code where court_id = ${account.courtId} and account_id = ${account.id}`)
  const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode)
  for (const one of codes) {
    await tx.run(sql`
      insert into recovery_code (court_id, account_id, digest)
      values (${account.courtId}, ${account.id}, ${digestOf(services, account, one)})`)
  }
  return codes
}

export type Spent = { by: 'code' } | { by: 'recovery'; left: number }

/** Uses up a code of the authenticator or a recovery code; null where it is wrong or was used before. */
export async function spendCode(
  tx: Tx,
  services: Services,
  account: Owner,
  said: string,
  at: Date,
): Promise<Spent | null> {
  const row = await loadFactor(tx, account)
  if (!row?.secret) return null
  const code = said.replace(/[\s-]/g, '').toUpperCase()
  if (code.length >= RECOVERY_SYMBOLS) {
    const used = await tx.run(sql`
      update recovery_code set used_at = ${at} where court_id = ${account.courtId} and account_id = ${account.id}
        and digest = ${digestOf(services, account, code)} and used_at is null`)
    return used === 1 ? { by: 'recovery', left: Number(row.recovery_left) - 1 } : null
  }
  const secret = opened(services, account, row.secret)
  const step = stepOfCode(secret, code, services.deviceTime.now(), Number(row.used_step))
  if (step === null) return null
  const taken = await tx.run(sql`
    update second_factor set used_step = ${step}
    where court_id = ${account.courtId} and account_id = ${account.id} and used_step < ${step}`)
  return taken === 1 ? { by: 'code' } : null
}

/** Takes everything away; the next sign-in is by password alone. False where there was nothing. */
export async function removeFactor(tx: Tx, account: Owner): Promise<boolean> {
  const gone = await tx.run(sql`
    delete from second_factor where court_id = ${account.courtId} and account_id = ${account.id}`)
  return gone === 1
}

function contextOf(account: Owner): string {
  return `second-factor ${account.courtId} ${account.id}`
}

function opened({ sealing }: Services, account: Owner, sealed: Buffer): Buffer {
  const secret = sealing.open(contextOf(account), sealed)
  if (!secret) throw problem('second-factor.unreadable')
  return secret
}

function digestOf({ sealing }: Services, account: Owner, code: string): Buffer {
  return sealing.digest(contextOf(account), code.replace(/-/g, ''))
}

// Without letters and digits that look alike on paper: 31 symbols, twelve of them some 59 bits.
const SYMBOLS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

function recoveryCode(): string {
  const group = () => Array.from({ length: 4 }, () => SYMBOLS.charAt(randomInt(SYMBOLS.length))).join('')
  return [group(), group(), group()].join('-')
}
