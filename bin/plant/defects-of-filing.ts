/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source */
import type { Defect } from './defects.ts'

// Defects in the filing check and in triage.

const CHECK = 'src/cases/filing-check/filing-check.test.ts'
const TRIAGE = 'src/cases/triage/triage.test.ts'

export const DEFECTS_OF_FILING: readonly Defect[] = [
  {
    name: 'a case is received with what must be mended first',
    file: 'src/cases/filing-check/filing-acts.ts',
    find: 'if (blocking.length > 0)',
    put: 'if (blocking.length > 99)',
    tests: [CHECK],
  },
  {
    name: 'a check that was withdrawn counts as none',
    file: 'src/cases/filing-check/filing-acts.ts',
    find: "not coalesce(bool_or(state = 'received'), false)",
    put: "not coalesce(bool_or(state in ('received', 'withdrawn')), false)",
    tests: [CHECK],
  },
  {
    name: 'limitation is a reason to return a case',
    file: 'src/cases/filing-check/findings.ts',
    find: 'isReason: explanation === null && !ONLY_TOLD.includes(id)',
    put: 'isReason: explanation === null',
    tests: [CHECK],
  },
  {
    name: 'two who ask at once open two checks for one case',
    file: 'src/kernel/matter/table.ts',
    find: 'create unique index "${kind.table}_single"',
    put: 'create index "${kind.table}_single"',
    tests: [CHECK],
  },
  {
    name: 'of two filings on one basis the earlier one is the duplicate',
    file: 'src/cases/warnings/duplicate-filing.ts',
    find: '(other.serial as number) < (row.serial as number)',
    put: '(other.serial as number) > (row.serial as number)',
    tests: [CHECK],
  },
  {
    name: 'the time of the filing division counts as the centre’s',
    file: 'src/cases/filing-check/side-times.ts',
    find: "returned: 'filing'",
    put: "returned: 'centre'",
    tests: [CHECK, 'src/cases/filing-check/side-times.test.ts'],
  },
  {
    name: 'what can’t be carried out is put before the approver',
    file: 'src/kernel/matter/act.ts',
    find: 'await action.check?.(session, thing, answers)',
    put: '',
    tests: [TRIAGE],
  },
  {
    name: 'one reason for special is not enough',
    file: 'src/cases/triage/triage-rules.ts',
    find: 'if (special.length > 0)',
    put: 'if (special.length > 1)',
    tests: ['src/cases/triage/triage-rules.test.ts'],
  },
  {
    name: 'a case is filed before any limit is known',
    file: 'src/cases/case/case-opening.ts',
    find: 'if (body.filedOn < EARLIEST_ON)',
    put: 'if (false)',
    tests: ['src/cases/case/case-opening.test.ts'],
  },
  {
    name: 'a void document is still a paper of the file',
    file: 'src/cases/warnings/watched-case.ts',
    find: ' and voided_at is null`),',
    put: '`),',
    tests: ['src/cases/warnings/paper-follow.test.ts'],
  },
  {
    name: 'what is issued leaves its warning standing',
    file: 'src/cases/warnings/paper-follow.ts',
    find: 'return missed !== undefined',
    put: 'return false',
    tests: ['src/cases/warnings/paper-follow.test.ts'],
  },
]
