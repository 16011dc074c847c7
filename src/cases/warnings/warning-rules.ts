import { COURSE_RULES } from './course-rules.ts'
import { ENTRY_RULES } from './entry-rules.ts'
import { FILING_RULES } from './filing-rules.ts'
import type { WarningRule } from './warning-rule.ts'

// 预警规则（第十七条）: for each what it looks for, by which law (V, M) or setting of the court (C), and what to do next. A
// condition sees one case and nothing else.

/** Every rule; a rule that is taken out closes its warnings when their cases change next. */
export const WARNING_RULES: readonly WarningRule[] = [...ENTRY_RULES, ...FILING_RULES, ...COURSE_RULES]

/** What the filing check asks (第十条): the rules of information that a filing must meet, and its own. */
export const FILING_RULE_IDS: readonly string[] = [
  ...['debtor', 'debtor-certificate', 'basis', 'amount'],
  ...FILING_RULES.map(({ id }) => id),
]

const BY_ID = new Map(WARNING_RULES.map((one) => [one.id, one]))

/** The rule of a stored warning; undefined for one that has been taken out since. */
export function warningRule(id: string): WarningRule | undefined {
  return BY_ID.get(id)
}
