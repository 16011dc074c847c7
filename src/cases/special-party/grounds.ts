import type { Party } from '#cases/case/case-parties.ts'
import { halfWidth } from '#cases/case/plain-text.ts'
import { SPECIAL_PARTY_RULES, type SpecialCategory, type SpecialPartyRule } from '#rules/special-parties.ts'

// What makes a case special, read from its parties by the rules alone.

export interface Ground {
  category: SpecialCategory
  rule: string
  party: string
  /** In the words of the ledger: 被执行人“某县财政局”名称为党政机关（含“财政局”）；依据：本院设置 */
  words: string
}

const SIDES: Readonly<Record<Party['side'], string>> = {
  creditor: '申请执行人',
  debtor: '被执行人',
  'third-party': '案外人',
}

/** Every ground for which these parties make their case special; each party and rule once. */
export function groundsOf(parties: readonly Party[]): Ground[] {
  const found = SPECIAL_PARTY_RULES.flatMap((rule) =>
    parties
      .filter(({ side }) => rule.sides.includes(side))
      .flatMap((party) => {
        const seen = whatIsSeen(rule, party)
        return seen === null ? [] : [{ ...groundOf(rule, party, seen) }]
      }),
  )
  return [...new Map(found.map((ground) => [`${ground.rule} ${ground.party}`, ground])).values()]
}

function groundOf(rule: SpecialPartyRule, { side, name }: Party, seen: string): Ground {
  const words = `${SIDES[side]}“${name}”${rule.label}（${seen}）；依据：${rule.source}`
  return { category: rule.category, rule: rule.id, party: name, words }
}

function whatIsSeen({ name, codes }: SpecialPartyRule, party: Party): string | null {
  if (name) {
    const plain = halfWidth(party.name)
    const part = name.has.exec(plain)?.[0]
    return part === undefined || name.not?.test(plain) ? null : `含“${part}”`
  }
  const code = party.certificates.find(
    ({ type, valid, number }) => valid && type === '统一社会信用代码' && codes?.[number.slice(0, 2)] !== undefined,
  )
  return code ? `${code.number.slice(0, 2)}开头，${codes?.[code.number.slice(0, 2)]}` : null
}
