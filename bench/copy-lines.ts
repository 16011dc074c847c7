// Rows in the text format of COPY. Only what the generator itself made comes here; free text is escaped all the same.

const NULL = '\\N'
const SPECIAL = /[\\\t\n\r]/g
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

export type Value = string | number | boolean | null | readonly string[]

/** Lines of one table, in the order of its columns. */
export class CopyLines {
  readonly columns: readonly string[]
  #text = ''
  #count = 0

  constructor(columns: readonly string[]) {
    this.columns = columns
  }

  add(values: readonly Value[]): void {
    let line = ''
    for (const value of values) line += `${line === '' ? '' : '\t'}${textOf(value)}`
    this.#text += `${line}\n`
    this.#count += 1
  }

  /** What has been added since the last time, as bytes, and how many rows. */
  take(): { bytes: Uint8Array<ArrayBuffer>; rows: number } {
    const taken = { bytes: new TextEncoder().encode(this.#text), rows: this.#count }
    this.#text = ''
    this.#count = 0
    return taken
  }
}

function textOf(value: Value): string {
  if (value === null) return NULL
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'object') return escaped(`{${value.map((one) => `"${one}"`).join(',')}}`)
  return String(value)
}

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replace(SPECIAL, (mark) => ESCAPES[mark] as string) : text
}
