import { randomUUID } from 'node:crypto'
import type { PersonActor } from '#kernel/authorisation/may.ts'
import { ROLES, type Role } from '#kernel/authorisation/roles.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { tell } from '#kernel/notifications/tell.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import { removeFactor } from '#kernel/second-factor/second-factor.ts'
import { addDays, type On } from '#kernel/time/time.ts'
import { type Account, clearFailures, lockAccount } from './account.ts'
import { hashPassword, temporaryPassword } from './passwords.ts'
import { endSessionsOf } from './sessions.ts'

// Accounts and posts. 系统管理员 keeps accounts, 安全管理员 gives posts, and nobody touches what is his own: the database
// refuses a second administrator's post of one human being whoever asks (migration 0007).

export interface NewPerson {
  name: string
  username: string
  /** An earlier account of the same human being, so that nobody approves what he proposed under another name. */
  samePersonAs: string | null
}

/** Registers a person with an account and no post yet. Refuses a name of account that is taken. */
export async function createPerson(session: Session, asked: NewPerson): Promise<{ id: string; password: string }> {
  const { tx, actor } = session
  const taken = await tx.one<{ court_id: number | null }>(sql`select court_of_username(${asked.username}) as court_id`)
  if (taken.court_id !== null)
    throw problem('people.username-taken', {}, { fields: [{ path: 'username', message: '已被使用' }] })
  const naturalId =
    asked.samePersonAs === null ? randomUUID() : (await personHere(tx, actor.courtId, asked.samePersonAs)).naturalId
  const id = randomUUID()
  const password = temporaryPassword()
  await tx.run(sql`
    insert into person (court_id, id, natural_id, name) values (${actor.courtId}, ${id}, ${naturalId}, ${asked.name})`)
  await tx.run(sql`
    insert into account (court_id, id, person_id, username, password_hash)
    values (${actor.courtId}, ${randomUUID()}, ${id}, ${asked.username}, ${await hashPassword(password)})`)
  note(session, 'person.create', { id, name: asked.name }, { 账号: asked.username })
  return { id, password }
}

interface Person {
  id: string
  name: string
  naturalId: string
}

/** A person of the own court, who is not the actor himself under whatever account. */
async function otherPerson(session: Session, id: string): Promise<Person> {
  const person = await personHere(session.tx, session.actor.courtId, id)
  if (person.naturalId === (session.actor as PersonActor).naturalId) throw problem('people.own-account')
  return person
}

async function personHere(tx: Tx, courtId: number, id: string): Promise<Person> {
  const row = await tx.maybe<{ id: string; name: string; natural_id: string }>(
    sql`select id, name, natural_id from person where court_id = ${courtId} and id = ${id}`,
  )
  if (!row) throw problem('thing.not-found')
  return { id: row.id, name: row.name, naturalId: row.natural_id }
}

async function accountOf(session: Session, person: Person): Promise<Account> {
  const row = await session.tx.maybe<{ id: string }>(
    sql`select id from account where court_id = ${session.actor.courtId} and person_id = ${person.id}`,
  )
  const account = row && (await lockAccount(session.tx, row))
  if (!account) throw problem('thing.not-found')
  return account
}

/** Stops an account: from the commit on no request of its sessions is answered. */
export async function stopAccount(session: Session, personId: string, reason: string): Promise<void> {
  const person = await otherPerson(session, personId)
  const account = await accountOf(session, person)
  await session.tx.run(sql`
    update account set state = 'stopped' where court_id = ${account.courtId} and id = ${account.id}`)
  await endSessionsOf(session.tx, account, session.at)
  note(session, 'person.stop', person, { 理由: reason })
}

/** Lets an account sign in again, after it was stopped or locked. */
export async function startAccount(session: Session, personId: string): Promise<void> {
  const person = await otherPerson(session, personId)
  const account = await accountOf(session, person)
  await session.tx.run(sql`
    update account set state = 'active' where court_id = ${account.courtId} and id = ${account.id}`)
  await clearFailures(session.tx, account)
  note(session, 'person.start', person)
}

/** Gives a new first password and ends all sessions of the account. */
export async function resetPassword(session: Session, personId: string): Promise<string> {
  const person = await otherPerson(session, personId)
  const account = await accountOf(session, person)
  const password = temporaryPassword()
  await storePassword(session, account, password)
  note(session, 'person.reset-password', person)
  return password
}

