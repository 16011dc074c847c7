import type { PersonActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { CourtView } from './wire.ts'

type CourtLevel = CourtView['level']

interface CourtRow {
  id: number
  code: string
  name: string
  level: CourtLevel
  parent_id: number | null
}

const KEPT = 'court-names'
const KEPT_MS = 5_000

/** Names of courts for showing, at most five seconds old; the table of courts is small and read by all. */
export async function courtNames(tx: Tx) {
  const kept = tx.kept.get(KEPT) as { until: number; names: CourtNames } | undefined
  if (kept && performance.now() < kept.until) return kept.names
  const names = namesOf(await tx.query<CourtRow>(sql`select id, code, name, level, parent_id from court`))
  tx.kept.set(KEPT, { until: performance.now() + KEPT_MS, names })
  return names
}

/** A court that somebody or something belongs to. */
export async function courtOf(tx: Tx, id: number) {
  const court = (await courtNames(tx)).courts.get(id)
  if (!court) throw new Error(`no court ${id}`)
  return court
}

/** Courts by id, and their names by court code. */
export type CourtNames = ReturnType<typeof namesOf>

function namesOf(rows: readonly CourtRow[]) {
  return {
    courts: new Map(
      rows.map(({ id, code, name, level, parent_id }) => [id, { id, code, name, level, parentId: parent_id }]),
    ),
    byCode: new Map(rows.map((row) => [row.code, row.name])),
  }
}

/** These courts, those above first. */
export async function courtsById(tx: Tx, ids: readonly number[]): Promise<CourtView[]> {
  const rows = await tx.query<CourtRow>(
    sql`select id, code, name, level, parent_id from court where id = any(${ids}) order by array_length(line, 1), id`,
  )
  return rows.map(({ id, code, name, level, parent_id }) => ({ id, code, name, level, parentId: parent_id }))
}

/** The courts that a list is taken for: 'own', 'subtree', or one court's code, never beyond what the reader may see. */
export async function courtsInScope(tx: Tx, actor: PersonActor, scope: string | undefined): Promise<number[]> {
  if (scope === undefined || scope === 'own') return [actor.courtId]
  if (scope === 'subtree') return [...actor.courtIds]
  const court = await tx.maybe<{ id: number }>(sql`select id from court where code = ${scope}`)
  if (!court || !actor.courtIds.includes(court.id)) throw problem('thing.not-found')
  return [court.id]
}
