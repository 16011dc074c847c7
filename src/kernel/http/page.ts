import { problem } from '#kernel/problem/problem.ts'

// Pages by keyset: a list is read one row beyond its limit, and the next page begins after the last row shown.

/** Where a row stands in a list's order: its sort key, and its id among rows of the same key. */
export interface Place {
  key: string
  id: string
}

/** The rows to show, of which one more than `limit` were read, and the cursor of the next page; null where none is. */
export function pageOf<R>(
  rows: readonly R[],
  limit: number,
  placeOf: (row: R) => Place,
): { page: R[]; next: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { page, next: rows.length > limit && last !== undefined ? writeCursor(placeOf(last)) : null }
}

function writeCursor({ key, id }: Place): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url')
}

/** The place after which a page begins, null for the first one; a forged or foreign cursor is refused as malformed. */
export function readCursor(text: string | undefined): Place | null {
  if (text === undefined) return null
  try {
    const [key, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [unknown, unknown]
    const known = typeof key === 'string' && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)
    if (known && key.isWellFormed() && !key.includes('\u0000')) return { key, id }
  } catch {
    throw problem('request.malformed')
  }
  throw problem('request.malformed')
}
