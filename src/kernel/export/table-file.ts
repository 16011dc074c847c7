import { Readable } from 'node:stream'
import { writeXlsx } from 'hucre/xlsx'
import type { FileAnswer } from '#kernel/http/route.ts'

// What a list shows, as a file: Excel cells of text stay text, and a CSV cell that a spreadsheet would take for a
// formula is disarmed. The last row says who took it, when, and how much.

export type Format = 'xlsx' | 'csv'

export interface ExportColumn<T> {
  label: string
  /** Money comes in fen and stands in yuan; everything else is text. */
  type: 'text' | 'money'
  width: number
  value: (item: T) => string | null
}

const MEDIA_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const

/** A file of rows with its watermark; `name` without ending. */
export async function tableFile<T>(
  name: string,
  format: Format,
  columns: readonly ExportColumn<T>[],
  items: readonly T[],
  watermark: string,
): Promise<FileAnswer> {
  const bytes = format === 'csv' ? csv(columns, items, watermark) : await xlsx(name, columns, items, watermark)
  return { file: Readable.from([bytes]), name: `${name}.${format}`, mediaType: MEDIA_TYPES[format] }
}

async function xlsx<T>(
  name: string,
  columns: readonly ExportColumn<T>[],
  items: readonly T[],
  watermark: string,
): Promise<Buffer> {
  const rows = [
    columns.map((column) => column.label),
    ...items.map((item) => columns.map((column) => cellOf(column, item))),
    [watermark],
  ]
  const sheet = {
    name: name.slice(0, 31),
    columns: columns.map((column) => ({
      width: column.width,
      ...(column.type === 'money' ? { numFmt: '#,##0.00' } : {}),
    })),
    rows,
    freezePane: { rows: 1 },
  }
  return Buffer.from(await writeXlsx({ sheets: [sheet] }))
}

function cellOf<T>(column: ExportColumn<T>, item: T): string | number | null {
  const value = column.value(item)
  return column.type === 'money' && value !== null ? Number(value) / 100 : value
}

function csv<T>(columns: readonly ExportColumn<T>[], items: readonly T[], watermark: string): Buffer {
  const lines = [
    columns.map((column) => quoted(column.label)),
    ...items.map((item) => columns.map((column) => csvCell(column, item))),
    [quoted(watermark)],
  ]
  return Buffer.from(`\ufeff${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`, 'utf8')
}

function csvCell<T>(column: ExportColumn<T>, item: T): string {
  const value = column.value(item)
  if (value === null) return ''
  return column.type === 'money' ? yuan(value) : quoted(disarmed(value))
}

function yuan(fen: string): string {
  const digits = fen.padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/**
 * A leading sign that begins a formula, in half or full width, or a control that hides one, gets an apostrophe before
 * it.
 */
export function disarmed(text: string): string {
  return /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
