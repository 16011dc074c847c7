import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { isRole, ROLE_NAMES, ROLES } from '#kernel/authorisation/roles.ts'
import { sql } from '#kernel/database/sql.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { problem } from '#kernel/problem/problem.ts'
import { courtsInScope } from './courts.ts'
import { inForce } from './posts.ts'
import { TEAM_KINDS, type TeamKind } from './team-kinds.ts'
import { type TeamView, teamView } from './wire.ts'

// Teams with their members and what they have in hand (第五条、第八条).

const KIND_NAMES = Object.keys(TEAM_KINDS) as [TeamKind, ...TeamKind[]]

const newTeam = z.strictObject({
  name: z.string('请填写名称').trim().min(1, '请填写名称').max(50, '不能超过50字'),
  kind: z.enum(KIND_NAMES, '请选择类别'),
})

/** Teams of a court or of the courts below it, and setting one up (第五条、第八条). */
export function teamRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/teams',
      summary: '团队、成员与在办案件',
      articles: ['5', '8'],
      access: ROLE_NAMES,
      query: z.strictObject({ scope: z.string().max(20).optional() }),
      reply: z.object({ items: z.array(teamView) }),
      handle: async (call) => ({
        items: await teamsIn(call, await courtsInScope(call.tx, call.actor, call.query.scope)),
      }),
    }),
    route({
      method: 'POST',
      path: '/teams',
      summary: '设立团队',
      articles: ['5', '8'],
      access: ['administrator.system'],
      body: newTeam,
      reply: teamView,
      status: 201,
      handle: createTeam,
    }),
  ]
}

async function createTeam(call: Call<unknown, unknown, z.infer<typeof newTeam>>): Promise<TeamView> {
  const { tx, actor, body } = call
  const id = randomUUID()
  const made = await tx.run(sql`
    insert into team (court_id, id, name, kind) values (${actor.courtId}, ${id}, ${body.name}, ${body.kind})
    on conflict (court_id, name) do nothing`)
  if (made === 0) throw problem('team.name-taken', {}, { fields: [{ path: 'name', message: '已有同名团队' }] })
  call.audit.push({
    verb: 'team.create',
    thing: { kind: 'team', id, label: body.name },
    summary: { 类别: TEAM_KINDS[body.kind] },
  })
  return { id, name: body.name, kind: body.kind, kindLabel: TEAM_KINDS[body.kind], members: [], openCases: 0 }
}

interface TeamRow {
  id: string
  name: string
  kind: TeamKind
  members: { id: string; name: string; role: string }[]
  open_cases: string
}

async function teamsIn({ tx, on }: Session, courtIds: readonly number[]): Promise<TeamView[]> {
  const rows = await tx.query<TeamRow>(sql`
    select t.id, t.name, t.kind,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'role', post.role) order by post.role, p.name)
        from post join person p on p.court_id = post.court_id and p.id = post.person_id
        where post.court_id = t.court_id and post.team_id = t.id and ${inForce(on)}), '[]') as members,
      coalesce(n.open_cases, 0)::text as open_cases
    from team t left join (
      select court_id, team_id, sum(n) as open_cases from open_load
      where court_id = any(${courtIds}) group by 1, 2) n on n.court_id = t.court_id and n.team_id = t.id
    where t.court_id = any(${courtIds}) order by t.court_id, t.name`)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    kindLabel: TEAM_KINDS[row.kind],
    members: row.members.flatMap((one) => (isRole(one.role) ? [{ ...one, label: ROLES[one.role].label }] : [])),
    openCases: Number(row.open_cases),
  }))
}