/** Stores a password; earlier failures are forgotten and every session of the account ends. */
export async function storePassword(session: Session, account: Account, password: string): Promise<void> {
  await session.tx.run(sql`
    update account set password_hash = ${await hashPassword(password)}
    where court_id = ${account.courtId} and id = ${account.id}`)
  await clearFailures(session.tx, account)
  await endSessionsOf(session.tx, account, session.at)
}

/**
 * Takes away somebody's second factor (the phone is lost, the key has changed) with all sessions that it opened; tells
 * him so. Who must have one enrols anew at the next sign-in.
 */
export async function resetSecondFactor(session: Session, personId: string, reason: string): Promise<void> {
  const { tx, actor, at } = session
  const person = await otherPerson(session, personId)
  const account = await accountOf(session, person)
  if (!(await removeFactor(tx, account))) throw problem('second-factor.none')
  await endSessionsOf(tx, account, at)
  note(session, 'person.reset-second-factor', person, { 理由: reason })
  await tell(tx, at, [
    {
      courtId: actor.courtId,
      to: { personId: person.id },
      title: '您的双因素登录已被重置',
      body: `${actor.name}重置，理由：${reason}。如非您本人提出，请立即报告本院安全管理员和审计员。`,
    },
  ])
}

export interface NewPost {
  role: Role
  teamId: string | null
  fromOn: On
}

/** Gives a post from a day on. Refuses a team's post without a team, and a second hat to an administrator. */
export async function givePost(session: Session, personId: string, asked: NewPost): Promise<void> {
  const { tx, actor } = session
  const person = await otherPerson(session, personId)
  const needsTeam = asked.role.startsWith('team.')
  if (needsTeam && asked.teamId === null) throw fieldProblem([{ path: 'teamId', message: '团队中的岗位须选团队' }])
  if (!needsTeam && asked.teamId !== null) throw fieldProblem([{ path: 'teamId', message: '该岗位不属于团队' }])
  const team = await teamHere(tx, actor.courtId, asked.teamId)
  try {
    await tx.run(sql`
      insert into post (court_id, id, person_id, role, team_id, from_on)
      values (${actor.courtId}, ${randomUUID()}, ${person.id}, ${asked.role}, ${asked.teamId}, ${asked.fromOn})`)
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'three_administrators')
      throw problem('people.three-administrators')
    throw error
  }
  note(session, 'person.post', person, { 岗位: ROLES[asked.role].label, 团队: team, 任职日期: asked.fromOn })
}

async function teamHere(tx: Tx, courtId: number, id: string | null): Promise<string | null> {
  if (id === null) return null
  const team = await tx.maybe<{ name: string }>(sql`select name from team where court_id = ${courtId} and id = ${id}`)
  if (!team) throw fieldProblem([{ path: 'teamId', message: '本院没有该团队' }])
  return team.name
}

/** Takes a post away from `toOn` on, today at the earliest: what was held is not undone afterwards. */
export async function endPost(session: Session, personId: string, asked: { postId: string; toOn: On }): Promise<void> {
  const { tx, actor, on } = session
  const person = await otherPerson(session, personId)
  if (asked.toOn < on) throw fieldProblem([{ path: 'toOn', message: '不能早于今天' }])
  const post = await tx.maybe<{ role: Role; from_on: On; to_on: On | null }>(sql`
    select role, from_on, to_on from post
    where court_id = ${actor.courtId} and id = ${asked.postId} and person_id = ${person.id} for no key update`)
  if (!post) throw problem('thing.not-found')
  if (post.to_on !== null) throw problem('people.post-ended')
  const [, endsOn] = [asked.toOn, post.from_on].sort() as [On, On]
  const last = addDays(endsOn, -1)
  await tx.run(sql`update post set to_on = ${last} where court_id = ${actor.courtId} and id = ${asked.postId}`)
  note(session, 'person.end-post', person, { 岗位: ROLES[post.role].label, 免去日期: asked.toOn })
}

function note(
  session: Session,
  verb: string,
  person: { id: string; name: string },
  summary: Record<string, unknown> = {},
): void {
  session.audit.push({ verb, thing: { kind: 'person', id: person.id, label: person.name }, summary })
}
