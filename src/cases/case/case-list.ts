import { z } from 'zod'
import { TRACKS } from '#cases/triage/track.ts'
import { rulesOfKind } from '#cases/warnings/warning-list.ts'
import { WARNING_KINDS, type WarningKind } from '#cases/warnings/warning-rule.ts'
import { mayRead } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES } from '#kernel/authorisation/roles.ts'
import { soonUntil } from '#kernel/calendar/soon.ts'
import type { Row, Tx } from '#kernel/database/database.ts'
import { allOf, raw, type Sql, sql } from '#kernel/database/sql.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { type Asking, columnsParameter, type List, list } from '#kernel/lists/list.ts'
import { type CourtNames, courtNames, courtsInScope } from '#kernel/organisation/courts.ts'
import { isOn, type On } from '#kernel/time/time.ts'
import { ASKED_COLUMNS, CASE_COLUMNS } from './case-columns.ts'
import { searchCases } from './case-search.ts'
import { CASE_STATES } from './case-states.ts'
import { type CaseList, type CaseRow, caseList } from './wire.ts'

const KINDS = Object.keys(WARNING_KINDS) as WarningKind[]
const date = z.string().refine(isOn, '日期有误')

/** What the case list can be asked, besides page and columns. */
const caseQuery = z.strictObject({
  scope: z.string().max(20).optional(),
  state: z.enum(['handling', 'suspended', 'closed', 'terminated']).optional(),
  kind: z.string().max(20).optional(),
  judge: z.uuid().optional(),
  /** Cases that have no judge yet. */
  assigned: z.enum(['no']).optional(),
  team: z.uuid().optional(),
  node: z.string().max(40).optional(),
  clock: z.enum(['overdue', 'soon']).optional(),
  flag: z.string().max(40).optional(),
  /** Cases of a track, or those that nobody has sorted. */
  track: z.enum([...TRACKS, 'none']).optional(),
  /** Cases with open warnings: of any kind, or of one. */
  warning: z.enum(['any', ...KINDS]).optional(),
  cause: z.string().trim().max(60).optional(),
  filedFrom: date.optional(),
  filedTo: date.optional(),
  q: z.string().trim().max(60).optional(),
  sort: z.enum(['dueOn', '-filedOn', 'filedOn', 'number']).default('dueOn'),
})
type Query = z.infer<typeof caseQuery>

