import type { Role } from '#kernel/authorisation/roles.ts'
import type { Decision } from './decisions.ts'

// 特殊主体台账和月报: one row for each route, decided by hand.

const CENTRE: readonly Role[] = ['centre.clerk', 'centre.head']
const TEAM: readonly Role[] = ['team.head', 'team.judge', 'team.assistant', 'team.clerk']
export const REPORT_READERS: readonly Role[] = [...CENTRE, 'director', 'vice-president', 'president', 'inspection']
export const LEDGER_READERS: readonly Role[] = [...REPORT_READERS, ...TEAM]
const WORKERS: NonNullable<Decision['by']> = ['holder', ...TEAM, ...CENTRE]

const scoped = (who: Decision['who']): Decision => ({ who, allowed: 200, scoped: true })
const act = (over: 'special-party' | 'special-report', by: NonNullable<Decision['by']>): Decision => ({
  who: 'signed-in',
  over,
  by,
  body: () => ({ version: 0 }),
  allowed: 409,
})
const entry = (by: NonNullable<Decision['by']>) => act('special-party', by)
const report = (by: NonNullable<Decision['by']>) => act('special-report', by)

export const SPECIAL_DECISIONS: Readonly<Record<string, Decision>> = {
  'GET /special-parties': scoped(LEDGER_READERS),
  'GET /special-parties/counts': scoped(LEDGER_READERS),
  'GET /special-parties/count': scoped(LEDGER_READERS),
  'GET /special-parties/export': { who: LEDGER_READERS, query: '?format=csv', allowed: 200 },
  'POST /special-parties': { who: [...CENTRE, 'team.head', 'team.judge'], body: () => ({}), allowed: 400 },
  'GET /special-parties/:id': { who: 'signed-in', over: 'special-party', allowed: 200 },
  'GET /special-parties/:id/attachments/:attachmentId': { who: 'signed-in', over: 'special-party', allowed: 200 },
  'POST /special-parties/:id/attachments': {
    who: 'signed-in',
    over: 'special-party',
    by: WORKERS,
    upload: { document: 'measure' },
    allowed: 422,
  },
  'POST /special-parties/:id/confirm': entry(CENTRE),
  'POST /special-parties/:id/refuse': entry(CENTRE),
  'POST /special-parties/:id/addMeasure': entry(WORKERS),
  'POST /special-parties/:id/addProgress': entry(WORKERS),
  'POST /special-parties/:id/correct': entry(CENTRE),
  'POST /special-parties/:id/reportCleared': entry(WORKERS),
  'POST /special-parties/:id/sendBack': entry(['centre.head']),
  'POST /special-parties/:id/confirmCleared': entry(['centre.head']),
  'POST /special-parties/:id/remove': entry(CENTRE),

  'GET /special-reports': scoped(REPORT_READERS),
  'GET /special-reports/counts': scoped(REPORT_READERS),
  'GET /special-reports/count': scoped(REPORT_READERS),
  'GET /special-reports/export': { who: REPORT_READERS, query: '?format=csv', allowed: 200 },
  'POST /special-reports': { who: CENTRE, body: () => ({}), allowed: 400 },
  'GET /special-reports/:id': { who: 'signed-in', over: 'special-report', allowed: 200 },
  'GET /special-reports/:id/figures': { who: REPORT_READERS, over: 'special-report', allowed: 200 },
  'GET /special-reports/:id/entries': {
    who: REPORT_READERS,
    over: 'special-report',
    query: '?figure=closing',
    allowed: 200,
  },
  'POST /special-reports/:id/generate': report(['centre.clerk']),
  'POST /special-reports/:id/submit': report(['centre.clerk']),
  'POST /special-reports/:id/sendBack': report(['centre.head']),
  'POST /special-reports/:id/confirm': report(['centre.head']),
}
