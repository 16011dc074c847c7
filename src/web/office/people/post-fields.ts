import { ROLE_NAMES, ROLES } from '#kernel/authorisation/roles.ts'
import type { LocalField } from '#web/matter/field-items.tsx'

const LABELS: string[] = ROLE_NAMES.map((role) => ROLES[role].label)

/** The fields of a post: which office, in which team, from when. */
export const POST_FIELDS: LocalField[] = [
  { name: 'role', label: '岗位', type: 'choice', required: true, options: LABELS },
  { name: 'teamId', label: '团队', type: 'team', required: false, help: '团队中的岗位须选团队' },
  { name: 'fromOn', label: '任职日期', type: 'date', required: true },
]

/** The role behind an office's label; the label itself where there is none. */
export function roleOf(label: unknown): unknown {
  return ROLE_NAMES.find((role) => ROLES[role].label === label) ?? label
}
