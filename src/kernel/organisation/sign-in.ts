import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type AuditNote, writeAudit } from '#kernel/audit/audit.ts'
import type { SystemActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { REFUSALS, replySchema, requestSchema } from '#kernel/http/reply-schema.ts'
import type { Services } from '#kernel/matter/acting.ts'
import { fieldProblem, type Problem, problem } from '#kernel/problem/problem.ts'
import { factorState, spendCode } from '#kernel/second-factor/second-factor.ts'
import { dateOf } from '#kernel/time/time.ts'
import {
  type Account,
  clearFailures,
  countFailure,
  FAILURES_MOST,
  isLocked,
  LOCK_MINUTES,
  lockAccount,
  minutesLeft,
} from './account.ts'
import { shownDemonstration } from './demonstration.ts'
import { FailureMemory } from './failure-memory.ts'
import { type MenuEntry, showMe } from './me-view.ts'
import { checkPassword, PASSWORD_MAX } from './passwords.ts'
import { actorOfSession, endSession, openSession, readToken, type SessionToken } from './sessions.ts'
import { Turnstile } from './turnstile.ts'
import { meView } from './wire.ts'

// Signing in and out: the only routes that stand before a session, and therefore outside the table of routes.

const COOKIE = 'sid'
const MINUTE_MS = 60_000
const AT_ONCE = 4
const WAITING_MOST = 100
const ADDRESS_LIMITS = { most: 100, windowMs: 5 * MINUTE_MS, lockMs: 5 * MINUTE_MS, keys: 10_000 }
const NAME_LIMITS = {
  most: FAILURES_MOST,
  windowMs: 24 * 60 * MINUTE_MS,
  lockMs: LOCK_MINUTES * MINUTE_MS,
  keys: 10_000,
}

const credentials = z.strictObject({
  username: z.string().trim().toLowerCase().min(1, '请填写账号').max(64, '账号过长'),
  password: z.string().min(1, '请填写密码').max(PASSWORD_MAX, '密码过长'),
  /** 动态口令 or 恢复码: said with the password in the second step, so that no half session stands anywhere. */
  code: z.string().trim().min(1).max(40).optional(),
})
const demonstrationView = z.object({
  on: z.string(),
  accounts: z.array(
    z.object({ username: z.string(), password: z.string(), name: z.string(), roles: z.array(z.string()) }),
  ),
})

/** Mounts POST and DELETE /api/session and GET /api/demonstration on the server itself. */
export function mountSignIn(app: FastifyInstance, services: Services, menu: readonly MenuEntry[]): void {
  const door: Door = {
    services,
    turnstile: new Turnstile(AT_ONCE, WAITING_MOST),
    addresses: new FailureMemory(ADDRESS_LIMITS),
    unknownNames: new FailureMemory(NAME_LIMITS),
  }
  app.post(
    '/api/session',
    {
      schema: {
        summary: '登录',
        body: requestSchema(credentials),
        response: { 200: replySchema(meView), ...REFUSALS },
      },
    },
    (request, reply) => signIn(door, menu, request, reply),
  )
  const signedOut = { 204: { description: '已退出', type: 'null' }, ...REFUSALS }
  app.delete('/api/session', { schema: { summary: '退出登录', response: signedOut } }, (request, reply) =>
    signOut(services, request, reply),
  )
  app.get(
    '/api/demonstration',
    { schema: { summary: '演示账号', response: { 200: replySchema(demonstrationView), ...REFUSALS } } },
    async () => {
      const shown = await shownDemonstration(services)
      if (!shown) throw problem('route.not-found')
      return shown
    },
  )
}

interface Door {
  services: Services
  turnstile: Turnstile
  addresses: FailureMemory
  unknownNames: FailureMemory
}

async function signIn(door: Door, menu: readonly MenuEntry[], request: FastifyRequest, reply: FastifyReply) {
  const { services, addresses } = door
  const said = credentials.safeParse(request.body)
  if (!said.success) {
    throw fieldProblem(said.error.issues.map((issue) => ({ path: issue.path.join('.'), message: '请填写账号和密码' })))
  }
  if (addresses.lockedUntil(request.ip, services.time.now())) throw problem('sign-in.busy')
  const outcome = await door.turnstile.pass(
    () => attempt(door, said.data),
    () => {
      throw problem('sign-in.busy')
    },
  )
  if ('refusal' in outcome) {
    if (outcome.refusal.code !== 'sign-in.code-required') addresses.fail(request.ip, services.time.now())
    throw outcome.refusal
  }
  reply.setCookie(COOKIE, outcome.cookie, { ...COOKIE_FACTS, secure: isEncrypted(request) })
  return me(services, outcome.token, menu)
}

const COOKIE_FACTS = { path: '/', httpOnly: true, sameSite: 'strict' } as const

function isEncrypted(request: FastifyRequest): boolean {
  return request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https'
}

type Outcome = { refusal: Problem } | { cookie: string; token: SessionToken }

/** One attempt. It is judged and counted in one committed transaction: a refusal is returned, not thrown. */
async function attempt(door: Door, said: z.infer<typeof credentials>): Promise<Outcome> {
  const { services, unknownNames } = door
  const { username, password } = said
  const courtId = await services.database.read({ courtIds: [] }, async (tx) => {
    const found = await tx.one<{ court_id: number | null }>(sql`select court_of_username(${username}) as court_id`)
    return found.court_id
  })
  const at = services.time.now()
  if (courtId === null) {
    // What is no account locks like one, so that nobody learns which names exist.
    const until = unknownNames.lockedUntil(username, at)
    if (until) return { refusal: problem('sign-in.locked', { minutes: minutesLeft(until, at) }) }
    await checkPassword(null, password)
    unknownNames.fail(username, at)
    return { refusal: problem('sign-in.failed') }
  }
  return services.database.write({ courtIds: [courtId] }, async (tx): Promise<Outcome> => {
    const account = await lockAccount(tx, { username })
    if (!account) return { refusal: problem('sign-in.failed') }
    if (account.lockedUntil && isLocked(account, at)) {
      return { refusal: problem('sign-in.locked', { minutes: minutesLeft(account.lockedUntil, at) }) }
    }
    const refuse = async (...counted: Parameters<typeof countFailure>) => {
      const door: SystemActor = { kind: 'system', name: '登录', courtId, courtIds: [courtId] }
      await writeAudit(tx, door, at, await countFailure(...counted))
    }
    const holds = await checkPassword(account.passwordHash, password)
    if (!holds || account.state !== 'active') {
      await refuse(tx, account, at)
      return { refusal: problem('sign-in.failed') }
    }
    const second = await secondStep(tx, services, account, said.code, at)
    if (second === 'asked') return { refusal: problem('sign-in.code-required') }
    if (second === 'wrong') {
      await refuse(tx, account, at, 'session.code-fail')
      return { refusal: problem('sign-in.code-wrong') }
    }
    await clearFailures(tx, account)
    const cookie = await openSession(tx, courtId, account.id, at)
    const token = readToken(cookie) as SessionToken
    const signedIn = await actorOfSession(tx, token, at)
    if (!signedIn) throw problem('sign-in.failed')
    const thing = { kind: 'account', id: account.id, label: account.personName }
    const notes: AuditNote[] = [{ verb: 'session.sign-in', thing }]
    if (second.recoveryLeft !== null)
      notes.push({ verb: 'session.recovery', thing, summary: { 剩余恢复码: second.recoveryLeft } })
    await writeAudit(tx, signedIn.actor, at, notes)
    return { cookie, token }
  })
}

/**
 * The second step, where the account has one. That it is asked for says that the password was right, which the session
 * itself would say else; earlier failures stay counted until both steps have passed.
 */
async function secondStep(
  tx: Tx,
  services: Services,
  account: Account,
  code: string | undefined,
  at: Date,
): Promise<'asked' | 'wrong' | { recoveryLeft: number | null }> {
  const { confirmedAt } = await factorState(tx, account)
  if (!confirmedAt) return { recoveryLeft: null }
  if (code === undefined) return 'asked'
  const used = await spendCode(tx, services, account, code, at)
  if (!used) return 'wrong'
  return { recoveryLeft: used.by === 'recovery' ? used.left : null }
}

async function me(services: Services, token: SessionToken, menu: readonly MenuEntry[]) {
  const at = services.time.now()
  const signedIn = await services.database.read({ courtIds: [token.courtId] }, (tx) => actorOfSession(tx, token, at))
  if (!signedIn) throw problem('sign-in.required')
  const { actor } = signedIn
  return services.database.read({ courtIds: actor.courtIds }, (tx) =>
    showMe({ tx, services, actor, at, on: dateOf(at), audit: [] }, menu),
  )
}

async function signOut(services: Services, request: FastifyRequest, reply: FastifyReply) {
  const token = readToken(request.cookies[COOKIE])
  if (token) {
    const at = services.time.now()
    await services.database.write({ courtIds: [token.courtId] }, async (tx) => {
      const signedIn = await actorOfSession(tx, token, at)
      await endSession(tx, token, at)
      if (signedIn) await writeAudit(tx, signedIn.actor, at, [{ verb: 'session.sign-out' }])
    })
  }
  return reply.clearCookie(COOKIE, COOKIE_FACTS).code(204).send()
}
