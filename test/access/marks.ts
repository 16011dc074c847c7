// Five courts, and the marks that stand in everything planted there: which court it is of, and who may ever read it.
// The reader's court is 吉01: 吉0193 lies below it, 吉 above, 吉02 beside, and 吉0302 on another branch.

export const COURTS = { own: '吉01', below: '吉0193', above: '吉', sister: '吉02', foreign: '吉0302' } as const
export type Place = keyof typeof COURTS

/** What a mark stands on: things that may be read, names of people and teams, what never leaves its addressee. */
export type Ward = 'thing' | 'name' | 'private'

/** Six letters that stand in every planted text; masking a certificate keeps its first six characters. */
export function markOf(place: Place, ward: Ward): string {
  return `zq${place.charAt(0)}${ward.charAt(0)}vw`
}
/** The mark of the order that the court above gave to the reader's court. */
export const SHARED_MARK = 'zqshvw'

/** When everything planted was written. */
export const AT = '2021-09-01T09:00:00+08:00'
