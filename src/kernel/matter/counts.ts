import { mayRead, type PersonActor } from '#kernel/authorisation/may.ts'
import { sql } from '#kernel/database/sql.ts'
import { courtNames, courtsInScope } from '#kernel/organisation/courts.ts'
import type { Session } from './acting.ts'
import type { Kind } from './matter.ts'
import type { KindCounts } from './wire.ts'

// How many things of a kind stand in which state, court by court: read from what the database keeps with each change,
// whatever the number of things.

type ByState = Record<string, number>

/** Counts of the courts asked for: of each by itself, and with all courts below it, as far as the reader sees them. */
export async function countThings(session: Session, kind: Kind, scope: string | undefined): Promise<KindCounts> {
  const actor = session.actor as PersonActor
  const mayCount = (courtId: number) => mayRead(actor, kind.readers, { courtId }, false)
  const wanted = (await courtsInScope(session.tx, actor, scope)).filter(mayCount)
  const { courts } = await courtNames(session.tx)
  const rows = await session.tx.query<{ court_id: number; state: string; n: string }>(sql`
    select court_id, state, sum(n)::text as n from state_count
    where kind = ${kind.id} and court_id = any(${actor.courtIds.filter(mayCount)}) group by court_id, state`)
  const none = () => Object.fromEntries(Object.keys(kind.states).map((state) => [state, 0]))
  const own = new Map<number, ByState>(wanted.map((id) => [id, none()]))
  const withBelow = new Map<number, ByState>(wanted.map((id) => [id, none()]))
  for (const { court_id, state, n } of rows) {
    add(own.get(court_id), state, n)
    for (let at: number | null = court_id; at !== null; at = courts.get(at)?.parentId ?? null) {
      add(withBelow.get(at), state, n)
    }
  }
  return {
    states: Object.entries(kind.states).map(([state, label]) => ({ state, label })),
    courts: wanted.map((id) => ({
      id,
      code: courts.get(id)?.code ?? '',
      name: courts.get(id)?.name ?? '',
      own: own.get(id) ?? {},
      withBelow: withBelow.get(id) ?? {},
    })),
  }
}

function add(counts: ByState | undefined, state: string, n: string): void {
  if (counts) counts[state] = (counts[state] ?? 0) + Number(n)
}
