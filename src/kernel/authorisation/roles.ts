// The roles of the system. `business` roles work on cases and matters; the three administrators hold none of them.
// `oversees`: sees the courts below its own as well (意见第一条).

export interface RoleFacts {
  label: string
  business: boolean
  oversees: boolean
}

export const ROLES = {
  president: { label: '院长', business: true, oversees: true },
  'vice-president': { label: '主管副院长', business: true, oversees: true },
  director: { label: '执行局长', business: true, oversees: true },
  'centre.head': { label: '指挥中心主任', business: true, oversees: true },
  'centre.clerk': { label: '指挥中心专员', business: true, oversees: true },
  'team.head': { label: '团队负责人', business: true, oversees: false },
  'team.judge': { label: '员额法官', business: true, oversees: false },
  'team.assistant': { label: '法官助理', business: true, oversees: false },
  'team.clerk': { label: '书记员', business: true, oversees: false },
  'centre.inquiry-operator': { label: '查控员', business: true, oversees: false },
  'centre.funds-officer': { label: '案款专管员', business: true, oversees: false },
  finance: { label: '财务', business: true, oversees: false },
  filing: { label: '立案', business: true, oversees: false },
  trial: { label: '审判', business: true, oversees: false },
  'duty.officer': { label: '值班员', business: true, oversees: true },
  'duty.technician': { label: '技术员', business: true, oversees: false },
  inspection: { label: '督察', business: true, oversees: true },
  'administrator.system': { label: '系统管理员', business: false, oversees: false },
  'administrator.security': { label: '安全管理员', business: false, oversees: false },
  'administrator.audit': { label: '审计员', business: false, oversees: false },
} as const satisfies Record<string, RoleFacts>

export type Role = keyof typeof ROLES

export const ROLE_NAMES = Object.keys(ROLES) as Role[]
export const BUSINESS_ROLES = ROLE_NAMES.filter((role) => ROLES[role].business)
export const OVERSEEING_ROLES = ROLE_NAMES.filter((role) => ROLES[role].oversees)
export const ADMINISTRATOR_ROLES = ROLE_NAMES.filter((role) => !ROLES[role].business)
export const CENTRE_ROLES: readonly Role[] = ['centre.clerk', 'centre.head', 'director']

/** True for the name of a role; stored names of former roles are none. */
export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text)
}
