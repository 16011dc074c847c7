import type { PartyView } from '#cases/case/wire.ts'

export const SIDES: readonly { value: PartyView['side']; label: string }[] = [
  { value: 'creditor', label: '申请执行人' },
  { value: 'debtor', label: '被执行人' },
  { value: 'third-party', label: '案外人' },
]

/** A party's side as a court says it. */
export function sideLabel(side: PartyView['side']): string {
  return SIDES.find(({ value }) => value === side)?.label ?? ''
}

/** A party in the correction form. */
export interface EditedParty {
  /** Its place so far, counted from 1; null for a new one. */
  was: number | null
  side: PartyView['side']
  name: string
  /** True where its certificates are typed anew; else the ones on record stay. */
  renumber: boolean
  /** The certificates on record, as the server shows them. */
  masked?: PartyView['certificates']
  certificates: (string | undefined)[]
}

/** The certificates typed in, without empty lines. */
export function typedNumbers({ certificates }: EditedParty): string[] {
  return certificates.map((number) => (number ?? '').trim()).filter((number) => number !== '')
}

/** The corrected list as the wire wants it: `certificates` null keeps those on record. */
export function wireParties(parties: readonly EditedParty[]) {
  return parties.map((party) => ({
    was: party.was,
    side: party.side,
    name: party.name.trim(),
    certificates: party.renumber ? typedNumbers(party) : null,
  }))
}
