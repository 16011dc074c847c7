import { Fault } from './refusal.ts'

// Excel's own limit is 32,767 characters; anything far beyond it was not written by a spreadsheet.
const CELL_TEXT_MAX = 100_000

/** Gathers the text of one string item: rich-text runs are joined, phonetic hints left out. */
export class TextGatherer {
  #text = ''
  #inText = false
  #phonetic = 0

  open(name: string): void {
    if (name === 'rPh') this.#phonetic += 1
    else if (name === 't') this.#inText = this.#phonetic === 0
  }

  close(name: string): void {
    if (name === 'rPh') this.#phonetic -= 1
    else if (name === 't') this.#inText = false
  }

  text(text: string): void {
    if (!this.#inText) return
    this.#text += text
    if (this.#text.length > CELL_TEXT_MAX) throw new Fault('import.broken', '已拒收：有单元格的文字超过十万字')
  }

  /** The text gathered so far; the next item starts empty. */
  take(): string {
    const text = plainCellText(this.#text)
    this.#text = ''
    return text
  }
}

/** `_x000A_` escapes resolved; control characters and lone surrogates, which no database takes, removed or replaced. */
export function plainCellText(raw: string): string {
  const text = raw.includes('_x')
    ? raw.replace(/_x([0-9A-Fa-f]{4})_/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    : raw
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '').toWellFormed()
}
