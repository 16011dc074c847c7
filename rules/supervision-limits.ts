import type { Rule } from '#kernel/clock-rule/rule.ts'

// Limits of a supervision order (第十七条、第三十六条第一项). No law or rule names days: all are the court's settings
// (domain/law.md §10.1). An order may name its own day, which then counts.

const setting = {
  version: 1, unit: 'working-day', rolls: true, source: '本院设置', mark: 'C', internal: false,
  validFrom: '1990-01-01', validTo: null, startNote: null,
} as const

export const SUPERVISION_LIMITS: readonly Rule[] = [
  {
    ...setting, id: 'supervision.receive', label: '签收', n: 1,
    note: '最高人民法院督办要求立即转发（本院掌握为两小时内）；期限以日计，两小时不能在此表示',
  },
  { ...setting, id: 'supervision.answer', label: '回复', n: 5, note: '本院及中级人民法院督办，未另定期限的' },
  { ...setting, id: 'supervision.answer.high', label: '回复', n: 3, note: '高级人民法院督办，未另定期限的' },
  {
    ...setting, id: 'supervision.answer.supreme', label: '回复', n: 1,
    note: '最高人民法院督办，未另定期限的；第十七条要求立即转发、即时完成',
  },
  { ...setting, id: 'supervision.review', label: '审核回复', n: 3, note: '发起方对回复的审核' },
]
