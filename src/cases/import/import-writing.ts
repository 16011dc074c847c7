import { createHash } from 'node:crypto'
import { setImmediate as breath } from 'node:timers/promises'
import { deleteParties, insertParties, type Party } from '#cases/case/case-parties.ts'
import {
  clocksOfArriving,
  type FoundClocks,
  refreshClocks,
  writeNewClocks,
} from '#cases/node-watch/case-clock-store.ts'
import { handOverEntries } from '#cases/special-party/ledger-follow.ts'
import { proposeSpecialParties } from '#cases/special-party/proposals.ts'
import { type Arriving, findArriving, openArriving } from '#cases/warnings/warning-store.ts'
import { voidPendingAmong } from '#kernel/approval/approval.ts'
import { personIdOf } from '#kernel/authorisation/may.ts'
import { orderedId } from '#kernel/database/ordered-id.ts'
import { jsonText, sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { On } from '#kernel/time/time.ts'
import { columnsOf, recordsOf, type Staff, staffOf, stateOf } from './case-record.ts'
import { EXPORT_COLUMNS, EXPORT_MERGE, EXPORT_VALUES } from './export-merge.ts'
import { datedFacts, mergeFacts, writeNewFacts } from './import-facts.ts'
import type { ImportedCase, ReadRow } from './imported-case.ts'

// Writing a batch of accepted rows: each case whole or absent, all of a batch in one transaction. A case that is there
// already is brought up to what the export changed; what a person entered or corrected by hand in between stands. Of a
// case that is new everything is known here, clocks included: it is written once, without being read back.

const BATCH_TURN = 10
/** How much of the names' index a batch may leave to be sorted in later; see 0053. */
const PENDING_NAMES = '1MB'

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

export interface Planned {
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
  const [, known, staff] = await Promise.all([takeTurn(session), knownCases(session, rows), staffOf(session)])
  const planned: Planned[] = []
  let unchanged = 0
  for (const row of rows) {
    const digest = digestOf(row)
    const before = known.get(row.case.caseNumber.canonical)
    if (before?.digest?.equals(digest)) unchanged += 1
    else planned.push(planOf(session, row, digest, before))
  }
  const fresh = planned.filter((one) => one.isNew)
  const others = planned.filter((one) => !one.isNew)
  if (fresh.length > 0) await writeNew(session, fresh, asOfOn, staff)
  if (others.length > 0) {
    const ids = others.map(({ id }) => id)
    await voidPendingAmong(session.tx, courtId, ids)
    await mergeCases(session, recordsOf(others, asOfOn, staff))
    await handOverEntries(session, courtId, ids)
    await writeParties(session, others)
    await mergeFacts(session, others)
    await writeLog(session, others)
    await refreshClocks(
      session,
      ids.map((id) => ({ courtId, id })),
      { arrived: 'import' },
    )
  }
  await proposeSpecialParties(session, courtId, planned.filter(isToEnforce).map(partiesOf))
  return { created: fresh.length, updated: others.length, unchanged }
}

/** Two who import into one court (a command beside the server, a worker that lost its place) take turns. */
async function takeTurn({ tx, actor }: Session): Promise<void> {
  await Promise.all([
    tx.query(sql`select pg_advisory_xact_lock(${BATCH_TURN}::int, ${actor.courtId}::int)`),
    tx.query(sql`select set_config('gin_pending_list_limit', ${PENDING_NAMES}, true)`),
  ])
}

async function knownCases({ tx, actor }: Session, rows: readonly AcceptedRow[]): Promise<Map<string, Known>> {
  const numbers = rows.map((row) => row.case.caseNumber.canonical)
  const found = await tx.query<Known & { number: string }>(sql`
    select id, number, export_digest as digest, export_columns ->> 'parties' as parties from enforcement_case
    where court_id = ${actor.courtId} and number = any(${numbers}) for no key update`)
  return new Map(found.map((row) => [row.number, row]))
}

/**
 * Each part is worked out while the database writes the one before; no more than two are under way, for each has a
 * limit of its own for its answer.
 */
async function writeNew(session: Session, fresh: readonly Planned[], asOfOn: On, staff: Staff): Promise<void> {
  const found = clocksOfArriving(
    session,
    fresh.map((one) => loadedOf(session, one)),
  )
  const rows = fresh.map((one) => columnsOf(one, asOfOn, staff))
  const arriving = await warningsOf(session, fresh, rows, found)
  const records = rows.map((row, index) => ({
    ...row,
    ...found[index]?.next,
    open_warnings: arriving.counts.get(row.id) ?? 0,
  }))
  let under = insertCases(session, records)
  const others = [
    () => writeNewClocks(session, found, { arrived: 'import' }),
    () => openArriving(session, arriving, true),
  ]
  for (const write of [writeParties, writeNewFacts, writeLog, ...others]) {
    await breath()
    const next = write(session, fresh)
    // Where the one before fails, so does this one, and nobody waits for it.
    next.catch(() => {})
    await under
    under = next
  }
  await under
}

/** What the rules find in new cases, from what is about to be written of them. */
function warningsOf(
  session: Session,
  fresh: readonly Planned[],
  rows: readonly ReturnType<typeof columnsOf>[],
  found: readonly FoundClocks[],
): Promise<Arriving> {
  const facts = fresh.map(({ id, row }) => {
    const own = datedFacts(row.case).map(({ name, on }) => ({ name, on, source: 'import', recordedAt: session.at }))
    return [id, own] as const
  })
  const parts = {
    rows: rows.map((row, index) => ({ ...NOT_TOLD, ...row, ...amountsOf(fresh[index]?.row.case) })),
    facts: new Map(facts),
    parties: new Map(fresh.map((one) => [one.id, partiesOf(one).parties])),
    papers: new Map(),
  }
  return findArriving(session, parts, new Map(found.map(({ one, clocks }) => [one.id, clocks])))
}

/** What no export tells of a case. */
const NOT_TOLD = {
  ...{ basis_kind: null, basis_maker: null, basis_effective_on: null },
  ...{ perform_by: null, duty: null, jurisdiction: null },
}

/** As the database tells amounts. */
const amountsOf = (one?: ImportedCase) => ({ amount_fen: one?.amountFen ?? null, arrived_fen: one?.arrivedFen ?? null })

function loadedOf({ actor }: Session, { id, row }: Planned) {
  const one = row.case
  return {
    ...{ courtId: actor.courtId, id, number: one.caseNumber.canonical, exportState: one.state, kind: one.kind },
    ...{ cause: one.cause, state: stateOf(one), toCorrect: row.toCorrect, byHand: false },
    facts: new Map(datedFacts(one).map(({ name, on }) => [name, on])),
    suspensions: [],
    extensions: [],
  }
}

/** A row with what is to become of it; `before` is the case as it stands, where there is one. */
export function planOf(
  { at }: Pick<Session, 'at'>,
  row: AcceptedRow,
  digest: Buffer,
  before: Known | undefined,
): Planned {
  const told = jsonText([row.case.creditors, row.case.debtors])
  const parties = createHash('sha256').update(told).digest('hex')
  const plan = { id: before?.id ?? orderedId(at), row, digest, parties }
  return { ...plan, isNew: before === undefined, partiesChanged: before?.parties !== parties }
}

/** What tells whether a row says anything new. */
export function digestOf(row: AcceptedRow): Buffer {
  return createHash('sha256')
    .update(jsonText([row.case, [...row.case.facts], row.toCorrect]))
    .digest()
}

async function insertCases({ tx, at, actor }: Session, records: readonly object[]): Promise<void> {
  await tx.run(sql`
    insert into enforcement_case (court_id, opened_at, opener_name, next_node, next_due_on, open_warnings,
      ${EXPORT_COLUMNS})
    select ${actor.courtId}, ${at}, ${actor.name}, r.next_node, r.next_due_on, r.open_warnings, ${EXPORT_VALUES}
    from jsonb_populate_recordset(null::enforcement_case, ${JSON.stringify(records)}::jsonb) r`)
}

async function mergeCases({ tx, at, actor }: Session, records: string): Promise<void> {
  await tx.run(sql`
    insert into enforcement_case (court_id, opened_at, opener_name, ${EXPORT_COLUMNS})
    select ${actor.courtId}, ${at}, ${actor.name}, ${EXPORT_VALUES}
    from jsonb_populate_recordset(null::enforcement_case, ${records}::jsonb) r
    on conflict (court_id, number) do update set ${EXPORT_MERGE}`)
}

async function writeParties({ tx, actor }: Session, planned: readonly Planned[]): Promise<void> {
  const told = planned.filter((one) => one.partiesChanged)
  const old = told.filter((one) => !one.isNew).map((one) => one.id)
  await deleteParties(tx, actor.courtId, old)
  await insertParties(tx, actor.courtId, told.map(partiesOf))
}

function partiesOf({ id, row }: Planned) {
  const side = (name: Party['side'], one: ImportedCase['creditors']): Party[] =>
    one.parties.map((party) => ({
      side: name,
      name: party.name,
      certificates: party.certificate ? [party.certificate] : [],
    }))
  return {
    id,
    number: row.case.caseNumber.canonical,
    parties: [...side('creditor', row.case.creditors), ...side('debtor', row.case.debtors)],
  }
}

const isToEnforce = ({ row, partiesChanged }: Planned) => partiesChanged && stateOf(row.case) !== 'closed'

async function writeLog(session: Session, planned: readonly Planned[]): Promise<void> {
  const { tx, actor, at } = session
  const rows = planned.map(({ id, row, isNew }) => ({
    thing_id: id,
    to_state: stateOf(row.case),
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
