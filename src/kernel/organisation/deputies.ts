import { BUSINESS_ROLES } from '#kernel/authorisation/roles.ts'
import type { Tx } from '#kernel/database/database.ts'
import { type Sql, sql } from '#kernel/database/sql.ts'
import type { On } from '#kernel/time/time.ts'
import { inForce } from './posts.ts'

// 审批代理: for some days somebody decides what waits for an absent person's posts. It counts with the next request
// (court.people_version), ends with its last day, and is not passed on: the deputy's own deputy gets nothing of it.

/** Whether a row of `deputy` holds on a day. */
const lasts = (on: On): Sql =>
  sql`d.from_on <= ${on} and d.to_on >= ${on} and (d.ended_on is null or d.ended_on > ${on})`

/** The posts of absent people that a person has the use of on a day, as JSON. */
export function deputisedBy(courtId: Sql, personId: Sql, on: On): Sql {
  return sql`coalesce((
    select jsonb_agg(jsonb_build_object('role', held.role, 'name', o.name, 'natural_id', o.natural_id)
      order by held.role, d.id)
    from deputy d join person o on o.court_id = d.court_id and o.id = d.person_id
    cross join lateral (select distinct role from post
      where court_id = d.court_id and person_id = d.person_id and ${inForce(on)}) held
    where d.court_id = ${courtId} and d.deputy_id = ${personId} and ${lasts(on)}), '[]')`
}

/** Who decides in the place of the holders of a post on a day. */
export async function deputiesFor(tx: Tx, courtId: number, role: string, on: On): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    select distinct d.deputy_id as id from deputy d
    join post on post.court_id = d.court_id and post.person_id = d.person_id and post.role = ${role}
    where d.court_id = ${courtId} and ${lasts(on)} and post.from_on <= ${on}
      and (post.to_on is null or post.to_on >= ${on})`)
  return rows.map(({ id }) => id)
}

export interface Absence {
  courtId: number
  id: string
  personId: string
  deputyId: string
  fromOn: On
  toOn: On
}

/**
 * Gives a deputy for some days. Refused: himself under whatever account, somebody without a post of business or whose
 * account is stopped, and a second deputy for one of the days.
 */
export async function appointDeputy(
  tx: Tx,
  { courtId, id, personId, deputyId, fromOn, toOn }: Absence,
): Promise<'done' | 'same-person' | 'not-working' | 'taken'> {
  // Two who appoint at once for one person take turns on his row.
  const [absent, deputy] = await Promise.all([
    tx.one<{ natural_id: string }>(
      sql`select natural_id from person where court_id = ${courtId} and id = ${personId} for no key update`,
    ),
    tx.maybe<{ natural_id: string }>(sql`
      select p.natural_id from person p
      where p.court_id = ${courtId} and p.id = ${deputyId}
        and exists (select from account where court_id = p.court_id and person_id = p.id and state = 'active')
        and exists (select from post where court_id = p.court_id and person_id = p.id
          and role = any(${BUSINESS_ROLES}) and ${inForce(fromOn)})`),
  ])
  if (!deputy) return 'not-working'
  if (deputy.natural_id === absent.natural_id) return 'same-person'
  const taken = await tx.maybe(sql`
    select 1 from deputy d where d.court_id = ${courtId} and d.person_id = ${personId} and d.from_on <= ${toOn}
      and least(d.to_on, coalesce(d.ended_on - 1, d.to_on)) >= ${fromOn}`)
  if (taken) return 'taken'
  await tx.run(sql`
    insert into deputy (court_id, id, person_id, deputy_id, from_on, to_on)
    values (${courtId}, ${id}, ${personId}, ${deputyId}, ${fromOn}, ${toOn})`)
  return 'done'
}

/** Ends a deputy's time from this day on. */
export async function endDeputy(tx: Tx, courtId: number, id: string, on: On): Promise<void> {
  await tx.run(sql`
    update deputy set ended_on = ${on} where court_id = ${courtId} and id = ${id} and ended_on is null`)
}
