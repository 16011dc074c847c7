// 繁简分流的标准（第十二条）: no law names amounts or numbers of parties; these are the court's own, dated like every setting.
// A change is a new entry with its own first day.

export interface TriageSettings {
  validFrom: string
  /** Money up to this much may be a simple case. */
  simpleMostFen: bigint
  /** Money from this much on is a special case. */
  specialLeastFen: bigint
  /** So many parties at most in a simple case. */
  simpleMostParties: number
  /** So many parties make a special case. */
  specialLeastParties: number
  source: string
  mark: 'C'
}

export const TRIAGE_SETTINGS: readonly TriageSettings[] = [
  {
    validFrom: '1990-01-01',
    simpleMostFen: 10_000_000n,
    specialLeastFen: 5_000_000_000n,
    simpleMostParties: 3,
    specialLeastParties: 10,
    source: '本院设置',
    mark: 'C',
  },
]