const pageQuery = caseQuery.extend({
  /** Columns that are shown: some are read only when asked for. */
  columns: columnsParameter(CASE_COLUMNS),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const NO_DUE = '9999-12-31'
const DUE_KEY = `coalesce(next_due_on, date '${NO_DUE}')`

interface Order {
  key: string
  order: string
  /** What comes after a place; of one court alone it is a place in an index. */
  beyond: (key: string, id: string, isOneCourt: boolean) => Sql
}

const NUMBER_PARTS = 'filed_year, type_code, serial'

const ORDERS: Record<Query['sort'], Order> = {
  '-filedOn': {
    key: 'filed_on::text',
    order: 'filed_on desc, id desc',
    beyond: (key, id) => sql`(filed_on, id) < (${key}::date, ${id}::uuid)`,
  },
  filedOn: {
    key: 'filed_on::text',
    order: 'filed_on, id',
    beyond: (key, id) => sql`(filed_on, id) > (${key}::date, ${id}::uuid)`,
  },
  dueOn: {
    key: `${DUE_KEY}::text`,
    order: `${DUE_KEY}, id`,
    beyond: (key, id) => sql`(${raw(DUE_KEY)}, id) > (${key}::date, ${id}::uuid)`,
  },
  // As people count: 执9号 before 执10号.
  number: {
    key: `concat_ws(' ', court_id, ${NUMBER_PARTS})`,
    order: `court_id, ${NUMBER_PARTS}, id`,
    beyond(key, id, isOneCourt) {
      const [court = '', year = '', type = '', serial = ''] = key.split(' ')
      const number = sql`${year}::int, ${type}, ${serial}::int, ${id}::uuid`
      return isOneCourt
        ? sql`(${raw(NUMBER_PARTS)}, id) > (${number})`
        : sql`(court_id, ${raw(NUMBER_PARTS)}, id) > (${court}::int, ${number})`
    },
  },
}

/** What a line shows: a list reads many rows, and half of a case's columns stand on its page only. */
const SHOWN =
  'id, court_id, number, case_kind, cause, filed_on, state, creditor_names, debtor_names, amount_fen, holder_name, ' +
  'team_name, next_node, next_due_on, to_correct, open_warnings, track, ' +
  NUMBER_PARTS

/** The case list as it is registered. */
export const caseListing: List = list<CaseRow, Query>({
  name: 'cases',
  title: '执行案件',
  articles: ['1', '10'],
  readers: BUSINESS_ROLES,
  columns: CASE_COLUMNS,
  query: caseQuery,
  async matching(call, query, columns) {
    const asked = await conditionsOf(call, query)
    if (!asked) return null
    const rows = sql`select ${shownWith(columns)} from enforcement_case c where ${asked.conditions}`
    return { rows, order: raw(ORDERS[query.sort].order) }
  },
  itemsOf: ({ tx, on }, rows, columns) => caseRows(tx, rows, on, columns),
})

/** 案件清单: one page of cases, by keyset. */
export function caseListRoute(): Route {
  return route({
    method: 'GET',
    path: '/cases',
    summary: '案件清单',
    articles: ['1', '10'],
    access: BUSINESS_ROLES,
    query: pageQuery,
    reply: caseList,
    handle: listCases,
  })
}

async function listCases(call: Call<unknown, z.infer<typeof pageQuery>, unknown>): Promise<CaseList> {
  const { tx, on, query } = call
  const asked = await conditionsOf(call, query)
  if (!asked) return { items: [], next: null }
  const order = ORDERS[query.sort]
  const cursor = readCursor(query.after)
  const columns = query.columns ?? []
  const names = await courtNames(tx)
  const rows = await tx.last<Row & { sort_key: string }>(sql`
    select ${shownWith(columns)}, ${raw(order.key)} as sort_key from enforcement_case c
    where ${allOf([asked.conditions, cursor && order.beyond(cursor.key, cursor.id, asked.isOneCourt)])}
    order by ${raw(order.order)} limit ${query.limit + 1}`)
  const { page, next } = pageOf(rows, query.limit, (row) => ({ key: row.sort_key, id: row.id as string }))
  return { items: page.map((row) => ({ ...caseRowOf(row, names, on), ...askedOf(row, columns) })), next }
}

/** What a line carries, and what these columns need besides. */
function shownWith(columns: readonly string[]): Sql {
  const asked = columns.flatMap((key) => ASKED_COLUMNS[key] ?? [])
  return raw([SHOWN, ...asked].join(', '))
}

/** The conditions of a question; null where nothing can match. `q` finds part of a name or of a case number. */
async function conditionsOf(
  { tx, actor, on, services }: Asking,
  query: Query,
): Promise<{ conditions: Sql; isOneCourt: boolean } | null> {
  const courts = (await courtsInScope(tx, actor, query.scope)).filter((courtId) =>
    mayRead(actor, BUSINESS_ROLES, { courtId }, false),
  )
  const found = query.q ? await searchCases(tx, courts, query.q) : null
  if (found && found.length === 0) return null
  const isOneCourt = courts.length === 1
  const conditions = allOf([
    // One court by itself is read in the order of an index.
    isOneCourt ? sql`court_id = ${courts[0]}` : sql`court_id = any(${courts})`,
    found && sql`id = any(${found})`,
    query.state !== undefined && sql`state = ${query.state}`,
    query.kind !== undefined && sql`case_kind = ${query.kind}`,
    query.judge !== undefined && sql`holder_id = ${query.judge}`,
    query.assigned === 'no' && sql`holder_id is null`,
    query.team !== undefined && sql`holder_team_id = ${query.team}`,
    query.flag !== undefined &&
      (query.flag === 'any' ? sql`cardinality(to_correct) > 0` : sql`${query.flag} = any(to_correct)`),
    query.track !== undefined && (query.track === 'none' ? sql`track is null` : sql`track = ${query.track}`),
    query.warning !== undefined && warningCondition(query.warning),
    query.cause !== undefined && sql`position(${query.cause} in coalesce(cause, '')) > 0`,
    query.filedFrom !== undefined && sql`filed_on >= ${query.filedFrom}`,
    query.filedTo !== undefined && sql`filed_on <= ${query.filedTo}`,
    (query.clock !== undefined || query.node !== undefined) &&
      clockCondition(query, on, soonUntil(services.law.now().calendar, on)),
  ])
  return { conditions, isOneCourt }
}

function clockCondition(query: Query, on: On, soonOn: On): Sql {
  return sql`exists (select from clock k where k.court_id = c.court_id and k.thing_id = c.id and k.watched and ${allOf([
    query.node !== undefined && sql`k.label = ${query.node}`,
    query.clock === 'overdue' && sql`k.due_on < ${on}`,
    query.clock === 'soon' && sql`k.due_on between ${on} and ${soonOn}`,
  ])})`
}

function warningCondition(asked: 'any' | WarningKind): Sql {
  if (asked === 'any') return sql`c.open_warnings > 0`
  return sql`c.open_warnings > 0 and exists (select from case_warning w where w.court_id = c.court_id
    and w.case_id = c.id and w.closed_at is null and w.explained_at is null and w.rule = any(${rulesOfKind(asked)}))`
}

/** Rows of cases as lists show them: parties by name, the node that is due first. */
export async function caseRows(
  tx: Tx,
  rows: readonly Row[],
  on: On,
  columns: readonly string[] = [],
): Promise<CaseRow[]> {
  const names = await courtNames(tx)
  return rows.map((row) => ({ ...caseRowOf(row, names, on), ...askedOf(row, columns) }))
}

/** What these columns ask for beyond what every line carries. */
function askedOf(row: Row, columns: readonly string[]): Partial<CaseRow> {
  if (!columns.some((key) => key in ASKED_COLUMNS)) return {}
  const { basis_number, arrived_fen, closed_on, closing_way, remark } = row as Record<string, string | null | undefined>
  return {
    basisNumber: basis_number,
    arrivedFen: arrived_fen && String(arrived_fen),
    closedOn: closed_on,
    closingWay: closing_way,
    remark,
  }
}

/** One row of enforcement_case as a list shows it on a day. */
export function caseRowOf(row: Row, names: Pick<CourtNames, 'courts'>, on: On): CaseRow {
  const due = row.next_due_on as On | null
  return {
    id: row.id as string,
    courtId: row.court_id as number,
    courtName: names.courts.get(row.court_id as number)?.name ?? '',
    caseNumber: row.number as string,
    kind: row.case_kind as string,
    cause: row.cause as string | null,
    filedOn: row.filed_on as On,
    stateLabel: CASE_STATES[row.state as keyof typeof CASE_STATES],
    creditors: row.creditor_names as string,
    debtors: row.debtor_names as string,
    track: row.track as string | null,
    amountFen: row.amount_fen === null ? null : String(row.amount_fen),
    judge: row.holder_name as string | null,
    team: row.team_name as string | null,
    nextNode: row.next_node
      ? { name: row.next_node as string, dueOn: due, state: due && due < on ? 'overdue' : 'running' }
      : null,
    toCorrect: row.to_correct as string[],
    warningsOpen: row.open_warnings as number,
  }
}
