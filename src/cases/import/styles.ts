import { isDateFormat } from './number-format.ts'
import { Fault } from './refusal.ts'
import { attributeOf, type XmlHandler } from './xml-scanner.ts'

const FORMATS_MAX = 200_000

/** Reads xl/styles.xml: for each cell style, whether a number in it is a date. */
export class StylesReader implements XmlHandler {
  readonly #codes = new Map<number, string>()
  readonly #formats: number[] = []
  #inCellStyles = false

  open(name: string, attributes: string): void {
    if (name === 'numFmt') {
      const id = Number(attributeOf(attributes, 'numFmtId'))
      // The list stands first; conditional formats further down may use a number again.
      if (!this.#codes.has(id)) this.#codes.set(id, attributeOf(attributes, 'formatCode') ?? '')
    } else if (name === 'cellXfs') this.#inCellStyles = true
    else if (name === 'xf' && this.#inCellStyles) this.#formats.push(Number(attributeOf(attributes, 'numFmtId') ?? 0))
    if (this.#formats.length + this.#codes.size > FORMATS_MAX)
      throw new Fault('import.broken', '已拒收：单元格样式过多')
  }

  close(name: string): void {
    if (name === 'cellXfs') this.#inCellStyles = false
  }

  text(): void {
    // Styles hold no text.
  }

  dateStyles(): ReadonlySet<number> {
    const dates = new Set<number>()
    for (const [index, id] of this.#formats.entries()) {
      if (isDateFormat(id, this.#codes.get(id) ?? null)) dates.add(index)
    }
    return dates
  }
}
