import { holdsRole } from '#kernel/authorisation/may.ts'
import { isRole, ROLES, type Role } from '#kernel/authorisation/roles.ts'
import { allOf, containing, sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { On } from '#kernel/time/time.ts'
import { inForce } from './posts.ts'
import type { PersonView } from './wire.ts'

export interface PeopleQuery {
  courtIds: readonly number[]
  /** One person alone. */
  id?: string
  q?: string | undefined
  role?: Role | undefined
  after?: { key: string; id: string } | null
  limit: number
}

interface PersonRow {
  id: string
  name: string
  court_name: string
  username: string | null
  state: 'active' | 'stopped' | null
  locked_until: Date | null
  has_factor: boolean
  posts: { id: string; role: string; team: string | null; fromOn: On; toOn: On | null }[]
}

/** 系统管理员 keeps accounts and 安全管理员 posts; the auditor, like everybody, keeps neither. */
const KEEPERS: readonly Role[] = ['administrator.system', 'administrator.security']

/**
 * People by name. Accounts and past posts are the business of those who keep them; everyone else sees who holds which
 * post today, which is what choosing a person needs.
 */
export async function listPeople(session: Session, query: PeopleQuery): Promise<PersonView[]> {
  const { tx, on, at } = session
  const keeps = holdsRole(session.actor, KEEPERS)
  const current = inForce(on)
  const held = (role: Role | undefined) => sql`
    exists (select from post where post.court_id = p.court_id and post.person_id = p.id and ${current}
      and (${role ?? null}::text is null or role = ${role ?? null}))`
  const rows = await tx.query<PersonRow>(sql`
    select p.id, p.name, c.name as court_name, a.username, a.state, a.locked_until,
      exists (select from second_factor f where f.court_id = a.court_id and f.account_id = a.id
        and f.confirmed_at is not null) as has_factor,
      coalesce((select jsonb_agg(jsonb_build_object('id', post.id, 'role', role, 'team', team.name, 'fromOn', from_on,
          'toOn', to_on) order by from_on, post.id)
        from post left join team on team.court_id = post.court_id and team.id = post.team_id
        where post.court_id = p.court_id and post.person_id = p.id and (${keeps} or (${current}))), '[]') as posts
    from person p
    join court c on c.id = p.court_id
    left join account a on a.court_id = p.court_id and a.person_id = p.id and ${keeps}
    where ${allOf([
      sql`p.court_id = any(${query.courtIds})`,
      query.id !== undefined && sql`p.id = ${query.id}`,
      (query.role !== undefined || !keeps) && held(query.role),
      query.q !== undefined && query.q !== '' && sql`p.name like ${containing(query.q)}`,
      query.after && sql`(p.name, p.id) > (${query.after.key}, ${query.after.id}::uuid)`,
    ])}
    order by p.name, p.id limit ${query.limit}`)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    courtName: row.court_name,
    username: row.username,
    accountState: stateOf(row, at),
    secondFactor: row.state === null ? null : row.has_factor,
    posts: row.posts.flatMap((post) => (isRole(post.role) ? [{ ...post, label: ROLES[post.role].label }] : [])),
  }))
}

function stateOf(row: PersonRow, at: Date): PersonView['accountState'] {
  if (row.state === null) return 'none'
  return row.state === 'active' && row.locked_until !== null && row.locked_until > at ? 'locked' : row.state
}
