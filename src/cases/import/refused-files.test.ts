import assert from 'node:assert/strict'
import { readFileSync, truncateSync } from 'node:fs'
import { test } from 'node:test'
import { checkWorkbook } from './export-reading.ts'
import { caseRow, fileOf, HEAD, type MadeEntry, partsOf, readAll, workbookFile, zipOf } from './made-workbook.ts'
import { type RefusalCode, WorkbookRefusal } from './refusal.ts'

// Files that are refused as a whole. Reading without checking first must end the same way.

async function refusal(path: string): Promise<WorkbookRefusal> {
  const error = await checkWorkbook(path).then(
    () => null,
    (caught: unknown) => caught,
  )
  assert.ok(error instanceof WorkbookRefusal, String(error))
  const fromReading = await readAll(path).then(
    ({ rows }) => rows,
    (caught: unknown) => caught,
  )
  assert.deepEqual(fromReading, error.code === 'import.empty' && error.message.includes('表头之下') ? [] : error)
  assert.match(error.message, /^文件“导出\.xlsx”/)
  assert.doesNotMatch(error.message, /undefined|null|NaN/)
  return error
}

async function isRefused(path: string, code: RefusalCode, words: RegExp): Promise<void> {
  const error = await refusal(path)
  assert.deepEqual([error.code, words.test(error.message)], [code, true], error.message)
}

const GOOD = partsOf({ rows: [HEAD, caseRow()] })
const SHEET = 'xl/worksheets/sheet1.xml'

function withSheet(data: string | Buffer, declared?: MadeEntry['declared']): Buffer {
  return zipOf(GOOD.map((part) => (part.name === SHEET ? { ...part, data, ...(declared ? { declared } : {}) } : part)))
}

test('a correct file is not refused', async (t) => {
  assert.deepEqual(await checkWorkbook(fileOf(t, zipOf(GOOD))), { sheetName: '明细', headerRow: 1, rows: 1 })
})

test('a file of no bytes, of the wrong kind or over 100 MB', async (t) => {
  await isRefused(fileOf(t, Buffer.alloc(0)), 'import.empty', /空文件/)
  await isRefused(fileOf(t, Buffer.from('案号,立案日期\n1,2')), 'import.broken', /不是 Excel 工作簿/)
  await isRefused(fileOf(t, Buffer.from('P')), 'import.broken', /不是 Excel 工作簿/)
  await isRefused(fileOf(t, Buffer.from('%PDF-1.7')), 'import.broken', /不是 Excel 工作簿/)
  const large = fileOf(t, zipOf(GOOD))
  truncateSync(large, 100 * 1024 * 1024 + 1)
  await isRefused(large, 'import.too-large', /超过100MB/)
})

test('a zip that is no workbook', async (t) => {
  await isRefused(fileOf(t, zipOf([{ name: 'a.txt', data: 'x' }])), 'import.broken', /不是 Excel 工作簿/)
  await isRefused(fileOf(t, zipOf([{ name: 'inner.xlsx', data: zipOf(GOOD) }])), 'import.broken', /不是 Excel 工作簿/)
  await isRefused(fileOf(t, zipOf(GOOD.filter((part) => part.name !== SHEET))), 'import.broken', /缺少工作表“明细”/)
  const binary = zipOf([{ name: '_rels/.rels', data: String(GOOD[0]?.data).replace('workbook.xml', 'workbook.bin') }])
  await isRefused(fileOf(t, binary), 'import.old-format', /xlsb/)
})

test('an encrypted workbook and one of the old format are told apart', async (t) => {
  const compound = (stream: string): Buffer =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(300_000),
      Buffer.from(stream, 'utf16le'),
      Buffer.alloc(512),
    ])
  await isRefused(fileOf(t, compound('EncryptedPackage')), 'import.encrypted', /密码/)
  await isRefused(fileOf(t, compound('Workbook')), 'import.old-format', /旧版/)
  const locked = zipOf(GOOD.map((part) => ({ ...part, declared: { flags: 1 } })))
  await isRefused(fileOf(t, locked), 'import.encrypted', /密码/)
})

test('a file cut off anywhere, or with one byte of a part changed, is broken', async (t) => {
  const whole = zipOf(partsOf({ rows: [HEAD, ...Array.from({ length: 400 }, (_, index) => caseRow({ 序号: index }))] }))
  for (const share of [0.1, 0.5, 0.9, 0.999]) {
    await isRefused(fileOf(t, whole.subarray(0, Math.floor(whole.length * share))), 'import.broken', /损坏/)
  }
  const packedAt = whole.indexOf(SHEET) + SHEET.length
  for (const at of [3, 200, 1500]) {
    const changed = Buffer.from(whole)
    changed.writeUInt8(changed.readUInt8(packedAt + at) ^ 0x55, packedAt + at)
    await isRefused(fileOf(t, changed), 'import.broken', /损坏/)
  }
  await isRefused(fileOf(t, withSheet(String(GOOD.at(-1)?.data), { crc: 1 })), 'import.broken', /校验不符/)
})

