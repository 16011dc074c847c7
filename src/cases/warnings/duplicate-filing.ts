import type { Row, Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'

// 重复立案: cases of first enforcement on the same basis between the same parties. The earlier one stands, the later one is
// told of it. Of another court's case no more is told than court and number.

/** Ways of closing after which the same may be filed again. */
const UNDONE: ReadonlySet<string> = new Set(['销案', '驳回申请'])

/** By the id of a case: the numbers of those that were filed before it on the same basis between the same parties. */
export async function earlierOnSameBasis(
  tx: Tx,
  courtId: number,
  cases: readonly Row[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const asked = cases.filter(isAsked)
  if (asked.length === 0) return new Map()
  const numbers = [...new Set(asked.flatMap((row) => variantsOf(row.basis_number as string)))]
  const stored = await tx.query<Row>(sql`
    select id, number, basis_number, filed_on, serial, creditor_names, debtor_names from enforcement_case
    where court_id = ${courtId} and basis_number = any(${numbers}) and case_kind = '首次执行'
      and not coalesce(closing_way, '') = any(${[...UNDONE]})`)
  // Cases that come in together may not be stored yet.
  const known = new Set(stored.map(({ id }) => id))
  const arriving = cases.filter(
    ({ id, basis_number, case_kind, closing_way }) =>
      !known.has(id) && basis_number !== null && case_kind === '首次执行' && !UNDONE.has(closing_way as string),
  )
  const others = [...stored, ...arriving]
  const byBasis = Map.groupBy(others, (other) => plain(other.basis_number as string))
  return new Map(
    asked.map((row) => {
      const same = byBasis.get(plain(row.basis_number as string)) ?? []
      const earlier = same.filter((other) => isEarlier(other, row) && haveSameParties(other, row))
      return [row.id as string, earlier.map((other) => other.number as string).sort()]
    }),
  )
}

/** A case of another court, as far as it may be known. */
interface Elsewhere {
  case_id: string
  court_id: number
  number: string
}

/** By the id of a case: what other courts had filed before it, or on the same day. */
export async function earlierElsewhere(
  tx: Tx,
  courtId: number,
  cases: readonly Row[],
): Promise<ReadonlyMap<string, readonly Elsewhere[]>> {
  const asked = cases.filter(isAsked).map(({ id, basis_number, filed_on, creditor_names, debtor_names }) => {
    return { id, basis_number, filed_on, creditor_names, debtor_names }
  })
  if (asked.length === 0) return new Map()
  const found = await tx.query<Elsewhere>(sql`
    select case_id, court_id, number from filed_elsewhere(${courtId}, ${JSON.stringify(asked)}::jsonb)`)
  return Map.groupBy(found, ({ case_id }) => case_id)
}

/** What is still enforced for the first time, on a basis with a number. */
function isAsked({ case_kind, state, basis_number }: Row): boolean {
  return case_kind === '首次执行' && basis_number !== null && state !== 'closed' && state !== 'terminated'
}

/** Brackets of whatever kind are one number. */
const plain = (number: string) =>
  number
    .replaceAll(/[([〔【]/g, '（')
    .replaceAll(/[)\]〕】]/g, '）')
    .replaceAll(' ', '')

/** As the number may stand in another case: asked for by its text, which an index of the court's own cases serves. */
function variantsOf(number: string): string[] {
  const wide = plain(number)
  const brackets = ['（）', '()', '〔〕', '[]']
  return [number, ...brackets.map(([open = '', close = '']) => wide.replaceAll('（', open).replaceAll('）', close))]
}

function isEarlier(other: Row, row: Row): boolean {
  if (other.id === row.id) return false
  const [before, now] = [other.filed_on as string, row.filed_on as string]
  return before < now || (before === now && (other.serial as number) < (row.serial as number))
}

/** All creditors the same, and a debtor in common: each creditor may have his own part of a judgment enforced. */
function haveSameParties(one: Row, other: Row): boolean {
  const [debtors, others] = [namesIn(one.debtor_names), new Set(namesIn(other.debtor_names))]
  const creditors = namesIn(one.creditor_names).sort().join('、')
  return creditors === namesIn(other.creditor_names).sort().join('、') && debtors.some((name) => others.has(name))
}

const namesIn = (names: unknown) => (names as string).split('、').filter((name) => name !== '')
