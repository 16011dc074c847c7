import { FACTS, type FactName } from '#cases/case/fact-names.ts'
import type { CaseView, Remedy, WarningRule } from './warning-rule.ts'

// The words in which the rules of warnings are written.

export type Law = [source: string, mark: WarningRule['mark']]

/** A setting of the court, not law. */
export const OWN: Law = ['本院设置', 'C']

const ENFORCEMENT = ['首次执行', '恢复执行']

/** 首次执行 and 恢复执行, for which most of the law is made. */
export const isEnforcement = (one: CaseView) => ENFORCEMENT.includes(one.kind)

/** 已结 or 终本. */
export const isEnded = (one: CaseView) => one.state === 'closed' || one.state === 'terminated'

/** 被执行人. */
export const debtorsOf = (one: CaseView) => one.parties.filter(({ side }) => side === 'debtor')

/** An amount in fen as yuan. */
export const yuan = (fen: bigint) => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}元`

/** A fact as screens name it. */
export const label = (name: FactName) => FACTS[name].label

/** One rule: id, kind, severity, label, law, what to do, where, and its condition. */
export const rule = (
  id: string,
  kind: WarningRule['kind'],
  severity: WarningRule['severity'],
  text: string,
  [source, mark]: Law,
  next: string,
  remedy: Remedy,
  find: WarningRule['find'],
): WarningRule => ({ id, kind, severity, label: text, source, mark, next, remedy, find })

/** 补正信息. */
export const mend: Remedy = { act: '补正信息' }

/** 更正日期. */
export const correct: Remedy = { act: '更正日期' }

/** What was found as one sentence; null where nothing was. */
export function listed(found: readonly string[], before = ''): string | null {
  return found.length === 0 ? null : `${before}${found.join('、')}`
}

/** A node on record though the one before it is missing, or has a later date; null where all is well. */
export function outOfOrder(one: CaseView, later: FactName, earlier: readonly FactName[]): string | null {
  const done = one.facts.get(later)
  if (!done) return null
  const before = earlier.flatMap((name) => {
    const fact = one.facts.get(name)
    return fact ? [{ name, on: fact.on }] : []
  })
  const first = before.toSorted((a, b) => (a.on < b.on ? -1 : 1))[0]
  if (first) return done.on < first.on ? `${label(later)}${done.on}，${label(first.name)}${first.on}` : null
  // An export tells some nodes only: what it leaves out may have been done.
  const isTold = earlier.some((name) => FACTS[name].column !== null)
  return done.entered || isTold ? `${label(later)}${done.on}，没有${earlier.map(label).join('或')}` : null
}
