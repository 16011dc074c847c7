import type { Rule } from '#kernel/clock-rule/rule.ts'

/** Limits of the filing check (第十条). No law names days: a setting of the court. */
export const FILING_LIMITS: readonly Rule[] = [
  {
    id: 'filing.mend',
    version: 1,
    label: '立案信息补正',
    n: 3,
    unit: 'working-day',
    rolls: true,
    source: '本院设置',
    mark: 'C',
    internal: false,
    validFrom: '1990-01-01',
    validTo: null,
    note: '退回立案部门补正的期限',
    startNote: null,
  },
]
