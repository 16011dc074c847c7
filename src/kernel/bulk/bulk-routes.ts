import { z } from 'zod'
import { BUSINESS_ROLES } from '#kernel/authorisation/roles.ts'
import type { Row } from '#kernel/database/database.ts'
import { allOf, sql } from '#kernel/database/sql.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { readAnswers } from '#kernel/matter/act.ts'
import { fieldView } from '#kernel/matter/field.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import { bulkDocumentsRoute } from './bulk-documents.ts'
import { resultRoutes } from './bulk-results.ts'
import { changeJob, fileJob, jobOf, lockOpenJob } from './job-store.ts'
import { jobView, ownJob } from './job-view.ts'
import type { BulkTarget } from './target.ts'
import { bulkAction, bulkJob } from './wire.ts'

// 批量办理: which acts a list offers, starting one over a frozen selection, its progress, cancelling it.

const MOST_PICKED = 1_000

const idParam = z.strictObject({ id: z.uuid('编号格式有误') })
const startBody = z.strictObject({
  list: z.string().max(40),
  action: z.string().max(60),
  answers: z.record(z.string().max(60), z.unknown()).default({}),
  /** The filters of the list as they stand in the address. */
  filter: z.record(z.string().max(40), z.string().max(200)).default({}),
  /** What was picked by hand among what matches; all that matches where absent. */
  ids: z.array(z.uuid()).min(1, '请选择事项').max(MOST_PICKED, `逐件选择最多${MOST_PICKED}件`).optional(),
  /** How many the person was told before he confirmed. */
  count: z.int().min(1).max(1_000_000),
})
const pageQuery = z.strictObject({
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

/** Routes of bulk acts; `wake` starts the work. */
export function bulkRoutes(targets: readonly BulkTarget[], kinds: readonly Kind[], wake: () => void): Route[] {
  return [
    offersRoute(targets),
    startRoute(targets, wake),
    route({
      method: 'GET',
      path: '/bulk-jobs',
      summary: '我的批量办理',
      access: BUSINESS_ROLES,
      query: pageQuery,
      reply: z.object({ items: z.array(bulkJob), next: z.string().nullable() }),
      handle: (call) => listJobs(call, targets),
    }),
    route({
      method: 'GET',
      path: '/bulk-jobs/:id',
      summary: '批量办理进度',
      access: BUSINESS_ROLES,
      params: idParam,
      reply: bulkJob,
      handle: async (call) => jobView(call, targets, await ownJob(call, call.params.id)),
    }),
    cancelRoute(targets),
    ...resultRoutes(),
    bulkDocumentsRoute(kinds),
  ]
}

function offersRoute(targets: readonly BulkTarget[]): Route {
  return route({
    method: 'GET',
    path: '/bulk-actions',
    summary: '清单可批量办理的事项',
    access: BUSINESS_ROLES,
    query: z.strictObject({ list: z.string().max(40) }),
    reply: z.object({ items: z.array(bulkAction) }),
    handle: async ({ actor, query }) => {
      const target = targets.find((one) => one.list.name === query.list)
      const offered = Object.entries(target?.actions ?? {}).filter(([, action]) => action.mayStart(actor))
      return {
        items: offered.map(([name, { label, issues, ask, approval }]) => ({
          name,
          label,
          issues: issues ?? false,
          ask: Object.entries(ask).map(([field, one]) => fieldView(field, one)),
          approval,
        })),
      }
    },
  })
}

function startRoute(targets: readonly BulkTarget[], wake: () => void): Route {
  return route({
    method: 'POST',
    path: '/bulk-jobs',
    summary: '开始批量办理',
    access: BUSINESS_ROLES,
    reauth: true,
    body: startBody,
    reply: bulkJob,
    status: 201,
    handle: async (call) => {
      const { list, action: name, answers, filter, ids, count } = call.body
      const target = targets.find((one) => one.list.name === list)
      const action = target && Object.hasOwn(target.actions, name) ? target.actions[name] : undefined
      if (!target || !action) throw fieldProblem([{ path: 'action', message: '该清单没有这项批量办理' }])
      if (!action.mayStart(call.actor)) throw problem('access.denied')
      readAnswers(action, answers)
      if (!target.list.query.safeParse(filter).success)
        throw fieldProblem([{ path: 'filter', message: '筛选条件有误' }])
      const job = await fileJob(call, target, name, answers, { filter, ids: ids ?? null, count })
      call.audit.push({
        verb: 'bulk.start',
        summary: {
          清单: target.list.title,
          批量办理: action.label,
          件数: count,
          选择: ids ? '逐件选择' : '全部符合条件的',
          条件: ids ? null : JSON.stringify(filter),
        },
      })
      wake()
      return jobView(call, targets, job)
    },
  })
}

function cancelRoute(targets: readonly BulkTarget[]): Route {
  return route({
    method: 'POST',
    path: '/bulk-jobs/:id/cancel',
    summary: '取消批量办理',
    access: BUSINESS_ROLES,
    params: idParam,
    body: z.strictObject({}),
    reply: bulkJob,
    handle: async (call) => {
      const own = await ownJob(call, call.params.id)
      const open = await lockOpenJob(call.tx, own)
      if (!open) throw problem('bulk.ended')
      await changeJob(call.tx, open, sql`state = 'cancelled', ended_at = ${call.at}`)
      call.audit.push({
        verb: 'bulk.cancel',
        summary: { 批量办理: open.title, 共: open.total, 已办: open.done, 未办成: open.refused },
      })
      return jobView(call, targets, await ownJob(call, open.id))
    },
  })
}

async function listJobs(call: Call<unknown, z.infer<typeof pageQuery>, unknown>, targets: readonly BulkTarget[]) {
  const { tx, actor, query } = call
  const cursor = readCursor(query.after)
  const rows = await tx.query<Row>(sql`
    select * from bulk_job where ${allOf([
      sql`court_id = ${actor.courtId} and person_id = ${actor.personId}`,
      cursor && sql`(at, id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`,
    ])}
    order by at desc, id desc limit ${query.limit + 1}`)
  const place = (row: Row) => ({ key: (row.at as Date).toISOString(), id: row.id as string })
  const { page, next } = pageOf(rows, query.limit, place)
  const items = []
  for (const row of page) items.push(await jobView(call, targets, jobOf(row)))
  return { items, next }
}
