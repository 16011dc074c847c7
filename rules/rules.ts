import type { Rule } from '#kernel/clock-rule/rule.ts'
import { APPROVAL_LIMITS } from './approval-limits.ts'
import { ENTRY_LIMITS } from './entry-limits.ts'
import { FILING_LIMITS } from './filing-limits.ts'
import { MATTER_LIMITS } from './matter-limits.ts'
import { NODE_LIMITS } from './node-limits.ts'
import { SPECIAL_PARTY_LIMITS } from './special-party-limits.ts'

/** Every limit, one file for each topic. A version once published is never changed: a change is a new version. */
export const RULES: readonly Rule[] = [
  ...NODE_LIMITS,
  ...MATTER_LIMITS,
  ...APPROVAL_LIMITS,
  ...FILING_LIMITS,
  ...ENTRY_LIMITS,
  ...SPECIAL_PARTY_LIMITS,
]
