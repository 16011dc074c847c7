import type { Role } from '#kernel/authorisation/roles.ts'
import { matterDecisions } from './matter-decisions.ts'
import type { Planted } from './plant.ts'
import { RELATED_DECISIONS } from './related-decisions.ts'
import { SPECIAL_DECISIONS } from './special-decisions.ts'

// Who may do what, decided here once more and by hand: one row for each route. Nothing of may.ts or of the declarations
// is called, so that a slip there is seen here; a route without a row fails the test.

export const BUSINESS: readonly Role[] = [
  'president',
  'vice-president',
  'director',
  'centre.head',
  'centre.clerk',
  'team.head',
  'team.judge',
  'team.assistant',
  'team.clerk',
  'centre.inquiry-operator',
  'centre.funds-officer',
  'finance',
  'filing',
  'trial',
  'duty.officer',
  'duty.technician',
  'inspection',
]
export const OVERSEERS: readonly Role[] = [
  'president',
  'vice-president',
  'director',
  'centre.head',
  'centre.clerk',
  'duty.officer',
  'inspection',
]
export const CENTRE: readonly Role[] = ['centre.clerk', 'centre.head', 'director']
const SYSTEM: readonly Role[] = ['administrator.system']
const SECURITY: readonly Role[] = ['administrator.security']
const AUDIT: readonly Role[] = ['administrator.audit']
const POSTED: readonly Role[] = [...BUSINESS, ...SYSTEM, ...SECURITY, ...AUDIT]
const TEAM: readonly Role[] = ['team.head', 'team.judge', 'team.assistant', 'team.clerk']
const CASE_CENTRE: readonly Role[] = ['centre.clerk', 'centre.head']
const IMPORTERS: readonly Role[] = ['filing', ...CASE_CENTRE]
const RECORDERS: readonly Role[] = [...TEAM, ...CASE_CENTRE, 'centre.inquiry-operator', 'centre.funds-officer']

/** What the id in the path or the body names. */
export type Over =
  | 'case'
  | 'check'
  | 'warning'
  | 'order'
  | 'import'
  | 'person'
  | 'approval'
  | 'notice'
  | 'clock'
  | 'view'
  | 'job'
  | 'document'
  | 'template'
  | 'deputy'
  | 'task'
  | 'ground'
  | 'service'
  | 'inquiry'
  | 'clue'
  | 'proposal'
  | 'application'
  | 'special-party'
  | 'special-report'

export interface Decision {
  who: 'anyone' | 'signed-in' | readonly Role[]
  /** Status of the answer to whoever may: writes are asked for something that is refused only after the permission. */
  allowed: number
  over?: Over
  /** Roles of the own court that may act; `counterpart`, `holder`: as the words say. */
  by?: readonly (Role | 'counterpart' | 'holder')[]
  /** Roles of a court above that may act instead. */
  above?: readonly Role[]
  /** Of what lies at the target; `id` is that of the thing itself. */
  body?: (at: Planted, id: string) => unknown
  /** A file that is refused after the permission, with these fields. */
  upload?: Record<string, string>
  query?: string
  /** A list that takes `scope`. */
  scoped?: true
}

const STALE = () => ({ version: 0 })
const list = (who: Decision['who']): Decision => ({ who, allowed: 200 })
const scoped = (who: Decision['who']): Decision => ({ who, allowed: 200, scoped: true })
const act = (over: Over, ...by: NonNullable<Decision['by']>): Decision => ({
  who: 'signed-in',
  over,
  by,
  body: STALE,
  allowed: 409,
})
const RECEIVE = ['counterpart', 'holder'] as const
const person = (who: Decision['who'], body: Decision['body']): Decision => ({ who, over: 'person', body, allowed: 200 })
const run = (): Decision => ({ who: IMPORTERS, over: 'import', body: () => ({}), allowed: 409 })

