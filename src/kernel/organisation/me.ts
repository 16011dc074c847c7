import { pendingFor } from '#kernel/approval/pending.ts'
import type { PersonActor } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES, type Role } from '#kernel/authorisation/roles.ts'
import { type Route, route } from '#kernel/http/route.ts'
import { type MenuEntry, showMe } from './me-view.ts'
import { meView } from './wire.ts'

export type { MenuEntry } from './me-view.ts'

const LEADERS: readonly Role[] = ['president', 'vice-president', 'director', 'centre.head', 'team.head']

/** The kernel's own pages; kinds and chapters add theirs beside them. */
export const kernelMenu: readonly MenuEntry[] = [
  {
    chapter: 'workbench',
    name: '待我审批',
    path: '/approvals',
    roles: LEADERS,
    waiting: async (session) => (await pendingFor(session.tx, session.actor as PersonActor)).length,
  },
  { chapter: 'system', name: '期限规则与日历', path: '/rules', roles: [...BUSINESS_ROLES, 'administrator.security'] },
  {
    chapter: 'system',
    name: '文书模板',
    path: '/document-templates',
    roles: ['centre.clerk', 'centre.head', 'administrator.security'],
  },
  { chapter: 'system', name: '办理流程', path: '/processes', roles: BUSINESS_ROLES },
  {
    chapter: 'system',
    name: '人员与团队',
    path: '/people',
    roles: [...LEADERS, 'centre.clerk', 'administrator.system', 'administrator.security'],
  },
  { chapter: 'system', name: '操作记录', path: '/audit', roles: ['administrator.audit'] },
]

/** Who is signed in. `menu` is every page that somebody may open, in the menu's order. */
export function meRoutes(menu: readonly MenuEntry[]): Route[] {
  return [
    route({
      method: 'GET',
      path: '/me',
      summary: '当前登录人',
      articles: ['2'],
      access: 'signed-in',
      beforeFactor: true,
      reply: meView,
      handle: (call) => showMe(call, menu),
    }),
  ]
}
