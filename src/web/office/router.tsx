import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { BrokenPage } from '#web/office/parts/broken-page.tsx'
import { SignInPage } from '#web/office/sign-in/page.tsx'

// Every page is a chunk of its own; only the sign-in page comes with the first download.
// Addresses hold filters as plain text pairs, so that a link shows what its sender saw.

const rootRoute = createRootRoute()

const signIn = createRoute({ getParentRoute: () => rootRoute, path: '/sign-in', component: SignInPage })

const shell = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: lazyRouteComponent(() => import('#web/office/frame/shell.tsx'), 'Shell'),
})

function page<M extends Record<string, unknown>, K extends keyof M & string>(
  path: string,
  load: () => Promise<M>,
  name: K,
) {
  const component = lazyRouteComponent(load as () => Promise<Record<string, () => unknown>>, name)
  return createRoute({ getParentRoute: () => shell, path, component: component as never })
}

const pages = [
  page('/', () => import('#web/office/workbench/page.tsx'), 'WorkbenchPage'),
  page('/cases', () => import('#web/office/cases/list.tsx'), 'CaseListPage'),
  page('/cases/new', () => import('#web/office/cases/new-case.tsx'), 'NewCasePage'),
  page('/cases/$id', () => import('#web/office/cases/page.tsx'), 'CasePage'),
  page('/assignment', () => import('#web/office/assignment/page.tsx'), 'AssignmentPage'),
  page('/imports', () => import('#web/office/imports/list.tsx'), 'ImportsPage'),
  page('/imports/$id', () => import('#web/office/imports/run.tsx'), 'ImportRunPage'),
  page('/backlog', () => import('#web/office/backlog/page.tsx'), 'BacklogPage'),
  page('/warnings', () => import('#web/office/warnings/page.tsx'), 'WarningsPage'),
  page('/due-changes', () => import('#web/office/due-changes/page.tsx'), 'DueChangesPage'),
  page('/bulk-jobs', () => import('#web/office/bulk/page.tsx'), 'BulkJobsPage'),
  page('/approvals', () => import('#web/office/approvals/page.tsx'), 'ApprovalsPage'),
  page('/rules', () => import('#web/office/rules/page.tsx'), 'RulesPage'),
  page('/people', () => import('#web/office/people/page.tsx'), 'PeoplePage'),
  page('/audit', () => import('#web/office/audit/page.tsx'), 'AuditPage'),
  page('/documents', () => import('#web/office/documents/register.tsx'), 'DocumentRegisterPage'),
  page('/document-templates', () => import('#web/office/documents/templates.tsx'), 'DocumentTemplatesPage'),
  page('/processes', () => import('#web/office/processes/page.tsx'), 'ProcessesPage'),
  page('/special-reports/new', () => import('#web/office/special-reports/page.tsx'), 'NewReportPage'),
  page('/special-reports/$id', () => import('#web/office/special-reports/page.tsx'), 'SpecialReportPage'),
  page('/$path', () => import('#web/matter/list.tsx'), 'ThingListPage'),
  page('/$path/new', () => import('#web/matter/form.tsx'), 'NewThingPage'),
  page('/$path/$id', () => import('#web/matter/page.tsx'), 'ThingPage'),
]

// Any other address, inside the frame: the menu is the way back.
const lost = createRoute({
  getParentRoute: () => shell,
  path: '$',
  component: lazyRouteComponent(() => import('#web/office/parts/page-head.tsx'), 'NoSuchPage'),
})

/** The office's router. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([signIn, shell.addChildren([...pages, lost])]),
  scrollRestoration: true,
  defaultErrorComponent: BrokenPage,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const pairs = Object.entries(search as Record<string, unknown>).filter(
      ([, value]) => value !== undefined && value !== '',
    )
    const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()
    return text === '' ? '' : `?${text}`
  },
})
