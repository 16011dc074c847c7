import type { On } from '#kernel/time/time.ts'

/** A limit as data: law (V checked, M from memory) or the court's own setting (C). One row for each version. */
export interface Rule {
  /** 'node.notice'; the versions of a rule share it. */
  id: string
  version: number
  /** The name of its clock on screen. */
  label: string
  n: number
  /** 'day' is calendar days; 'working-day' only where the rule's text says 工作日. */
  unit: 'day' | 'working-day' | 'month'
  /** Whether a last day that is off moves to the next working day (民事诉讼法第八十五条). */
  rolls: boolean
  source: string
  mark: 'V' | 'M' | 'C'
  /** The court's stricter limit (内控) beside one of the law. */
  internal: boolean
  /** First and last start date for which this version counts. */
  validFrom: On
  validTo: On | null
  note: string | null
  /** What a reader must know of the start: 按立案日推算. */
  startNote: string | null
}

/** The version of a rule that counts for a clock that starts on a date; undefined where there is none. */
export function findRule(rules: readonly Rule[], id: string, on: On): Rule | undefined {
  const versions = rules.filter(
    (rule) => rule.id === id && rule.validFrom <= on && (rule.validTo === null || on <= rule.validTo),
  )
  return versions.sort((a, b) => b.version - a.version)[0]
}

/** The same for a date that has been checked, or is today; throws where there is none. */
export function ruleOn(rules: readonly Rule[], id: string, on: On): Rule {
  const found = findRule(rules, id, on)
  if (!found) throw new Error(`no version of rule '${id}' is in force on ${on}`)
  return found
}
