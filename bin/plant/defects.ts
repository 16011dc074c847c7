/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source */
// Defects that a hurried hand could make, each with the tests that must notice. `find` stands exactly once in its file,
// however its lines are broken; anchors.test.ts, a part of `npm run check`, says which one has lost its place.

export interface Defect {
  name: string
  file: string
  find: string
  put: string
  /** Test files of which one must fail. */
  tests: readonly string[]
}

const NODE_WATCH = 'src/cases/node-watch/node-watch.test.ts'
const SUPERVISION = 'src/general/supervision/supervision-order.test.ts'
const KIND = 'test/delegated-matter.test.ts'

export const DEFECTS: readonly Defect[] = [
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
    find: "const inArrears = imported && stands && clock.state === 'overdue'",
    put: "const inArrears = imported && stands && clock.state === 'met'",
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
    name: 'a stopped account goes on with its session',
    file: 'src/kernel/organisation/sessions.ts',
    find: "and a.state = 'active'\n    join person",
    put: '\n    join person',
    tests: ['src/kernel/organisation/people.test.ts', 'src/kernel/organisation/sign-in.test.ts'],
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
    tests: ['src/kernel/authorisation/may.test.ts'],
  },
  {
    name: 'a file that is not what its name says is kept',
    file: 'src/kernel/attachments/media-type.ts',
    find: "throw problem('attachment.type', { name })",
    put: "return 'application/octet-stream'",
    tests: ['src/kernel/attachments/media-type.test.ts'],
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
    tests: ['src/kernel/audit/chain.test.ts'],
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
  {
    name: 'one court filter of a list is dropped',
    file: 'src/cases/case/case-list.ts',
    find: 'sql`court_id = ${courts[0]}`',
    put: 'sql`true`',
    tests: ['test/access/matrix.test.ts'],
  },
  {
    name: 'a rung speaks only after its instant',
    file: 'src/kernel/clock-rule/rungs.ts',
    find: 'at.getTime() <= now.getTime()',
    put: 'at.getTime() < now.getTime()',
    tests: ['src/kernel/clock-rule/rungs.test.ts'],
  },
  {
    name: 'a suspension that ends today still holds',
    file: 'src/kernel/clock-rule/due.ts',
    find: 'one.toOn <= asOfOn',
    put: 'one.toOn < asOfOn',
    tests: ['src/kernel/clock-rule/due.test.ts'],
  },
  {
    name: 'an export leaves no record',
    file: 'src/cases/case/case-export.ts',
    find: 'call.audit.push({',
    put: 'void ({',
    tests: ['src/cases/case/case-export.test.ts'],
  },
  {
    name: 'a repeated key acts again',
    file: 'src/kernel/http/idempotency.ts',
    find: 'if (taken === 1) return null',
    put: 'if (taken >= 0) return null',
    tests: ['test/http/idempotency.test.ts'],
  },
  {
    name: 'the answer is not kept under its key',
    file: 'src/kernel/http/idempotency.ts',
    find: 'set status = ${stored.status},',
    put: 'set status = null,',
    tests: ['test/http/idempotency.test.ts'],
  },
  {
    name: 'a table has no policy',
    file: 'migrations/0005-row-security.sql',
    find: "'case_fact', 'import_run',",
    put: "'import_run',",
    tests: ['test/access/row-security.test.ts'],
  },
  {
    name: 'a rung fires twice',
    file: 'src/kernel/clock-rule/worker.ts',
    find: 'await handle({ session, clock: clockOf(row), rung: last.name })',
    put: 'for (const _ of [1, 2]) await handle({ session, clock: clockOf(row), rung: last.name })',
    tests: [NODE_WATCH, SUPERVISION],
  },
  {
    name: 'a certificate leaves the page of a case unmasked',
    file: 'src/cases/case/case-page.ts',
    find: 'masked: maskCertificate(one.number)',
    put: 'masked: maskCertificate("") + one.number',
    tests: ['src/cases/case/unmasking.test.ts', 'test/http/audit.test.ts'],
  },
  {
    name: 'nobody asks whether the proposer approves',
    file: 'src/kernel/matter/decide.ts',
    find: 'if (asked.proposer_natural_id === actor.naturalId) await refuseOwnHand(',
    put: 'if (asked.action === "") await refuseOwnHand(',
    tests: ['test/http/four-eyes.test.ts'],
  },
  {
    name: 'the pool logs in as the owner',
    file: 'src/app.ts',
    find: 'openDatabase(url,',
    put: 'openDatabase(options.url,',
    tests: ['test/access/pool-login.test.ts'],
  },
  {
    name: 'the verifier stops after its first batch',
    file: 'src/kernel/audit/verify.ts',
    find: 'if (rows.length < BATCH) break',
    put: 'if (rows.length <= BATCH) break',
    tests: ['src/kernel/audit/verify-chain.test.ts'],
  },
]
