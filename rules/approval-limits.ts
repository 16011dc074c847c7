import type { Rule } from '#kernel/clock-rule/rule.ts'

/** Limits of approval within the court (domain/law.md §2 N17). */
export const APPROVAL_LIMITS: readonly Rule[] = [
  {
    id: 'approval.decide',
    version: 1,
    label: '审批',
    n: 7,
    unit: 'day',
    rolls: true,
    source: '执行案件期限规定（法发〔2006〕35号）第十三条',
    mark: 'M',
    internal: false,
    validFrom: '1990-01-01',
    validTo: null,
    note: '自报批之日起算；条文凭记忆录入，待核对原文',
    startNote: null,
  },
]
