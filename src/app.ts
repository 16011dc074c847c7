import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { ARTICLES } from '#document/articles.ts'
import { approvalRoutes } from '#kernel/approval/approval-routes.ts'
import { openBlobStore } from '#kernel/attachments/blob-store.ts'
import { auditRoutes } from '#kernel/audit/audit-routes.ts'
import { checkpointPlace } from '#kernel/audit/checkpoint.ts'
import { type CheckpointKeeper, keepCheckpoints } from '#kernel/audit/checkpoint-keeper.ts'
import { approvalTarget } from '#kernel/bulk/approval-target.ts'
import { bulkRoutes } from '#kernel/bulk/bulk-routes.ts'
import { runBulkJobs } from '#kernel/bulk/job-run.ts'
import { targetOfKind } from '#kernel/bulk/kind-target.ts'
import type { BulkTarget } from '#kernel/bulk/target.ts'
import { calendarRoutes } from '#kernel/calendar/calendar-routes.ts'
import { ruleRoutes } from '#kernel/clock-rule/rule-routes.ts'
import { lawKeeper, seedLaw } from '#kernel/clock-rule/rule-store.ts'
import { type ClockWorker, clockWorker } from '#kernel/clock-rule/worker.ts'
import { applicationUrl } from '#kernel/database/application-login.ts'
import { openDatabase } from '#kernel/database/database.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { documentRoutes } from '#kernel/documents/document-routes.ts'
import { openRenderer } from '#kernel/documents/renderer.ts'
import { settingRoutes } from '#kernel/documents/setting-routes.ts'
import { templateRoutes } from '#kernel/documents/template-routes.ts'
import { startHousekeeping } from '#kernel/housekeeping/housekeeping.ts'
import type { Route } from '#kernel/http/route.ts'
import { buildServer } from '#kernel/http/server.ts'
import { type JobRunner, startJob } from '#kernel/jobs/jobs.ts'
import { openLockLine } from '#kernel/jobs/lock-line.ts'
import { chosenColumnRoutes } from '#kernel/lists/chosen-columns.ts'
import type { List } from '#kernel/lists/list.ts'
import { savedViewRoutes } from '#kernel/lists/saved-view-routes.ts'
import type { Services } from '#kernel/matter/acting.ts'
import { faultsOfKinds } from '#kernel/matter/kind.ts'
import { kindRoutes } from '#kernel/matter/kind-routes.ts'
import { listOfKind } from '#kernel/matter/list.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import { routesOfKind } from '#kernel/matter/routes.ts'
import { onRung } from '#kernel/matter/rung.ts'
import { tableStatements } from '#kernel/matter/table.ts'
import { noticeRoutes } from '#kernel/notifications/notice-routes.ts'
import { noticeStream } from '#kernel/notifications/stream.ts'
import { courtRoutes } from '#kernel/organisation/court-routes.ts'
import { seedCourts } from '#kernel/organisation/court-seed.ts'
import { meRoutes } from '#kernel/organisation/me.ts'
import { ownAccountRoutes } from '#kernel/organisation/own-account-routes.ts'
import { peopleRoutes } from '#kernel/organisation/people-routes.ts'
import { mountSignIn } from '#kernel/organisation/sign-in.ts'
import { staffingRoutes } from '#kernel/organisation/staffing-routes.ts'
import { teamRoutes } from '#kernel/organisation/team-routes.ts'
import { fileRecount, runRecounts } from '#kernel/recount/recount.ts'
import { recountRoutes } from '#kernel/recount/recount-routes.ts'
import { openFileSealing } from '#kernel/sealing/sealing.ts'
import type { Time } from '#kernel/time/time.ts'
import { RULES } from '#rules/rules.ts'
import { composeChapters } from './chapter-routes.ts'
import { CHAPTERS, type Chapter } from './chapters.ts'

// Composition: the one place where kernel, chapters, rules and document meet.

export interface AppOptions {
  /** The owner's address of a database that `prepareDatabase` has brought up to date. */
  url: string
  dataDir: string
  /** A second folder for the signed checkpoints of the audit record, which somebody else keeps. */
  checkpointDir?: string | null
  /** Fonts of the court for its PDFs, which come before all others. */
  fontDir?: string | null
  time: Time
  /** The machine's time, where `time` is a demonstration's. */
  deviceTime?: Time
  webFolder: string | null
  /** More kinds than the chapters' own: a test's, or a court's. */
  moreKinds?: readonly Kind[]
  log: (line: string) => void
  poolMaximum?: number
}

export interface App {
  server: FastifyInstance
  services: Services
  routes: readonly Route[]
  chapters: readonly Chapter[]
  worker: ClockWorker
  checkpoints: CheckpointKeeper
  /** Removes, from now on, what grows old. */
  keepTidy(): void
  close(): Promise<void>
}

/** The chapters with more kinds than their own, which stand in 综合管理. */
export function chaptersWith(moreKinds: readonly Kind[] = []): readonly Chapter[] {
  return CHAPTERS.map((chapter) =>
    chapter.id === 'general' ? { ...chapter, kinds: [...chapter.kinds, ...moreKinds] } : chapter,
  )
}

