import type { Row } from '#kernel/database/database.ts'
import { identifier, sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { FieldValue } from '#kernel/matter/field.ts'
import { isReadable } from '#kernel/matter/readable.ts'
import { thingOf } from '#kernel/matter/store.ts'

// What the centre's lists of the watch (存量超期, 预警) have in common: orders raised from their rows, one or many.

/**
 * Numbers of the orders that were raised, by id; an order of the court above shows its number only to who may read it.
 */
export async function readableOrderNumbers(
  session: Pick<Session, 'tx' | 'services' | 'actor'>,
  orderIds: readonly (string | null)[],
): Promise<Map<string, string>> {
  const kind = session.services.kinds.find((one) => one.id === 'supervision-order')
  if (!kind) return new Map()
  const ids = orderIds.filter((id) => id !== null)
  const rows = await session.tx.query<Row>(sql`select * from ${identifier(kind.table)} where id = any(${ids}::uuid[])`)
  const orders = rows.map((row) => thingOf(kind, row)).filter((order) => isReadable(session, kind, order))
  return new Map(orders.map((order) => [order.id, order.number]))
}

/** Own cases go to judge or team; a case of a court below goes to that court, which passes the order on. */
export function orderValues(
  row: Row,
  actorCourtId: number,
  said: { source: string; node: string; requirement: string; answerOn: string | null },
): Record<string, FieldValue> {
  const below = row.court_id !== actorCourtId
  const toTeam = !below && row.holder_id === null && row.holder_team_id !== null
  return {
    ...said,
    source: below ? '上级督办' : said.source,
    target: below ? '下级法院' : toTeam ? '团队' : '承办人',
    handler: below ? null : (row.holder_id as string | null),
    team: toTeam ? (row.holder_team_id as string) : null,
    otherCourt: below ? (row.code as string) : null,
    caseNumber: row.number as string,
  }
}
