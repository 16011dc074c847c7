import type { Rule } from '#kernel/clock-rule/rule.ts'

// Limits of a delegated matter (第二十一条、第三十六条第二项). The national rule's days could not be had: settings of
// the court (domain/law.md §9).

const setting = {
  version: 1, unit: 'working-day', rolls: true, source: '本院设置', mark: 'C', internal: false,
  validFrom: '1990-01-01', validTo: null, startNote: null, note: null,
} as const

export const DELEGATED_LIMITS: readonly Rule[] = [
  { ...setting, id: 'delegated.check', label: '初审', n: 1 },
  { ...setting, id: 'delegated.mend', label: '补正', n: 3 },
  { ...setting, id: 'delegated.reply', label: '催办', n: 10, note: '对方法院办理的期限，届满应催办' },
  { ...setting, id: 'delegated.handle', label: '办理', n: 10 },
]
