import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { crc32, deflateRawSync } from 'node:zlib'
import { readExport } from './export-reading.ts'
import type { ReadRow } from './imported-case.ts'
import { columnName } from './sheet-rows.ts'

// For tests only: makes workbooks, also such as no program would write.

export interface MadeEntry {
  name: string
  data: string | Buffer
  /** What the directory says instead of the truth. */
  declared?: { size?: number; crc?: number; flags?: number; offset?: number }
}

/** A zip file of these entries, deflated. */
export function zipOf(entries: readonly MadeEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data, declared } of entries) {
    const bytes = Buffer.from(data as string)
    const packed = deflateRawSync(bytes)
    const label = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(label.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(declared?.flags ?? 0, 8)
    central.writeUInt16LE(8, 10)
    central.writeUInt32LE(declared?.crc ?? crc32(bytes), 16)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(declared?.size ?? bytes.length, 24)
    central.writeUInt16LE(label.length, 28)
    central.writeUInt32LE(declared?.offset ?? offset, 42)
    parts.push(local, label, packed)
    directory.push(central, label)
    offset += 30 + label.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, list, end])
}

/** A cell: text, a number, nothing, or the XML that stands inside `<c r="…"` (beginning with attributes). */
export type MadeCell = string | number | null | { xml: string }
export type MadeRow = readonly MadeCell[]

/** A number shown as a date (cell style 1 of `STYLES`). */
export function excelDate(serial: number): MadeCell {
  return { xml: ` s="1"><v>${serial}</v>` }
}

/** A formula with the text it last gave. */
export function formula(cached: string): MadeCell {
  return { xml: ` t="str"><f>A1&amp;B1</f><v>${escaped(cached)}</v>` }
}

export interface MadeSheet {
  rows: readonly MadeRow[]
  /** Excel's number of the first row. */
  firstRow?: number
  from1904?: boolean
  sheetName?: string
}

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const STYLES = `<styleSheet ${NS}><numFmts>
<numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>
<numFmt numFmtId="171" formatCode="#,##0.00&quot;元&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`

/** The parts of a workbook with one sheet, to be changed before they are zipped. */
export function partsOf(sheet: MadeSheet): MadeEntry[] {
  const relations = (list: [string, string, string][]): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
      .map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`)
      .join('')}</Relationships>`
  const workbook = `<workbook ${NS} xmlns:r="${OFFICE}"><workbookPr${sheet.from1904 ? ' date1904="1"' : ''}/><sheets>
<sheet name="${sheet.sheetName ?? '明细'}" sheetId="1" r:id="rId1"/></sheets></workbook>`
  return [
    { name: '_rels/.rels', data: relations([['rId1', 'officeDocument', 'xl/workbook.xml']]) },
    { name: 'xl/workbook.xml', data: workbook },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: relations([
        ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
        ['rId2', 'styles', 'styles.xml'],
      ]),
    },
    { name: 'xl/styles.xml', data: STYLES },
    { name: 'xl/worksheets/sheet1.xml', data: sheetXml(sheet) },
  ]
}

export function sheetXml({ rows, firstRow = 1 }: MadeSheet): string {
  const body = rows.map((cells, index) => {
    const number = firstRow + index
    const inner = cells.map((cell, at) => cellXml(cell, `${columnName(at + 1)}${number}`)).join('')
    return `<row r="${number}">${inner}</row>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet ${NS}><sheetData>${body.join('')}</sheetData></worksheet>`
}

function cellXml(cell: MadeCell, place: string): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (typeof cell === 'object') return `<c r="${place}"${cell.xml}</c>`
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** Writes bytes to a file that is gone after the test. */
export function fileOf(t: TestContext, bytes: Buffer, name = '导出.xlsx'): string {
  const folder = mkdtempSync(join(tmpdir(), 'made-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

export function workbookFile(t: TestContext, sheet: MadeSheet): string {
  return fileOf(t, zipOf(partsOf(sheet)))
}

/** A correct case row; `changes` by column name. */
export function caseRow(changes: Partial<Record<(typeof HEAD)[number], MadeCell>> = {}): MadeRow {
  const plain: Partial<Record<(typeof HEAD)[number], MadeCell>> = {
    案号: '（2021）吉0193执1号',
    案件类型: '首次执行',
    立案日期: '2021-03-05',
    执行依据文号: '（2020）吉0193民初1号',
    申请执行人: '甲某',
    申请执行人证件号码: '11010519491231002X',
    被执行人: '乙某',
    被执行人证件号码: '11010519491231002X',
    '申请执行标的(元)': 100,
    案件状态: '在执',
  }
  return HEAD.map((column) => (column in changes ? changes[column] : plain[column]) ?? null)
}

export const HEAD = [
  '序号',
  '案号',
  '案件类型',
  '立案日期',
  '案由',
  '执行依据文号',
  '申请执行人',
  '申请执行人证件号码',
  '被执行人',
  '被执行人证件号码',
  '申请执行标的(元)',
  '承办人',
  '案件状态',
  '执行通知书发出日期',
  '结案日期',
  '中止日期',
  '案款到账金额(元)',
  '备注',
] as const

/** All rows of an export of 吉0193, made on 2021-09-30. */
export async function readAll(path: string): Promise<{ rows: ReadRow[]; notes: string[] }> {
  const reading = readExport(path, { courtCode: '吉0193', asOfOn: '2021-09-30' })
  const rows: ReadRow[] = []
  for await (const row of reading) rows.push(row)
  return { rows, notes: reading.notes }
}
