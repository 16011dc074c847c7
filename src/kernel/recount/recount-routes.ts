import { z } from 'zod'
import { BUSINESS_ROLES, ROLE_NAMES } from '#kernel/authorisation/roles.ts'
import type { Row } from '#kernel/database/database.ts'
import { allOf, identifier, sql } from '#kernel/database/sql.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Kind, Thing } from '#kernel/matter/matter.ts'
import { isReadable } from '#kernel/matter/readable.ts'
import { thingOf } from '#kernel/matter/store.ts'
import { courtNames, courtsInScope } from '#kernel/organisation/courts.ts'
import { dueChange, recountView } from './wire.ts'

const SHOWN_MOST = 20

const listQuery = z.strictObject({
  recount: z.uuid('编号格式有误').optional(),
  scope: z.string().max(20).optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** How far a change of the calendar has been counted, and the list of the due dates that it moved (第十七条). */
export function recountRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/calendar/recounts',
      summary: '日历变动后的重新计算',
      articles: ['17'],
      access: ROLE_NAMES,
      reply: z.object({ items: z.array(recountView) }),
      handle: showRecounts,
    }),
    route({
      method: 'GET',
      path: '/due-changes',
      summary: '期限变动清单',
      articles: ['17'],
      access: BUSINESS_ROLES,
      query: listQuery,
      reply: z.object({ items: z.array(dueChange), next: z.string().nullable() }),
      handle: listChanges,
    }),
  ]
}

async function showRecounts({ tx }: Call<unknown, unknown, unknown>) {
  const rows = await tx.query<Row>(sql`select * from calendar_recount order by at desc, id limit ${SHOWN_MOST}`)
  return {
    items: rows.map((row) => ({
      id: row.id as string,
      fromOn: row.from_on as string,
      toOn: row.to_on as string,
      reason: row.reason as string,
      by: row.by_name as string,
      at: (row.at as Date).toISOString(),
      state: row.state as 'waiting' | 'running' | 'done',
      clocks: row.clocks as number,
      checked: row.checked as number,
      moved: row.moved as number,
    })),
  }
}

async function listChanges(call: Call<unknown, z.infer<typeof listQuery>, unknown>) {
  const { tx, actor, query } = call
  const courts = await courtsInScope(tx, actor, query.scope)
  const cursor = readCursor(query.after)
  const rows = await tx.query<Row & { sort_key: string }>(sql`
    select d.court_id, d.clock_id, d.old_due_on, d.new_due_on, k.kind, k.thing_id, k.label, r.at, r.reason,
      d.recount_id::text || coalesce(d.old_due_on, date '9999-12-31')::text as sort_key
    from due_change d
    join calendar_recount r on r.id = d.recount_id
    join clock k on k.court_id = d.court_id and k.id = d.clock_id
    where ${allOf([
      sql`d.court_id = any(${courts}) and d.state = 'moved'`,
      query.recount !== undefined && sql`d.recount_id = ${query.recount}`,
      cursor &&
        sql`(d.recount_id::text || coalesce(d.old_due_on, date '9999-12-31')::text, d.clock_id)
          > (${cursor.key}, ${cursor.id}::uuid)`,
    ])}
    order by sort_key, d.clock_id limit ${query.limit + 1}`)
  const { page, next } = pageOf(rows, query.limit, (row) => ({ key: row.sort_key, id: row.clock_id as string }))
  const things = await thingsOf(call, page)
  const { courts: names } = await courtNames(tx)
  return {
    items: page.flatMap((row) => {
      const found = things.get(row.thing_id as string)
      if (!found) return []
      const { kind, thing } = found
      return {
        id: `${row.clock_id}`,
        path: kind.path,
        thingId: thing.id,
        number: thing.number,
        courtName: names.get(thing.courtId)?.name ?? '',
        holder: thing.holderName,
        clock: row.label as string,
        oldDueOn: row.old_due_on as string | null,
        newDueOn: row.new_due_on as string | null,
        reason: row.reason as string,
        at: (row.at as Date).toISOString(),
      }
    }),
    next,
  }
}

/** The things of these clocks, as far as this reader may see them. */
async function thingsOf(call: Call<unknown, unknown, unknown>, page: readonly Row[]) {
  const found = new Map<string, { kind: Kind; thing: Thing }>()
  for (const kind of call.services.kinds) {
    const ids = page.filter((row) => row.kind === kind.id).map((row) => row.thing_id as string)
    if (ids.length === 0) continue
    const rows = await call.tx.query<Row>(sql`select * from ${identifier(kind.table)} where id = any(${ids}::uuid[])`)
    for (const thing of rows.map((row) => thingOf(kind, row)))
      if (isReadable(call, kind, thing)) found.set(thing.id, { kind, thing })
  }
  return found
}
