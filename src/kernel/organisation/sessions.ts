import { createHash, randomBytes } from 'node:crypto'
import { type PersonActor, seesBelow } from '#kernel/authorisation/may.ts'
import { isRole, type Role } from '#kernel/authorisation/roles.ts'
import type { Tx } from '#kernel/database/database.ts'
import { type Sql, sql } from '#kernel/database/sql.ts'
import { type Problem, problem } from '#kernel/problem/problem.ts'
import { owesFactor } from '#kernel/second-factor/second-factor.ts'
import { dateOf, type On } from '#kernel/time/time.ts'
import { type Remembered, rememberActor, rememberedActor } from './actor-memory.ts'
import { deputisedBy } from './deputies.ts'
import { inForce } from './posts.ts'

// A session is a random token of which only the digest is stored. Each request asks whether the session holds and
// whether anything about the court's people has changed since its actor was read, so that a stopped account or an ended
// post takes effect at once.

const IDLE_MINUTES = 30
/** 三员 (等级保护第三级): half of it. */
const IDLE_MINUTES_OF_ADMINISTRATORS = 15
const ABSOLUTE_HOURS = 12
/** So long a session counts as proved after a password or a code. */
export const PROOF_MINUTES = 5

export interface SessionToken {
  courtId: number
  digest: Buffer
}

/** A token as it stands in the cookie: the court's id, for finding the row, and the secret. */
export function readToken(cookie: string | undefined): SessionToken | null {
  const match = /^(\d{1,9})\.([A-Za-z0-9_-]{43})$/.exec(cookie ?? '')
  return match ? { courtId: Number(match[1]), digest: digestOf(match[2] as string) } : null
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Opens a session; returns what goes into the cookie, which is stored nowhere. */
export async function openSession(tx: Tx, courtId: number, accountId: string, at: Date): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  await tx.run(sql`
    insert into session (court_id, digest, account_id, opened_at, seen_at, proved_at)
    values (${courtId}, ${digestOf(secret)}, ${accountId}, ${at}, ${at}, ${at})`)
  return `${courtId}.${secret}`
}

/** Ends one session; a second time changes nothing. */
export async function endSession(tx: Tx, token: SessionToken, at: Date): Promise<void> {
  await tx.run(sql`
    update session set ended_at = ${at}
    where court_id = ${token.courtId} and digest = ${token.digest} and ended_at is null`)
}

/** Ends every session of an account at once. */
export async function endSessionsOf(tx: Tx, account: { courtId: number; id: string }, at: Date): Promise<void> {
  await tx.run(sql`
    update session set ended_at = ${at}
    where court_id = ${account.courtId} and account_id = ${account.id} and ended_at is null`)
}

/** Minutes without use after which a session of these posts ends. */
export function idleMinutes(posts: readonly { role: string }[]): number {
  const isAdministrator = posts.some(({ role }) => role.startsWith('administrator.'))
  return isAdministrator ? IDLE_MINUTES_OF_ADMINISTRATORS : IDLE_MINUTES
}

/** True where a session of these posts has not been used for too long. */
export function isIdle(posts: readonly { role: string }[], unseenForMs: number): boolean {
  return unseenForMs >= idleMinutes(posts) * 60_000
}

/** Not ended, not idle longer than anybody may be, not older than a working day may be. */
function alive(at: Date): Sql {
  return sql`s.ended_at is null
    and s.seen_at > ${new Date(at.getTime() - IDLE_MINUTES * 60_000)}
    and s.opened_at > ${new Date(at.getTime() - ABSOLUTE_HOURS * 3_600_000)}`
}

interface ActorRow {
  account_id: string
  person_id: string
  natural_id: string
  name: string
  posts: { role: string; team_id: string | null }[]
  deputises: { role: string; name: string; natural_id: string }[]
  below: number[]
}

export interface SignedIn extends Pick<Stand, 'unseenForMs' | 'isProved'> {
  actor: PersonActor
  /** He must have a second factor and has none yet. */
  owesFactor: boolean
}

/** How a session stands: what must be the same as when its actor was read; undefined where it holds no more. */
export async function standOfSession(tx: Tx, token: SessionToken, at: Date): Promise<Stand | undefined> {
  const held = await tx.maybe<{ seen_at: Date; proved_at: Date | null; people_version: bigint }>(sql`
    select s.seen_at, s.proved_at, c.people_version from session s join court c on c.id = s.court_id
    where s.court_id = ${token.courtId} and s.digest = ${token.digest} and ${alive(at)}`)
  if (!held) return undefined
  const since = (instant: Date) => at.getTime() - instant.getTime()
  return {
    // A post may begin or end with the day, though nothing was written.
    stand: `${held.people_version} ${dateOf(at)}`,
    unseenForMs: since(held.seen_at),
    isProved: held.proved_at !== null && since(held.proved_at) < PROOF_MINUTES * 60_000,
  }
}

export interface Stand {
  stand: string
  /** How long ago the session was last marked as used. */
  unseenForMs: number
  /** Whether password or code were proved so lately that the gravest acts are open. */
  isProved: boolean
}

