import type { Tx } from '#kernel/database/database.ts'
import { nextNumber } from '#kernel/numbering/numbering.ts'
import { chineseNumber } from './court-words.ts'
import type { Form } from './form.ts'

export interface DocumentNumber {
  number: string
  /** Null where the document bears its case's number and has none of its own. */
  place: { series: string; year: number; serial: number } | null
}

interface Bearer {
  court: { id: number; code: string }
  /** The number of the case, or of the matter itself. */
  number: string
  id: string
  /** 发文机关代字 as the court has set it. */
  letterWord: string | null
  year: number
}

/**
 * The number of a document. Without gaps or duplicates: the series' row is held to the commit, and a document that is
 * not made rolls its number back.
 */
export async function takeNumber(tx: Tx, { numbering }: Form, bearer: Bearer): Promise<DocumentNumber> {
  const { court, number, year } = bearer
  if (numbering.by === 'case') return { number, place: null }
  if (numbering.by === 'ruling') {
    // One series for a case, whatever the year: the number carries the year of the case.
    const place = await next(tx, court.id, `document:${numbering.class}:${bearer.id}`, 0)
    return { number: place.serial === 1 ? number : `${number}之${chineseNumber(place.serial - 1)}`, place }
  }
  if (numbering.by === 'penalty') {
    const place = await next(tx, court.id, 'case:司惩', year)
    return { number: `（${year}）${court.code}司惩${place.serial}号`, place }
  }
  const place = await next(tx, court.id, `letter:${numbering.word}`, year)
  return { number: `${bearer.letterWord ?? `${court.code}法`}${numbering.word}〔${year}〕${place.serial}号`, place }
}

async function next(tx: Tx, courtId: number, series: string, year: number) {
  return { series, year, serial: await nextNumber(tx, courtId, series, year) }
}
