import { assignmentRoutes } from '#cases/assignment/assignment-routes.ts'
import { caseListing } from '#cases/case/case-list.ts'
import { caseRoutes } from '#cases/case/case-routes.ts'
import { importRoutes } from '#cases/import/import-routes.ts'
import { carryOut, unfinishedRuns } from '#cases/import/import-run.ts'
import { backlogListing } from '#cases/node-watch/backlog-list.ts'
import { backlogRoutes } from '#cases/node-watch/backlog-routes.ts'
import { backlogTarget } from '#cases/node-watch/backlog-target.ts'
import { relatedRoutes } from '#cases/related-proposal/related-routes.ts'
import { serviceRoutes } from '#cases/service-task/service-routes.ts'
import { specialReportRoutes } from '#cases/special-party/report-routes.ts'
import { searchStoredCases } from '#cases/special-party/search.ts'
import { tellOfImported } from '#cases/warnings/warning-notices.ts'
import { warningRoutes } from '#cases/warnings/warning-routes.ts'
import type { BulkTarget } from '#kernel/bulk/target.ts'
import { seeAllCourts } from '#kernel/database/scope.ts'
import type { Route } from '#kernel/http/route.ts'
import { startJob } from '#kernel/jobs/jobs.ts'
import type { LockLine } from '#kernel/jobs/lock-line.ts'
import type { List } from '#kernel/lists/list.ts'
import type { Services } from '#kernel/matter/acting.ts'
import type { MenuEntry } from '#kernel/organisation/me.ts'
import type { Chapter } from './chapters.ts'
import { menuOf } from './menu.ts'
import { workbenchRoutes } from './workbench.ts'

export interface Chapters {
  chapterRoutes: readonly Route[]
  /** Lists that chapters serve besides those of their kinds. */
  chapterLists: readonly List[]
  /** What chapters let be done in bulk besides the acts of their kinds. */
  chapterTargets: readonly BulkTarget[]
  menu: readonly MenuEntry[]
  stop(): Promise<void>
}

/** Routes and background work that chapters have besides what derives from their kinds. */
export function composeChapters(
  services: Services,
  options: { line: LockLine; chapters: readonly Chapter[]; log: (text: string) => void },
): Chapters {
  const imports = startJob(options.line, { name: 'import', run: (signal) => runImports(services, signal) }, options.log)
  const search = { name: 'special-party', run: (signal: AbortSignal) => searchStoredCases(services, signal) }
  const searches = startJob(options.line, search, options.log)
  return {
    chapterRoutes: [
      ...caseRoutes(),
      ...assignmentRoutes(),
      ...serviceRoutes(),
      ...importRoutes(imports.wake),
      ...backlogRoutes(),
      ...warningRoutes(),
      ...relatedRoutes(),
      ...specialReportRoutes(),
      ...workbenchRoutes(),
    ],
    chapterLists: [caseListing, backlogListing],
    chapterTargets: [backlogTarget],
    menu: menuOf(options.chapters),
    stop: async () => {
      await Promise.all([imports.stop(), searches.stop()])
    },
  }
}

async function runImports(services: Services, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const waiting = await services.database.read({ courtIds: [] }, async (tx) => {
      await seeAllCourts(tx)
      return unfinishedRuns(tx)
    })
    if (waiting.length === 0) return tellOfImported(services)
    for (const run of waiting) await carryOut(services, run, signal)
  }
}
