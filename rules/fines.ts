// 罚款 (民事诉讼法第一百一十八条): how much, by who is fined. Marks as for limits.

export interface FineLimit {
  who: string
  leastFen: bigint
  mostFen: bigint
  /** As the law says it. */
  words: string
  source: string
  mark: 'V' | 'M'
}

const LAW = { source: '民事诉讼法第一百一十八条', mark: 'V' } as const

export const FINE_LIMITS: readonly FineLimit[] = [
  { who: '个人', leastFen: 1n, mostFen: 10_000_000n, words: '人民币十万元以下', ...LAW },
  {
    who: '单位',
    leastFen: 5_000_000n,
    mostFen: 100_000_000n,
    words: '人民币五万元以上一百万元以下',
    ...LAW,
  },
]
