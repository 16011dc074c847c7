import { z } from 'zod'
import type { PersonActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { type Route, route } from '#kernel/http/route.ts'
import { fieldProblem } from '#kernel/problem/problem.ts'
import type { List } from './list.ts'
import { listColumns } from './wire.ts'

// 显示列: which columns of a list a person sees, in his order. Only registered ones, each with its Chinese title.

const MOST = 60

const columnsBody = z.strictObject({
  /** None: back to what the list shows by itself. */
  columns: z.array(z.string().max(40)).max(MOST, `最多${MOST}列`),
})

/** Reading and keeping the own columns of a list. */
export function chosenColumnRoutes(lists: readonly List[]): Route[] {
  const list = listName(lists)
  return [
    route({
      method: 'GET',
      path: '/list-columns',
      summary: '清单可显示的列',
      access: 'signed-in',
      query: z.strictObject({ list }),
      reply: listColumns,
      handle: async ({ tx, actor, query }) => view(tx, actor, listNamed(lists, query.list)),
    }),
    route({
      method: 'PUT',
      path: '/list-columns',
      summary: '保存本人的清单列',
      access: 'signed-in',
      body: columnsBody.extend({ list }),
      reply: listColumns,
      handle: async ({ tx, actor, body, audit }) => {
        const one = listNamed(lists, body.list)
        checkColumns(one, body.columns)
        await keep(tx, actor, one, body.columns)
        const labels = body.columns.map((key) => one.columns.find((column) => column.key === key)?.label)
        audit.push({ verb: 'view.columns', summary: { 清单: one.title, 列: labels.join('、') || '恢复默认' } })
        return view(tx, actor, one)
      },
    }),
  ]
}

/** One of the names of these lists. */
export const listName = (lists: readonly List[]) =>
  z.enum(
    lists.map(({ name }) => name),
    '没有这个清单',
  )

/** The list with a name that its schema has let in. */
export const listNamed = (lists: readonly List[], name: string) => lists.find((one) => one.name === name) as List

/** Refuses columns that the list does not have, and the same one twice. */
export function checkColumns(one: List, keys: readonly string[]): void {
  const known = new Set(one.columns.map(({ key }) => key))
  const wrong = keys.find((key, at) => !known.has(key) || keys.indexOf(key) !== at)
  if (wrong !== undefined) throw fieldProblem([{ path: 'columns', message: '没有所选的列，或所选的列有重复' }])
}

async function keep(tx: Tx, actor: PersonActor, one: List, columns: readonly string[]): Promise<void> {
  const mine = sql`court_id = ${actor.courtId} and person_id = ${actor.personId} and list = ${one.name}`
  if (columns.length === 0) {
    await tx.run(sql`delete from chosen_columns where ${mine}`)
    return
  }
  await tx.run(sql`
    insert into chosen_columns (court_id, person_id, list, columns)
    values (${actor.courtId}, ${actor.personId}, ${one.name}, ${columns})
    on conflict (court_id, person_id, list) do update set columns = excluded.columns`)
}

async function view(tx: Tx, actor: PersonActor, one: List) {
  return {
    list: one.name,
    title: one.title,
    columns: one.columns.map(
      ({ key, label, type, shown }) =>
        ({ key, label, type, shown: shown === true ? 'always' : shown === 'wide' ? 'wide' : 'never' }) as const,
    ),
    chosen: await chosenBy(tx, actor, one),
  }
}

/** The columns that this person chose for a list, as far as they are still registered; null where he did not. */
export async function chosenBy(tx: Tx, actor: PersonActor, one: List): Promise<string[] | null> {
  const row = await tx.maybe<{ columns: string[] }>(sql`
    select columns from chosen_columns
    where court_id = ${actor.courtId} and person_id = ${actor.personId} and list = ${one.name}`)
  const known = row?.columns.filter((key) => one.columns.some((column) => column.key === key)) ?? []
  return known.length > 0 ? known : null
}
