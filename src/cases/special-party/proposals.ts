import type { Party } from '#cases/case/case-parties.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { openKind } from '#kernel/matter/open.ts'
import type { SpecialCategory } from '#rules/special-parties.ts'
import { type Ground, groundsOf } from './grounds.ts'

// Proposals for the ledger come with the parties of a case, whatever way these are written: by import, by hand, by
// correction. The parties are in hand then, and no case is looked for.

export interface PartiesOfCase {
  id: string
  number: string
  parties: readonly Party[]
}

/**
 * Proposes those of a court's cases whose parties give a ground that was not put before anybody yet; gives how many
 * proposals that makes.
 */
export async function proposeSpecialParties(
  session: Session,
  courtId: number,
  cases: readonly PartiesOfCase[],
): Promise<number> {
  const found = cases.map((one) => ({ one, grounds: groundsOf(one.parties) }))
  const special = found.filter(({ grounds }) => grounds.length > 0)
  let proposed = 0
  for (const { one, grounds } of special) {
    const fresh = await noteGrounds(session, courtId, one.id, grounds)
    for (const [category, own] of Map.groupBy(fresh, (ground) => ground.category)) {
      if (await propose(session, courtId, one, category, own as [Ground, ...Ground[]])) proposed += 1
    }
  }
  return proposed
}

/** Notes the grounds; gives those that were not known. */
async function noteGrounds(
  { tx, at }: Session,
  courtId: number,
  caseId: string,
  grounds: readonly Ground[],
): Promise<Ground[]> {
  const rows = grounds.map(({ rule, party, category }) => ({ rule, party, category }))
  const noted = await tx.query<{ rule: string; party: string }>(sql`
    insert into special_party_ground (court_id, case_id, rule, party, category, found_at)
    select ${courtId}, ${caseId}, r.rule, r.party, r.category, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(rule text, party text, category text)
    on conflict do nothing returning rule, party`)
  return grounds.filter(({ rule, party }) => noted.some((one) => one.rule === rule && one.party === party))
}

async function propose(
  session: Session,
  courtId: number,
  one: PartiesOfCase,
  category: SpecialCategory,
  grounds: readonly [Ground, ...Ground[]],
): Promise<boolean> {
  const stands = await session.tx.maybe(sql`
    select 1 from special_party_open where court_id = ${courtId} and case_id = ${one.id} and category = ${category}`)
  if (stands) return false
  const values = {
    caseNumber: one.number,
    category,
    party: grounds[0].party,
    ground: grounds.map(({ words }) => words).join('\n'),
  }
  await openKind(systemFor(session, courtId), 'special-party', values, { courtId, caseId: one.id })
  return true
}

/** What follows from an act by the rules alone is nobody's own act. */
export function systemFor(session: Session, courtId: number): Session {
  return { ...session, actor: { kind: 'system', name: '系统', courtId, courtIds: [courtId] } }
}
