import { FACT_NAMES, FACTS, type FactName } from './fact-names.ts'

// Which facts may be entered and corrected by hand, as the forms offer them: by their labels, in the case's course.

const RECORDABLE = FACT_NAMES.filter((name) => FACTS[name].entered)
const CORRECTABLE = FACT_NAMES.filter((name) => FACTS[name].entered || name !== 'resumed')
const labelsOf = (names: readonly FactName[]) => names.map((name) => FACTS[name].label) as [string, ...string[]]

export const RECORDABLE_LABELS = labelsOf(RECORDABLE)
export const CORRECTABLE_LABELS = labelsOf(CORRECTABLE)

const BY_LABEL = new Map<string, FactName>(FACT_NAMES.map((name) => [FACTS[name].label, name]))

/** The fact that a form's choice names; the choice has been read strictly before. */
export function factLabelled(label: string): FactName {
  return BY_LABEL.get(label) as FactName
}
