// The four kinds of team of 团队化办案模式 (第八条).

export const TEAM_KINDS = {
  fast: '速执',
  ordinary: '普执',
  special: '特执',
  'centralized-affairs': '事务集约',
} as const

export type TeamKind = keyof typeof TEAM_KINDS
