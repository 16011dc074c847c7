import { type AuditNote, writeAudit } from '#kernel/audit/audit.ts'
import type { PersonActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import type { Call } from '#kernel/http/route.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { fieldProblem, type Problem, problem } from '#kernel/problem/problem.ts'
import { factorState, spendCode } from '#kernel/second-factor/second-factor.ts'
import { type Account, clearFailures, countFailure, isLocked, lockAccount, minutesLeft } from './account.ts'
import { checkPassword, isStrongPassword } from './passwords.ts'
import { storePassword } from './people.ts'
import { markProved, PROOF_MINUTES } from './sessions.ts'

// What somebody does with his own account while he is signed in: every secret that he says is judged like at sign-in,
// and a wrong one counts towards the same lock.

/** Judged and counted in a transaction of its own, because a refusal undoes this one. Throws what `judge` refuses. */
async function judged(
  session: Session,
  judge: (tx: Tx, account: Account) => Promise<{ refusal: Problem; verb: CountedVerb } | null>,
): Promise<void> {
  const actor = session.actor as PersonActor
  const { services, at } = session
  const refusal = await services.database.writeBeside({ courtIds: [actor.courtId] }, async (tx) => {
    const account = await lockAccount(tx, { id: actor.accountId })
    if (!account) return problem('thing.not-found')
    if (account.lockedUntil && isLocked(account, at)) {
      return problem('sign-in.locked', { minutes: minutesLeft(account.lockedUntil, at) })
    }
    const wrong = await judge(tx, account)
    if (wrong) await writeAudit(tx, actor, at, await countFailure(tx, account, at, wrong.verb))
    return wrong?.refusal ?? null
  })
  if (refusal) throw refusal
}

type CountedVerb = 'session.fail' | 'session.code-fail'

/** Changes the own password and ends all own sessions. A wrong old one counts towards the lock, like at sign-in. */
export async function changeOwnPassword(
  session: Session,
  said: { currentPassword: string; newPassword: string },
): Promise<{ changed: boolean }> {
  const actor = session.actor as PersonActor
  await judged(session, async (_, account) => {
    if (await checkPassword(account.passwordHash, said.currentPassword)) return null
    return { refusal: fieldProblem([{ path: 'currentPassword', message: '原密码不正确' }]), verb: 'session.fail' }
  })
  const account = await lockAccount(session.tx, { id: actor.accountId })
  if (!account) throw problem('thing.not-found')
  const isSame = said.newPassword === said.currentPassword
  if (isSame || !isStrongPassword(said.newPassword, account.username)) {
    throw problem(
      'people.password-weak',
      {},
      { fields: [{ path: 'newPassword', message: isSame ? '与原密码相同' : '不符合要求' }] },
    )
  }
  await storePassword(session, account, said.newPassword)
  session.audit.push({ verb: 'person.change-password', thing: ownThing(actor) })
  return { changed: true }
}

/**
 * Proves for this session who sits there (重新验证身份): by a code where the account has a second factor, else by the
 * password. Holds for PROOF_MINUTES.
 */
export async function proveSelf(
  call: Call<unknown, unknown, { password?: string | undefined; code?: string | undefined }>,
): Promise<{ provedUntil: string }> {
  const { tx, actor, services, at, token, body, audit } = call
  const own = { courtId: actor.courtId, id: actor.accountId }
  const isByCode = (await factorState(tx, own)).confirmedAt !== null
  const said = isByCode ? body.code : body.password
  if (!said) {
    throw fieldProblem([
      isByCode ? { path: 'code', message: '请填写动态口令' } : { path: 'password', message: '请填写密码' },
    ])
  }
  const notes: AuditNote[] = []
  await judged(call, async (judging, account) => {
    if (!isByCode) {
      if (await checkPassword(account.passwordHash, said)) return null
      return { refusal: fieldProblem([{ path: 'password', message: '密码不正确' }]), verb: 'session.fail' }
    }
    const used = await spendCode(judging, services, account, said, at)
    if (used?.by === 'recovery') notes.push({ verb: 'session.recovery', summary: { 剩余恢复码: used.left } })
    if (used) return null
    return {
      refusal: fieldProblem([{ path: 'code', message: '动态口令不正确或已使用' }]),
      verb: 'session.code-fail',
    }
  })
  await clearFailures(tx, own)
  await markProved(tx, token, at)
  audit.push({ verb: 'session.prove', thing: ownThing(actor) }, ...notes)
  return { provedUntil: new Date(at.getTime() + PROOF_MINUTES * 60_000).toISOString() }
}

function ownThing(actor: PersonActor) {
  return { kind: 'person', id: actor.personId, label: actor.name }
}