/** Brings a database up to date and puts in what every court needs: courts, calendar, rules. Can be repeated. */
export async function prepareDatabase(url: string, moreKinds: readonly Kind[] = []): Promise<void> {
  const kinds = chaptersWith(moreKinds).flatMap((chapter) => chapter.kinds)
  const ruleIds = new Set(RULES.map((rule) => rule.id))
  const articles = new Set(ARTICLES.map((article) => String(article.number)))
  const faults = faultsOfKinds(kinds, ruleIds, articles)
  if (faults.length > 0) throw new Error(`definitions are not sound:\n${faults.join('\n')}`)
  await migrate(
    url,
    kinds.map((kind) => ({ name: kind.id, statements: tableStatements(kind) })),
  )
  await seedCourts(url)
  await seedLaw(url)
}

/** What a command needs of the application: everything but the server; `url` is that of the application's own login. */
export async function composeServices(
  options: Pick<AppOptions, 'url' | 'dataDir' | 'fontDir' | 'time' | 'deviceTime' | 'moreKinds' | 'poolMaximum'>,
): Promise<{ services: Services; url: string; close(): Promise<void> }> {
  const url = await applicationUrl(options.url)
  const database = openDatabase(url, options.poolMaximum ? { maximum: options.poolMaximum } : {})
  const law = await lawKeeper(database)
  const renderer = openRenderer(options.fontDir ?? null)
  const services: Services = {
    database,
    time: options.time,
    deviceTime: options.deviceTime ?? options.time,
    sealing: await openFileSealing(join(options.dataDir, 'keys')),
    blobs: openBlobStore(join(options.dataDir, 'attachments')),
    renderer,
    kinds: chaptersWith(options.moreKinds).flatMap((chapter) => chapter.kinds),
    law,
  }
  const close = async () => {
    await law.stop()
    await renderer.close()
    await database.close()
  }
  return { services, url, close }
}

/** A whole server, not yet listening, its clockwork not yet started. The database must have been prepared. */
export async function composeApp(options: AppOptions): Promise<App> {
  const chapters = chaptersWith(options.moreKinds)
  const { services, url, close: closeServices } = await composeServices(options)
  const { kinds } = services
  await services.blobs.clearAbandoned()
  const stream = await noticeStream(services)
  const place = checkpointPlace(options.dataDir, options.checkpointDir ?? null)
  const checkpoints = await keepCheckpoints(services, place, options.log)
  const line = openLockLine(url)
  const recounts = startJob(line, { name: 'calendar', run: (signal) => runRecounts(services, signal) }, options.log)
  const inChapters = composeChapters(services, { line, chapters, log: options.log })
  const { chapterRoutes, chapterLists, chapterTargets, menu, stop } = inChapters
  const generic = kinds.filter((kind) => !kind.own)
  const lists = [...chapterLists, ...generic.map(listOfKind)]
  const targets = [...chapterTargets, ...targetsOf(kinds, lists)]
  const runBulk = (signal: AbortSignal) => runBulkJobs(services, targets, signal, options.log)
  const bulk = startJob(line, { name: 'bulk', run: runBulk }, options.log)
  const routes: Route[] = [
    ...meRoutes(menu),
    ...ownAccountRoutes(),
    ...kindRoutes(chapters),
    ...generic.flatMap((kind) => routesOfKind(kind)),
    ...chapterRoutes,
    ...documentRoutes(kinds),
    ...templateRoutes(kinds),
    ...settingRoutes(),
    ...approvalRoutes(),
    ...noticeRoutes(),
    ...savedViewRoutes(lists),
    ...chosenColumnRoutes(lists),
    ...bulkRoutes(targets, kinds, bulk.wake),
    ...stream.routes,
    ...ruleRoutes(),
    ...calendarRoutes({ file: fileRecount, wake: recounts.wake }),
    ...recountRoutes(),
    ...organisationRoutes(),
    ...auditRoutes(kinds, place),
  ]
  const server = await buildServer({
    services,
    routes,
    webFolder: options.webFolder,
    log: options.log,
    mount: (app) => mountSignIn(app, services, menu),
  })
  const worker = clockWorker(services, onRung, options.log)
  let housekeeping: JobRunner | undefined
  return {
    server,
    services,
    routes,
    chapters,
    worker,
    checkpoints,
    keepTidy() {
      housekeeping ??= startHousekeeping(line, services, options.log)
    },
    async close() {
      // Each of them lets end what is running; none needs another for that.
      await Promise.all([stream.stop(), server.close(), worker.stop(), stop(), housekeeping?.stop()])
      await Promise.all([recounts.stop(), bulk.stop()])
      await line.close()
      await checkpoints.stop()
      await closeServices()
    },
  }
}

/** People, teams, how they should be staffed, courts. */
function organisationRoutes(): Route[] {
  return [...peopleRoutes(), ...teamRoutes(), ...staffingRoutes(), ...courtRoutes()]
}

/** What may be done in bulk: the acts that kinds declare so, and approvals of such acts. */
function targetsOf(kinds: readonly Kind[], lists: readonly List[]): BulkTarget[] {
  const own = kinds.flatMap((kind) => {
    const list = lists.find(({ name }) => name === kind.path)
    return (list && targetOfKind(kind, list)) ?? []
  })
  return [...own, approvalTarget(kinds)]
}
