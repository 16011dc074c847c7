import type { Row, Tx } from '#kernel/database/database.ts'
import { identifier, join, jsonText, type Sql, sql } from '#kernel/database/sql.ts'
import { columnOf, type FieldValue } from './field.ts'
import type { Kind, Thing } from './matter.ts'

// Loading and saving of things; the only place that knows their tables. No rule is decided here.

/** A row of a kind's table as a thing. */
export function thingOf(kind: Kind, row: Row): Thing {
  const parentId = row.parent_id as string | null | undefined
  return {
    courtId: row.court_id as number,
    id: row.id as string,
    number: row.number as string,
    state: row.state as string,
    version: row.version as number,
    openedAt: row.opened_at as Date,
    openerId: row.opener_id as string | null,
    openerName: row.opener_name as string,
    counterpartCourtId: (row.counterpart_court_id as number | null | undefined) ?? null,
    holderId: row.holder_id as string | null,
    holderTeamId: row.holder_team_id as string | null,
    holderName: row.holder_name as string | null,
    parent: parentId ? { courtId: row.parent_court_id as number, id: parentId, kind: row.parent_kind as string } : null,
    caseId: (row.case_id as string | null | undefined) ?? null,
    values: Object.fromEntries(
      Object.keys(kind.fields).map((name) => [name, (row[columnOf(name)] ?? null) as FieldValue]),
    ),
  }
}

/** The thing with this id among the courts of the transaction's scope. */
export async function loadThing(tx: Tx, kind: Kind, id: string): Promise<Thing | undefined> {
  const row = await tx.maybe<Row>(sql`select * from ${identifier(kind.table)} where id = ${id}`)
  return row && thingOf(kind, row)
}

/** As `loadThing`, and nobody else changes it until the transaction ends. */
export async function lockThing(tx: Tx, kind: Kind, id: string): Promise<Thing | undefined> {
  const row = await tx.maybe<Row>(sql`select * from ${identifier(kind.table)} where id = ${id} for no key update`)
  return row && thingOf(kind, row)
}

export interface Columns {
  [column: string]: unknown
}

/** Writes a new thing and gives it as it stands then; the table's own defaults and constraints hold. */
export async function insertThing(tx: Tx, kind: Kind, columns: Columns): Promise<Thing> {
  const names = Object.keys(columns)
  const row = await tx.one<Row>(sql`
    insert into ${identifier(kind.table)} (${join(names.map(identifier))})
    values (${join(names.map((name) => sql`${columns[name]}`))}) returning *`)
  return thingOf(kind, row)
}

/** Writes a locked thing's new state and columns, raises its version, and gives it as it stands then. */
export async function saveThing(tx: Tx, kind: Kind, thing: Thing, columns: Columns): Promise<Thing> {
  const changes: Sql[] = Object.entries(columns).map(([name, value]) => sql`${identifier(name)} = ${value}`)
  const row = await tx.one<Row>(sql`
    update ${identifier(kind.table)} set ${join([sql`version = version + 1`, ...changes])}
    where court_id = ${thing.courtId} and id = ${thing.id} returning *`)
  return thingOf(kind, row)
}

export interface LogRow {
  action: string
  fromState: string | null
  toState: string
  answers: Readonly<Record<string, unknown>>
  onDate: string | null
}

/** Appends to the log of acts; the thing's row lock orders the numbers. */
export async function appendLog(
  tx: Tx,
  kind: Kind,
  thing: Pick<Thing, 'courtId' | 'counterpartCourtId' | 'id'>,
  actor: { id: string | null; courtId: number; name: string },
  at: Date,
  entry: LogRow,
): Promise<void> {
  await tx.send(sql`
    insert into act_log (court_id, counterpart_court_id, kind, thing_id, seq, action, from_state, to_state, answers,
      on_date, actor_id, actor_court_id, actor_name, at)
    select ${thing.courtId}, ${thing.counterpartCourtId}, ${kind.id}, ${thing.id},
      coalesce((select max(seq) from act_log where court_id = ${thing.courtId} and thing_id = ${thing.id}), 0) + 1,
      ${entry.action}, ${entry.fromState}, ${entry.toState}, ${jsonText(entry.answers)},
      ${entry.onDate}, ${actor.id}, ${actor.courtId}, ${actor.name}, ${at}`)
}
