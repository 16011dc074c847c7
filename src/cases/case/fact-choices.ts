import { FACTS, type FactName } from './fact-names.ts'

// Which facts may be entered and corrected by hand; the rest follow from acts of their own (suspension, closing).

const RECORDABLE: readonly FactName[] = [
  'notice-sent',
  'disclosure-ordered',
  'inquiry-started',
  'offline-inquiry',
  'creditor-interviewed',
  'consumption-limited',
  'dishonest-listed',
  'funds-arrived',
  'funds-disbursed',
  'termination-interview',
]

const labelOf = (name: FactName) => FACTS[name].label

export const RECORDABLE_LABELS = RECORDABLE.map(labelOf) as [string, ...string[]]
export const CORRECTABLE_LABELS = [...RECORDABLE, 'filed', 'closed', 'suspended'].map((name) =>
  labelOf(name as FactName),
) as [string, ...string[]]

export function factLabelled(label: string): FactName {
  const found = (Object.keys(FACTS) as FactName[]).find((name) => FACTS[name].label === label)
  if (!found) throw new Error(`no fact is labelled ${label}`)
  return found
}
