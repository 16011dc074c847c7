import { parseCaseNumber } from '#cases/case/case-number.ts'
import type { ChangeCounts, ImportReport } from '#cases/case/wire.ts'
import type { Row, Tx } from '#kernel/database/database.ts'
import { jsonText, sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { On } from '#kernel/time/time.ts'
import { recordsOf, staffOf } from './case-record.ts'
import { type ComparedFact, closingOf, columnEntries, factEntries } from './change-entries.ts'
import { type Compared, EXPORT_COMPARISON, FACT_ENTERS } from './export-merge.ts'
import { factRecords } from './import-facts.ts'
import { type AcceptedRow, digestOf, type Planned, planOf } from './import-writing.ts'

// What a newer export would change, found while it is checked and by the rule by which it is written (export-merge.ts).
// Stored case by case with the version that was compared: a confirmation holds for these changes and for no others.

interface Run {
  courtId: number
  id: string
}

/** Begins the changes of a check anew, and notes what the last export of each case is by now. */
export async function beginChanges(tx: Tx, run: Run): Promise<void> {
  await tx.run(sql`delete from import_change where court_id = ${run.courtId} and run_id = ${run.id}`)
  await tx.run(sql`
    update import_run set export_mark = ${await exportMark(tx, run.courtId)}
    where court_id = ${run.courtId} and id = ${run.id}`)
}

/** One value for the last exports of all of a court's cases: an import of whatever kind changes it. */
async function exportMark(tx: Tx, courtId: number): Promise<string> {
  const row = await tx.one<{ mark: string }>(sql`
    select md5(count(*) || ':' || coalesce(sum(hashtextextended(id::text || encode(export_digest, 'hex'), 0)), 0))
      as mark
    from enforcement_case where court_id = ${courtId} and export_digest is not null`)
  return row.mark
}

interface Change {
  number: string
  kind: 'new' | 'changed' | 'unchanged'
  row_number: number
  case_id: string | null
  case_version: number | null
  closing: 'closed' | 'reopened' | null
  entries: ReturnType<typeof columnEntries>
}

const NOT_THERE = { case_id: null, case_version: null, closing: null }

/** Compares a batch of a check with the cases as they stand, and stores what it would change. */
export async function compareBatch(
  session: Session,
  run: Run,
  rows: readonly AcceptedRow[],
  asOfOn: On,
): Promise<void> {
  if (rows.length === 0) return
  const planned = rows.map((row) => planOf(session, row, digestOf(row), undefined))
  const known = await comparedCases(session, planned, asOfOn)
  const facts = await comparedFacts(session, planned, known)
  const parties = await storedParties(session, known)
  const changes = planned.map((plan): Change => {
    const number = plan.row.case.caseNumber.canonical
    const place = { number, row_number: plan.row.row }
    const found = known.get(number)
    if (!found) return { ...place, ...NOT_THERE, kind: 'new', entries: told(plan) }
    const same = { ...place, case_id: found.id, case_version: found.version }
    if (found.same) return { ...same, kind: 'unchanged', closing: null, entries: [] }
    const isTaken = found.compared.some(({ column, moved }) => column === 'debtor_names' && moved)
    const differ = isTaken && parties.get(found.id) !== toldParties(plan)
    const entries = [...columnEntries(found.compared, differ), ...factEntries(facts.get(found.id) ?? [])]
    return { ...same, kind: 'changed', closing: closingOf(found.compared), entries }
  })
  await session.tx.run(sql`
    insert into import_change (court_id, run_id, number, kind, row_number, case_id, case_version, closing, entries)
    select ${run.courtId}, ${run.id}, number, kind, row_number, case_id, case_version, closing, entries
    from jsonb_to_recordset(${jsonText(changes)}::jsonb) as r(number text, kind text, row_number int, case_id uuid,
      case_version int, closing text, entries jsonb)`)
}

interface Known {
  id: string
  version: number
  same: boolean
  compared: Compared[]
}

async function comparedCases(session: Session, planned: readonly Planned[], asOfOn: On): Promise<Map<string, Known>> {
  const records = recordsOf(planned, asOfOn, await staffOf(session))
  const rows = await session.tx.query<Known & { number: string }>(sql`
    select c.number, c.id, c.version, coalesce(c.export_digest = r.export_digest, false) as same,
      ${EXPORT_COMPARISON} as compared
    from jsonb_populate_recordset(null::enforcement_case, ${records}::jsonb) r
    join enforcement_case c on c.court_id = ${session.actor.courtId} and c.number = r.number`)
  return new Map(rows.map((row) => [row.number, row]))
}

async function comparedFacts(
  session: Session,
  planned: readonly Planned[],
  known: ReadonlyMap<string, Known>,
): Promise<Map<string, ComparedFact[]>> {
  const changed = planned.flatMap((plan) => {
    const found = known.get(plan.row.case.caseNumber.canonical)
    return found && !found.same ? [{ ...plan, id: found.id }] : []
  })
  const rows = await session.tx.query<ComparedFact & { case_id: string }>(sql`
    select i.case_id, i.name, k.fact_on as "wasOn", k.amount_fen::text as "wasFen", i.fact_on as "saidOn",
      i.amount_fen::text as "saidFen", ${FACT_ENTERS} as enters, k.source, k.recorder_name as recorder, k.reason
    from jsonb_to_recordset(${factRecords(changed)}::jsonb)
      as i(case_id uuid, name text, fact_on date, amount_fen bigint)
    left join lateral (
      select * from case_fact f
      where f.court_id = ${session.actor.courtId} and f.case_id = i.case_id and f.name = i.name
      order by f.seq desc limit 1) k on true`)
  const found = new Map<string, ComparedFact[]>()
  for (const { case_id: id, ...fact } of rows) found.set(id, [...(found.get(id) ?? []), fact])
  return found
}

/** The parties of the changed cases with their certificates, each case's in one text that compares. */
async function storedParties(session: Session, known: ReadonlyMap<string, Known>): Promise<Map<string, string>> {
  const ids = [...known.values()].filter(({ same }) => !same).map(({ id }) => id)
  const rows = await session.tx.query<{ id: string; parties: unknown }>(sql`
    select p.case_id as id, jsonb_agg(jsonb_build_array(p.side, p.name, n.numbers) order by p.seq) as parties
    from case_party p
    cross join lateral (
      select coalesce(jsonb_agg(c.number order by c.seq), '[]') as numbers from case_certificate c
      where c.court_id = p.court_id and c.case_id = p.case_id and c.party_seq = p.seq) n
    where p.court_id = ${session.actor.courtId} and p.case_id = any(${ids}::uuid[])
    group by p.case_id`)
  return new Map(rows.map(({ id, parties }) => [id, JSON.stringify(parties)]))
}

function toldParties({ row: { case: one } }: Planned): string | undefined {
  const side = (name: string, { parties }: typeof one.creditors) =>
    parties.map((party) => [name, party.name, party.certificate ? [party.certificate.number] : []])
  const all = [...side('creditor', one.creditors), ...side('debtor', one.debtors)]
  return all.length === 0 ? undefined : JSON.stringify(all)
}

/** What a new case is known by. */
function told({ row: { case: one } }: Planned): Change['entries'] {
  const debtors = one.debtors.parties.map(({ name }) => name).join('、')
  const pairs: [string, string, string | null][] = [
    ['filed_on', '立案日期', one.filedOn],
    ['debtor_names', '被执行人', debtors || null],
    ['holder_name', '承办人', one.judge],
    ['state', '状态', one.state],
  ]
  return pairs.map(([name, label, said]) => ({ name, label, was: null, said, effect: 'change', why: null }))
}

/** Ends a check: what is missing in the export, and how many there are of each kind. */
export async function endChanges(tx: Tx, run: Run, report: Pick<ImportReport, 'refused'>): Promise<ChangeCounts> {
  const refused = report.refused.flatMap(({ caseNumber }) => {
    const number = caseNumber === null ? { problem: '' } : parseCaseNumber(caseNumber)
    return 'problem' in number ? [] : [number.canonical]
  })
  const mine = sql`court_id = ${run.courtId} and run_id = ${run.id}`
  await tx.run(sql`
    insert into import_change (court_id, run_id, number, kind, case_id, case_version)
    select c.court_id, ${run.id}, c.number, 'missing', c.id, c.version from enforcement_case c
    where c.court_id = ${run.courtId} and c.export_digest is not null and c.number <> all(${refused}) and not exists (
      select from import_change d where d.court_id = c.court_id and d.run_id = ${run.id} and d.number = c.number)`)
  const row = await tx.one<ChangeCounts>(sql`
    select count(*) filter (where kind = 'new')::int as new, count(*) filter (where kind = 'changed')::int as changed,
      count(*) filter (where kind = 'unchanged')::int as unchanged,
      count(*) filter (where kind = 'missing')::int as missing,
      count(*) filter (where closing = 'closed')::int as closed,
      count(*) filter (where closing = 'reopened')::int as reopened
    from import_change where ${mine}`)
  await tx.run(sql`delete from import_change where ${mine} and kind = 'unchanged'`)
  return row
}

/** Whether what a check found is still all that its import would do. */
export async function changesStand(tx: Tx, run: Row): Promise<boolean> {
  const [courtId, id] = [run.court_id as number, run.id as string]
  if (run.changes === null || run.export_mark !== (await exportMark(tx, courtId))) return false
  const moved = await tx.maybe(sql`
    select 1 from import_change d join enforcement_case c on c.court_id = d.court_id and c.number = d.number
    where d.court_id = ${courtId} and d.run_id = ${id}
      and (d.kind = 'new' or (d.kind = 'changed' and c.version <> d.case_version)) limit 1`)
  return moved === undefined
}
