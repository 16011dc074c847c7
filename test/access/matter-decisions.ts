import type { Role } from '#kernel/authorisation/roles.ts'
import type { Decision, Over } from './decisions.ts'

// Who may do what with matters on a case, decided by hand as in decisions.ts.

const TEAM: readonly Role[] = ['team.head', 'team.judge', 'team.assistant', 'team.clerk']
const JUDGES: readonly Role[] = ['team.judge', 'team.head']
type By = NonNullable<Decision['by']>

/** What every kind has: list, counts, export, page, opening. */
function listed(path: string, over: Over, readers: readonly Role[], openers: readonly Role[]) {
  const list: Decision = { who: readers, allowed: 200, scoped: true }
  return {
    [`GET /${path}`]: list,
    [`GET /${path}/counts`]: list,
    [`GET /${path}/count`]: list,
    [`GET /${path}/export`]: { who: readers, query: '?format=csv', allowed: 200 },
    [`POST /${path}`]: { who: openers, body: () => ({}), allowed: 400 },
    [`GET /${path}/:id`]: { who: 'signed-in', over, allowed: 200 },
  } satisfies Record<string, Decision>
}

/** And papers, where it has some. */
function served(path: string, over: Over, readers: readonly Role[], openers: readonly Role[], paper: [string, By]) {
  return {
    ...listed(path, over, readers, openers),
    [`GET /${path}/:id/attachments/:attachmentId`]: { who: 'signed-in', over, allowed: 200 },
    [`POST /${path}/:id/attachments`]: {
      who: 'signed-in',
      over,
      by: paper[1],
      upload: { document: paper[0] },
      allowed: 422,
    },
  } satisfies Record<string, Decision>
}

function acts(path: string, over: Over, by: Readonly<Record<string, By>>): Record<string, Decision> {
  return Object.fromEntries(
    Object.entries(by).map(([name, roles]): [string, Decision] => [
      `POST /${path}/:id/${name}`,
      { who: 'signed-in', over, by: roles, body: () => ({ version: 0 }), allowed: 409 },
    ]),
  )
}

const SERVERS: By = ['holder', ...TEAM, 'centre.clerk']
const INQUIRERS: By = ['holder', ...TEAM, 'centre.clerk', 'centre.inquiry-operator']
const VERIFIERS: By = ['holder', ...TEAM]
const APPLICANTS: By = [...TEAM, 'centre.clerk', 'filing']

/** Clues are read by those who handle cases and those who oversee them, not by the whole court. */
export const CLUE_READERS: readonly Role[] = [
  ...TEAM,
  'centre.clerk',
  'centre.head',
  'centre.inquiry-operator',
  'director',
  'vice-president',
  'president',
  'inspection',
]

export const matterDecisions = (business: readonly Role[]): Readonly<Record<string, Decision>> => ({
  ...listed('approval-deputies', 'deputy', business, [
    'president',
    'vice-president',
    'director',
    'centre.head',
    'team.head',
  ]),
  // Whoever named the deputy alone.
  ...acts('approval-deputies', 'deputy', { end: [] }),
  ...served('service-tasks', 'service', business, [...TEAM, 'centre.clerk'], ['proof', SERVERS]),
  ...acts('service-tasks', 'service', {
    send: SERVERS,
    serve: SERVERS,
    fail: SERVERS,
    announce: SERVERS,
    announceMissing: SERVERS,
    readdress: SERVERS,
    stop: SERVERS,
    handOver: ['team.head', 'team.judge', 'centre.clerk'],
  }),
  'GET /cases/:id/service-tasks': { who: 'signed-in', over: 'case', allowed: 200 },
  // The planted document has been declared void.
  'POST /cases/:id/service-tasks': {
    who: 'signed-in',
    over: 'case',
    by: SERVERS,
    body: (at) => ({ document: at.documentId, receivers: [{ receiver: '某' }] }),
    allowed: 409,
  },
  ...served(
    'offline-inquiries',
    'inquiry',
    business,
    [...TEAM, 'centre.clerk', 'centre.inquiry-operator'],
    ['record', INQUIRERS],
  ),
  ...acts('offline-inquiries', 'inquiry', {
    record: INQUIRERS,
    accept: [...JUDGES],
    sendBack: [...JUDGES],
    handOver: ['team.head', 'team.judge', 'centre.clerk'],
    cancel: [...JUDGES, 'centre.clerk'],
  }),
  ...served('asset-clues', 'clue', CLUE_READERS, [...TEAM, 'centre.clerk'], ['clue', [...TEAM, 'centre.clerk']]),
  ...acts('asset-clues', 'clue', {
    inquire: VERIFIERS,
    verify: VERIFIERS,
    answer: VERIFIERS,
    sendBack: [...JUDGES],
    handOver: ['team.head', 'team.judge', 'centre.clerk'],
  }),
  ...served(
    'investigation-applications',
    'application',
    business,
    [...TEAM, 'centre.clerk', 'filing'],
    ['decision', APPLICANTS],
  ),
  ...acts('investigation-applications', 'application', {
    submit: APPLICANTS,
    grant: [...JUDGES],
    reject: [...JUDGES],
    sendBack: [...JUDGES],
    carryOut: VERIFIERS,
    withdraw: APPLICANTS,
    handOver: ['team.head', 'centre.clerk'],
  }),
})
