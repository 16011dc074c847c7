import { z } from 'zod'
import { type ImportRun, importRun } from '#cases/case/wire.ts'
import type { Row } from '#kernel/database/database.ts'
import { allOf, sql } from '#kernel/database/sql.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { problem } from '#kernel/problem/problem.ts'
import { isOn } from '#kernel/time/time.ts'
import { changeRoutes } from './change-routes.ts'
import { changesStand } from './export-changes.ts'
import { fileRun } from './import-run.ts'
import { IMPORTERS, ownRun } from './own-run.ts'

const IMPORT_LIMIT_BYTES = 100 * 1024 * 1024

const runParams = z.strictObject({ id: z.uuid('编号格式有误') })
const listQuery = z.strictObject({
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

/** 案件导入（第十条）: dry run with its report, import in the background, progress, cancel. `wake` starts the work. */
export function importRoutes(wake: () => void): Route[] {
  return [fileRoute(wake), listRoute(), progressRoute(), startRoute(wake), cancelRoute(), ...changeRoutes()]
}

function fileRoute(wake: () => void): Route {
  return route({
    method: 'POST',
    path: '/imports',
    summary: '导入案件明细表',
    articles: ['10'],
    access: IMPORTERS,
    body: z.strictObject({
      asOfOn: z.string().refine(isOn, '请填写截至日期'),
      dryRun: z.enum(['true', 'false']).transform((text) => text === 'true'),
    }),
    reply: importRun,
    status: 201,
    uploadLimitBytes: IMPORT_LIMIT_BYTES,
    handle: async (call) => {
      if (!call.upload) throw problem('request.malformed')
      if (call.body.asOfOn > call.on)
        throw problem('case.fact-future', {}, { fields: [{ path: 'asOfOn', message: '不能晚于今天' }] })
      const id = await fileRun(call, { fileName: call.upload.fileName, digest: call.upload.digest, ...call.body })
      wake()
      return view(await ownRun(call, id))
    },
  })
}

function listRoute(): Route {
  return route({
    method: 'GET',
    path: '/imports',
    summary: '导入记录',
    articles: ['10'],
    access: IMPORTERS,
    query: listQuery,
    reply: z.object({ items: z.array(importRun), next: z.string().nullable() }),
    handle: listRuns,
  })
}

function progressRoute(): Route {
  return route({
    method: 'GET',
    path: '/imports/:id',
    summary: '导入进度与报告',
    articles: ['10'],
    access: IMPORTERS,
    params: runParams,
    reply: importRun,
    handle: async (call) => view(await ownRun(call, call.params.id)),
  })
}

function startRoute(wake: () => void): Route {
  return route({
    method: 'POST',
    path: '/imports/:id/start',
    summary: '预检后确认导入',
    articles: ['10'],
    access: IMPORTERS,
    params: runParams,
    body: z.strictObject({}),
    reply: importRun,
    status: 201,
    handle: async (call) => {
      const checked = await ownRun(call, call.params.id)
      if (checked.state !== 'checked') throw problem('import.running')
      if (!(await changesStand(call.tx, checked))) throw problem('import.changed')
      const id = await fileRun(call, {
        fileName: checked.file_name as string,
        digest: checked.digest as string,
        asOfOn: checked.as_of_on as string,
        dryRun: false,
        checkedId: call.params.id,
      })
      wake()
      return view(await ownRun(call, id))
    },
  })
}

function cancelRoute(): Route {
  return route({
    method: 'POST',
    path: '/imports/:id/cancel',
    summary: '取消导入',
    articles: ['10'],
    access: IMPORTERS,
    params: runParams,
    body: z.strictObject({}),
    reply: importRun,
    handle: async (call) => {
      await ownRun(call, call.params.id)
      const stopped = await call.tx.run(sql`
        update import_run set state = 'cancelled' where court_id = ${call.actor.courtId} and id = ${call.params.id}
          and state in ('waiting', 'checking', 'importing')`)
      if (stopped === 0) throw problem('import.running')
      call.audit.push({ verb: 'import.cancel', summary: { 导入: call.params.id } })
      return view(await ownRun(call, call.params.id))
    },
  })
}

/** The court's runs, the newest first; a report is read with its run. */
async function listRuns({ tx, actor, query }: Call<unknown, z.infer<typeof listQuery>, unknown>) {
  const cursor = readCursor(query.after)
  const rows = await tx.query<Row>(sql`
    select * from import_run where ${allOf([
      sql`court_id = ${actor.courtId}`,
      cursor && sql`(at, id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`,
    ])}
    order by at desc, id desc limit ${query.limit + 1}`)
  const { page, next } = pageOf(rows, query.limit, (row) => ({
    key: (row.at as Date).toISOString(),
    id: row.id as string,
  }))
  return { items: page.map((row) => view({ ...row, report: null })), next }
}

function view(row: Row): ImportRun {
  return {
    id: row.id as string,
    fileName: row.file_name as string,
    asOfOn: row.as_of_on as string,
    dryRun: row.dry_run as boolean,
    state: row.state as ImportRun['state'],
    rowsDone: row.rows_done as number,
    rowsTotal: row.rows_total as number | null,
    by: row.by_name as string,
    at: (row.at as Date).toISOString(),
    problem: row.problem as ImportRun['problem'],
    report: row.report as ImportRun['report'],
    changes: row.changes as ImportRun['changes'],
    notes: row.notes as string[],
  }
}
