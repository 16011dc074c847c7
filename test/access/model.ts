import type { Role } from '#kernel/authorisation/roles.ts'
import { BUSINESS, CENTRE, type Decision, OVERSEERS } from './decisions.ts'
import { markOf, type Place, SHARED_MARK } from './marks.ts'
import { CLUE_READERS } from './matter-decisions.ts'
import { RELATED_READERS } from './related-decisions.ts'
import { LEDGER_READERS, REPORT_READERS } from './special-decisions.ts'

// The second opinion: from a role, a decision and where a thing lies follows the answer. Small enough to be read whole.

/** Where the thing lies, seen from the reader's court; `otherTeam` is in the own court, `none` does not exist. */
export type Target = Place | 'otherTeam' | 'shared' | 'none'

/** Nobody has no post at all. */
export type Someone = Role | 'nobody'

export const TARGETS: Readonly<Record<NonNullable<Decision['over']>, readonly Target[]>> = {
  warning: ['own', 'otherTeam', 'below', 'above', 'sister', 'foreign', 'none'],
  case: ['own', 'otherTeam', 'below', 'above', 'sister', 'foreign', 'none'],
  check: ['own', 'below', 'above', 'sister', 'foreign', 'none'],
  order: ['own', 'otherTeam', 'shared', 'below', 'above', 'sister', 'foreign', 'none'],
  approval: ['own', 'otherTeam', 'shared', 'below', 'above', 'sister', 'foreign', 'none'],
  import: ['own', 'below', 'above', 'sister', 'foreign', 'none'],
  person: ['own', 'below', 'above', 'sister', 'foreign', 'none'],
  notice: ['own', 'below', 'above', 'sister', 'foreign', 'none'],
  clock: ['own', 'otherTeam', 'below', 'above', 'sister', 'foreign', 'none'],
  view: ['own', 'below', 'above', 'sister', 'foreign', 'none'],
  job: ['own', 'below', 'above', 'sister', 'foreign', 'none'],
  document: ['own', 'otherTeam', 'below', 'above', 'sister', 'foreign', 'none'],
  template: ['own', 'below', 'above', 'sister', 'foreign', 'none'],
  deputy: ['own', 'below', 'above', 'sister', 'foreign', 'none'],
  task: ['own', 'otherTeam', 'below', 'above', 'sister', 'foreign', 'none'],
  ground: ['own', 'below', 'above', 'sister', 'foreign', 'none'],
  service: ['own', 'otherTeam', 'below', 'above', 'sister', 'foreign', 'none'],
  inquiry: ['own', 'otherTeam', 'below', 'above', 'sister', 'foreign', 'none'],
  proposal: ['own', 'below', 'above', 'sister', 'foreign', 'none'],
  clue: ['own', 'otherTeam', 'below', 'above', 'sister', 'foreign', 'none'],
  application: ['own', 'otherTeam', 'below', 'above', 'sister', 'foreign', 'none'],
  'special-party': ['own', 'otherTeam', 'below', 'above', 'sister', 'foreign', 'none'],
  'special-report': ['own', 'below', 'above', 'sister', 'foreign', 'none'],
}

const isOne = (roles: readonly Role[], someone: Someone) => roles.some((role) => role === someone)

/**
 * Own court: every business post. Below: the posts that oversee. Shared with the own court: its centre. Else nobody.
 */
export function reads(someone: Someone, target: Target): boolean {
  if (target === 'own' || target === 'otherTeam') return isOne(BUSINESS, someone)
  if (target === 'below') return isOne(OVERSEERS, someone)
  return target === 'shared' && isOne(CENTRE, someone)
}

/**
 * A post of a team reaches only its own team's things; nobody acts on a thing of another court but its counterpart, and
 * a court above where the act is its own.
 */
function acts(someone: Someone, target: Target, over: string, { by = [], above = [] }: Decision): boolean {
  if (target === 'below') return isOne(above, someone)
  if (target === 'shared') return by.includes('counterpart') && isOne(CENTRE, someone)
  if (target !== 'own' && target !== 'otherTeam') return false
  const isOfTeam = someone.startsWith('team.')
  if (isOfTeam && target === 'otherTeam') return false
  // The planted orders are held by a team as such, the planted cases by a judge who calls nothing here.
  const holds = (over === 'order' || over === 'task') && isOfTeam && by.includes('holder')
  return holds || by.some((role) => role === someone)
}

/** The status that this person must get; 403 where the post never may, 404 where he may not even know. */
export function expected(someone: Someone, decision: Decision, target: Target): number {
  const { who, over, by, allowed } = decision
  if (typeof who !== 'string' && !isOne(who, someone)) return 403
  if (over === undefined) return allowed
  const isOwn = target === 'own' || target === 'otherTeam'
  if (over === 'import' || over === 'person' || over === 'notice' || over === 'template') return isOwn ? allowed : 404
  if (over === 'view' || over === 'job') return 404
  if (over === 'clock') return isOwn || target === 'below' ? allowed : 404
  if (over === 'ground' && !isOwn) return 404
  if (!reads(someone, target) || (over === 'clue' && !isOne(CLUE_READERS, someone))) return 404
  if (over === 'proposal' && !isOne(RELATED_READERS, someone)) return 404
  if (over === 'special-party' && !isOne(LEDGER_READERS, someone)) return 404
  if (over === 'special-report' && !isOne(REPORT_READERS, someone)) return 404
  if (over === 'approval') return isOwn && someone === 'centre.head' ? allowed : 403
  return by === undefined || acts(someone, target, over, decision) ? allowed : 403
}

/** A list asked for one court or for all below: the own court always, what lies below for those who oversee. */
export function expectedInScope(someone: Someone, decision: Decision, scope: Place | 'subtree' | 'none'): number {
  if (typeof decision.who !== 'string' && !isOne(decision.who, someone)) return 403
  if (scope === 'own' || scope === 'subtree') return decision.allowed
  return scope === 'below' && isOne(OVERSEERS, someone) ? decision.allowed : 404
}

/** The record of a court names the cases whose documents its people have read, by their numbers. */
export const RECORDED_MARKS: readonly string[] = [markOf('own', 'thing'), markOf('below', 'thing')]

/** Marks that may stand in no answer to this person, whatever he asks. */
export function forbiddenMarks(someone: Someone): string[] {
  const places: readonly Place[] = ['own', 'below', 'above', 'sister', 'foreign']
  const marks = places.flatMap((place) => {
    const seen = reads(someone, place)
    const names = place === 'own' ? someone !== 'nobody' : seen
    return [
      ...(seen ? [] : [markOf(place, 'thing')]),
      ...(names ? [] : [markOf(place, 'name')]),
      markOf(place, 'private'),
    ]
  })
  return isOne(CENTRE, someone) ? marks : [...marks, SHARED_MARK]
}