test('XML that is not whole, or brings its own entities, is broken', async (t) => {
  const sheet = String(GOOD.at(-1)?.data)
  const bad = [
    sheet.slice(0, -30),
    sheet.replace('</sheetData>', '</sheetdata>'),
    `${sheet}<more/>`,
    sheet.replace('甲某', '&nbsp;'),
    sheet.replace('甲某', '甲 & 乙'),
    sheet.replace('r="1"', 'r=1"'),
    '',
    '甲',
  ]
  for (const data of bad) await isRefused(fileOf(t, withSheet(data)), 'import.broken', /损坏/)
  await isRefused(fileOf(t, withSheet(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe, 0x3c]))), 'import.broken', /损坏/)
  const laughs = '<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;">]>'
  await isRefused(
    fileOf(t, withSheet(sheet.replace('<worksheet', `${laughs}<worksheet`))),
    'import.broken',
    /文档类型声明/,
  )
  const deep = '<a>'.repeat(100_000)
  await isRefused(fileOf(t, withSheet(deep)), 'import.broken', /损坏/)
})

test('a cell that cannot be is named by row and column', async (t) => {
  const sheet = String(GOOD.at(-1)?.data)
  const cells: [string, RegExp][] = [
    ['<c r="A3"><v>十二</v></c>', /第3行A列数值有误/],
    ['<c r="AB3" t="s"><v>7</v></c>', /第3行AB列所引用的文字不存在/],
    ['<c r="ZZZZ3"><v>1</v></c>', /第3行/],
  ]
  for (const [cell, words] of cells) {
    const data = sheet.replace('</sheetData>', `<row r="3">${cell}</row></sheetData>`)
    await isRefused(fileOf(t, withSheet(data)), 'import.broken', words)
  }
  await isRefused(
    fileOf(t, withSheet(sheet.replace('</sheetData>', '<row r="2"/></sheetData>'))),
    'import.broken',
    /行号/,
  )
})

test('zip bombs are refused before they are inflated, or while they are', async (t) => {
  const blanks = Buffer.alloc(20 * 1024 * 1024, 0x20)
  await isRefused(fileOf(t, withSheet(blanks)), 'import.bomb', /压缩比异常/)
  await isRefused(fileOf(t, withSheet(blanks, { size: 1000 })), 'import.bomb', /声明的大小/)
  await isRefused(fileOf(t, withSheet('<a/>', { size: 3 * 1024 * 1024 * 1024 })), 'import.bomb', /压缩比异常/)
  const overlapping = zipOf(GOOD.map((part) => ({ ...part, declared: { offset: 0 } })))
  await isRefused(fileOf(t, overlapping), 'import.bomb', /重叠/)
  const many = Array.from({ length: 10_001 }, (_, index) => ({ name: `p${index}`, data: '' }))
  await isRefused(fileOf(t, zipOf([...GOOD, ...many])), 'import.bomb', /部件/)
  const text = `<a>${'长'.repeat(2_000_000)}</a>`
  await isRefused(
    fileOf(t, withSheet(`<worksheet><sheetData><row><c><v>${text}</v></c></row></sheetData></worksheet>`)),
    'import.broken',
    /./,
  )
})

test('a sheet without cases is empty', async (t) => {
  await isRefused(workbookFile(t, { rows: [] }), 'import.empty', /工作表“明细”没有案件行/)
  await isRefused(workbookFile(t, { rows: [[' ', null], []] }), 'import.empty', /没有案件行/)
  await isRefused(workbookFile(t, { rows: [HEAD] }), 'import.empty', /第1行表头之下没有案件行/)
  await isRefused(workbookFile(t, { rows: [HEAD, ['合计'], [' ']] }), 'import.empty', /第1行表头之下没有案件行/)
})

test('a first sheet without a header that holds 案号 and 立案日期', async (t) => {
  const without = (word: string): string[] => HEAD.map((head) => (head === word ? '其他' : head))
  await isRefused(
    workbookFile(t, { rows: [without('立案日期'), caseRow()] }),
    'import.no-header',
    /第1行有“案号”而没有“立案日期”/,
  )
  await isRefused(workbookFile(t, { rows: [without('案号'), caseRow()] }), 'import.no-header', /工作表“明细”前50行/)
  await isRefused(workbookFile(t, { rows: [['说明'], HEAD, caseRow()], firstRow: 50 }), 'import.no-header', /前50行/)
  const last = await checkWorkbook(workbookFile(t, { rows: [['说明'], HEAD, caseRow()], firstRow: 49 }))
  assert.deepEqual(last, { sheetName: '明细', headerRow: 50, rows: 1 })
})

test('the name in messages can be the one the person knows', async (t) => {
  const path = fileOf(t, Buffer.from('x'), 'a1b2.part')
  await assert.rejects(checkWorkbook(path, '九月.xlsx'), {
    code: 'import.broken',
    message: '文件“九月.xlsx”已损坏或不是 Excel 工作簿',
  })
  assert.equal(readFileSync(path, 'utf8'), 'x')
})

test('a file that is not there is no refusal of its content', async () => {
  await assert.rejects(checkWorkbook('/nowhere/导出.xlsx'), { code: 'ENOENT' })
})
