import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { writeXlsxStream } from 'hucre/xlsx'
import type { FileAnswer } from '#kernel/http/route.ts'
import { withoutCertificates } from './certificate-mask.ts'

// Rows as a file: Excel cells of text stay text, and a CSV cell that a spreadsheet would take for a formula is
// disarmed. The last row says who took it, when, and how much. Neither the rows nor the file are ever whole in memory:
// the file is written beside, and sent once it is complete and on record.

export type Format = 'xlsx' | 'csv'

export interface ExportColumn<T> {
  label: string
  /** Money comes in fen and stands in yuan; everything else is text. */
  type: 'text' | 'money'
  width: number
  value: (item: T) => string | null
}

type Cell = string | number | null

const MEDIA_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const

/** A file of rows, `name` without ending, whose last row is what `closing` says of their number. */
export async function tableFile<T>(
  name: string,
  format: Format,
  columns: readonly ExportColumn<T>[],
  items: AsyncIterable<T>,
  closing: (count: number) => string,
): Promise<FileAnswer & { count: number }> {
  let count = 0
  async function* rows(): AsyncGenerator<Cell[]> {
    yield columns.map((column) => column.label)
    for await (const item of items) {
      count += 1
      yield columns.map((column) => cellOf(column, item, format))
    }
    yield [closing(count)]
  }
  const file = await kept(format === 'csv' ? Readable.from(csv(columns, rows())) : xlsx(name, columns, rows()))
  return { file, name: `${name}.${format}`, mediaType: MEDIA_TYPES[format], count }
}

/** Writes a stream out and gives it back for reading; nothing but the open file holds it, so that no end leaves it. */
async function kept(content: Readable): Promise<Readable> {
  const folder = await mkdtemp(join(tmpdir(), 'ecc-export-'))
  try {
    const path = join(folder, 'table')
    const file = await open(path, 'wx', 0o600)
    await pipeline(content, file.createWriteStream())
    const back = createReadStream(path)
    await new Promise<void>((ready, refuse) => back.once('open', () => ready()).once('error', refuse))
    return back
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function xlsx(name: string, columns: readonly ExportColumn<never>[], rows: AsyncIterable<Cell[]>): Readable {
  const stream = writeXlsxStream(rows, {
    name: name.slice(0, 31),
    columns: columns.map((column) => ({
      width: column.width,
      ...(column.type === 'money' ? { numFmt: '#,##0.00' } : {}),
    })),
    freezePane: { rows: 1 },
  })
  return Readable.fromWeb(stream as ReadableStream)
}

function cellOf<T>(column: ExportColumn<T>, item: T, format: Format): Cell {
  const value = column.value(item)
  if (value === null) return null
  if (column.type === 'text') return withoutCertificates(value)
  return format === 'csv' ? yuan(value) : Number(value) / 100
}

async function* csv(columns: readonly ExportColumn<never>[], rows: AsyncIterable<Cell[]>): AsyncGenerator<string> {
  yield '\ufeff'
  const isAmount = (cell: Cell, at: number) => columns[at]?.type === 'money' && AMOUNT.test(String(cell))
  for await (const row of rows) {
    yield `${row.map((cell, at) => (isAmount(cell, at) ? cell : quoted(cell))).join(',')}\r\n`
  }
}

const AMOUNT = /^-?\d+\.\d\d$/

function yuan(fen: string): string {
  const digits = fen.replace('-', '').padStart(3, '0')
  return `${fen.startsWith('-') ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/**
 * A leading sign that begins a formula, in half or full width, or a control that hides one, gets an apostrophe before
 * it.
 */
export function disarmed(text: string): string {
  return /^(?:[\s\p{Cc}]*[=+\-@＝＋－＠]|[\t\r\n])/u.test(text) ? `'${text}` : text
}

function quoted(cell: Cell): string {
  if (cell === null) return ''
  return `"${disarmed(String(cell)).replaceAll('"', '""')}"`
}
