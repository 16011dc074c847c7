import type { Role } from '#kernel/authorisation/roles.ts'

/** Who learns that a case of another court is related: who proposes, who decides, and the judges whose cases it is. */
export const RELATED_READERS: readonly Role[] = [
  'president',
  'vice-president',
  'director',
  'centre.head',
  'centre.clerk',
  'team.head',
  'team.judge',
]
