/** The first characters of a text; a rare character, which counts double in a string's length, is never cut in two. */
export function clip(text: string, most: number): string {
  return [...text].slice(0, most).join('')
}
