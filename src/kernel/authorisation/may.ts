import { CENTRE_ROLES, OVERSEEING_ROLES, ROLES, type Role } from './roles.ts'

// One question, asked by routes, lists, actions, streams and screens alike: may this person do this to that thing?
// Each answer carries its ground, so that a refusal and the permission table say the same.

export interface PersonActor {
  kind: 'person'
  personId: string
  naturalId: string
  accountId: string
  name: string
  courtId: number
  /** Own court first; the courts below it where a post oversees them. */
  courtIds: readonly number[]
  posts: readonly { role: Role; teamId: string | null }[]
  /** Posts of absent people of the own court for whom he decides approvals today. */
  deputises: readonly Deputised[]
}

/** A post whose holder is absent. */
export interface Deputised {
  role: Role
  name: string
  naturalId: string
}

/** The clockwork and the importer act as this: no person, one court. */
export interface SystemActor {
  kind: 'system'
  name: string
  courtId: number
  courtIds: readonly number[]
}

export type Actor = PersonActor | SystemActor

/** What `may` needs to know of a thing. */
export interface Governed {
  courtId: number
  counterpartCourtId?: number | null
  openerId?: string | null
  holderId?: string | null
  holderTeamId?: string | null
}

/**
 * Who may: a role, at a place. 'role' own court · 'counterpart:role' · 'superior:role' · 'holder' · 'opener' ·
 * 'system'.
 */
export type Who = Role | `counterpart:${Role}` | `superior:${Role}` | 'holder' | 'opener' | 'system'

/** Who acted, for a column that holds a person; null for the system. */
export function personIdOf(actor: Actor): string | null {
  return actor.kind === 'person' ? actor.personId : null
}

/** True where a person has one of these roles, in whatever team; never for the system. */
export function holdsRole(actor: Actor, roles: readonly Role[]): boolean {
  return actor.kind === 'person' && actor.posts.some((post) => roles.includes(post.role))
}

/** True where one of `by` fits the actor for this thing. */
export function mayAct(actor: Actor, by: readonly Who[], thing: Governed): boolean {
  return by.some((who) => fits(actor, who, thing))
}

function fits(actor: Actor, who: Who, thing: Governed): boolean {
  if (who === 'system') return actor.kind === 'system'
  if (actor.kind === 'system') return false
  if (who === 'opener') return thing.openerId === actor.personId && actor.courtId === thing.courtId
  if (who === 'holder') return holds(actor, thing)
  const [place, role] = who.includes(':') ? (who.split(':') as [string, Role]) : (['own', who as Role] as const)
  const court = { own: thing.courtId, counterpart: thing.counterpartCourtId ?? null }[place]
  if (place === 'superior') {
    return actor.courtId !== thing.courtId && actor.courtIds.includes(thing.courtId) && holdsRole(actor, [role])
  }
  if (court !== actor.courtId) return false
  return actor.posts.some((post) => post.role === role && inTeam(post.teamId, role, thing))
}

/** A post of a team reaches only what its own team holds, or what no team holds yet. */
function inTeam(teamId: string | null, role: Role, thing: Governed): boolean {
  return !role.startsWith('team.') || !thing.holderTeamId || thing.holderTeamId === teamId
}

/** The person named; else, where a team is named, that team; else, where a court is named, its centre. */
function holds(actor: PersonActor, thing: Governed): boolean {
  if (thing.holderId) return thing.holderId === actor.personId
  if (thing.holderTeamId) {
    return actor.courtId === thing.courtId && actor.posts.some((post) => post.teamId === thing.holderTeamId)
  }
  return thing.counterpartCourtId === actor.courtId && holdsRole(actor, CENTRE_ROLES)
}

/** Reading: the own court's readers, the overseers of a court above, the counterpart's centre and the holder. */
export function mayRead(actor: Actor, readers: readonly Role[], thing: Governed, shared: boolean): boolean {
  if (actor.kind === 'system') return actor.courtIds.includes(thing.courtId)
  if (thing.courtId === actor.courtId) return holdsRole(actor, readers)
  if (actor.courtIds.includes(thing.courtId)) return holdsRole(actor, overseersAmong(readers))
  return shared && thing.counterpartCourtId === actor.courtId && holdsRole(actor, CENTRE_ROLES)
}

function overseersAmong(readers: readonly Role[]): readonly Role[] {
  return OVERSEEING_ROLES.filter((role) => readers.includes(role))
}

/** How far a person's posts look: own court, and all below it where one of the posts oversees. */
export function seesBelow(posts: readonly { role: Role }[]): boolean {
  return posts.some((post) => ROLES[post.role].oversees)
}
