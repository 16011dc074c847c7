import { z } from 'zod'
import { holdsRole, mayRead, type PersonActor } from '#kernel/authorisation/may.ts'
import { CENTRE_ROLES } from '#kernel/authorisation/roles.ts'
import type { Row } from '#kernel/database/database.ts'
import { allOf, containing, identifier, join, raw, type Sql, sql } from '#kernel/database/sql.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import { type Asking, type List, list, type Matching } from '#kernel/lists/list.ts'
import { courtNames, courtsInScope } from '#kernel/organisation/courts.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { Session } from './acting.ts'
import { columnOf } from './field.ts'
import { columnsOfKind } from './list-columns.ts'
import type { Kind } from './matter.ts'
import { thingOf } from './store.ts'
import { rowOf } from './views.ts'
import type { ThingList, ThingRow } from './wire.ts'

/** What a kind's list can be asked, besides the page. */
export const thingQuery = z.strictObject({
  scope: z.string().max(20).optional(),
  state: z.string().max(200).optional(),
  holder: z.literal('me').optional(),
  q: z.string().max(60).optional(),
  due: z.literal('overdue').optional(),
  sort: z.enum(['-openedAt', 'dueOn', 'number']).default('-openedAt'),
})
type ThingQuery = z.infer<typeof thingQuery> & { [choice: string]: unknown }

/** As `thingQuery`, with a filter for each choice that the kind's things have. */
export function queryOfKind(kind: Kind): typeof thingQuery {
  const choices = choicesOf(kind).map(([name, options]) => [name, z.enum(options).optional()])
  // Which choices there are only the declaration knows; what is common to all kinds has its type.
  return thingQuery.extend(Object.fromEntries(choices)) as unknown as typeof thingQuery
}

const OWN_FILTERS = Object.keys(thingQuery.shape)

function choicesOf(kind: Kind): [name: string, options: [string, ...string[]]][] {
  return Object.entries(kind.fields).flatMap(([name, { options }]) =>
    options && !OWN_FILTERS.includes(name) ? [[name, options as [string, ...string[]]]] : [],
  )
}

type ListQuery = ThingQuery & { after?: string | undefined; limit: number }

const NO_DUE = '9999-12-31'

const ORDERS = {
  '-openedAt': {
    key: 'opened_at::text',
    order: 'opened_at desc, id desc',
    beyond: (key: string, id: string) => sql`(opened_at, id) < (${key}::timestamptz, ${id}::uuid)`,
  },
  dueOn: {
    key: 'due_key',
    order: 'due_key, id',
    beyond: (key: string, id: string) => sql`(due_key, id) > (${key}, ${id}::uuid)`,
  },
  // A court numbers as it opens; by its text the tenth would come before the second.
  number: {
    key: `court_id || '|' || opened_at || '|' || number`,
    order: 'court_id, opened_at, length(number), number',
    beyond(key: string) {
      const [court = '', at = '', number = ''] = key.split('|')
      return sql`(court_id, opened_at, length(number), number) >
        (${court}::int, ${at}::timestamptz, length(${number}), ${number})`
    },
  },
} as const

/** One page of a kind's things, by keyset: what this reader may see, in the courts asked for. */
export async function listThings(session: Session, kind: Kind, query: ListQuery): Promise<ThingList> {
  const asking = { ...session, actor: session.actor as PersonActor }
  const { rows: matching } = await matchingThings(asking, kind, query)
  const order = ORDERS[query.sort]
  const cursor = readCursor(query.after)
  const rows = await session.tx.query<Row & { sort_key: string }>(sql`
    select *, ${raw(order.key)} as sort_key from (${matching}) matching
    where ${allOf([cursor && order.beyond(cursor.key, cursor.id)])}
    order by ${raw(order.order)} limit ${query.limit + 1}`)
  const { page, next } = pageOf(rows, query.limit, (row) => ({ key: row.sort_key, id: row.id as string }))
  return { items: await rowsOfThings(session, kind, page), next }
}

/** The list of a kind as it is registered: drawn from its declaration. */
export function listOfKind(kind: Kind): List {
  return list<ThingRow, ThingQuery>({
    name: kind.path,
    title: kind.title,
    articles: kind.articles,
    readers: kind.readers,
    columns: columnsOfKind(kind),
    query: queryOfKind(kind),
    matching: (asking, query) => matchingThings(asking, kind, query),
    itemsOf: (asking, rows) => rowsOfThings(asking, kind, rows),
  })
}

/** All things of a kind that this reader may see and that match, each with its earliest open limit. */
async function matchingThings(
  { tx, actor, on }: Pick<Asking, 'tx' | 'actor' | 'on'>,
  kind: Kind,
  query: ThingQuery,
): Promise<Matching> {
  if (!holdsRole(actor, kind.readers)) throw problem('access.denied')
  const courts = await courtsInScope(tx, actor, query.scope)
  const readable = courts.filter((courtId) => mayRead(actor, kind.readers, { courtId }, false))
  const centre = kind.shared && holdsRole(actor, CENTRE_ROLES) && courts.includes(actor.courtId)
  const rows = sql`
    select * from (
      select t.*, c.due_on, c.suspended, coalesce(c.due_on::text, ${NO_DUE}) as due_key
      from ${identifier(kind.table)} t
      left join lateral (select due_on, suspended from clock
        where court_id = t.court_id and thing_id = t.id and done_on is null order by due_on limit 1) c on true
      where ${
        centre
          ? sql`(t.court_id = any(${readable}) or (t.counterpart_court_id = ${actor.courtId}))`
          : sql`t.court_id = any(${readable})`
      }
    ) things
    where ${allOf([
      query.state !== undefined && sql`state = any(${query.state.split(',')})`,
      query.holder === 'me' && sql`holder_id = ${actor.personId}`,
      query.due === 'overdue' && sql`due_on < ${on} and not suspended`,
      ...choicesOf(kind).map(
        ([name]) => query[name] !== undefined && sql`${identifier(columnOf(name))} = ${query[name]}`,
      ),
      query.q !== undefined && query.q !== '' && searched(kind, query.q),
    ])}`
  return { rows, order: raw(ORDERS[query.sort].order) }
}

async function rowsOfThings(
  { tx, on }: Pick<Session, 'tx' | 'on'>,
  kind: Kind,
  rows: readonly Row[],
): Promise<ThingRow[]> {
  const names = await courtNames(tx)
  return rows.map((row) => {
    const dueOn = row.due_on as string | null
    const state = row.suspended ? 'suspended' : dueOn !== null && dueOn < on ? 'overdue' : 'running'
    return rowOf(kind, thingOf(kind, row), names, dueOn === null ? null : { dueOn, state })
  })
}

/** Searched are the number, the holder's name and the case numbers that a thing names. */
function searched(kind: Kind, q: string): Sql {
  const texts = Object.keys(kind.fields).filter((name) => kind.fields[name]?.type === 'caseNumber')
  const columns = ['number', 'holder_name', ...texts.map(columnOf)]
  return sql`(${join(
    columns.map((column) => sql`${identifier(column)} like ${containing(q)}`),
    ' or ',
  )})`
}
