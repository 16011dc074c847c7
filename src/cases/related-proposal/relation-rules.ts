import { parseCaseNumber } from '#cases/case/case-number.ts'
import type { CaseState } from '#cases/case/case-states.ts'
import { withoutSpace } from '#cases/case/plain-text.ts'

// What relates two cases, and how strongly. A name alone relates nobody.

/**
 * The strongest first; the function related_cases finds them under these names. What is `weak` is a hint: by itself it
 * chooses no case, a person has to.
 */
export const REASONS = {
  certificate: { label: '被执行人证件号码相同', score: 100 },
  judgment: { label: '执行依据文号相同', score: 90 },
  asset: { label: '涉及同一财产', score: 80 },
  'birth-faulty': { label: '被执行人姓名、出生日期相同，一方证件号码有误或为旧号', score: 70 },
  birth: { label: '被执行人姓名、出生日期相同，证件号码不同', score: 50 },
  representative: { label: '被执行单位法定代表人相同', score: 30, weak: true },
} as const satisfies Record<string, { label: string; score: number; weak?: true }>

export type Reason = keyof typeof REASONS

/** One reason for one case, as the database finds it. */
export interface Finding {
  court_id: number
  case_id: string
  number: string
  state: CaseState
  /** The debtor in whom the two cases meet; null where they meet in something else. */
  party: string | null
  reason: Reason
}

export interface Candidate {
  courtId: number
  caseId: string
  number: string
  state: CaseState
  party: string | null
  reasons: readonly Reason[]
  /** That of the strongest reason. */
  score: number
}

/** A case once, with all its reasons, the strongest first; what is open before what is closed. */
export function candidatesAmong(findings: readonly Finding[]): Candidate[] {
  const byCase = Map.groupBy(findings, ({ court_id, case_id }) => `${court_id} ${case_id}`)
  const candidates = [...byCase.values()].map((found): Candidate => {
    const [{ court_id, case_id, number, state }] = found as [Finding, ...Finding[]]
    const parties = [...new Set(found.flatMap(({ party }) => party ?? []))]
    const reasons = (Object.keys(REASONS) as Reason[]).filter((one) => found.some(({ reason }) => reason === one))
    const score = Math.max(...reasons.map((one) => REASONS[one].score))
    return { courtId: court_id, caseId: case_id, number, state, party: parties.join('、') || null, reasons, score }
  })
  return candidates.sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || b.score - a.score)
}

/** Nothing but hints stands for it. */
export function isWeak({ reasons }: Pick<Candidate, 'reasons'>): boolean {
  return reasons.every((reason) => 'weak' in REASONS[reason])
}

/** Only what is still being enforced can be concentrated. */
export function isOpen({ state }: Pick<Candidate, 'state'>): boolean {
  return state === 'handling' || state === 'suspended'
}

/** Case numbers out of a text, as they are stored, each once; what is none stays as it was typed. */
export function numbersIn(text: string): string[] {
  const parts = text.split(/[、，,；;\n]/).map(withoutSpace)
  const numbers = parts
    .filter((part) => part !== '')
    .map((part) => {
      const parsed = parseCaseNumber(part)
      return 'problem' in parsed ? part : parsed.canonical
    })
  return [...new Set(numbers)]
}
