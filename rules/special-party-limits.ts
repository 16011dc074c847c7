import type { Rule } from '#kernel/clock-rule/rule.ts'

// 特殊主体台账（第十九条）: the article names no days; these are settings of the court, dated like every limit.

function setting(id: string, label: string, n: number, unit: Rule['unit'], note: string): Rule {
  return {
    id,
    version: 1,
    label,
    n,
    unit,
    rolls: true,
    source: '本院设置',
    mark: 'C',
    internal: false,
    validFrom: '1990-01-01',
    validTo: null,
    note,
    startNote: null,
  }
}

export const SPECIAL_PARTY_LIMITS: readonly Rule[] = [
  setting('special-party.check', '特殊主体核实', 5, 'working-day', '自提示或者录入之日起，由指挥中心核实是否列入'),
  setting('special-party.follow-up', '特殊主体跟进', 1, 'month', '在账案件每月至少登记一次措施或者进展'),
  setting('special-party.clearance', '特殊主体清理核定', 5, 'working-day', '自报请清理之日起'),
  setting('special-report.generate', '特殊主体月报生成', 1, 'working-day', '自统计月末日起，即次月第一个工作日'),
  setting('special-report.confirm', '特殊主体月报核定', 3, 'working-day', '自月报生成之日起'),
]
