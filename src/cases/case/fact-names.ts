// What can happen in a case and be dated: one name each, for the import, the record and the clocks alike.

export const FACT_NAMES = [
  'filed',
  'notice-sent',
  'disclosure-ordered',
  'inquiry-started',
  'offline-inquiry',
  'creditor-interviewed',
  'consumption-limited',
  'dishonest-listed',
  'funds-arrived',
  'funds-disbursed',
  'termination-interview',
  'closed',
  'suspended',
  'resumed',
] as const
export type FactName = (typeof FACT_NAMES)[number]

interface Fact {
  label: string
  /** The header of its column in a court's export; null where exports have none. */
  column: string | null
}

export const FACTS = {
  filed: { label: '立案', column: '立案日期' },
  'notice-sent': { label: '执行通知书发出', column: '执行通知书发出日期' },
  'disclosure-ordered': { label: '报告财产令发出', column: '报告财产令发出日期' },
  'inquiry-started': { label: '首次网络查控发起', column: '首次网络查控发起日期' },
  'offline-inquiry': { label: '传统查控', column: '传统查控日期' },
  'creditor-interviewed': { label: '约谈申请执行人', column: '约谈申请执行人日期' },
  'consumption-limited': { label: '限制消费', column: '限制消费日期' },
  'dishonest-listed': { label: '纳入失信', column: '纳入失信日期' },
  'funds-arrived': { label: '案款到账', column: '案款到账日期' },
  'funds-disbursed': { label: '案款发放', column: '案款发放日期' },
  'termination-interview': { label: '终本约谈', column: '终本约谈日期' },
  closed: { label: '结案', column: '结案日期' },
  suspended: { label: '中止', column: '中止日期' },
  resumed: { label: '中止后恢复', column: null },
} as const satisfies Record<FactName, Fact>
