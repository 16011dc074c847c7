import { ROLES } from '#kernel/authorisation/roles.ts'

// A definition names who acts as 'role' or 'place:role'; a reader sees the office.

const PARTS: Record<string, string> = {
  opener: '发起人',
  holder: '经办人',
  handler: '承办人',
  system: '系统',
  own: '本院',
  counterpart: '对方法院',
  superior: '上级法院',
  subordinate: '下级法院',
}

function officeLabel(name: string): string {
  if (Object.hasOwn(ROLES, name)) return ROLES[name as keyof typeof ROLES].label
  return PARTS[name] ?? (/[A-Za-z]/.test(name) ? '指定人员' : name)
}

/** An office's name on screen: 'counterpart:centre.clerk' → 对方法院指挥中心专员. */
export function roleLabel(by: string): string {
  return by.split(':').map(officeLabel).join('')
}
