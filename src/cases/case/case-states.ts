/** States of a case and the words of the export for them. */
export const CASE_STATES = { handling: '在执', suspended: '中止', closed: '已结', terminated: '终本' } as const

export type CaseState = keyof typeof CASE_STATES

/** The state that an export's word stands for; an unknown word counts as 在执 unless the case has been closed. */
export function stateOfWord(word: string | null, closed: boolean): CaseState {
  const found = Object.entries(CASE_STATES).find(([, label]) => label === word)
  return (found?.[0] as CaseState | undefined) ?? (closed ? 'closed' : 'handling')
}
