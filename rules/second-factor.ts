import type { Role } from '#kernel/authorisation/roles.ts'

// Who must sign in with a second factor: a setting of the court [C]; GB/T 22239-2019 第三级 8.1.4.1 asks for two factors
// [M]. The three administrators, and the posts that approve. A demonstration asks nobody.

export const SECOND_FACTOR_ROLES: readonly Role[] = [
  'administrator.system',
  'administrator.security',
  'administrator.audit',
  'president',
  'vice-president',
  'director',
  'centre.head',
]
