import { plainCellText, TextGatherer } from './cell-text.ts'
import { Fault } from './refusal.ts'
import type { StringTable } from './string-table.ts'
import { attributeOf, type XmlHandler } from './xml-scanner.ts'

export interface Cell {
  /** 1 is column A. */
  col: number
  /** What Excel says the value is; `date` is an ISO date of a strict workbook. */
  type: 'text' | 'number' | 'boolean' | 'error' | 'date'
  /** The text; of a number the digits as they stand in the file, which is more than a double can carry. */
  raw: string
  /** A number shown as a date. */
  dateStyled: boolean
  /** The value is the cached result of a formula. */
  formula: boolean
}

export interface SheetRow {
  /** Excel's row number. */
  number: number
  /** Only cells that hold something, in the order of the file. */
  cells: Cell[]
}

const ROW_MAX = 1_048_576
const COL_MAX = 16_384
const VALUE_MAX = 100_000

/** Reads the rows of a worksheet part; finished rows wait in `rows` until they are taken. */
export class SheetReader implements XmlHandler {
  rows: SheetRow[] = []
  readonly #strings: StringTable
  readonly #dateStyles: ReadonlySet<number>
  readonly #inline = new TextGatherer()
  #inData = false
  #row: SheetRow | null = null
  #rowNumber = 0
  #col = 0
  #type = ''
  #style = ''
  #formula = false
  #inCell = false
  #inValue = false
  #inInline = false
  #value = ''

  constructor(strings: StringTable, dateStyles: ReadonlySet<number>) {
    this.#strings = strings
    this.#dateStyles = dateStyles
  }

  open(name: string, attributes: string): void {
    if (this.#inCell) {
      if (this.#inInline) this.#inline.open(name)
      else if (name === 'v') this.#inValue = true
      else if (name === 'f') this.#formula = true
      else if (name === 'is') this.#inInline = true
    } else if (name === 'c' && this.#row !== null) this.#openCell(attributes)
    else if (name === 'row' && this.#inData) this.#openRow(attributes)
    else if (name === 'sheetData') this.#inData = true
  }

  close(name: string): void {
    if (this.#inInline && name !== 'is') this.#inline.close(name)
    else if (name === 'v') this.#inValue = false
    else if (name === 'is') this.#inInline = false
    else if (name === 'c' && this.#inCell) this.#closeCell()
    else if (name === 'row' && this.#row !== null) {
      this.rows.push(this.#row)
      this.#row = null
    } else if (name === 'sheetData') this.#inData = false
  }

  text(text: string): void {
    if (this.#inValue) {
      this.#value += text
      if (this.#value.length > VALUE_MAX) throw this.#fault('内容过长')
    } else if (this.#inInline) this.#inline.text(text)
  }

  #openRow(attributes: string): void {
    const given = attributeOf(attributes, 'r')
    const number = given === null ? this.#rowNumber + 1 : Number(given)
    if (!Number.isInteger(number) || number <= this.#rowNumber || number > ROW_MAX) {
      throw new Fault('import.broken', `已损坏：第${this.#rowNumber}行之后的行号有误`)
    }
    this.#rowNumber = number
    this.#row = { number, cells: [] }
    this.#col = 0
  }

  #openCell(attributes: string): void {
    const place = attributeOf(attributes, 'r')
    this.#col = place === null ? this.#col + 1 : columnOf(place)
    if (this.#col < 1 || this.#col > COL_MAX) throw this.#fault('位置有误')
    this.#type = attributeOf(attributes, 't') ?? 'n'
    this.#style = attributeOf(attributes, 's') ?? ''
    this.#formula = false
    this.#value = ''
    this.#inCell = true
  }

  #closeCell(): void {
    this.#inCell = false
    const inline = this.#inline.take()
    const cell = this.#cell(this.#type === 'inlineStr' ? inline : this.#value)
    if (cell !== null) this.#row?.cells.push(cell)
  }

  #cell(value: string): Cell | null {
    const cell = { col: this.#col, raw: value, dateStyled: false, formula: this.#formula }
    if (value === '') return this.#formula ? { ...cell, type: 'text' } : null
    switch (this.#type) {
      case 's': {
        const raw = this.#strings.get(Number(value))
        if (raw === null) throw this.#fault('所引用的文字不存在')
        return raw === '' && !this.#formula ? null : { ...cell, type: 'text', raw }
      }
      case 'inlineStr':
        return { ...cell, type: 'text' }
      case 'str':
        return { ...cell, type: 'text', raw: plainCellText(value) }
      case 'b':
        return { ...cell, type: 'boolean', raw: value.trim() === '1' ? 'TRUE' : 'FALSE' }
      case 'e':
        return { ...cell, type: 'error' }
      case 'd':
        return { ...cell, type: 'date' }
      default:
        return this.#number(cell, value.trim())
    }
  }

  #number(cell: Omit<Cell, 'type'>, raw: string): Cell {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(raw)) throw this.#fault('数值有误')
    return { ...cell, type: 'number', raw, dateStyled: this.#style !== '' && this.#dateStyles.has(Number(this.#style)) }
  }

  #fault(what: string): Fault {
    return new Fault('import.broken', `已损坏：第${this.#rowNumber}行${columnName(this.#col)}列${what}`)
  }
}

/** AB12 → 28; 0 where it is no cell's place. */
function columnOf(place: string): number {
  let column = 0
  let at = 0
  for (; at < place.length; at += 1) {
    const letter = place.charCodeAt(at) & ~0x20
    if (letter < 0x41 || letter > 0x5a) break
    column = column * 26 + (letter - 0x40)
  }
  return at === 0 || at > 3 ? 0 : column
}

/** 28 → AB. */
export function columnName(column: number): string {
  let name = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(0x41 + ((rest - 1) % 26)) + name
  }
  return name
}
