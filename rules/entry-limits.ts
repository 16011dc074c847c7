import type { Rule } from '#kernel/clock-rule/rule.ts'

// 信息录入的监管（第十七条）: how soon a fact must be entered is the court's own setting, dated like every limit. A change
// is a new version with its own first day.

export const ENTRY_LIMITS: readonly Rule[] = [
  {
    id: 'entry.late',
    version: 1,
    label: '节点信息录入',
    n: 3,
    unit: 'working-day',
    rolls: true,
    source: '本院设置',
    mark: 'C',
    internal: false,
    validFrom: '1990-01-01',
    validTo: null,
    note: '自事实发生之日起算；超过即提示录入迟延',
    startNote: null,
  },
  {
    id: 'termination.earliest',
    version: 1,
    label: '终本最短期',
    n: 3,
    unit: 'month',
    rolls: false,
    source: '终本规定第一条第四项',
    mark: 'V',
    internal: false,
    validFrom: '1990-01-01',
    validTo: null,
    note: '自立案之日起已超过三个月，方可终结本次执行程序',
    startNote: null,
  },
]
