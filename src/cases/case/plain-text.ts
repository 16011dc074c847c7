// Exports are typed by many hands: full-width digits, spaces of every kind. These two forms are what gets compared.

const SPACE = /[\s\u00ad\u180e\u200b-\u200f\u2060\ufeff]+/g

/** The text without any white space: full-width and zero-width spaces and line breaks included. */
export function withoutSpace(text: string): string {
  return text.replace(SPACE, '')
}

/** Full-width digits, letters, brackets and signs in half width (NFKC), without any white space. */
export function halfWidth(text: string): string {
  return withoutSpace(text.normalize('NFKC'))
}

/** True where nothing but white space stands. */
export function isBlank(text: string): boolean {
  return withoutSpace(text) === ''
}

/** Cuts white space, full-width and zero-width included, off both ends; what stands between stays. */
export function trimmed(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charAt(start))) start += 1
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}
