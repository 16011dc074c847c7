// Mutants that no test notices, and why that is right: as `npm run mutate` prints them, `original → replacement`.

export interface Survivor {
  file: string
  mutant: string
  why: string
}

const NULL_IS_LESS = 'null compared with a day is false in either direction; the check is there for the types'

export const SURVIVORS: readonly Survivor[] = [
  { file: 'clock-rule/due.ts', mutant: 'one.toOn !== null → true', why: NULL_IS_LESS },
  { file: 'clock-rule/due.ts', mutant: 'last.toOn !== null → true', why: NULL_IS_LESS },
  {
    file: 'clock-rule/due.ts',
    mutant: 'b === null → false',
    why: `${NULL_IS_LESS}: then b, which is null, is returned`,
  },
  { file: 'clock-rule/due.ts', mutant: 'a > b → a >= b', why: 'of two equal days either is the later' },
  {
    file: 'clock-rule/rungs.ts',
    mutant:
      'REMINDERS.find((reminder) => reminder.fits(rule))?.daysBefore → ' +
      'REMINDERS.find(reminder => reminder.fits(rule)).daysBefore',
    why: 'the last reminder fits every rule; the question mark is there for the types',
  },
]
