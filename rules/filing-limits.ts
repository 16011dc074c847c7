import type { Rule } from '#kernel/clock-rule/rule.ts'

/** Days of the filing check (第十条): no law names any, they are settings of the court. */
function setting(id: string, label: string, n: number, note: string): Rule {
  return {
    id,
    version: 1,
    label,
    n,
    unit: 'working-day',
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

export const FILING_LIMITS: readonly Rule[] = [
  setting('filing.check', '立案信息核查', 1, '第十条要求及时接收；自案件进入待审查之日起算'),
  setting('filing.mend', '立案信息补正', 3, '退回立案部门补正的期限'),
  setting('filing.recheck', '立案信息重审', 1, '自立案部门提交重审之日起算'),
  {
    id: 'filing.limitation',
    version: 1,
    label: '申请执行时效',
    n: 24,
    unit: 'month',
    rolls: true,
    source: '民事诉讼法第二百五十条；民事诉讼法解释第四百八十一条',
    mark: 'V',
    internal: false,
    validFrom: '2008-04-01',
    validTo: null,
    note: '自法律文书规定的履行期间最后一日起算；超过的仍应受理，只作提示，不影响立案和接收',
    startNote: null,
  },
]
