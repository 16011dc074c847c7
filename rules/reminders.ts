// When a warning comes before a limit: settings of the court [C], by the length of the limit (law.md 2, 黄灯).

export interface Reminder {
  label: string
  fits: (rule: { n: number; unit: string; rolls: boolean }) => boolean
  daysBefore: readonly number[]
}

/** Minutes after midnight, Asia/Shanghai, at which a clock speaks before its limit has passed: 08:30. */
export const REMINDER_MINUTE = 8 * 60 + 30

/** The first that fits counts. */
export const REMINDERS: readonly Reminder[] = [
  // 查封、扣押、冻结 and 参考价: a renewal takes its time, and what has ended can't be renewed.
  {
    label: '一年以上、届满即失效的期限',
    fits: (rule) => rule.unit === 'month' && rule.n >= 12 && !rule.rolls,
    daysBefore: [60, 30, 15, 7],
  },
  { label: '按月计算的期限', fits: (rule) => rule.unit === 'month', daysBefore: [30, 15, 7] },
  { label: '三日以内的期限', fits: (rule) => rule.n <= 3, daysBefore: [1] },
  { label: '十日以内的期限', fits: (rule) => rule.n <= 10, daysBefore: [2] },
  { label: '更长的期限', fits: () => true, daysBefore: [7] },
]
