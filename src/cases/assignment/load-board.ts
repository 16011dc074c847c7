import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { TEAM_KINDS } from '#kernel/organisation/team-kinds.ts'
import type { On } from '#kernel/time/time.ts'
import { loadOf } from './draw.ts'
import { judgesOn, openLoads, weightsOn } from './judges.ts'
import type { JudgeLoad, LoadBoard } from './wire.ts'

// 在办负荷: what each judge and each team has in hand, by what the database keeps and not by counting cases.

const NOBODY = '00000000-0000-0000-0000-000000000000'

export async function boardOf(session: Session, courtId: number): Promise<LoadBoard> {
  const { tx, on } = session
  const judges = await judgesOn(session, courtId)
  const ids = judges.map(({ id }) => id)
  const [weights, loads, grounds, teamLoads] = await Promise.all([
    weightsOn(tx, courtId, on),
    openLoads(tx, courtId, ids),
    tx.query<{ person_id: string; kind: string; about: string | null; to_on: On | null }>(sql`
      select person_id, kind, about, to_on from assignment_ground
      where court_id = ${courtId} and kind in ('leave', 'specialism') and from_on <= ${on}
        and (to_on is null or to_on >= ${on}) order by to_on, about`),
    loadsOfTeams(session, courtId),
  ])
  const shown = judges.map(({ id, name, teams }): JudgeLoad => {
    const open = loads.get(id) ?? {}
    const own = grounds.filter(({ person_id }) => person_id === id)
    return {
      id,
      name,
      teams: teams.map((team) => team.name),
      open: Object.entries(open).map(([kind, cases]) => ({ kind, cases })),
      cases: Object.values(open).reduce((sum, n) => sum + n, 0),
      loadHundredths: loadOf(open, weights),
      specialisms: own.flatMap(({ kind, about }) => (kind === 'specialism' && about ? [about] : [])),
      awayUntil: own.findLast(({ kind }) => kind === 'leave')?.to_on ?? null,
    }
  })
  return {
    judges: shown.toSorted((one, other) => other.loadHundredths - one.loadHundredths || (one.id < other.id ? -1 : 1)),
    teams: teamLoads.map(({ id, name, kind, open }) => ({
      id,
      name,
      kindLabel: TEAM_KINDS[kind],
      judges: judges.filter(({ teams }) => teams.some((team) => team.id === id)).length,
      cases: Object.values(open).reduce((sum, n) => sum + n, 0),
      loadHundredths: loadOf(open, weights),
    })),
    unassigned: await unassignedIn(session, courtId),
  }
}

async function loadsOfTeams({ tx }: Session, courtId: number) {
  return tx.query<{ id: string; name: string; kind: keyof typeof TEAM_KINDS; open: Record<string, number> }>(sql`
    select t.id, t.name, t.kind, coalesce((
      select jsonb_object_agg(case_kind, n) from (
        select case_kind, sum(n)::int as n from open_load l
        where l.court_id = t.court_id and l.team_id = t.id group by 1) by_kind), '{}') as open
    from team t where t.court_id = ${courtId} order by t.name`)
}

/** How many cases in hand have no judge yet. */
export async function unassignedIn({ tx }: Pick<Session, 'tx'>, courtId: number): Promise<number> {
  const row = await tx.one<{ n: number }>(sql`
    select coalesce(sum(n), 0)::int as n from open_load where court_id = ${courtId} and person_id = ${NOBODY}`)
  return row.n
}
