// When a clock speaks before its limit passes. The law names no such days: these are the court's settings (C), of
// domain/law.md §2; the limit's last day and the day after it follow from the limit itself.

export interface RungSetting {
  /** The unit of the limits meant; working days go by the rows of days. */
  unit: 'day' | 'month'
  /** Limits of up to so many units; null: of any length. The first row that fits counts. */
  upTo: number | null
  /** Calendar days before the last day on which a reminder is given. */
  remindDaysBefore: readonly number[]
}

/** Minutes after midnight, Asia/Shanghai, at which reminders are given: 08:30. */
export const RUNG_MINUTE = 8 * 60 + 30

export const RUNG_SETTINGS: readonly RungSetting[] = [
  { unit: 'day', upTo: 3, remindDaysBefore: [1] },
  { unit: 'day', upTo: 10, remindDaysBefore: [2] },
  { unit: 'day', upTo: null, remindDaysBefore: [7] },
  { unit: 'month', upTo: null, remindDaysBefore: [30, 15, 7] },
]
