import { createHash, randomUUID } from 'node:crypto'
import { deleteParties, insertParties, type Party } from '#cases/case/case-parties.ts'
import { stateOfWord } from '#cases/case/case-states.ts'
import { FACTS, type FactName } from '#cases/case/fact-names.ts'
import { refreshClocks } from '#cases/node-watch/case-clock-store.ts'
import { SUSPENDED_UNDATED } from '#cases/node-watch/case-clocks.ts'
import { personIdOf } from '#kernel/authorisation/may.ts'
import { jsonText, sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { On } from '#kernel/time/time.ts'
import { EXPORT_COLUMNS, EXPORT_MERGE, EXPORT_VALUES, saidOf } from './export-merge.ts'
import type { ImportedCase, ReadRow } from './imported-case.ts'

// Writing a batch of accepted rows: each case whole or absent, all of a batch in one transaction. A case that is there
// already is brought up to what the export changed; what a person entered or corrected by hand in between stands.

const BATCH_TURN = 10

export type AcceptedRow = Extract<ReadRow, { kind: 'accepted' }>

export interface Written {
  created: number
  updated: number
  unchanged: number
}

interface Known {
  id: string
  digest: Buffer | null
  /** The parties as the last export told them; null for a case made by hand. */
  parties: string | null
}

interface Planned {
  id: string
  row: AcceptedRow
  digest: Buffer
  isNew: boolean
  parties: string
  partiesChanged: boolean
}

/** Writes one batch for the session's court; asks nothing, decides nothing about the rows. */
export async function writeBatch(session: Session, rows: readonly AcceptedRow[], asOfOn: On): Promise<Written> {
  const courtId = session.actor.courtId
  // Two who import into one court (a command beside the server, a worker that lost its place) take turns by the batch.
  await session.tx.query(sql`select pg_advisory_xact_lock(${BATCH_TURN}::int, ${courtId}::int)`)
  const numbers = rows.map((row) => row.case.caseNumber.canonical)
  const known = new Map<string, Known>(
    (
      await session.tx.query<Known & { number: string }>(sql`
        select id, number, export_digest as digest, export_columns ->> 'parties' as parties from enforcement_case
        where court_id = ${courtId} and number = any(${numbers}) for update`)
    ).map((row) => [row.number, row]),
  )
  const planned: Planned[] = []
  let unchanged = 0
  for (const row of rows) {
    const digest = digestOf(row)
    const before = known.get(row.case.caseNumber.canonical)
    if (before?.digest?.equals(digest)) unchanged += 1
    else planned.push(planOf(row, digest, before))
  }
  if (planned.length > 0) {
    await writeCases(session, planned, asOfOn)
    await writeParties(session, planned)
    await writeFacts(session, planned)
    await writeLog(session, planned)
    await refreshClocks(
      session,
      planned.map(({ id }) => ({ courtId, id })),
      { arrived: 'import' },
    )
  }
  const created = planned.filter((one) => one.isNew).length
  return { created, updated: planned.length - created, unchanged }
}

function planOf(row: AcceptedRow, digest: Buffer, before: Known | undefined): Planned {
  const told = jsonText([row.case.creditors, row.case.debtors])
  const parties = createHash('sha256').update(told).digest('hex')
  const plan = { id: before?.id ?? randomUUID(), row, digest, parties }
  return { ...plan, isNew: before === undefined, partiesChanged: before?.parties !== parties }
}

function digestOf(row: AcceptedRow): Buffer {
  return createHash('sha256')
    .update(jsonText([row.case, [...row.case.facts], row.toCorrect]))
    .digest()
}

/** What a row says of the case's own columns. */
function columnsOf(
  { id, row, digest, parties }: Planned,
  asOfOn: On,
  people: ReadonlyMap<string, string>,
  teams: ReadonlyMap<string, string>,
) {
  const one = row.case
  const closedOn = one.facts.get('结案日期') ?? null
  const record = {
    id,
    number: one.caseNumber.canonical,
    state: stateOfWord(one.state, closedOn !== null),
    filed_year: one.caseNumber.year,
    type_code: one.caseNumber.typeCode,
    serial: one.caseNumber.serial,
    case_kind: one.kind,
    cause: one.cause,
    filed_on: one.filedOn,
    basis_number: one.basisNumber,
    amount_fen: one.amountFen === null ? null : String(one.amountFen),
    arrived_fen: one.arrivedFen === null ? null : String(one.arrivedFen),
    holder_id: (one.judge && people.get(one.judge)) ?? null,
    holder_name: one.judge,
    holder_team_id: (one.team && teams.get(one.team)) ?? null,
    team_name: one.team,
    closed_on: closedOn,
    closing_way: one.closingWay,
    remark: one.remark,
    export_state: one.state,
    export_as_of_on: asOfOn,
    export_digest: `\\x${digest.toString('hex')}`,
    to_correct: row.toCorrect,
    notes: one.state === '中止' && one.suspendedOn === null ? [...row.notes, SUSPENDED_UNDATED] : row.notes,
    creditor_names: namesOf(one.creditors),
    debtor_names: namesOf(one.debtors),
  }
  return { ...record, export_columns: saidOf(record, parties) }
}

function namesOf(side: ImportedCase['creditors']): string {
  return side.parties.map((party) => party.name).join('、')
}

async function writeCases(session: Session, planned: readonly Planned[], asOfOn: On): Promise<void> {
  const { tx, at, actor } = session
  const judges = sql`
    select p.name, p.id from person p where p.court_id = ${actor.courtId} and exists (
      select from post where court_id = p.court_id and person_id = p.id and role = 'team.judge')`
  const people = await namesToIds(session, judges)
  const teams = await namesToIds(session, sql`select name, id from team where court_id = ${actor.courtId}`)
  const records = planned.map((one) => columnsOf(one, asOfOn, people, teams))
  await tx.run(sql`
    insert into enforcement_case (court_id, opened_at, opener_name, ${EXPORT_COLUMNS})
    select ${actor.courtId}, ${at}, ${actor.name}, ${EXPORT_VALUES}
    from jsonb_populate_recordset(null::enforcement_case, ${JSON.stringify(records)}::jsonb) r
    on conflict (court_id, number) do update set ${EXPORT_MERGE}`)
}

/** Names that belong to exactly one id: of two namesakes neither is guessed. */
async function namesToIds(session: Session, statement: ReturnType<typeof sql>): Promise<Map<string, string>> {
  const found = new Map<string, string | null>()
  for (const row of await session.tx.query<{ name: string; id: string }>(statement)) {
    found.set(row.name, found.has(row.name) ? null : row.id)
  }
  return new Map([...found].filter((entry): entry is [string, string] => entry[1] !== null))
}

async function writeParties({ tx, actor }: Session, planned: readonly Planned[]): Promise<void> {
  const told = planned.filter((one) => one.partiesChanged)
  const old = told.filter((one) => !one.isNew).map((one) => one.id)
  await deleteParties(tx, actor.courtId, old)
  const side = (name: Party['side'], one: ImportedCase['creditors']): Party[] =>
    one.parties.map((party) => ({
      side: name,
      name: party.name,
      certificates: party.certificate ? [party.certificate] : [],
    }))
  const cases = told.map(({ id, row }) => ({
    id,
    parties: [...side('creditor', row.case.creditors), ...side('debtor', row.case.debtors)],
  }))
  await insertParties(tx, actor.courtId, cases)
}

async function writeFacts(session: Session, planned: readonly Planned[]): Promise<void> {
  const { tx, actor, at } = session
  const labels = new Map((Object.keys(FACTS) as FactName[]).map((name) => [FACTS[name].column, name]))
  const facts = planned.flatMap(({ id, row }) => {
    const one = row.case
    const dated: [FactName, On, bigint | null][] = [['filed', one.filedOn, null]]
    for (const [column, on] of one.facts) {
      const name = labels.get(column)
      if (name) dated.push([name, on, name === 'funds-arrived' ? one.arrivedFen : null])
    }
    if (one.suspendedOn) dated.push(['suspended', one.suspendedOn, null])
    return dated.map(([name, on, amountFen]) => ({
      case_id: id,
      name,
      fact_on: on,
      amount_fen: amountFen === null ? null : String(amountFen),
    }))
  })
  await tx.run(sql`
    with incoming as (
      select * from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
        as r(case_id uuid, name text, fact_on date, amount_fen bigint)
    ), known as (
      select distinct on (f.case_id, f.name) f.case_id, f.name, f.fact_on, f.amount_fen, f.source from case_fact f
      where f.court_id = ${actor.courtId} and f.case_id in (select case_id from incoming)
      order by f.case_id, f.name, f.seq desc
    ), fresh as (
      select i.* from incoming i left join known k using (case_id, name)
      where k.name is null
        or (k.source = 'import' and (k.fact_on, k.amount_fen) is distinct from (i.fact_on, i.amount_fen))
    )
    insert into case_fact (court_id, case_id, seq, name, fact_on, amount_fen, source, recorder_name, recorded_at)
    select ${actor.courtId}, case_id,
      coalesce((select max(seq) from case_fact f where f.court_id = ${actor.courtId} and f.case_id = fresh.case_id), 0)
        + row_number() over (partition by case_id order by name),
      name, fact_on, amount_fen, 'import', ${actor.name}, ${at} from fresh`)
}

async function writeLog(session: Session, planned: readonly Planned[]): Promise<void> {
  const { tx, actor, at } = session
  const rows = planned.map(({ id, row, isNew }) => ({
    thing_id: id,
    to_state: stateOfWord(row.case.state, row.case.facts.has('结案日期')),
    answers: { 来源: isNew ? '导入' : '导入更新', 行号: row.row, 需补正: row.toCorrect.join('、') || null },
  }))
  await tx.run(sql`
    insert into act_log (court_id, kind, thing_id, seq, action, to_state, answers, actor_id, actor_court_id, actor_name,
      at)
    select ${actor.courtId}, 'case', r.thing_id,
      coalesce((select max(seq) from act_log l where l.court_id = ${actor.courtId} and l.thing_id = r.thing_id), 0) + 1,
      'import', r.to_state, r.answers, ${personIdOf(actor)}, ${actor.courtId}, ${actor.name}, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(thing_id uuid, to_state text, answers jsonb)`)
}
