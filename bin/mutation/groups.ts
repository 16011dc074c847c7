// What is mutated, and the tests that must notice it, in stages: the quick ones first, the others only where those
// noticed nothing.

export interface Group {
  folder: string
  files: readonly string[]
  stages: readonly (readonly string[])[]
  /** Whether the tests need a database. */
  isStored: boolean
}

const CLOCKS = 'src/kernel/clock-rule'
const ACCESS = 'src/kernel/authorisation'
const AUDIT = 'src/kernel/audit'

/** Files of a folder, and stages of tests in it, by their names alone. */
function group(folder: string, names: string, stages: readonly string[], { isStored = false } = {}): Group {
  const pathsOf = (list: string, end: string) => list.split(' ').map((name) => `${folder}/${name}${end}`)
  return { folder, files: pathsOf(names, '.ts'), stages: stages.map((stage) => pathsOf(stage, '.test.ts')), isStored }
}

const STORED = { isStored: true }

export const GROUPS: readonly Group[] = [
  group(CLOCKS, 'due', ['due suspension', 'due-properties']),
  group(CLOCKS, 'rule', ['rule']),
  group(CLOCKS, 'rungs', ['rungs']),
  group(CLOCKS, 'wire', ['wire']),
  group(CLOCKS, 'store views', ['clock-store clock-recount'], STORED),
  group(CLOCKS, 'worker', ['worker', 'worker-sleep'], STORED),
  group(CLOCKS, 'rule-store rule-routes', ['law-keeper', 'rule-store'], STORED),
  group('src/kernel/calendar', 'calendar', ['calendar']),
  group(ACCESS, 'roles', ['roles']),
  group(ACCESS, 'may', ['may']),
  group(AUDIT, 'chain', ['chain']),
  group(AUDIT, 'checkpoint checkpoint-signature checkpoint-signer', ['checkpoint-lines']),
  group(AUDIT, 'verbs own-acts', ['verbs']),
  group(AUDIT, 'verify', ['verify-chain', 'record-store'], STORED),
  group(AUDIT, 'verify-courts audit', ['record-store'], STORED),
  group(AUDIT, 'audit-routes', ['audit-routes'], STORED),
  group(AUDIT, 'checkpoint-keeper', ['checkpoint-keeper'], STORED),
]
