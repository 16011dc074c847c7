// What is mutated, and the tests that must notice it: those that need nothing but the code first, for they are quick.

export interface Group {
  folder: string
  files: readonly string[]
  pure: readonly string[]
  /** On a database; run only where the pure ones noticed nothing. */
  stored: readonly string[]
}

const CLOCKS = 'src/kernel/clock-rule'
const ACCESS = 'src/kernel/authorisation'
const AUDIT = 'src/kernel/audit'
const CALENDAR = 'src/kernel/calendar'

const inFolder = (folder: string, names: readonly string[]) => names.map((name) => `${folder}/${name}.ts`)

export const GROUPS: readonly Group[] = [
  {
    folder: CLOCKS,
    files: inFolder(CLOCKS, ['due', 'rule', 'rungs']),
    pure: inFolder(CLOCKS, ['due.test', 'suspension.test', 'rule.test', 'rungs.test', 'due-properties.test']),
    stored: [],
  },
  {
    folder: CLOCKS,
    files: inFolder(CLOCKS, ['wire']),
    pure: inFolder(CLOCKS, ['wire.test']),
    stored: [],
  },
  {
    folder: CLOCKS,
    files: inFolder(CLOCKS, ['store', 'views']),
    pure: [],
    stored: inFolder(CLOCKS, ['clock-store.test']),
  },
  {
    folder: CLOCKS,
    files: inFolder(CLOCKS, ['worker']),
    pure: [],
    stored: inFolder(CLOCKS, ['worker.test']),
  },
  {
    folder: CLOCKS,
    files: inFolder(CLOCKS, ['rule-store', 'rule-routes']),
    pure: [],
    stored: inFolder(CLOCKS, ['rule-store.test']),
  },
  {
    folder: CALENDAR,
    files: inFolder(CALENDAR, ['calendar']),
    pure: inFolder(CALENDAR, ['calendar.test']),
    stored: [],
  },
  {
    folder: ACCESS,
    files: inFolder(ACCESS, ['roles', 'may']),
    pure: inFolder(ACCESS, ['roles.test', 'may.test']),
    stored: [],
  },
  {
    folder: AUDIT,
    files: inFolder(AUDIT, ['chain', 'checkpoint', 'checkpoint-signature', 'checkpoint-signer', 'own-acts', 'verbs']),
    pure: inFolder(AUDIT, ['chain.test', 'checkpoint-lines.test', 'verbs.test']),
    stored: [],
  },
  {
    folder: AUDIT,
    files: inFolder(AUDIT, ['verify', 'verify-courts']),
    pure: inFolder(AUDIT, ['verify-chain.test']),
    stored: inFolder(AUDIT, ['verify.test', 'checkpoint.test']),
  },
  {
    folder: AUDIT,
    files: inFolder(AUDIT, ['audit', 'audit-routes']),
    pure: [],
    stored: inFolder(AUDIT, ['audit.test', 'verify.test']),
  },
  {
    folder: AUDIT,
    files: inFolder(AUDIT, ['checkpoint-keeper']),
    pure: [],
    stored: inFolder(AUDIT, ['checkpoint.test']),
  },
]
