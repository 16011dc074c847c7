import type { Role } from '#kernel/authorisation/roles.ts'
import type { Decision } from './decisions.ts'

// Who may do what with related cases, decided by hand as in decisions.ts: the centre proposes; its leaders and the
// judges read; no paper belongs to it.

/** Another court's case stands in it: not the whole court reads it. */
export const RELATED_READERS: readonly Role[] = [
  'president',
  'vice-president',
  'director',
  'centre.head',
  'centre.clerk',
  'team.head',
  'team.judge',
]
const CENTRE: readonly Role[] = ['centre.clerk', 'centre.head']

const list: Decision = { who: RELATED_READERS, allowed: 200, scoped: true }
const act: Decision = { who: 'signed-in', over: 'proposal', by: CENTRE, body: () => ({ version: 0 }), allowed: 409 }

export const RELATED_DECISIONS: Readonly<Record<string, Decision>> = {
  'GET /cases/:id/related': { who: RELATED_READERS, over: 'case', allowed: 200 },
  'GET /related-proposals': list,
  'GET /related-proposals/counts': list,
  'GET /related-proposals/count': list,
  'GET /related-proposals/export': { who: RELATED_READERS, query: '?format=csv', allowed: 200 },
  'POST /related-proposals': { who: CENTRE, body: () => ({}), allowed: 400 },
  'GET /related-proposals/:id': { who: 'signed-in', over: 'proposal', allowed: 200 },
  'POST /related-proposals/:id/concentrate': act,
  'POST /related-proposals/:id/report': act,
  'POST /related-proposals/:id/adjust': act,
  'POST /related-proposals/:id/withdraw': act,
  // The court above rules, and nobody of the own court in its place.
  'POST /related-proposals/:id/order': { ...act, by: [], above: ['director', 'centre.head'] },
}
