/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source */
// Defects that a hurried hand could make, each with the tests that must notice. `find` stands exactly once in its file.

export interface Defect {
  name: string
  file: string
  find: string
  put: string
  /** Test files, or folders of them, that must fail. */
  tests: readonly string[]
}

const NODE_WATCH = 'src/cases/node-watch/node-watch.test.ts'
const SUPERVISION = 'src/general/supervision/supervision-order.test.ts'
const KIND = 'test/delegated-matter.test.ts'

export const DEFECTS: readonly Defect[] = [
  {
    name: 'who asks is believed to be who he was, whatever has changed',
    file: 'src/kernel/http/answer.ts',
    find: 'if (stands?.stand !== known.stand) {',
    put: 'if (!stands) {',
    tests: ['src/kernel/organisation/actor-memory.test.ts'],
  },
  {
    name: 'a case that leaves a state still counts in it',
    file: 'migrations/0031-state-count.sql',
    find: 'perform public.add_to_state_count(old.court_id, tg_argv[0], old.state, -1);',
    put: '',
    tests: ['src/kernel/matter/counts.test.ts'],
  },
  {
    name: 'a limit is overdue on its last day',
    file: 'src/kernel/clock-rule/due.ts',
    find: "asOfOn <= dueOn ? 'running'",
    put: "asOfOn < dueOn ? 'running'",
    tests: ['src/kernel/clock-rule/due.test.ts'],
  },
  {
    name: 'what is done on the last day counts as late',
    file: 'src/kernel/clock-rule/due.ts',
    find: "doneOn <= dueOn ? 'met'",
    put: "doneOn < dueOn ? 'met'",
    tests: ['src/kernel/clock-rule/due.test.ts'],
  },
  {
    name: 'weekends that are worked count as off',
    file: 'src/kernel/calendar/calendar.ts',
    find: "if (day?.kind === 'work') return null",
    put: '',
    tests: ['src/kernel/calendar/calendar.test.ts'],
  },
  {
    name: 'a fact dated later than the day asked about exists already',
    file: 'src/cases/node-watch/case-clocks.ts',
    find: 'filter(([, on]) => on <= asOfOn)',
    put: "filter(([, on]) => on !== '')",
    tests: ['src/cases/node-watch/case-clocks.test.ts'],
  },
  {
    name: 'a rung fires again after a restart',
    file: 'src/kernel/clock-rule/worker.ts',
    find: 'filter((rung) => !fired.has(rung.name))',
    put: 'filter((rung) => rung.name !== "")',
    tests: [NODE_WATCH, SUPERVISION],
  },
  {
    name: 'arrears of an import raise orders by themselves',
    file: 'src/cases/node-watch/case-clock-store.ts',
    find: "const inArrears = arrived !== undefined && stands && clock.state === 'overdue'",
    put: "const inArrears = arrived !== undefined && stands && clock.state === 'met'",
    tests: [NODE_WATCH],
  },
  {
    name: 'an act does not look at the state it starts from',
    file: 'src/kernel/matter/act.ts',
    find: 'if (!action.from.includes(thing.state)) {',
    put: 'if (!action.from.includes(thing.state) && action.from.length === 0) {',
    tests: [KIND],
  },
  {
    name: 'an act does not ask who acts',
    file: 'src/kernel/matter/act.ts',
    find: "if (!mayAct(session.actor, whosOf(action.by), thing)) throw problem('access.denied')",
    put: '',
    tests: [KIND],
  },
  {
    name: 'an old page may act on a newer thing',
    file: 'src/kernel/matter/act.ts',
    find: "if (request.version !== undefined && request.version !== thing.version) throw problem('thing.stale')",
    put: '',
    tests: [KIND],
  },
  {
    name: 'papers that are missing do not stop an act',
    file: 'src/kernel/matter/act.ts',
    find: 'if (missing.length > 0)',
    put: 'if (missing.length > 99)',
    tests: [KIND],
  },
  {
    name: 'the log is not written',
    file: 'src/kernel/matter/act.ts',
    find: '  await appendLog(\n    acting.tx,',
    put: '  if (acting.before === null)\n  await appendLog(\n    acting.tx,',
    tests: [KIND],
  },
  {
    name: 'the proposer approves by another account of his',
    file: 'src/kernel/matter/decide.ts',
    find: 'if (asked.proposer_natural_id === actor.naturalId)',
    put: 'if (asked.proposer_id === actor.personId)',
    tests: ['test/http/four-eyes.test.ts'],
  },
  {
    name: 'an approval outlives a change of what it approved',
    file: 'src/kernel/matter/act.ts',
    find: '    voidPending(session, thing),\n',
    put: '',
    tests: ['test/http/four-eyes.test.ts'],
  },
  {
    name: 'a key may be used again for another request',
    file: 'src/kernel/http/idempotency.ts',
    find: "if (!row.fingerprint.equals(claim.fingerprint)) throw problem('request.key-reused')",
    put: '',
    tests: ['test/http/idempotency.test.ts'],
  },
  {
    name: 'a key is forgotten after a day',
    file: 'src/kernel/housekeeping/old-keys.ts',
    find: 'KEYS_KEPT_DAYS * DAY_MS',
    put: 'Math.min(KEYS_KEPT_DAYS, 1) * DAY_MS',
    tests: ['test/http/idempotency.test.ts'],
  },
  {
    name: 'a file is kept for a thing that its sender may not see',
    file: 'src/kernel/http/answer.ts',
    find: 'await one.admit?.({ ...session, params })',
    put: '',
    tests: ['src/kernel/housekeeping/housekeeping.test.ts'],
  },
  {
    name: 'the clockwork takes a clock before its thing',
    file: 'src/kernel/clock-rule/worker.ts',
    find: 'if (!(await lockThingOf(services, tx, due))) return false',
    put: '',
    tests: ['src/kernel/clock-rule/worker.test.ts'],
  },
  {
    name: 'a stopped account goes on with its session',
    file: 'src/kernel/organisation/sessions.ts',
    find: "and a.state = 'active'\n    join person",
    put: '\n    join person',
    tests: [
      'src/kernel/organisation/people.test.ts',
      'src/kernel/organisation/sign-in.test.ts',
      'test/access/matrix.test.ts',
    ],
  },
  {
    name: 'the court of a list is not looked at',
    file: 'src/kernel/organisation/courts.ts',
    find: "if (!court || !actor.courtIds.includes(court.id)) throw problem('thing.not-found')",
    put: "if (!court) throw problem('thing.not-found')",
    tests: ['test/access/matrix.test.ts'],
  },
  {
    name: 'a role of another court counts at home',
    file: 'src/kernel/authorisation/may.ts',
    find: '  if (court !== actor.courtId) return false\n',
    put: '',
    tests: ['test/access/matrix.test.ts'],
  },
  {
    name: 'a file that is not what its name says is kept',
    file: 'src/kernel/attachments/media-type.ts',
    find: "throw problem('attachment.type', { name })",
    put: "return 'application/octet-stream'",
    tests: ['test/http', 'src/kernel/attachments'],
  },
  {
    name: 'certificates are shown whole',
    file: 'src/cases/case/certificate.ts',
    find: "return number.slice(0, 6) + '*'.repeat(number.length - 10) + number.slice(-4)",
    put: 'return number',
    tests: ['src/cases/case/certificate.test.ts'],
  },
  {
    name: 'a check digit is not checked',
    file: 'src/cases/case/certificate.ts',
    find: "return { type: '居民身份证', number, valid: identityHolds(number) }",
    put: "return { type: '居民身份证', number, valid: true }",
    tests: ['src/cases/case/certificate.test.ts'],
  },
  {
    name: 'a date corrected by hand falls to the next export',
    file: 'src/cases/import/import-writing.ts',
    find: "k.source = 'import' and",
    put: '',
    tests: ['src/cases/import/import-run.test.ts'],
  },
  {
    name: 'the audit chain leaves a column out',
    file: 'src/kernel/audit/chain.ts',
    find: '    entry.summary,\n',
    put: '',
    tests: ['src/kernel/audit'],
  },
  {
    name: 'an order below gets more time than is left',
    file: 'src/general/supervision/hops.ts',
    find: 'limit > latest && latest >= acting.on)',
    put: "limit > latest && latest === '')",
    tests: [SUPERVISION],
  },
  {
    name: 'a formula leaves in an export',
    file: 'src/kernel/export/table-file.ts',
    find: "? `'${text}` : text",
    put: '? text : text',
    tests: ['src/cases/case/case-export.test.ts'],
  },
]
