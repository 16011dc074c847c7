import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { PersonActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { type Route, route } from '#kernel/http/route.ts'
import { problem } from '#kernel/problem/problem.ts'
import { checkColumns, listName, listNamed } from './chosen-columns.ts'
import type { List } from './list.ts'

// 常用筛选: filters and columns that a person keeps for himself. A view is only a question: what it shows is decided anew.

const MOST_VIEWS = 30

const savedView = z.object({
  id: z.string(),
  list: z.string(),
  name: z.string(),
  query: z.record(z.string(), z.string()),
  columns: z.array(z.string()),
})
type SavedView = z.infer<typeof savedView>
const views = z.object({ items: z.array(savedView) })

const viewBody = z.strictObject({
  name: z.string().trim().min(1, '请填写名称').max(40, '名称不能超过40字'),
  query: z
    .record(z.string().max(40), z.string().max(200))
    .refine((query) => Object.keys(query).length <= 20, '条件过多'),
  columns: z.array(z.string().max(40)).max(40).default([]),
})

/** Reading, keeping and deleting the own saved filters of a list. */
export function savedViewRoutes(lists: readonly List[]): Route[] {
  const list = listName(lists)
  return [
    route({
      method: 'GET',
      path: '/saved-views',
      summary: '我的常用筛选',
      access: 'signed-in',
      query: z.strictObject({ list }),
      reply: views,
      handle: async ({ tx, actor, query }) => ({
        items: await viewsOf(tx, actor, query.list),
      }),
    }),
    route({
      method: 'PUT',
      path: '/saved-views',
      summary: '保存常用筛选（同名覆盖）',
      access: 'signed-in',
      body: viewBody.extend({ list }),
      reply: views,
      handle: async ({ tx, actor, body, audit }) => {
        checkColumns(listNamed(lists, body.list), body.columns)
        await tx.run(sql`
          insert into saved_view (court_id, id, person_id, list, name, query, columns)
          values (${actor.courtId}, ${randomUUID()}, ${actor.personId}, ${body.list}, ${body.name},
            ${JSON.stringify(body.query)}, ${body.columns})
          on conflict (court_id, person_id, list, name)
            do update set query = excluded.query, columns = excluded.columns`)
        const items = await viewsOf(tx, actor, body.list)
        if (items.length > MOST_VIEWS) throw problem('view.too-many', { most: MOST_VIEWS })
        audit.push({ verb: 'view.save', summary: { 清单: body.list, 名称: body.name } })
        return { items }
      },
    }),
    route({
      method: 'DELETE',
      path: '/saved-views/:id',
      summary: '删除常用筛选',
      access: 'signed-in',
      params: z.strictObject({ id: z.uuid('编号格式有误') }),
      reply: views,
      handle: async ({ tx, actor, params, audit }) => {
        const gone = await tx.maybe<{ list: string; name: string }>(sql`
          delete from saved_view
          where court_id = ${actor.courtId} and person_id = ${actor.personId} and id = ${params.id}
          returning list, name`)
        if (!gone) throw problem('thing.not-found')
        audit.push({ verb: 'view.delete', summary: { 清单: gone.list, 名称: gone.name } })
        return { items: await viewsOf(tx, actor, gone.list) }
      },
    }),
  ]
}

function viewsOf(tx: Tx, actor: PersonActor, list: string): Promise<SavedView[]> {
  return tx.query<SavedView>(sql`
    select id, list, name, query, columns from saved_view
    where court_id = ${actor.courtId} and person_id = ${actor.personId} and list = ${list} order by name`)
}
