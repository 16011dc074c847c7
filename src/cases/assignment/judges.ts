import { parseCaseNumber } from '#cases/case/case-number.ts'
import { type Party, partiesOf } from '#cases/case/case-parties.ts'
import { plainName } from '#cases/case/name-grams.ts'
import type { Track } from '#cases/triage/track.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { inForce } from '#kernel/organisation/posts.ts'
import type { TeamKind } from '#kernel/organisation/team-kinds.ts'
import { numbersOn } from '#kernel/settings/dated-setting.ts'
import type { On } from '#kernel/time/time.ts'
import { type Claim, isReview, type Judge } from './eligibility.ts'

// The judges of a court as an assignment sees them, and the case that is to be given. Of what judges have declared only
// that is read which touches this case.

export const WEIGHTS = 'assignment.weight'

const SIDES = { creditor: '申请执行人', debtor: '被执行人', 'third-party': '案外人' } as const

/** A case with those who must not be close to its judge. */
export async function claimOf(tx: Tx, thing: Thing): Promise<Claim> {
  const [parties, spokesmen] = await Promise.all([
    partiesOf(tx, thing),
    tx.query<{ party: string; post: string; name: string }>(sql`
      select party, '代理人' as post, name from case_representative
      where court_id = ${thing.courtId} and case_id = ${thing.id}
      union select party, '法定代表人', name from case_legal_representative
      where court_id = ${thing.courtId} and case_id = ${thing.id} order by party, post, name`),
  ])
  const { caseKind, cause, basisNumber, track } = thing.values
  return {
    kind: String(caseKind),
    cause: (cause ?? null) as string | null,
    track: (track ?? null) as Track | null,
    number: thing.number,
    basisNumber: (basisNumber ?? null) as string | null,
    people: [
      ...parties.map(personOf),
      ...spokesmen.map(({ party, post, name }) => ({ is: `${party}的${post}`, name, plainName: plainName(name) })),
    ],
    holderId: thing.holderId,
  }
}

/** A party as conflicts are found by it. */
export function personOf({ side, name }: Pick<Party, 'side' | 'name'>): Claim['people'][number] {
  return { is: SIDES[side], name, plainName: plainName(name) }
}

/** The weight of each kind of case that the court has set, in hundredths. */
export async function weightsOn(tx: Tx, courtId: number, on: On): Promise<Record<string, number>> {
  const set = await numbersOn(tx, courtId, WEIGHTS, on)
  return Object.fromEntries([...set].map(([kind, { n }]) => [kind, n]))
}

/** Cases in hand of these judges, by kind. */
export async function openLoads(
  tx: Tx,
  courtId: number,
  judgeIds: readonly string[],
): Promise<Map<string, Record<string, number>>> {
  const rows = await tx.query<{ person_id: string; case_kind: string; n: string }>(sql`
    select person_id, case_kind, sum(n)::text as n from open_load
    where court_id = ${courtId} and person_id = any(${judgeIds}) group by 1, 2 having sum(n) > 0 order by 1, 2`)
  const loads = new Map<string, Record<string, number>>()
  for (const { person_id, case_kind, n } of rows)
    loads.set(person_id, { ...loads.get(person_id), [case_kind]: Number(n) })
  return loads
}

interface JudgeRow {
  id: string
  name: string
  natural_id: string
  teams: { id: string; name: string; kind: TeamKind }[]
}

/** Everyone who holds a judge's post in a team of the court on the day; one of them alone where he is named. */
export async function judgesOn(
  { tx, on }: Pick<Session, 'tx' | 'on'>,
  courtId: number,
  only?: string,
): Promise<JudgeRow[]> {
  return tx.query<JudgeRow>(sql`
    select p.id, p.name, p.natural_id, jsonb_agg(distinct jsonb_build_object('id', t.id, 'name', t.name,
      'kind', t.kind)) as teams
    from post join person p on p.court_id = post.court_id and p.id = post.person_id
    join team t on t.court_id = post.court_id and t.id = post.team_id
    where post.court_id = ${courtId} and post.role = 'team.judge' and ${inForce(on)}
      and (${only ?? null}::uuid is null or p.id = ${only ?? null})
    group by p.id, p.name, p.natural_id order by p.id`)
}

/** The court's judges with all that an assignment asks of them for this case; one alone where he is named. */
export async function judgesFor(session: Session, courtId: number, claim: Claim, only?: string): Promise<Judge[]> {
  const { tx } = session
  const rows = await judgesOn(session, courtId, only)
  const ids = rows.map(({ id }) => id)
  const [grounds, loads, handled] = await Promise.all([
    groundsFor(session, courtId, claim, rows),
    openLoads(tx, courtId, ids),
    handledBefore(tx, courtId, claim, ids),
  ])
  return rows.map(({ id, name, natural_id, teams }) => {
    // Whatever account he declared it under.
    const own = (kind: string) => grounds.filter((one) => one.natural_id === natural_id && one.kind === kind)
    return {
      id,
      name,
      teams,
      leaves: own('leave').map(({ from_on, to_on, reason }) => ({ fromOn: from_on, toOn: to_on as On, reason })),
      specialisms: own('specialism').map(({ about }) => String(about)),
      relations: own('relation').map(({ plain_about, reason }) => ({ plainName: String(plain_about), reason })),
      participations: own('participation').map(({ about, reason }) => ({ number: String(about), reason })),
      handled: handled.filter(({ judge_id }) => judge_id === id).map(({ number }) => number),
      open: loads.get(id) ?? {},
    }
  })
}

interface GroundRow {
  natural_id: string
  kind: string
  about: string | null
  plain_about: string | null
  reason: string
  from_on: On
  to_on: On | null
}

async function groundsFor(
  { tx, on }: Session,
  courtId: number,
  claim: Claim,
  judges: readonly JudgeRow[],
): Promise<GroundRow[]> {
  const touched = [
    ...claim.people.map(({ plainName: plain }) => plain),
    ...[claim.number, claim.basisNumber ?? ''].map(plainName),
  ]
  return tx.query<GroundRow>(sql`
    select p.natural_id, g.kind, g.about, g.plain_about, g.reason, g.from_on, g.to_on
    from assignment_ground g join person p on p.court_id = g.court_id and p.id = g.person_id
    where g.court_id = ${courtId} and p.natural_id = any(${judges.map((judge) => judge.natural_id)})
      and g.from_on <= ${on} and (g.to_on is null or g.to_on >= ${on})
      and (g.kind in ('leave', 'specialism') or g.plain_about = any(${touched}))
    order by g.recorded_at, g.id`)
}

/**
 * Other cases on the basis of a case of review, and the one whose number the basis is, with who holds or held them or
 * acted in them.
 */
async function handledBefore(tx: Tx, courtId: number, claim: Claim, judgeIds: readonly string[]) {
  if (claim.basisNumber === null || !isReview(claim.kind)) return []
  const own = parseCaseNumber(claim.basisNumber)
  return tx.query<{ judge_id: string; number: string }>(sql`
    with others as materialized (select case_id, number, holder_id
      from cases_of_basis(${courtId}, ${'problem' in own ? claim.basisNumber : own.canonical})
      where number <> ${claim.number})
    select holder_id as judge_id, number from others where holder_id = any(${judgeIds})
    union select a.judge_id, o.number from others o
      join case_assignment a on a.court_id = ${courtId} and a.case_id = o.case_id and a.judge_id = any(${judgeIds})
    union select l.actor_id, o.number from others o
      join act_log l on l.court_id = ${courtId} and l.thing_id = o.case_id and l.actor_id = any(${judgeIds})
    order by 1, 2`)
}
