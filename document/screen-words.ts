// The Latin words that a screen may show; everything else on it is Chinese. The tidy test reads the declarations with
// this list, `npm run shots` reads every page with it.

const SCREEN_WORDS: ReadonlySet<string> = new Set([
  'APP',
  'CSV',
  'Excel',
  // Of national standards: GB 32100
  'GB',
  'MB',
  'PDF',
  'SM3',
  'Word',
  'XLSX',
  // Endings of files that people add.
  'docx',
  'pdf',
  'xlsx',
  // The marks of a rule's source: statute, ministry-level norm, the court's own setting.
  'V',
  'M',
  'C',
  // Said to programmers only, in the refusal of a request without it.
  'Idempotency-Key',
])

/** The Latin words of a text that are not in the list; `{placeholders}` of templates are left out. */
export function foreignWords(text: string): string[] {
  const words = text.replace(/\{\w+\}/g, '').match(/[A-Za-z][A-Za-z-]*/g) ?? []
  return words.filter((word) => !SCREEN_WORDS.has(word))
}
