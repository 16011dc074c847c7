import type { FactName } from '#cases/case/fact-names.ts'
import { type ClockedCase, clocksOfCase } from '#cases/node-watch/case-clocks.ts'
import { makeCalendar } from '#kernel/calendar/calendar.ts'
import { HOLIDAY_NOTICES, seedDays } from '#kernel/calendar/seed.ts'
import { RULES } from '#rules/rules.ts'

// A case with the facts of a test, and what its clocks say on a day.

export const law = {
  rules: RULES,
  calendar: makeCalendar({ days: seedDays(), years: HOLIDAY_NOTICES.map(({ year }) => year) }),
}

/** A case of first enforcement, filed on Monday 1 March 2021; its term ends on Wednesday 1 September. */
export function aCase(facts: Partial<Record<FactName, string>>, changes: Partial<ClockedCase> = {}): ClockedCase {
  return {
    kind: '首次执行',
    cause: '买卖合同纠纷',
    state: 'handling',
    facts: new Map(Object.entries({ filed: '2021-03-01', ...facts }) as [FactName, string][]),
    suspensions: [],
    extensions: [],
    toCorrect: [],
    byHand: false,
    ...changes,
  }
}

/** '执行通知书 2021-03-11 running', the done date between where there is one. */
export function told(one: ClockedCase, asOfOn: string): string[] {
  return clocksOfCase(one, law, asOfOn).map(({ name, due, doneOn, state }) =>
    [name, due.dueOn ?? '—', ...(doneOn ? [doneOn] : []), state].join(' '),
  )
}
