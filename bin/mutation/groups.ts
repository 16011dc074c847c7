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

export const GROUPS: readonly Group[] = [
  {
    folder: CLOCKS,
    files: [`${CLOCKS}/due.ts`, `${CLOCKS}/rule.ts`, `${CLOCKS}/rungs.ts`],
    pure: [
      `${CLOCKS}/due.test.ts`,
      `${CLOCKS}/rule.test.ts`,
      `${CLOCKS}/rungs.test.ts`,
      `${CLOCKS}/due-properties.test.ts`,
    ],
    stored: [],
  },
  {
    folder: CALENDAR,
    files: [`${CALENDAR}/calendar.ts`],
    pure: [`${CALENDAR}/calendar.test.ts`],
    stored: [],
  },
]
