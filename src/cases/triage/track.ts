// 繁简（第十二条）: the track of a case, and the kind of team that handles cases of it.

export const TRACKS = ['简案', '普案', '特案'] as const
export type Track = (typeof TRACKS)[number]

const TEAM_KINDS = { 简案: 'fast', 普案: 'ordinary', 特案: 'special' } as const
const TEAM_WORDS = { 简案: '速执团队', 普案: '普执团队', 特案: '特执团队' } as const

/** The kind of team to which a case of this track goes; null before triage. */
export function teamKindOf(track: Track | null): 'fast' | 'ordinary' | 'special' | null {
  return track && TEAM_KINDS[track]
}

/** 简案（速执团队）. */
export function trackWords(track: Track): string {
  return `${track}（${TEAM_WORDS[track]}）`
}
