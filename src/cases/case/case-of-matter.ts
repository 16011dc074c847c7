import { refreshClocks } from '#cases/node-watch/case-clock-store.ts'
import { mayAct, type Who } from '#kernel/authorisation/may.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import type { Columns } from '#kernel/matter/store.ts'
import { saveThing } from '#kernel/matter/store.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { On } from '#kernel/time/time.ts'
import { appendFacts, currentFacts } from './case-facts.ts'
import { FACTS, type FactName } from './fact-names.ts'

// Matters on a case (送达, 传统查控, 线索): they belong to its team, and what comes of them is entered among its facts.

interface CaseRow {
  id: string
  number: string
  filed_on: On
  holder_id: string | null
  holder_team_id: string | null
  holder_name: string | null
}

/**
 * Ties a matter that is being opened to its case: one of the own court on which this person may do so. Responsible are
 * whoever the opening names, else the judge, and the team of the case.
 */
export async function tieToCase(
  acting: Acting,
  caseId: string | null,
  by: readonly Who[],
  more: (one: CaseRow) => Promise<Columns> | Columns = () => ({}),
): Promise<CaseRow> {
  const { tx, kind, thing, actor } = acting
  const one = await tx.maybe<CaseRow>(sql`
    select id, number, filed_on, holder_id, holder_team_id, holder_name from enforcement_case
    where court_id = ${thing.courtId} and id = ${caseId}`)
  if (!one) throw problem('case.unknown', {}, { fields: [{ path: 'caseNumber', message: '本院没有该案' }] })
  const held = { courtId: thing.courtId, holderId: one.holder_id, holderTeamId: one.holder_team_id }
  if (!mayAct(actor, by, held)) throw problem('access.denied')
  await saveThing(tx, kind, thing, {
    case_id: one.id,
    holder_id: thing.holderId ?? one.holder_id,
    holder_name: thing.holderName ?? one.holder_name,
    holder_team_id: one.holder_team_id,
    ...(await more(one)),
  })
  return one
}

/** Whoever is charged with it, a matter on a case stays with the team of the case; the record says who it is. */
export async function keepTeam({ tx, kind, thing, previous, noted }: Acting): Promise<void> {
  if (thing.holderName) noted.指派给 = thing.holderName
  await saveThing(tx, kind, thing, { holder_team_id: previous?.holderTeamId ?? null })
}

/** A day of an answer that has come, and is not before the case was filed. */
export async function dayInCase(acting: Acting, name: string): Promise<On> {
  const { tx, thing, answers } = acting
  const on = String(answers[name])
  if (on > acting.on) throw problem('case.fact-future', {}, { fields: [{ path: name, message: '不能晚于今天' }] })
  const one = await tx.maybe<{ filed_on: On }>(sql`
    select filed_on from enforcement_case where court_id = ${thing.courtId} and id = ${thing.caseId}`)
  if (one && on < one.filed_on) {
    const label = acting.kind.fields[name]?.label ?? '办理日期'
    throw problem(
      'case.date-order',
      { later: label, earlier: FACTS.filed.label },
      { fields: [{ path: name, message: '早于立案' }] },
    )
  }
  return on
}

/**
 * Enters dates among the facts of the matter's case, null for one that is to have none, and brings its clocks up to
 * date; what stands so already is left alone, and so is what would lie before the filing.
 */
export async function enterFacts(
  acting: Acting,
  dates: Partial<Record<FactName, On | null>>,
  reason: string,
): Promise<void> {
  const { tx, thing } = acting
  if (!thing.caseId) return
  const owner = { courtId: thing.courtId, id: thing.caseId }
  const one = await tx.one<{ filed_on: On }>(sql`
    select filed_on from enforcement_case where court_id = ${owner.courtId} and id = ${owner.id} for no key update`)
  const known = await currentFacts(tx, owner)
  const changed = (Object.entries(dates) as [FactName, On | null][]).filter(
    ([name, on]) => (known.get(name)?.on ?? null) !== on && (on === null || on >= one.filed_on),
  )
  if (changed.length === 0) return
  await appendFacts(
    { ...acting, thing: owner },
    changed.map(([name, on]) => ({ name, on, amountFen: null, source: 'hand', reason })),
  )
  await refreshClocks(acting, [owner])
}

/** The facts of the matter's case that have a date. */
export async function datedFacts({ tx, thing }: Acting): Promise<Set<FactName>> {
  if (!thing.caseId) return new Set()
  const facts = await currentFacts(tx, { courtId: thing.courtId, id: thing.caseId })
  return new Set([...facts.values()].filter(({ on }) => on !== null).map(({ name }) => name))
}
