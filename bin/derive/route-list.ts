import { BUSINESS_ROLES, ROLE_NAMES, type Role } from '#kernel/authorisation/roles.ts'
import type { Route } from '#kernel/http/route.ts'
import type { RouteVerb } from './permission-table.ts'

// derived/routes.txt: one line a route: method, path, who may call it at all, what it is for.

/** What a line needs of a route. */
type Listed = Pick<Route, 'method' | 'path' | 'access' | 'perThing' | 'summary'> & Partial<Pick<Route, 'reauth'>>

/** Routes that the server mounts beside the declared ones (signing in), read from its OpenAPI document. */
export function outsideRoutes(declared: readonly Route[], document: { paths?: object }): Listed[] {
  const known = new Set(declared.map((one) => `${one.method} /api${one.path}`))
  return Object.entries(document.paths ?? {}).flatMap(
    ([path, methods]: [string, Record<string, { summary?: string }>]) =>
      Object.entries(methods).flatMap(([name, { summary = '' }]): Listed[] => {
        const method = name.toUpperCase() as Route['method']
        const address = path.replace(/\{(\w+)\}/g, ':$1')
        if (known.has(`${method} ${address}`)) return []
        return [{ method, path: address.replace(/^\/api/, ''), access: 'anyone', perThing: false, summary }]
      }),
  )
}

/**
 * The routes in the order of their paths; 'thing' says that the thing behind the id decides further, 'proof' that
 * 重新验证身份 is asked for.
 */
export function renderRoutes(routes: readonly Listed[]): string {
  const rows = routes.map((one) => [one.method, `/api${one.path}`, accessText(one), one.summary])
  rows.sort((a, b) => (`${a[1]} ${a[0]}` < `${b[1]} ${b[0]}` ? -1 : 1))
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('')
}

function accessText({ access, perThing, reauth }: Listed): string {
  const roles = typeof access === 'string' ? access : rolesText(access)
  return `${roles}${perThing ? '+thing' : ''}${reauth ? '+proof' : ''}`
}

/** The roles by name, or the word for all that do business, or for every role there is. */
function rolesText(roles: readonly Role[]): string {
  const has = (group: readonly Role[]) => group.length === roles.length && group.every((role) => roles.includes(role))
  if (has(ROLE_NAMES)) return 'every-role'
  return has(BUSINESS_ROLES) ? 'business-roles' : [...roles].sort().join(',')
}

/** The verbs of the permission table for routes that ask for roles; what a thing decides stands in its kind's rows. */
export function roleVerbs(routes: readonly Route[]): RouteVerb[] {
  return routes.flatMap((one) =>
    typeof one.access === 'string' || one.perThing ? [] : [{ verb: `${one.method} /api${one.path}`, by: one.access }],
  )
}
