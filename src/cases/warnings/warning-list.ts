import { z } from 'zod'
import { readableOrderNumbers } from '#cases/node-watch/raised-orders.ts'
import { mayRead } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES } from '#kernel/authorisation/roles.ts'
import type { Row } from '#kernel/database/database.ts'
import { allOf, type Sql, sql } from '#kernel/database/sql.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import type { Call } from '#kernel/http/route.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { courtNames, courtsInScope } from '#kernel/organisation/courts.ts'
import { WARNING_KINDS, type WarningKind } from './warning-rule.ts'
import { WARNING_RULES, warningRule } from './warning-rules.ts'
import { mayExplain, warningViewOf } from './warning-views.ts'
import type { WarningCounts, WarningRow } from './wire.ts'

const kindNames = Object.keys(WARNING_KINDS) as [WarningKind, ...WarningKind[]]

export const warningListQuery = z.strictObject({
  scope: z.string().max(20).optional(),
  kind: z.enum(kindNames).optional(),
  rule: z.string().max(60).optional(),
  /** Not explained, or explained; both where absent. */
  state: z.enum(['open', 'explained']).optional(),
  /** 新增 or 存量; both where absent. */
  origin: z.enum(['new', 'backlog']).optional(),
  judge: z.uuid().optional(),
  team: z.uuid().optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
type Query = z.infer<typeof warningListQuery>

/** Ids of the rules of a kind, for a condition. */
export function rulesOfKind(kind: WarningKind): string[] {
  return WARNING_RULES.filter((rule) => rule.kind === kind).map(({ id }) => id)
}

async function courtsFor({ tx, actor }: Session, scope: string | undefined): Promise<number[]> {
  const courts = await courtsInScope(tx, actor as Call<unknown, unknown, unknown>['actor'], scope)
  return courts.filter((courtId) => mayRead(actor, BUSINESS_ROLES, { courtId }, false))
}

/** Open warnings, the newest first, by keyset. */
export async function listWarnings(call: Call<unknown, Query, unknown>) {
  const { tx, query } = call
  const courts = await courtsFor(call, query.scope)
  const cursor = readCursor(query.after)
  const rows = await tx.query<Row>(sql`
    select w.*, c.number, c.holder_id, c.holder_team_id, c.holder_name, c.team_name, w.opened_at::text as sort_key
    from case_warning w join enforcement_case c on c.court_id = w.court_id and c.id = w.case_id
    where ${allOf([
      courts.length === 1 ? sql`w.court_id = ${courts[0]}` : sql`w.court_id = any(${courts})`,
      sql`w.closed_at is null`,
      ...filtersOf(query),
      cursor && sql`(w.opened_at, w.id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`,
    ])}
    order by w.opened_at desc, w.id desc limit ${query.limit + 1}`)
  const { page, next } = pageOf(rows, query.limit, (row) => ({ key: row.sort_key as string, id: row.id as string }))
  const names = await courtNames(tx)
  const numbers = await readableOrderNumbers(
    call,
    page.map((row) => row.order_id as string | null),
  )
  return { items: page.map((row) => rowOf(call, row, names, numbers)), next }
}

function filtersOf(query: Query): (Sql | false)[] {
  return [
    query.kind !== undefined && sql`w.rule = any(${rulesOfKind(query.kind)})`,
    query.rule !== undefined && sql`w.rule = ${query.rule}`,
    query.state !== undefined &&
      (query.state === 'open' ? sql`w.explained_at is null` : sql`w.explained_at is not null`),
    query.origin !== undefined && sql`w.backlog = ${query.origin === 'backlog'}`,
    query.judge !== undefined && sql`c.holder_id = ${query.judge}`,
    query.team !== undefined && sql`c.holder_team_id = ${query.team}`,
  ]
}

function rowOf(
  session: Session,
  row: Row,
  names: Awaited<ReturnType<typeof courtNames>>,
  numbers: ReadonlyMap<string, string>,
): WarningRow {
  const courtId = row.court_id as number
  const held = { holderId: row.holder_id as string | null, holderTeamId: row.holder_team_id as string | null }
  const orderId = row.order_id as string | null
  return {
    ...warningViewOf(row, mayExplain(session, { courtId, ...held })),
    caseId: row.case_id as string,
    caseNumber: row.number as string,
    courtName: names.courts.get(courtId)?.name ?? '',
    judge: row.holder_name as string | null,
    team: row.team_name as string | null,
    orderId,
    orderNumber: (orderId && numbers.get(orderId)) ?? null,
  }
}

/** How many stand open by kind and rule; each number is the length of the list that it opens. */
export async function countWarnings(
  call: Call<unknown, { scope?: string | undefined }, unknown>,
): Promise<WarningCounts> {
  const courts = await courtsFor(call, call.query.scope)
  const rows = await call.tx.query<{ rule: string; fresh: bigint; backlog: bigint; explained: bigint }>(sql`
    select rule, count(*) filter (where explained_at is null and not backlog) as fresh,
      count(*) filter (where explained_at is null and backlog) as backlog,
      count(*) filter (where explained_at is not null) as explained
    from case_warning where court_id = any(${courts}) and closed_at is null group by rule`)
  const sum = (own: typeof rows, name: 'fresh' | 'backlog' | 'explained') =>
    own.reduce((all, row) => all + Number(row[name]), 0)
  return {
    kinds: kindNames.map((kind) => {
      const own = rows.filter(({ rule }) => warningRule(rule)?.kind === kind)
      return {
        kind,
        label: WARNING_KINDS[kind],
        fresh: sum(own, 'fresh'),
        backlog: sum(own, 'backlog'),
        explained: sum(own, 'explained'),
        rules: own.map(({ rule, ...n }) => ({
          rule,
          label: warningRule(rule)?.label ?? '',
          n: Number(n.fresh) + Number(n.backlog) + Number(n.explained),
        })),
      }
    }),
  }
}
