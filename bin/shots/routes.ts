import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Session } from './session.ts'

// Every route of the web, with its parameters filled from the demonstration and an account that may open it.

export interface Stop {
  /** The route as declared, '/cases/$id'. */
  route: string
  /** The address to open. */
  address: string
  /** Null for the page before signing in. */
  session: Session | null
}

const ROUTER = join(import.meta.dirname, '..', '..', 'src', 'web', 'office', 'router.tsx')

/** Which thing of a list to open, where the first of all may show little. */
const FIRST_OF: Readonly<Record<string, string>> = {
  '/cases': '/cases?clock=overdue&limit=1',
  '/special-reports': '/special-reports?state=submitted',
  '/filing-checks': '/filing-checks?state=returned',
  '/service-tasks': '/service-tasks?state=announced',
  '/offline-inquiries': '/offline-inquiries?state=reported',
  '/asset-clues': '/asset-clues?state=verified',
  '/special-parties': '/special-parties?state=listed',
  '/task-orders': '/task-orders?state=fedBack',
}

/** The routes that the web's router declares, in its order. */
export async function declaredRoutes(): Promise<string[]> {
  return routesIn(await readFile(ROUTER, 'utf8'))
}

export function routesIn(source: string): string[] {
  return [...source.matchAll(/\b(?:page\(\s*|path: )'(\/[^']*)'/g)].map((match) => match[1] ?? '')
}

/** The stops for every route; a route that nobody can open, or whose parameters nothing fills, is a fault by name. */
export async function stopsOf(
  routes: readonly string[],
  sessions: readonly Session[],
): Promise<{ stops: Stop[]; faults: string[] }> {
  const stops: Stop[] = []
  const faults: string[] = []
  for (const route of routes) {
    const found = route === '/sign-in' ? [{ route, address: route, session: null }] : await fill(route, sessions)
    if (found.length === 0) faults.push(`${route}：演示数据里没有可以打开的`)
    stops.push(...found)
  }
  // A page of its own at an address of a kind is both: it is looked at once.
  const once = stops.filter(({ address }, place) => stops.findIndex((one) => one.address === address) === place)
  return { stops: once, faults }
}

async function fill(route: string, sessions: readonly Session[]): Promise<Stop[]> {
  if (route.startsWith('/$path')) return fillKinds(route, sessions)
  const base = `/${route.split('/')[1] ?? ''}`
  const able = sessions.filter(({ menu }) => base === '/' || menu.includes(base))
  const readers = able.length > 0 ? able : sessions
  for (const session of readers) {
    const id = await session.firstId(FIRST_OF[base] ?? base)
    if (id !== null) return [{ route, address: route.replace('$id', id), session }]
  }
  const [session] = readers
  return session && !route.endsWith('/$id') ? [{ route, address: route, session }] : []
}

/** A generic route stands once for every declared kind that its pages serve. */
async function fillKinds(route: string, sessions: readonly Session[]): Promise<Stop[]> {
  const stops = new Map<string, Stop>()
  for (const session of sessions) {
    for (const kind of session.kinds) {
      if (kind.ownPage || stops.has(kind.path) || (route.endsWith('/new') && !kind.mayOpen)) continue
      const id = route.endsWith('/$id') ? await session.firstId(FIRST_OF[`/${kind.path}`] ?? `/${kind.path}`) : ''
      if (id === null) continue
      const address = route.replace('$path', kind.path).replace('$id', id)
      stops.set(kind.path, { route, address, session })
    }
  }
  return [...stops.values()]
}
