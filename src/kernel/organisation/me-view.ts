import { holdsRole, type PersonActor } from '#kernel/authorisation/may.ts'
import { ROLES, type Role } from '#kernel/authorisation/roles.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { unreadNotices } from '#kernel/notifications/notices.ts'
import { factorState, owesFactor } from '#kernel/second-factor/second-factor.ts'
import { courtsById } from './courts.ts'
import { idleMinutes } from './sessions.ts'
import type { CourtView, MeView } from './wire.ts'

/** An entry of the menu: where it leads, who finds it there, and how many wait for this reader. */
export interface MenuEntry {
  chapter: 'workbench' | 'cases' | 'quality' | 'general' | 'support' | 'system'
  /** Entries of a long chapter stand together under these words. */
  group?: string
  name: string
  path: string
  roles: readonly Role[]
  waiting?: (session: Session) => Promise<number>
}

/** Who is signed in, with posts, courts, today's date and the menu of what the posts open. */
export async function showMe(session: Session, menu: readonly MenuEntry[]): Promise<MeView> {
  const { tx, on } = session
  const actor = session.actor as PersonActor
  const courts = await courtsById(tx, actor.courtIds)
  const teams = new Map(
    (
      await tx.query<{ id: string; name: string }>(sql`
        select id, name from team where court_id = ${actor.courtId}
          and id = any(${actor.posts.map((post) => post.teamId)}::uuid[])`)
    ).map((team) => [team.id, team.name]),
  )
  const factor = await factorState(tx, { courtId: actor.courtId, id: actor.accountId })
  const isDemonstration = await tx.maybe(sql`select 1 from demonstration`)
  return {
    person: { id: actor.personId, name: actor.name },
    court: courts.find((court) => court.id === actor.courtId) as CourtView,
    posts: actor.posts.map(({ role, teamId }) => ({
      role,
      label: ROLES[role].label,
      team: teamId === null ? null : (teams.get(teamId) ?? null),
    })),
    courts: [
      ...courts.filter((court) => court.id === actor.courtId),
      ...courts.filter((court) => court.id !== actor.courtId),
    ],
    today: on,
    demonstrationOn: isDemonstration ? on : null,
    menu: await menuOf(session, menu),
    unreadNotices: await unreadNotices(tx, actor),
    secondFactor: (await owesFactor(tx, actor)) ? 'due' : factor.confirmedAt ? 'on' : 'off',
    idleMinutes: idleMinutes(actor.posts),
  }
}

async function menuOf(session: Session, menu: readonly MenuEntry[]): Promise<MeView['menu']> {
  const shown: MeView['menu'] = []
  for (const entry of menu) {
    if (!holdsRole(session.actor, entry.roles)) continue
    const waiting = entry.waiting ? await entry.waiting(session) : 0
    const { chapter, group = null, name, path } = entry
    shown.push({ chapter, group, name, path, waiting })
  }
  return shown
}
