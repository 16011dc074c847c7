import type { Tx } from '#kernel/database/database.ts'
import { orderedId } from '#kernel/database/ordered-id.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { tellOfWarnings } from './warning-notices.ts'
import { WARNING_RULES } from './warning-rules.ts'
import { type CaseParts, type ClocksById, type WatchedCase, watchedCases, watchedOf } from './watched-case.ts'

// Stored warnings follow from their cases: what the rules find now is held against what stands open. A cause that is
// gone closes its warning; another finding is another warning, and an explanation does not pass on to it.

export interface Finding {
  caseId: string
  rule: string
  finding: string
}

interface OpenWarning extends Finding {
  id: string
}

/**
 * Brings the warnings of a court's cases to what the cases say now; the caller holds their rows. What comes with an
 * import counts as 存量 and is told of when the import is over, in one notice for each person.
 */
export async function refreshWarnings(
  session: Session,
  courtId: number,
  clocks: ClocksById,
  imported: boolean,
): Promise<void> {
  const { tx, on, services } = session
  const [cases, open] = await Promise.all([
    watchedCases(tx, courtId, clocks, services.law.now(), on),
    openWarnings(tx, courtId, [...clocks.keys()]),
  ])
  const found = cases.flatMap(findingsOf)
  const keyOf = (one: Finding) => `${one.caseId} ${one.rule} ${one.finding}`
  const [known, wanted] = [new Set(open.map(keyOf)), new Set(found.map(keyOf))]
  const gone = open.filter((one) => !wanted.has(keyOf(one)))
  const fresh = found.filter((one) => !known.has(keyOf(one)))
  if (gone.length + fresh.length === 0) return
  await closeWarnings(session, courtId, gone)
  await openNew(session, courtId, fresh, imported)
  await countOpen(tx, courtId, [...new Set([...gone, ...fresh].map(({ caseId }) => caseId))])
  if (!imported) await tellOfWarnings(session, courtId, cases, fresh)
}

/** Cases that are about to be written, with what the rules find in them. */
export interface Arriving {
  cases: readonly WatchedCase[]
  findings: readonly Finding[]
  /** The number that lists show beside a case, by its id. */
  counts: ReadonlyMap<string, number>
}

/** Asks the rules about cases of the session's court before they are written, from what is known of them. */
export async function findArriving(session: Session, parts: CaseParts, clocks: ClocksById): Promise<Arriving> {
  const { tx, on, services, actor } = session
  const cases = await watchedOf(tx, actor.courtId, parts, clocks, services.law.now(), on)
  const findings = cases.map((one) => [one.id, findingsOf(one)] as const)
  return {
    cases,
    findings: findings.flatMap(([, own]) => own),
    counts: new Map(findings.map(([id, own]) => [id, own.length])),
  }
}

/** Stores what was found, behind the cases themselves. */
export async function openArriving(session: Session, arriving: Arriving, imported: boolean): Promise<void> {
  const { courtId } = session.actor
  await openNew(session, courtId, arriving.findings, imported)
  if (!imported) await tellOfWarnings(session, courtId, arriving.cases, arriving.findings)
}

function findingsOf({ id, view }: WatchedCase): Finding[] {
  return WARNING_RULES.flatMap((rule) => {
    const finding = rule.find(view)
    return finding === null ? [] : [{ caseId: id, rule: rule.id, finding }]
  })
}

async function openWarnings(tx: Tx, courtId: number, caseIds: readonly string[]): Promise<OpenWarning[]> {
  return tx.query<OpenWarning>(sql`
    select id, case_id as "caseId", rule, finding from case_warning
    where court_id = ${courtId} and case_id = any(${caseIds}) and closed_at is null`)
}

async function closeWarnings({ tx, at }: Session, courtId: number, gone: readonly OpenWarning[]): Promise<void> {
  if (gone.length === 0) return
  await tx.run(sql`
    update case_warning set closed_at = ${at}
    where court_id = ${courtId} and id = any(${gone.map(({ id }) => id)})`)
}

async function openNew(
  { tx, at, actor }: Session,
  courtId: number,
  fresh: readonly Finding[],
  imported: boolean,
): Promise<void> {
  if (fresh.length === 0) return
  const rows = fresh.map((one) => ({ id: orderedId(at), case_id: one.caseId, rule: one.rule, finding: one.finding }))
  await tx.run(sql`
    insert into case_warning (court_id, id, case_id, rule, finding, backlog, opened_at, opened_by, told_at)
    select ${courtId}, r.id, r.case_id, r.rule, r.finding, ${imported}, ${at}, ${actor.name},
      ${imported ? null : at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, case_id uuid, rule text, finding text)`)
}

/** The number that lists show beside a case: open and not explained. */
export async function countOpen(tx: Tx, courtId: number, caseIds: readonly string[]): Promise<void> {
  await tx.run(sql`
    update enforcement_case c set open_warnings = counted.n
    from (
      select wanted.id, count(w.id)::int as n from unnest(${caseIds}::uuid[]) wanted(id)
      left join case_warning w on w.court_id = ${courtId} and w.case_id = wanted.id and w.closed_at is null
        and w.explained_at is null
      group by wanted.id
    ) counted
    where c.court_id = ${courtId} and c.id = counted.id and c.open_warnings <> counted.n`)
}
