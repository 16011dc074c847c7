import type { Tx } from '#kernel/database/database.ts'
import { nextNumber } from '#kernel/numbering/numbering.ts'
import { chineseNumber } from './court-words.ts'
import type { Form, Numbering } from './form.ts'

/** Where a document stands in its series. */
export interface Place {
  series: string
  year: number
  serial: number
}

interface Bearer {
  court: { id: number; code: string }
  /** The number of the case, or of the matter itself. */
  number: string
  id: string
}

/**
 * The next place in the series of a document, null where it bears its case's number and has none of its own. Without
 * gaps or duplicates: the series' row is held to the commit, and a document that is not made gives its place back.
 */
export async function takePlace(
  tx: Tx,
  { numbering }: Form,
  bearer: Pick<Bearer, 'court' | 'id'>,
  year: number,
): Promise<Place | null> {
  const series = seriesOf(numbering, bearer.id)
  if (series === null) return null
  // The number of a ruling carries the year of its case: one series for the case, whatever the year.
  const of = numbering.by === 'ruling' ? 0 : year
  return { series, year: of, serial: await nextNumber(tx, bearer.court.id, series, of) }
}

function seriesOf(numbering: Numbering, id: string): string | null {
  if (numbering.by === 'ruling') return `document:${numbering.class}:${id}`
  if (numbering.by === 'penalty') return 'case:司惩'
  return numbering.by === 'letter' ? `letter:${numbering.word}` : null
}

/** How the number of a document reads. `letterWord`: 发文机关代字 as the court has set it. */
export function numberAt(
  place: Place | null,
  { numbering }: Form,
  { court, number }: Bearer,
  letterWord: string | null,
): string {
  if (place === null || numbering.by === 'case') return number
  const { year, serial } = place
  if (numbering.by === 'ruling') return serial === 1 ? number : `${number}之${chineseNumber(serial - 1)}`
  if (numbering.by === 'penalty') return `（${year}）${court.code}司惩${serial}号`
  return `${letterWord ?? `${court.code}法`}${numbering.word}〔${year}〕${serial}号`
}
