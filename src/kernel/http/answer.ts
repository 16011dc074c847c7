import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { type AuditNote, writeAudit } from '#kernel/audit/audit.ts'
import { holdsRole, type PersonActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { seeCourts } from '#kernel/database/scope.ts'
import type { Services, Session } from '#kernel/matter/acting.ts'
import { forgetActor, type Remembered, rememberedActor } from '#kernel/organisation/actor-memory.ts'
import {
  actorOfSession,
  isIdle,
  proofRequired,
  readToken,
  type SessionToken,
  type SignedIn,
  standOfSession,
  TOUCH_AFTER_MS,
  touchSession,
} from '#kernel/organisation/sessions.ts'
import { Problem, problem } from '#kernel/problem/problem.ts'
import { misread } from '#kernel/problem/reading.ts'
import { dateOf } from '#kernel/time/time.ts'
import { claimOf, keepAnswer, takeKey } from './idempotency.ts'
import { type Call, type FileAnswer, isWrite, type Route, type StoredUpload } from './route.ts'
import type { WithText } from './server.ts'
import { guardText } from './text-guard.ts'
import { storeUpload } from './upload.ts'

// One request, one transaction: who asks, whether he may, what he sent, the act, its audit, its answer; then commit,
// and only then is the answer sent.

/** Answers one request of a declared route. Throws a Problem for every refusal; the server's error handler says it. */
export async function answerCall(
  services: Services,
  one: Route,
  request: WithText,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const params = read(one.params, request.params)
  const query = read(one.query, request.query)
  const token = readToken(request.cookies.sid)
  if (!token) throw problem('sign-in.required')
  if (one.uploadLimitBytes === null && request.isMultipart()) throw problem('request.media-type')
  const upload = one.uploadLimitBytes === null ? null : await receive(services, one, request, token, params)
  const body = upload
    ? read(one.body, upload.fields)
    : isWrite(one)
      ? read(one.body, request.body === undefined ? {} : request.body)
      : undefined
  const lastEventId = lastEventIdOf(request)
  if (isWrite(one))
    return answerWrite(services, one, request, reply, { params, query, body, upload, token, lastEventId })
  const result = await answerRead(services, one, { params, query, body, upload, token, lastEventId }).catch(
    refuseQuestion,
  )
  // A read that must be recorded (marked records, exports) is answered only when its entry stands.
  const isUsed = result.unseenForMs > TOUCH_AFTER_MS && !isUnattended(one, request)
  if (result.notes.length > 0 || isUsed) {
    await services.database.write({ courtIds: result.actor.courtIds }, async (tx) => {
      if (isUsed) await touchSession(tx, token, result.at)
      if (result.notes.length > 0) await writeAudit(tx, result.actor, result.at, result.notes)
    })
  }
  return send(reply, one, result.found)
}

/** A page that reads by itself (its stream told it to) says so, and does not keep an absent person signed in. */
function isUnattended(one: Route, request: WithText): boolean {
  return one.unattended || request.headers['x-unattended'] !== undefined
}

interface Read {
  found: unknown
  notes: AuditNote[]
  actor: PersonActor
  at: Date
  unseenForMs: number
}

/**
 * Answers a question. Who asked a moment ago is believed to be the same still, so that all leaves in one packet: his
 * answer is made while the database says whether that is so, and thrown away where it is not.
 */
async function answerRead(services: Services, one: Route, parts: Parts): Promise<Read> {
  const { token } = parts
  const scope = { courtIds: [token.courtId] }
  const believed = await services.database.read(scope, async (tx) => {
    const known = rememberedActor(tx, token)
    // Whether he has proved himself must be known first.
    if (!known || one.reauth) return undefined
    const at = services.time.now()
    const asked = standOfSession(tx, token, at)
    asked.catch(() => {})
    const trial = handleRead(sessionOf(services, tx, known, at, one), one, { ...parts, isProved: false })
    const [answer] = await Promise.allSettled([trial])
    const stands = await asked
    if (stands?.stand !== known.stand || isIdle(known.actor.posts, stands.unseenForMs)) {
      forgetActor(tx, token)
      if (answer.status === 'fulfilled') discard(answer.value)
      return undefined
    }
    if (answer.status === 'rejected') throw answer.reason
    return { ...answer.value, unseenForMs: stands.unseenForMs }
  })
  if (believed) return believed
  return services.database.read(scope, async (tx) => {
    const { session, unseenForMs, isProved } = await begin(services, tx, token, one)
    return { ...(await handleRead(session, one, { ...parts, isProved })), unseenForMs }
  })
}

async function handleRead(
  asked: Session | Promise<Session>,
  one: Route,
  parts: Parts & Pick<SignedIn, 'isProved'>,
): Promise<Omit<Read, 'unseenForMs'>> {
  const session = await asked
  const found = await one.handle({ ...session, ...parts } as Call<unknown, unknown, unknown>)
  return { found, notes: session.audit, actor: session.actor as PersonActor, at: session.at }
}

function discard({ found }: Pick<Read, 'found'>): void {
  if (isFile(found)) found.file.destroy()
}

/** A value that no column understands was asked for wrongly: nothing was to be stored. */
function refuseQuestion(error: unknown): never {
  if (error instanceof Problem && error.code === 'write.refused')
    throw problem('request.malformed', {}, { cause: error })
  throw error
}

interface Parts {
  params: unknown
  query: unknown
  body: unknown
  upload: StoredUpload | null
  token: SessionToken
  lastEventId: string | null
}

async function answerWrite(
  services: Services,
  one: Route,
  request: WithText,
  reply: FastifyReply,
  parts: Parts,
): Promise<FastifyReply> {
  const content = contentOf(one, request, parts)
  const claim = claimOf(request.headers['idempotency-key'], one.method, request.url, content)
  const stored = await services.database.write({ courtIds: [parts.token.courtId] }, async (tx) => {
    const known = rememberedActor(tx, parts.token)
    const begun = begin(services, tx, parts.token, one)
    // The key is taken for the account, and a session keeps its account: with luck both questions leave together.
    const taken = known && takeKey(tx, known.actor, claim, services.time.now())
    taken?.catch(() => {})
    const { session, unseenForMs, isProved } = await begun
    const actor = session.actor as PersonActor
    if (unseenForMs > TOUCH_AFTER_MS) await touchSession(tx, parts.token, session.at)
    const before = await (taken ?? takeKey(tx, actor, claim, session.at))
    if (before) return before
    const result = await one.handle({ ...session, ...parts, isProved } as Call<unknown, unknown, unknown>)
    const answer = one.reply
      ? reply.serializeInput(result as Record<string, unknown>, String(one.status))
      : JSON.stringify(result ?? {})
    // Every write leaves an entry: one that forgot it, or whose entry can't be written, does not happen.
    if (session.audit.length === 0) throw new Error(`${one.method} ${one.path} left no audit entry`)
    const given = { status: one.status, answer: String(answer) }
    await Promise.all([
      writeAudit(tx, actor, session.at, session.audit),
      keepAnswer(tx, actor, claim, { ...given, answer: withoutSecrets(one, given.answer) }),
    ])
    return given
  })
  return reply.code(stored.status).type('application/json; charset=utf-8').send(stored.answer)
}

/** What a repeated request must repeat. Secrets stay out: a stored digest of a password could be guessed. */
function contentOf(one: Route, request: WithText, { upload }: Parts): string {
  if (upload) return JSON.stringify([upload.digest, upload.fileName, upload.fields])
  return withoutSecrets(one, request.bodyText ?? '')
}

/** JSON without the route's secrets; a repeated request gets the answer without them too. */
function withoutSecrets(one: Route, text: string): string {
  if (one.secrets.length === 0 || text.trim() === '') return text
  return JSON.stringify(JSON.parse(text), (name, value: unknown) => (one.secrets.includes(name) ? undefined : value))
}

/** Where a stream that broke off wants to go on (the header of server-sent events). */
function lastEventIdOf(request: WithText): string | null {
  const header = request.headers['last-event-id']
  return typeof header === 'string' ? header : null
}

/** Opens the session of a call: who asks and how far he sees, read in the same transaction as what he does. */
async function begin(
  services: Services,
  tx: Tx,
  token: SessionToken,
  one: Route,
): Promise<{ session: Session } & Pick<SignedIn, 'unseenForMs' | 'isProved'>> {
  const at = services.time.now()
  const signedIn = await actorOfSession(tx, token, at)
  if (!signedIn) throw problem('sign-in.required')
  const session = await sessionOf(services, tx, signedIn, at, one)
  if (one.reauth && !signedIn.isProved) throw proofRequired()
  return { session, unseenForMs: signedIn.unseenForMs, isProved: signedIn.isProved }
}

async function sessionOf(
  services: Services,
  tx: Tx,
  { actor, owesFactor }: Pick<Remembered, 'actor' | 'owesFactor'>,
  at: Date,
  one: Route,
): Promise<Session> {
  if (owesFactor && !one.beforeFactor) throw problem('second-factor.due')
  if (Array.isArray(one.access) && !holdsRole(actor, one.access)) throw problem('access.denied')
  // The transaction sees the actor's own court already.
  if (actor.courtIds.length > 1) await seeCourts(tx, actor.courtIds)
  return { tx, services, actor, at, on: dateOf(at), audit: [] }
}

/** A file is taken only from who is signed in and may use the route on this thing, before a byte of it is kept. */
async function receive(
  services: Services,
  one: Route,
  request: WithText,
  token: SessionToken,
  params: unknown,
): Promise<StoredUpload> {
  await services.database.read({ courtIds: [token.courtId] }, async (tx) => {
    const { session } = await begin(services, tx, token, one)
    await one.admit?.({ ...session, params })
  })
  return storeUpload(services.blobs, request, one.uploadLimitBytes ?? 0)
}

/** What a route without a body is sent: none, or an object without fields. */
const NOTHING = z.strictObject({})

function read(schema: z.ZodType | null, value: unknown): unknown {
  guardText(value)
  if (!schema) {
    if (!NOTHING.safeParse(value).success) throw problem('request.malformed')
    return value
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw misread(result.error)
}

function send(reply: FastifyReply, one: Route, result: unknown): FastifyReply {
  if (isFile(result)) {
    const name = encodeURIComponent(result.name)
    if (result.mediaType !== 'text/event-stream')
      reply.header('Content-Disposition', `attachment; filename*=UTF-8''${name}`)
    return reply.code(200).type(result.mediaType).send(result.file)
  }
  return reply.code(one.status).send(result)
}

function isFile(result: unknown): result is FileAnswer {
  return result !== null && typeof result === 'object' && 'file' in result && 'mediaType' in result
}
