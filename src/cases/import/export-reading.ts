import { basename } from 'node:path'
import { isBlank, withoutSpace } from '#cases/case/plain-text.ts'
import type { On } from '#kernel/time/time.ts'
import { type Columns, HeaderSearch } from './columns.ts'
import type { ReadRow } from './imported-case.ts'
import { Fault, refusalOf } from './refusal.ts'
import { RowReader } from './row-reading.ts'
import type { SheetRow } from './sheet-rows.ts'
import { Workbook } from './workbook.ts'

// Reading a court's export (执行案件明细表) from beginning to end, in pieces: neither the file nor its rows are ever whole
// in memory.

const HEADER_ROW_MAX = 50

export interface ExportOptions {
  /** The court whose export it is, such as 吉0193; cases of another court are refused. */
  courtCode: string
  /** The day of the export. */
  asOfOn: On
  /** The name for messages, where the file lies under another one. */
  fileName?: string
}

/** What the check of a whole file found. */
export interface WorkbookCheck {
  sheetName: string
  headerRow: number
  /** Rows under the header without 合计 and without empty ones. */
  rows: number
}

/**
 * Reads the whole file once without keeping anything. Throws a WorkbookRefusal where it is broken, encrypted, of
 * the old format, without rows, over 100 MB, a zip bomb, or has no header with 案号 and 立案日期 in the first 50 rows of
 * its first sheet.
 */
export async function checkWorkbook(path: string, fileName = basename(path)): Promise<WorkbookCheck> {
  const table = new Table(path, fileName)
  let rows = 0
  for await (const _ of table.rows()) rows += 1
  const columns = table.columns
  if (columns === null || rows === 0) throw refusalOf(new Fault('import.empty', table.emptyWords()), fileName)
  return { sheetName: table.sheetName, headerRow: columns.row, rows }
}

/** The rows of an export, one by one. `notes` is complete once all rows have been read. */
export class ExportReading implements AsyncIterable<ReadRow> {
  readonly #table: Table
  readonly #options: ExportOptions

  constructor(path: string, options: ExportOptions) {
    this.#table = new Table(path, options.fileName ?? basename(path))
    this.#options = options
  }

  /** What concerns the file as a whole: columns ignored or missing, empty rows. */
  get notes(): string[] {
    return this.#table.notes()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ReadRow> {
    let reader: RowReader | null = null
    for await (const { row, columns } of this.#table.rows()) {
      const { courtCode, asOfOn } = this.#options
      reader ??= new RowReader({ columns, courtCode, asOfOn, from1904: this.#table.from1904 })
      yield reader.read(row)
    }
  }
}

/** Reads an export row by row. Throws as `checkWorkbook` does, but not for a header without rows. */
export function readExport(path: string, options: ExportOptions): ExportReading {
  return new ExportReading(path, options)
}

/** The table of the first sheet: its header, and the rows below it that are cases. */
class Table {
  sheetName = ''
  from1904 = false
  columns: Columns | null = null
  readonly #path: string
  readonly #fileName: string
  #emptyRows = 0
  #totals = 0
  #anything = false

  constructor(path: string, fileName: string) {
    this.#path = path
    this.#fileName = fileName
  }

  async *rows(): AsyncGenerator<{ row: SheetRow; columns: Columns }> {
    let workbook: Workbook | null = null
    try {
      workbook = await Workbook.open(this.#path)
      this.sheetName = workbook.sheetName
      this.from1904 = workbook.from1904
      yield* this.#cases(workbook)
    } catch (error) {
      throw refusalOf(error, this.#fileName)
    } finally {
      await workbook?.close()
    }
  }

  notes(): string[] {
    const notes = [...(this.columns?.notes ?? [])]
    if (this.#emptyRows > 0) notes.push(`空行${this.#emptyRows}行，未计入`)
    if (this.#totals > 0) notes.push(`合计行${this.#totals}行，未计入`)
    return notes.map((note) => `工作表“${this.sheetName}”：${note}`)
  }

  emptyWords(): string {
    const after = this.columns === null ? '' : `第${this.columns.row}行表头之下`
    return `的工作表“${this.sheetName}”${after}没有案件行`
  }

  async *#cases(workbook: Workbook): AsyncGenerator<{ row: SheetRow; columns: Columns }> {
    const search = new HeaderSearch()
    for await (const sheetRow of workbook.rows()) {
      let row: SheetRow | null = sheetRow
      if (this.columns === null) {
        row = this.#searched(search, sheetRow)
        if (row === null) continue
      }
      if (this.columns !== null && this.#isCase(row)) yield { row, columns: this.columns }
    }
    this.columns ??= search.end()
    if (this.columns === null) throw this.#noHeader(search)
  }

  /** Gives the row on where it stands below a header that is complete. */
  #searched(search: HeaderSearch, row: SheetRow): SheetRow | null {
    if (row.number > HEADER_ROW_MAX && search.end() === null) throw this.#noHeader(search)
    this.#anything ||= row.cells.some((cell) => !isBlank(cell.raw))
    const found = search.take(row)
    if (found !== null) this.columns = found.columns
    return found?.data ?? null
  }

  #isCase(row: SheetRow): boolean {
    const first = row.cells.find((cell) => !isBlank(cell.raw) || cell.formula)
    if (first === undefined) {
      this.#emptyRows += 1
      return false
    }
    const number = this.columns?.sort(row).get('案号')
    const isTotal = [first, number].some((cell) => cell !== undefined && withoutSpace(cell.raw) === '合计')
    if (isTotal) this.#totals += 1
    return !isTotal
  }

  #noHeader(search: HeaderSearch): Fault {
    if (!this.#anything) return new Fault('import.empty', this.emptyWords())
    const where = `的工作表“${this.sheetName}”`
    if (search.halfFound !== null) {
      return new Fault('import.no-header', `${where}第${search.halfFound}行有“案号”而没有“立案日期”，不能作为表头`)
    }
    return new Fault('import.no-header', `${where}前${HEADER_ROW_MAX}行中没有同时含“案号”和“立案日期”的表头行`)
  }
}