const LEAVE_KEEPERS: readonly Role[] = ['team.head', ...CASE_CENTRE]
const LEAVE = { kind: 'leave', reason: '休假', fromOn: '2021-10-08', toOn: '2021-10-09' }
const task = (...by: NonNullable<Decision['by']>) => act('task', ...by)

const ISSUERS: NonNullable<Decision['by']> = ['holder', ...TEAM, 'centre.clerk']
const issue = (...by: NonNullable<Decision['by']>) => act('case', ...by)

export const DECISIONS: Readonly<Record<string, Decision>> = {
  ...matterDecisions(BUSINESS),
  ...RELATED_DECISIONS,
  ...SPECIAL_DECISIONS,
  'POST /session': { who: 'anyone', body: () => ({ username: 'nobody', password: 'x' }), allowed: 401 },
  'DELETE /session': { who: 'anyone', allowed: 204 },
  'GET /demonstration': list('anyone'),
  'GET /me': list('signed-in'),
  'GET /kinds': list('signed-in'),
  'GET /courts': list('signed-in'),
  'PUT /me/password': {
    who: 'signed-in',
    body: () => ({ currentPassword: 'x', newPassword: 'yyyyyyyyyyy1' }),
    allowed: 400,
  },
  'POST /me/proof': { who: 'signed-in', body: () => ({}), allowed: 400 },
  'GET /me/second-factor': list('signed-in'),
  'POST /me/second-factor': { who: 'signed-in', body: () => ({}), allowed: 201 },
  'POST /me/second-factor/confirm': { who: 'signed-in', body: () => ({ code: '000000' }), allowed: 400 },
  'GET /rules': list(POSTED),
  'GET /calendar': list(POSTED),
  'GET /calendar/recounts': list(POSTED),
  'GET /due-changes': scoped(BUSINESS),
  'PUT /calendar/days': {
    who: SECURITY,
    body: () => ({ on: '1991-01-01', kind: 'off', name: '元旦', reason: '试' }),
    allowed: 422,
  },
  'POST /calendar/years': { who: SECURITY, body: () => ({ year: 2021, notice: '试', days: [] }), allowed: 409 },
  'GET /audit': list(AUDIT),
  'GET /audit/verification': list(AUDIT),
  'GET /workbench': list(BUSINESS),

  'GET /people': scoped(POSTED),
  'POST /people': { who: SYSTEM, body: () => ({ name: '某', username: 'linjing' }), allowed: 409 },
  'POST /people/:id/stop': person(SYSTEM, () => ({ reason: '离任' })),
  'POST /people/:id/start': person(SYSTEM, () => ({})),
  'POST /people/:id/reset-password': person(SYSTEM, () => ({})),
  'POST /people/:id/reset-second-factor': {
    who: SECURITY,
    over: 'person',
    body: () => ({ reason: '更换手机' }),
    allowed: 409,
  },
  'POST /people/:id/posts': person(SECURITY, () => ({ role: 'trial', fromOn: '2021-10-08' })),
  'POST /people/:id/end-post': person(SECURITY, (at) => ({ postId: at.postId, toOn: '2021-10-08' })),
  'GET /teams': scoped(POSTED),
  'POST /teams': { who: SYSTEM, body: () => ({ name: '普执团队', kind: 'ordinary' }), allowed: 409 },

  'GET /staffing': list(BUSINESS),
  'POST /staffing': {
    who: ['centre.head', 'director'],
    body: () => ({ role: 'finance', standard: 1, fromOn: '2021-01-01', source: '试' }),
    allowed: 400,
  },
  'GET /judge-loads': list(BUSINESS),
  'GET /assignment-weights': list(BUSINESS),
  'POST /assignment-weights': {
    who: ['centre.head', 'director'],
    body: () => ({ kind: '首次执行', hundredths: 100, fromOn: '2021-01-01', source: '试' }),
    allowed: 400,
  },
  'GET /assignment-grounds': list(BUSINESS),
  // Leave of somebody who is no judge: told only to those who keep leave.
  'POST /assignment-grounds': {
    who: LEAVE_KEEPERS,
    body: (at) => ({ ...LEAVE, personId: at.victimId }),
    allowed: 400,
  },
  // The planted one has ended.
  'POST /assignment-grounds/:id/end': {
    who: ['team.judge', 'director', ...LEAVE_KEEPERS],
    over: 'ground',
    by: LEAVE_KEEPERS,
    body: () => ({ reason: '试' }),
    allowed: 409,
  },

  'GET /saved-views': { who: 'signed-in', query: '?list=cases', allowed: 200 },
  'PUT /saved-views': {
    who: 'signed-in',
    body: () => ({ list: 'cases', name: '我的', query: { state: 'handling' } }),
    allowed: 200,
  },
  // Each has only his own: of the planted ones none is the asker's.
  'DELETE /saved-views/:id': { who: 'signed-in', over: 'view', allowed: 200 },

  'GET /list-columns': { who: 'signed-in', query: '?list=cases', allowed: 200 },
  'PUT /list-columns': { who: 'signed-in', body: () => ({ list: 'cases', columns: ['caseNumber'] }), allowed: 200 },

  'GET /bulk-actions': { who: BUSINESS, query: '?list=cases', allowed: 200 },
  'POST /bulk-jobs': {
    who: BUSINESS,
    body: () => ({ list: 'cases', action: 'close', answers: {}, filter: {}, count: 1 }),
    allowed: 400,
  },
  'GET /bulk-jobs': list(BUSINESS),
  // Each has only his own: of the planted ones none is the asker's.
  'GET /bulk-jobs/:id': { who: BUSINESS, over: 'job', allowed: 200 },
  'GET /bulk-jobs/:id/items': { who: BUSINESS, over: 'job', allowed: 200 },
  'GET /bulk-jobs/:id/documents': { who: BUSINESS, over: 'job', allowed: 404 },
  'GET /bulk-jobs/:id/export': { who: BUSINESS, over: 'job', query: '?format=csv', allowed: 200 },
  'POST /bulk-jobs/:id/cancel': { who: BUSINESS, over: 'job', body: () => ({}), allowed: 409 },

  'GET /notices': list(POSTED),
  'POST /notices/:id/receipt': { who: POSTED, over: 'notice', body: () => ({}), allowed: 200 },
  'POST /notices/receipts': { who: POSTED, over: 'notice', body: (_, id) => ({ ids: [id] }), allowed: 200 },
  'GET /stream': list(POSTED),

  'GET /approvals': list(BUSINESS),
  'POST /approvals/:id/approve': { who: BUSINESS, over: 'approval', body: STALE, allowed: 409 },
  'POST /approvals/:id/reject': {
    who: BUSINESS,
    over: 'approval',
    body: () => ({ version: 0, reason: '试' }),
    allowed: 409,
  },

  'GET /cases': scoped(BUSINESS),
  'GET /cases/counts': scoped(BUSINESS),
  'POST /cases': {
    who: IMPORTERS,
    allowed: 422,
    body: () => ({
      caseNumber: '（2021）吉0299执1号',
      kind: '首次执行',
      filedOn: '2021-09-01',
      creditors: [{ name: '某' }],
      debtors: [],
    }),
  },
  'GET /case-count': scoped(BUSINESS),
  'GET /case-export': { who: BUSINESS, query: '?format=csv', allowed: 200 },
  'POST /case-search': { who: BUSINESS, body: (at) => ({ certificate: at.certificate }), allowed: 200 },
  'GET /cases/:id': { who: BUSINESS, over: 'case', allowed: 200 },
  'GET /cases/:id/attachments/:attachmentId': { who: 'signed-in', over: 'case', allowed: 200 },
  'POST /cases/:id/attachments': {
    who: 'signed-in',
    over: 'case',
    by: ['filing', ...RECORDERS],
    upload: { document: 'paper' },
    allowed: 422,
  },
  'POST /cases/:id/parties': {
    who: BUSINESS,
    over: 'case',
    by: ['filing', ...CASE_CENTRE],
    body: () => ({ version: 0, reason: '试', parties: [{ was: 1, side: 'debtor', name: '某', certificates: null }] }),
    allowed: 409,
  },
  'POST /cases/:id/unmask': {
    who: BUSINESS,
    over: 'case',
    by: ['holder', ...TEAM, 'centre.clerk', 'centre.inquiry-operator'],
    body: () => ({ party: 9, purpose: '核对身份' }),
    allowed: 400,
  },
  'POST /cases/:id/recordNode': act('case', 'holder', ...RECORDERS),
  'POST /cases/:id/correctDate': act('case', 'holder', ...TEAM, ...CASE_CENTRE),
  'POST /cases/:id/suspend': act('case', 'holder', 'team.judge', 'team.head'),
  'POST /cases/:id/resume': act('case', 'holder', 'team.judge', 'team.head'),
  'POST /cases/:id/extend': act('case', 'holder', 'team.judge'),
  'POST /cases/:id/change': act('case', 'filing', ...CASE_CENTRE),
  'POST /cases/:id/assign': act('case', ...CASE_CENTRE),
  'GET /cases/:id/assignments': {
    who: ['president', 'vice-president', 'director', 'centre.head', 'centre.clerk', 'inspection'],
    over: 'case',
    allowed: 200,
  },
  'GET /cases/:id/representatives': { who: BUSINESS, over: 'case', allowed: 200 },
  'POST /cases/:id/representatives': {
    who: BUSINESS,
    over: 'case',
    by: ['holder', 'filing', 'team.judge', 'team.assistant', 'team.clerk', ...CASE_CENTRE],
    body: () => ({ party: '无此人', name: '某律师' }),
    allowed: 400,
  },
  'POST /cases/:id/noteLegalRepresentative': act('case', 'holder', 'filing', ...TEAM, ...CASE_CENTRE),
  'POST /cases/:id/checkFiling': act('case', 'filing', ...CASE_CENTRE),
  'POST /cases/:id/triage': act('case', ...CASE_CENTRE),
  'POST /cases/:id/changeTrack': act('case', 'holder', 'team.head', ...CASE_CENTRE),
  'GET /filing-checks': scoped(BUSINESS),
  'GET /filing-checks/counts': scoped(BUSINESS),
  'GET /filing-checks/count': scoped(BUSINESS),
  'GET /filing-checks/export': { who: BUSINESS, query: '?format=csv', allowed: 200 },
  'GET /filing-checks/:id': { who: 'signed-in', over: 'check', allowed: 200 },
  'POST /filing-checks': { who: ['filing', ...CENTRE], body: () => ({}), allowed: 400 },
  'POST /filing-checks/:id/receive': act('check', ...CENTRE),
  'POST /filing-checks/:id/sendBack': act('check', ...CENTRE),
  'POST /filing-checks/:id/resubmit': act('check', 'filing'),
  'POST /filing-checks/:id/withdraw': act('check', 'filing', 'centre.head'),
  'POST /cases/:id/changeHandler': act('case', ...CASE_CENTRE),
  'POST /cases/:id/close': act('case', 'holder', 'team.judge', ...CASE_CENTRE),
  'POST /cases/:id/terminate': act('case', 'holder', 'team.judge'),

  'POST /cases/:id/addresses': {
    who: BUSINESS,
    over: 'case',
    by: ['filing', ...ISSUERS],
    body: () => ({ party: '无此人', address: '某省某市某街', source: '户籍地' }),
    allowed: 400,
  },
  'POST /cases/:id/executionNotice': issue(...ISSUERS),
  'POST /cases/:id/disclosureOrder': issue(...ISSUERS),
  'POST /cases/:id/assetDeclaration': issue(...ISSUERS),
  'POST /cases/:id/riskNotice': issue(...ISSUERS),
  'POST /cases/:id/proofOfService': issue(...ISSUERS),
  'POST /cases/:id/closingNotice': issue(...ISSUERS),
  'POST /cases/:id/consumptionLimit': issue('holder', 'team.judge'),
  'POST /cases/:id/dishonestyDecision': issue('holder', 'team.judge'),
  'POST /cases/:id/fineDecision': issue('holder', 'team.judge'),
  'POST /cases/:id/detentionDecision': issue('holder', 'team.judge'),
  'POST /cases/:id/terminationRuling': issue('holder', 'team.judge'),
  'POST /cases/:id/executionRuling': issue('holder', 'team.judge'),
  'POST /cases/:id/suspensionRuling': issue('holder', 'team.judge'),
  'POST /cases/:id/endingRuling': issue('holder', 'team.judge'),
  'POST /cases/:id/entrustmentLetter': issue('holder', 'team.judge', 'centre.clerk'),
  'POST /cases/:id/jointExecution': issue(...CASE_CENTRE),
  'GET /cases/:id/documents': { who: 'signed-in', over: 'case', allowed: 200 },
  'GET /cases/:id/documents/:action': { who: 'signed-in', over: 'case', by: ISSUERS, allowed: 200 },
  // The planted court has set no account: who may is told what is missing. No planted case waits for approval, whose
  // approver may too (approved-preview.test.ts).
  'POST /cases/:id/documents/:action/preview': {
    who: 'signed-in',
    over: 'case',
    by: ISSUERS,
    body: () => ({ within: '立即' }),
    allowed: 422,
  },
  'GET /supervision-orders/:id/documents': { who: 'signed-in', over: 'order', allowed: 200 },
  'GET /supervision-orders/:id/documents/:action': { who: 'signed-in', over: 'order', by: CENTRE, allowed: 200 },
  'POST /supervision-orders/:id/documents/:action/preview': {
    who: 'signed-in',
    over: 'order',
    by: CENTRE,
    body: () => ({}),
    allowed: 200,
  },
  'POST /supervision-orders/:id/issueLetter': act('order', ...CENTRE),
  'GET /documents': scoped(BUSINESS),
  'GET /documents/:id/word': { who: 'signed-in', over: 'document', allowed: 200 },
  'GET /documents/:id/pdf': { who: 'signed-in', over: 'document', allowed: 200 },
  'POST /documents/:id/void': {
    who: BUSINESS,
    over: 'document',
    by: ['centre.head', 'director', ...ISSUERS],
    body: () => ({ reason: '写错' }),
    allowed: 409,
  },
  'GET /document-templates': list([...BUSINESS, ...SECURITY]),
  'GET /document-forms/:form/template': list([...BUSINESS, ...SECURITY]),
  'GET /document-templates/:id/file': { who: [...BUSINESS, ...SECURITY], over: 'template', allowed: 200 },
  'POST /document-templates': {
    who: [...CASE_CENTRE, ...SECURITY],
    upload: { form: 'execution-notice' },
    allowed: 422,
  },
  'POST /document-templates/:id/activate': {
    who: ['centre.head', ...SECURITY],
    over: 'template',
    body: () => ({}),
    allowed: 409,
  },
  'POST /document-templates/:id/retire': {
    who: ['centre.head', ...SECURITY],
    over: 'template',
    body: () => ({}),
    allowed: 409,
  },
  'GET /document-settings': list(BUSINESS),
  'PUT /document-settings': {
    who: ['centre.head'],
    body: () => ({ name: '联系电话', value: '0431' }),
    allowed: 200,
  },

  'POST /imports': { who: IMPORTERS, upload: { asOfOn: '2021-09-30', dryRun: 'true' }, allowed: 422 },
  'GET /imports': list(IMPORTERS),
  'GET /imports/:id': { who: IMPORTERS, over: 'import', allowed: 200 },
  'POST /imports/:id/start': run(),
  'POST /imports/:id/cancel': run(),
  'GET /warnings': scoped(BUSINESS),
  'GET /warning-counts': list(BUSINESS),
  // The planted one has been explained already, and has its order.
  'POST /warnings/:id/explain': {
    who: BUSINESS,
    over: 'warning',
    by: ['holder', ...TEAM, ...CASE_CENTRE],
    body: () => ({ reason: '试' }),
    allowed: 409,
  },
  'POST /warnings/orders': {
    who: CENTRE,
    over: 'clock',
    body: (at) => ({ warningIds: [at.warningId], requirement: '请办理' }),
    allowed: 409,
  },
  'GET /imports/:id/changes': { who: IMPORTERS, over: 'import', allowed: 200 },
  'GET /imports/:id/changes/export': { who: IMPORTERS, over: 'import', query: '?format=csv', allowed: 200 },
  'GET /backlog': scoped(BUSINESS),
  'GET /backlog/count': scoped(BUSINESS),
  'GET /backlog/export': { who: BUSINESS, query: '?format=csv', allowed: 200 },
  'POST /backlog/orders': {
    who: CENTRE,
    over: 'clock',
    body: (at) => ({ clockIds: [at.clockId], requirement: '请办理' }),
    allowed: 409,
  },

  'GET /task-orders': scoped(BUSINESS),
  'GET /task-orders/counts': scoped(BUSINESS),
  'GET /task-orders/count': scoped(BUSINESS),
  'GET /task-orders/export': { who: BUSINESS, query: '?format=csv', allowed: 200 },
  'POST /task-orders': { who: [...TEAM, 'centre.clerk'], body: () => ({}), allowed: 400 },
  'GET /task-orders/:id': { who: 'signed-in', over: 'task', allowed: 200 },
  'GET /task-orders/:id/attachments/:attachmentId': { who: 'signed-in', over: 'task', allowed: 200 },
  'POST /task-orders/:id/attachments': {
    who: 'signed-in',
    over: 'task',
    by: ['holder', 'centre.head'],
    upload: { document: 'papers' },
    allowed: 422,
  },
  'POST /task-orders/:id/take': task('holder'),
  'POST /task-orders/:id/finish': task('holder'),
  'POST /task-orders/:id/feedBack': task('holder'),
  'POST /task-orders/:id/sendBack': task('holder'),
  // The planted one was opened by nobody who could mend it.
  'POST /task-orders/:id/mend': task('centre.head'),
  'POST /task-orders/:id/redo': task('centre.head'),
  'POST /task-orders/:id/confirm': task('centre.head'),
  'POST /task-orders/:id/withdraw': task('centre.head'),

  'GET /supervision-orders': scoped(BUSINESS),
  'GET /supervision-orders/counts': scoped(BUSINESS),
  'GET /supervision-orders/count': scoped(BUSINESS),
  'GET /supervision-orders/export': { who: BUSINESS, query: '?format=csv', allowed: 200 },
  'POST /supervision-orders': { who: CENTRE, body: () => ({}), allowed: 400 },
  'GET /supervision-orders/:id': { who: 'signed-in', over: 'order', allowed: 200 },
  'GET /supervision-orders/:id/attachments/:attachmentId': { who: 'signed-in', over: 'order', allowed: 200 },
  'POST /supervision-orders/:id/attachments': {
    who: 'signed-in',
    over: 'order',
    by: [...RECEIVE, ...CENTRE],
    upload: { document: 'letter' },
    allowed: 422,
  },
  'POST /supervision-orders/:id/receive': act('order', ...RECEIVE),
  'POST /supervision-orders/:id/passOn': act('order', ...RECEIVE),
  'POST /supervision-orders/:id/answer': act('order', ...RECEIVE),
  'POST /supervision-orders/:id/sendBack': act('order', ...CENTRE),
  'POST /supervision-orders/:id/complete': act('order', ...CENTRE),
  'POST /supervision-orders/:id/extend': act('order', ...CENTRE),
  'POST /supervision-orders/:id/revoke': act('order', ...CENTRE),
  'POST /supervision-orders/:id/redirect': act('order', ...CENTRE),
}
