import { z } from 'zod'
import { pendingFor } from '#kernel/approval/pending.ts'
import type { PersonActor } from '#kernel/authorisation/may.ts'
import { ADMINISTRATOR_ROLES, BUSINESS_ROLES, ROLE_NAMES, type Role } from '#kernel/authorisation/roles.ts'
import { type Route, route } from '#kernel/http/route.ts'
import { type MenuEntry, showMe } from './me-view.ts'
import { PASSWORD_MAX } from './passwords.ts'
import { changeOwnPassword } from './people.ts'
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
    roles: [...LEADERS, 'centre.clerk', ...ADMINISTRATOR_ROLES],
  },
  { chapter: 'system', name: '操作记录', path: '/audit', roles: ['administrator.audit'] },
]

const password = z.string().min(1, '请填写密码').max(PASSWORD_MAX, '密码过长')

/** Who is signed in, and the own password. `menu` is every page that somebody may open, in the menu's order. */
export function meRoutes(menu: readonly MenuEntry[]): Route[] {
  return [
    route({
      method: 'GET',
      path: '/me',
      summary: '当前登录人',
      articles: ['2'],
      access: 'signed-in',
      reply: meView,
      handle: (call) => showMe(call, menu),
    }),
    route({
      method: 'PUT',
      path: '/me/password',
      summary: '修改本人密码（所有登录即失效）',
      articles: ['35'],
      access: ROLE_NAMES,
      body: z.strictObject({ currentPassword: password, newPassword: password }),
      reply: z.object({ changed: z.boolean() }),
      secrets: ['currentPassword', 'newPassword'],
      handle: (call) => changeOwnPassword(call, call.body),
    }),
  ]
}
