/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source */
import { DEFECTS_OF_ACTS } from './defects-of-acts.ts'
import { DEFECTS_OF_ASSIGNMENT } from './defects-of-assignment.ts'
import { DEFECTS_OF_BULK } from './defects-of-bulk.ts'
import { DEFECTS_OF_FILING } from './defects-of-filing.ts'
import { DEFECTS_OF_RELATIONS } from './defects-of-relations.ts'

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

export const DEFECTS: readonly Defect[] = [
  {
    name: 'a date before every version of a rule is taken for its start',
    file: 'src/kernel/matter/state-clocks.ts',
    find: 'if (isEntered && !findRule(law.rules, ruleId, startOn)) throw tooEarly(isEntered, spec.label)',
    put: '',
    tests: ['src/cases/asset-clue/asset-clue.test.ts'],
  },
  {
    name: 'a route without a body takes one that is no object',
    file: 'src/kernel/http/answer.ts',
    find: "if (!NOTHING.safeParse(value).success) throw problem('request.malformed')",
    put: "if (value === null || Object.keys(Object(value)).length > 0) throw problem('request.malformed')",
    tests: ['src/kernel/lists/saved-view-routes.test.ts'],
  },
  {
    name: 'who asks is believed to be who he was, whatever has changed',
    file: 'src/kernel/http/answer.ts',
    find: 'if (stands?.stand !== known.stand ||',
    put: 'if (!stands ||',
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
    name: 'a seizure does not end while the case is 中止',
    file: 'src/cases/node-watch/case-clocks.ts',
    find: '(clock ? clock === rule.label : !node.heedsNoSuspension)',
    put: '(!clock || clock === rule.label)',
    tests: ['src/cases/node-watch/suspended-case.test.ts'],
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
  ...DEFECTS_OF_ACTS,
  ...DEFECTS_OF_ASSIGNMENT,
  ...DEFECTS_OF_BULK,
  ...DEFECTS_OF_FILING,
  ...DEFECTS_OF_RELATIONS,
]
