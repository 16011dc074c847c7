// 失信被执行人名单: what may be decided about whom. Marks as for limits.

export const DISHONESTY = {
  /** 有履行能力而拒不履行: the one ground whose listing has no term. */
  untermed: '有履行能力而拒不履行生效法律文书确定义务',
  /** Two years, and one to three more. */
  terms: ['二年', '三年', '四年', '五年'],
  termSource: '失信规定第二条',
  termMark: 'V',
  /** Whoever is younger on the day is never listed. */
  leastAgeYears: 18,
  ageSource: '失信规定第四条',
  ageMark: 'V',
} as const