/** Who holds this session now; undefined where it is ended, too old, idle too long, or its account stopped. */
export async function actorOfSession(tx: Tx, token: SessionToken, at: Date): Promise<SignedIn | undefined> {
  const held = await standOfSession(tx, token, at)
  if (!held) return undefined
  const { stand, ...facts } = held
  const before = rememberedActor(tx, token)
  const known = before?.stand === stand ? before : await readAnew(tx, token, stand, dateOf(at))
  if (!known || isIdle(known.actor.posts, facts.unseenForMs)) return undefined
  return { actor: known.actor, owesFactor: known.owesFactor, ...facts }
}

/** What changes between the question for the stand and this one moves the number on: the next request reads again. */
async function readAnew(tx: Tx, token: SessionToken, stand: string, on: On): Promise<Remembered | undefined> {
  const actor = await readActor(tx, token, on)
  if (!actor) return undefined
  const read = { stand, actor, owesFactor: await owesFactor(tx, actor) }
  rememberActor(tx, token, read)
  return read
}

/** Account, person, posts of the day and courts behind a session; undefined where its account is stopped. */
async function readActor(tx: Tx, token: SessionToken, on: On): Promise<PersonActor | undefined> {
  const row = await tx.maybe<ActorRow>(
    sql`
    select ${actorColumns(on)}
    from session s
    join account a on a.court_id = s.court_id and a.id = s.account_id and a.state = 'active'
    join person p on p.court_id = a.court_id and p.id = a.person_id
    where s.court_id = ${token.courtId} and s.digest = ${token.digest}`,
  )
  return row && actorIn(row, token.courtId)
}

/** Who holds this account now, with the posts of today; undefined where it is stopped. For work without a session. */
export async function actorOfAccount(
  tx: Tx,
  account: { courtId: number; id: string },
  at: Date,
): Promise<PersonActor | undefined> {
  const row = await tx.maybe<ActorRow>(sql`
    select ${actorColumns(dateOf(at))} from account a
    join person p on p.court_id = a.court_id and p.id = a.person_id
    where a.court_id = ${account.courtId} and a.id = ${account.id} and a.state = 'active'`)
  return row && actorIn(row, account.courtId)
}

/** What makes an actor of an account `a` and its person `p`. */
function actorColumns(on: On): Sql {
  return sql`a.id as account_id, p.id as person_id, p.natural_id, p.name,
    coalesce((select jsonb_agg(jsonb_build_object('role', role, 'team_id', team_id) order by from_on, id) from post
      where court_id = a.court_id and person_id = p.id and ${inForce(on)}), '[]') as posts,
    ${deputisedBy(sql`a.court_id`, sql`p.id`, on)} as deputises,
    (select array_agg(id order by id) from court where line @> array[a.court_id]) as below`
}

function actorIn(row: ActorRow, courtId: number): PersonActor {
  const posts = row.posts.flatMap((post) =>
    isRole(post.role) ? [{ role: post.role as Role, teamId: post.team_id }] : [],
  )
  const others = seesBelow(posts) ? row.below.filter((id) => id !== courtId) : []
  return {
    kind: 'person',
    personId: row.person_id,
    naturalId: row.natural_id,
    accountId: row.account_id,
    name: row.name,
    courtId,
    courtIds: [courtId, ...others],
    posts,
    deputises: row.deputises.flatMap(({ role, name, natural_id }) =>
      isRole(role) ? [{ role, name, naturalId: natural_id }] : [],
    ),
  }
}

/** A session is marked as used at most once a minute, so that reading does not write each time. */
export const TOUCH_AFTER_MS = 60_000

/** Marks a session as used now, which moves its idle end. */
export async function touchSession(tx: Tx, token: SessionToken, at: Date): Promise<void> {
  await tx.run(sql`
    update session set seen_at = greatest(seen_at, ${at})
    where court_id = ${token.courtId} and digest = ${token.digest}`)
}

/** The person behind a session has proved who he is. */
export async function markProved(tx: Tx, token: SessionToken, at: Date): Promise<void> {
  await tx.run(sql`
    update session set proved_at = ${at} where court_id = ${token.courtId} and digest = ${token.digest}`)
}

/** What answers a gravest act of somebody who has not proved himself lately. */
export function proofRequired(): Problem {
  return problem('session.proof-required', { minutes: PROOF_MINUTES })
}

/** The posts of one open session, as far as messages are addressed by them. */
export interface Listening {
  personId: string
  posts: readonly { role: string; teamId: string | null }[]
}

/** Of several sessions those that still hold, each with its posts of today, by the digest's hex. */
export async function listeningSessions(tx: Tx, digests: readonly Buffer[], at: Date): Promise<Map<string, Listening>> {
  const on = dateOf(at)
  const rows = await tx.query<{ digest: Buffer; seen_at: Date; person_id: string; posts: Listening['posts'] }>(sql`
    select s.digest, s.seen_at, a.person_id,
      coalesce((select jsonb_agg(jsonb_build_object('role', role, 'teamId', team_id)) from post
        where court_id = a.court_id and person_id = a.person_id and ${inForce(on)}), '[]') as posts
    from session s
    join account a on a.court_id = s.court_id and a.id = s.account_id and a.state = 'active'
    where s.digest = any(${digests}::bytea[]) and ${alive(at)}`)
  return new Map(
    rows
      .filter((row) => !isIdle(row.posts, at.getTime() - row.seen_at.getTime()))
      .map((row) => [row.digest.toString('hex'), { personId: row.person_id, posts: row.posts }]),
  )
}
