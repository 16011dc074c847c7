// 执行裁定的措施: what each needs, and the names in citations.ts of what it rests on.

export interface Measure {
  measure: string
  /** Holds for a time that the ruling must name; a release ends at once and has none. */
  term: 'must' | 'may' | 'none'
  rests: readonly string[]
}

const TAKING = ['依据冻结划拨', '依据提取收入', '依据查封扣押']
const measure = (name: string, term: Measure['term'], rests: readonly string[]): Measure => ({
  measure: name,
  term,
  rests,
})

export const MEASURES: readonly Measure[] = [
  measure('冻结', 'must', TAKING),
  measure('查封', 'must', TAKING),
  measure('扣押', 'must', TAKING),
  measure('划拨', 'may', TAKING),
  measure('扣留、提取', 'may', TAKING),
  ...['解除冻结', '解除查封', '解除扣押'].map((name) => measure(name, 'none', ['依据解除控制'])),
]
