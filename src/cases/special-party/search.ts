import { createHash } from 'node:crypto'
import { partiesAsked } from '#cases/case/case-parties.ts'
import { writeAudit } from '#kernel/audit/audit.ts'
import type { SystemActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { raw, sql } from '#kernel/database/sql.ts'
import type { Services, Session } from '#kernel/matter/acting.ts'
import { dateOf } from '#kernel/time/time.ts'
import { SPECIAL_PARTY_RULES, type SpecialPartyRule } from '#rules/special-parties.ts'
import { type PartiesOfCase, proposeSpecialParties } from './proposals.ts'

// When the rules have changed, the cases that are stored already are asked by the new ones: in the background, court by
// court in the order of their key, a batch to a transaction, from wherever it was left. A ground that was put before
// somebody once is not put before him again.

const BATCH = 200

interface Place {
  after_court: number | null
  after_case: string | null
}

/** What tells one set of rules from another. */
export function digestOfRules(rules: readonly SpecialPartyRule[] = SPECIAL_PARTY_RULES): string {
  const told = JSON.stringify(rules, (_, value: unknown) => (value instanceof RegExp ? String(value) : value))
  return createHash('sha256').update(told).digest('hex')
}

/** Looks through all that is stored, where these rules have not been asked of it yet. */
export async function searchStoredCases(services: Services, signal?: AbortSignal, batch = BATCH): Promise<void> {
  const rules = digestOfRules()
  const { database, time } = services
  const known = await database.read({ courtIds: [] }, (tx) => placeOf(tx, rules))
  if (known?.done) return
  if (!known)
    await database.write({ courtIds: [] }, (tx) =>
      tx.run(sql`
        insert into special_party_search (rules, begun_at) values (${rules}, ${time.now()}) on conflict do nothing`),
    )
  const courts = await database.read({ courtIds: [] }, (tx) =>
    tx.query<{ id: number }>(sql`
      select id from court where id >= ${known?.after_court ?? 0} order by id`),
  )
  for (const { id } of courts) {
    while (!signal?.aborted && (await searchBatch(services, rules, id, batch))) {}
    if (signal?.aborted) return
  }
  await database.write({ courtIds: [] }, (tx) =>
    tx.run(sql`update special_party_search set done_at = ${time.now()} where rules = ${rules}`),
  )
}

function placeOf(tx: Tx, rules: string): Promise<(Place & { done: boolean }) | undefined> {
  return tx.maybe(sql`
    select after_court, after_case, done_at is not null as done from special_party_search where rules = ${rules}`)
}

/** Asks the next cases of a court; false where there are no more. */
async function searchBatch(services: Services, rules: string, courtId: number, batch: number): Promise<boolean> {
  return services.database.write({ courtIds: [courtId] }, async (tx) => {
    const place = await placeOf(tx, rules)
    const after = place?.after_court === courtId ? place.after_case : null
    const rows = await tx.query<PartiesOfCase & { state: string }>(sql`
      select t.id, t.number, t.state, (select coalesce(json_agg(p), '[]') from (${partiesAsked({
        courtId: raw('t.court_id'),
        id: raw('t.id'),
      })}) p) as parties
      from (
        select court_id, id, number, state from enforcement_case
        where court_id = ${courtId} and id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
        order by id limit ${batch}) t
      order by t.id`)
    const last = rows.at(-1)
    if (!last) return false
    const session = sessionFor(services, tx, courtId)
    const proposed = await proposeSpecialParties(
      session,
      courtId,
      rows.filter(({ state }) => state !== 'closed'),
    )
    await tx.run(sql`
      update special_party_search set after_court = ${courtId}, after_case = ${last.id},
        looked_at = looked_at + ${rows.length}, proposed = proposed + ${proposed}
      where rules = ${rules}`)
    if (session.audit.length > 0) await writeAudit(tx, session.actor, session.at, session.audit)
    return rows.length === batch
  })
}

function sessionFor(services: Services, tx: Tx, courtId: number): Session {
  const actor: SystemActor = { kind: 'system', name: '系统', courtId, courtIds: [courtId] }
  const at = services.time.now()
  return { tx, services, actor, at, on: dateOf(at), audit: [] }
}
