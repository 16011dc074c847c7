import { type Party, partiesOf } from '#cases/case/case-parties.ts'
import { plainName } from '#cases/case/name-grams.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { FieldValue } from '#kernel/matter/field.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { On } from '#kernel/time/time.ts'
import { DISHONESTY } from '#rules/dishonesty.ts'

// Whom a 失信决定书 may list, and for how long.

/** Refuses a term that the ground does not have, a lacking one, whoever is no debtor of the case, and a minor. */
export async function checkListing(
  { tx, on }: Session,
  thing: Thing,
  { whom, ground, term = null }: Readonly<Record<string, FieldValue>>,
): Promise<void> {
  if (ground === DISHONESTY.untermed && term !== null) throw problem('dishonesty.term-excess')
  if (ground !== DISHONESTY.untermed && term === null) throw problem('dishonesty.term-missing', { ground: `${ground}` })
  const debtors = (await partiesOf(tx, thing)).filter(({ side }) => side === 'debtor')
  const names = String(whom)
    .split(/[、，,；;\n]/u)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const listed = names.map((name) => ({
    name,
    found: debtors.filter((one) => plainName(one.name) === plainName(name)),
  }))
  const strangers = listed.filter(({ found }) => found.length === 0).map(({ name }) => name)
  if (strangers.length > 0 || listed.length === 0)
    throw problem('dishonesty.not-debtor', { names: strangers.join('、') || String(whom) })
  const minors = listed.filter(({ found }) => found.some((one) => isMinor(one, on))).map(({ name }) => name)
  if (minors.length > 0) throw problem('dishonesty.minor', { names: minors.join('、') })
}

/** By a number that holds: of a wrong one nobody knows whose day of birth it tells. */
function isMinor({ certificates }: Party, on: On): boolean {
  return certificates.some(({ type, number, valid }) => {
    if (type !== '居民身份证' || !valid) return false
    const year = Number(number.slice(6, 10)) + DISHONESTY.leastAgeYears
    return on < `${year}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  })
}
