import { withoutSpace } from '#cases/case/plain-text.ts'
import { clip } from '#kernel/text/clip.ts'
import { type Cell, columnName, type SheetRow } from './sheet-rows.ts'

// The head of an export's table: which column holds what. Words are compared without white space, brackets in half
// width.

/** Columns that hold a date of the case's course, besides 立案日期 and 中止日期. */
export const FACT_COLUMNS = [
  '执行通知书发出日期',
  '报告财产令发出日期',
  '首次网络查控发起日期',
  '传统查控日期',
  '约谈申请执行人日期',
  '限制消费日期',
  '纳入失信日期',
  '案款到账日期',
  '案款发放日期',
  '终本约谈日期',
  '结案日期',
] as const
export type FactColumn = (typeof FACT_COLUMNS)[number]

const COLUMNS = [
  '案号',
  '案件类型',
  '立案日期',
  '案由',
  '执行依据文号',
  '申请执行人',
  '申请执行人证件号码',
  '被执行人',
  '被执行人证件号码',
  '申请执行标的',
  '承办人',
  '承办团队',
  '案件状态',
  ...FACT_COLUMNS,
  '案款到账金额',
  '结案方式',
  '备注',
] as const
/** 中止日期 is read where it stands but not missed where it does not; 序号 is known and not read. */
const OPTIONAL = ['中止日期', '序号'] as const

export type Column = (typeof COLUMNS)[number] | (typeof OPTIONAL)[number]
const WORD_MAX = 100
const KNOWN: ReadonlySet<string> = new Set<string>([...COLUMNS, ...OPTIONAL])
const MONEY: ReadonlySet<string> = new Set<string>(['申请执行标的', '案款到账金额'])

interface HeadWord {
  column: Column
  /** The head names 万元: its figures count ten thousand times. */
  tenThousands: boolean
}

/** One header row (or two, one below the other) understood. */
export class Columns {
  /** Excel's row number of the (last) header row. */
  readonly row: number
  readonly notes: string[] = []
  readonly #at = new Map<number, HeadWord>()
  readonly #places = new Map<Column, number>()

  constructor(rows: readonly SheetRow[]) {
    this.row = Math.max(...rows.map((row) => row.number))
    const unknown = new Map<number, string>()
    for (const cell of rows.flatMap((row) => row.cells)) {
      const word = headWord(cell)
      if (word === null) unknown.set(cell.col, withoutSpace(cell.raw))
      else if (this.#places.has(word.column)) {
        this.notes.push(`“${word.column}”有两列，${columnName(cell.col)}列未导入`)
      } else {
        this.#at.set(cell.col, word)
        this.#places.set(word.column, cell.col)
        if (word.tenThousands) this.notes.push(`${columnName(cell.col)}列“${word.column}”以万元计，已换算为元`)
      }
    }
    for (const [col, text] of unknown) {
      if (!this.#at.has(col) && text !== '')
        this.notes.push(`${columnName(col)}列“${clip(text, 30)}”不在导入范围，已忽略`)
    }
    const missing = COLUMNS.filter((column) => !this.#places.has(column))
    if (missing.length > 0) this.notes.push(`表中没有以下各列，按空白处理：${missing.join('、')}`)
  }

  /** The cells of a row by what they hold. */
  sort(row: SheetRow): Map<Column, Cell> {
    const cells = new Map<Column, Cell>()
    for (const cell of row.cells) {
      const word = this.#at.get(cell.col)
      if (word !== undefined) cells.set(word.column, cell)
    }
    return cells
  }

  isTenThousands(column: Column): boolean {
    return this.#at.get(this.#places.get(column) ?? 0)?.tenThousands ?? false
  }

  /** “立案日期”（D列), for a note. */
  place(column: Column): string {
    const col = this.#places.get(column)
    return col === undefined ? `“${column}”` : `${columnName(col)}列“${column}”`
  }
}

/** Looks for the header row: the one that holds 案号 and 立案日期, in one row or in a merged head of two rows. */
export class HeaderSearch {
  /** The row that holds 案号 without 立案日期, for the message. */
  halfFound: number | null = null
  #above: SheetRow | null = null
  #found: SheetRow[] | null = null

  /** Takes the next row; gives the columns once the header is complete, with the row that no longer belongs to it. */
  take(row: SheetRow): { columns: Columns; data: SheetRow | null } | null {
    if (this.#found !== null) {
      const below = row.number === (this.#found.at(-1)?.number ?? 0) + 1 && isSubHead(row, this.#found)
      return { columns: new Columns(below ? [...this.#found, row] : this.#found), data: below ? null : row }
    }
    const words = wordsOf(row)
    const above = this.#above
    this.#above = words.has('案号') ? row : null
    if (words.has('案号') && words.has('立案日期')) this.#found = [row]
    else if (words.has('立案日期') && above?.number === row.number - 1) {
      this.#found = [above, row]
    } else if (words.has('案号')) this.halfFound = row.number
    return null
  }

  /** The header where the rows ended with it. */
  end(): Columns | null {
    return this.#found === null ? null : new Columns(this.#found)
  }
}

function headWord(cell: Cell): HeadWord | null {
  if (cell.type !== 'text' || cell.raw.length > WORD_MAX) return null
  const word = withoutSpace(cell.raw.normalize('NFKC')).replace(/^\*+|\*+$/g, '')
  const unit = /^(.+?)\((?:单位:)?(?:人民币)?(万?)元\)$/.exec(word)
  const name = unit !== null && MONEY.has(unit[1] ?? '') ? (unit[1] ?? '') : word
  if (!KNOWN.has(name)) return null
  return { column: name as Column, tenThousands: name !== word && unit?.[2] === '万' }
}

function wordsOf(row: SheetRow): Set<string> {
  return new Set(row.cells.map((cell) => headWord(cell)?.column ?? ''))
}

/** The lower half of a merged head: known words, at least two, none of them where the upper row has its own. */
function isSubHead(row: SheetRow, upper: readonly SheetRow[]): boolean {
  const taken = new Set(
    upper.flatMap((above) => above.cells.filter((cell) => headWord(cell) !== null).map(({ col }) => col)),
  )
  const words = row.cells.filter((cell) => withoutSpace(cell.raw) !== '')
  const known = words.filter((cell) => headWord(cell) !== null)
  return known.length >= 2 && words.every((cell) => cell.type === 'text') && known.every((cell) => !taken.has(cell.col))
}
