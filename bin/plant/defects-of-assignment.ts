import type { Defect } from './defects.ts'

// Defects in 分案, in what judges have in hand, and in task orders.

const DRAW = 'src/cases/assignment/draw.test.ts'
const ASSIGNMENT = 'src/cases/assignment/assignment.test.ts'
const LOAD = 'src/cases/assignment/open-load.test.ts'

export const DEFECTS_OF_ASSIGNMENT: readonly Defect[] = [
  {
    name: 'a judge with a conflict takes part in the draw',
    file: 'src/cases/assignment/eligibility.ts',
    find: '...conflictsOf(judge, claim),',
    put: '',
    tests: [DRAW],
  },
  {
    name: 'the lot decides among all who may, whatever they have in hand',
    file: 'src/cases/assignment/draw.ts',
    find: 'eligible.filter((id) => loads[id] === lowest)',
    put: 'eligible.filter((id) => loads[id] !== undefined || lowest > 0)',
    tests: [DRAW],
  },
  {
    name: 'the order in which judges come decides',
    file: 'src/cases/assignment/draw.ts',
    find: 'candidates: candidates.toSorted((one, other) => (one.id < other.id ? -1 : 1))',
    put: 'candidates',
    tests: [DRAW],
  },
  {
    name: 'a judge who is named for a case need not recuse himself',
    file: 'src/cases/assignment/case-assignment.ts',
    find: "if (conflicts.length > 0) throw problem('assignment.conflict'",
    put: "if (conflicts.length > 9) throw problem('assignment.conflict'",
    tests: [ASSIGNMENT],
  },
  {
    name: 'two draws of a court do not wait for each other',
    file: 'src/cases/assignment/case-assignment.ts',
    find: 'await tx.run(sql`select pg_advisory_xact_lock(',
    put: 'await tx.run(sql`select (',
    tests: [ASSIGNMENT],
  },
  {
    name: 'a case that leaves a judge stays in his load',
    file: 'migrations/0071-open-load.sql',
    find: 'perform public.add_to_open_load(old.court_id, old.holder_team_id, old.holder_id, old.case_kind, -1);',
    put: '',
    tests: [LOAD],
  },
  {
    name: 'a task goes to any team',
    file: 'src/cases/task-order/handover.ts',
    find: "if (team.kind !== 'centralized-affairs')",
    put: "if (team.kind === '')",
    tests: ['src/cases/task-order/task-order.test.ts'],
  },
]
