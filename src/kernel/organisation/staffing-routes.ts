import { z } from 'zod'
import { holdsRole } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES, ROLES, type Role } from '#kernel/authorisation/roles.ts'
import { sql } from '#kernel/database/sql.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { fieldProblem } from '#kernel/problem/problem.ts'
import { type DatedNumber, numbersOn, setNumber } from '#kernel/settings/dated-setting.ts'
import { isOn, type On } from '#kernel/time/time.ts'
import { inForce } from './posts.ts'
import { type StaffingView, staffingView } from './wire.ts'

// 编制 (第五条): how many people each team and the centre should have in each post, against how many hold it on a day.

const STAFFING = 'staffing'
const SETTERS: readonly Role[] = ['centre.head', 'director']
const isOfCentre = (role: Role) => /^(centre|duty)\./.test(role)
/** The centre's own first: it is the centre that 第五条 asks to be staffed. */
const STAFFED = [...BUSINESS_ROLES].sort((one, other) => Number(isOfCentre(other)) - Number(isOfCentre(one))) as [
  Role,
  ...Role[],
]

const standardBody = z.strictObject({
  teamId: z.uuid('请选择团队').optional(),
  role: z.enum(STAFFED, '请选择岗位'),
  standard: z.int('请填写整数').min(0, '不能小于0').max(1_000, '不能超过1000'),
  fromOn: z.string().refine(isOn, '请填写起始日期'),
  source: z.string().trim().min(1, '请填写依据').max(100, '不能超过100字'),
})

export function staffingRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/staffing',
      summary: '编制与实有人员',
      articles: ['5', '36.7'],
      access: BUSINESS_ROLES,
      query: z.strictObject({ on: z.string().refine(isOn, '日期有误').optional() }),
      reply: staffingView,
      handle: (call) => staffing(call, call.query.on ?? call.on),
    }),
    route({
      method: 'POST',
      path: '/staffing',
      summary: '核定编制',
      articles: ['5'],
      access: SETTERS,
      body: standardBody,
      reply: staffingView,
      handle: setStandard,
    }),
  ]
}

async function setStandard(call: Call<unknown, unknown, z.infer<typeof standardBody>>): Promise<StaffingView> {
  const { tx, actor, body, audit } = call
  const { teamId, role, standard, fromOn, source } = body
  const ofTeam = role.startsWith('team.')
  if (ofTeam && !teamId) throw fieldProblem([{ path: 'teamId', message: '团队中的岗位须选团队' }])
  if (!ofTeam && teamId) throw fieldProblem([{ path: 'teamId', message: '该岗位不属于团队' }])
  const team = teamId
    ? await tx.maybe<{ name: string }>(sql`select name from team where court_id = ${actor.courtId} and id = ${teamId}`)
    : null
  if (teamId && !team) throw fieldProblem([{ path: 'teamId', message: '本院没有该团队' }])
  await setNumber(call, { name: STAFFING, key: keyOf(teamId ?? null, role), n: standard, fromOn, source })
  audit.push({
    verb: 'staffing.set',
    summary: { 团队: team?.name ?? null, 岗位: ROLES[role].label, 核定: standard, 自: fromOn, 依据: source },
  })
  return staffing(call, fromOn)
}

const keyOf = (teamId: string | null, role: string) => `${teamId ?? ''}/${role}`

/** Posts that somebody holds or that a standard asks for, the centre's first, then team by team. */
async function staffing({ tx, actor }: Session, on: On): Promise<StaffingView> {
  const courtId = actor.courtId
  const [standards, held, teams] = await Promise.all([
    numbersOn(tx, courtId, STAFFING, on),
    tx.query<{ team_id: string | null; role: string; people: string[] }>(sql`
      select team_id, role, array_agg(name order by name) as people from (
        select distinct on (post.team_id, post.role, p.natural_id) post.team_id, post.role, p.name
        from post join person p on p.court_id = post.court_id and p.id = post.person_id
        where post.court_id = ${courtId} and ${inForce(on)}) held group by 1, 2`),
    tx.query<{ id: string; name: string }>(sql`select id, name from team where court_id = ${courtId} order by name`),
  ])
  const people = new Map(held.map((one) => [keyOf(one.team_id, one.role), one.people]))
  const rows = [null, ...teams].flatMap((team) =>
    STAFFED.flatMap((role) => {
      const key = keyOf(team?.id ?? null, role)
      const [standard, holders] = [standards.get(key), people.get(key)]
      return standard || holders ? [rowOf(team, role, standard, holders ?? [])] : []
    }),
  )
  return { on, items: rows, mayEdit: holdsRole(actor, SETTERS) }
}

function rowOf(
  team: { id: string; name: string } | null,
  role: Role,
  standard: DatedNumber | undefined,
  people: string[],
): StaffingView['items'][number] {
  return {
    teamId: team?.id ?? null,
    unit: team?.name ?? (isOfCentre(role) ? '执行指挥中心' : '本院'),
    role,
    label: ROLES[role].label,
    standard: standard?.n ?? null,
    fromOn: standard?.fromOn ?? null,
    source: standard?.source ?? null,
    setBy: standard?.setBy ?? null,
    people,
    actual: people.length,
  }
}
