import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { crc32, createDeflateRaw } from 'node:zlib'
import { addDays } from '#kernel/time/time.ts'
import { Random } from './random.ts'
import { syntheticCase } from './synthetic-case.ts'
import type { StaffedCourt } from './synthetic-courts.ts'

// A court's export with very many rows, as a workbook: written row by row, so that its size costs no memory.

const HEAD = [
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
  '承办团队',
  '案件状态',
  '执行通知书发出日期',
  '首次网络查控发起日期',
  '案款到账日期',
  '案款到账金额(元)',
  '案款发放日期',
  '结案日期',
  '结案方式',
  '备注',
] as const

const STATES = { handling: '在执', suspended: '中止', closed: '已结', terminated: '终本' } as const
const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const YEARS_BACK = 4
const DAYS_BACK = 366 * YEARS_BACK

const relation = (id: string, type: string, target: string) =>
  `<Relationships xmlns="${RELATIONS}">` +
  `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`

const PARTS: readonly [name: string, text: string][] = [
  ['_rels/.rels', relation('rId1', 'officeDocument', 'xl/workbook.xml')],
  [
    'xl/workbook.xml',
    `<workbook ${NS} xmlns:r="${OFFICE}"><sheets><sheet name="明细" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  ['xl/_rels/workbook.xml.rels', relation('rId1', 'worksheet', 'worksheets/sheet1.xml')],
]

/** Writes `rows` cases of a court that it does not have yet (from years that the generator leaves out). */
export async function writeExport(path: string, staffed: StaffedCourt, rows: number, seed: number): Promise<void> {
  const file = createWriteStream(path)
  const directory: Buffer[] = []
  let offset = 0
  const write = async (bytes: Buffer) => {
    offset += bytes.length
    if (!file.write(bytes)) await once(file, 'drain')
  }
  const entry = async (name: string, chunks: Iterable<string>) => {
    const at = offset
    const label = Buffer.from(name)
    await write(Buffer.concat([header(0x04034b50, 30, label.length, null), label]))
    const packed = createDeflateRaw({ level: 3 })
    const sizes = { crc: 0, packed: 0, size: 0 }
    const taken = (async () => {
      for await (const part of packed) {
        sizes.packed += (part as Buffer).length
        await write(part as Buffer)
      }
    })()
    for (const text of chunks) {
      const bytes = Buffer.from(text)
      sizes.crc = crc32(bytes, sizes.crc)
      sizes.size += bytes.length
      if (!packed.write(bytes)) await once(packed, 'drain')
    }
    packed.end()
    await taken
    const after = Buffer.alloc(16)
    after.writeUInt32LE(0x08074b50, 0)
    writeSizes(after, 4, sizes)
    await write(after)
    directory.push(Buffer.concat([header(0x02014b50, 46, label.length, { ...sizes, offset: at }), label]))
  }
  for (const [name, text] of PARTS) await entry(name, [text])
  await entry('xl/worksheets/sheet1.xml', sheet(staffed, rows, seed))
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  file.end(Buffer.concat([list, end]))
  await once(file, 'finish')
}

interface Sizes {
  crc: number
  packed: number
  size: number
}

function writeSizes(into: Buffer, at: number, { crc, packed, size }: Sizes): void {
  into.writeUInt32LE(crc, at)
  into.writeUInt32LE(packed, at + 4)
  into.writeUInt32LE(size, at + 8)
}

/** A local header, whose sizes follow its data, or an entry of the directory, which has them. */
function header(mark: number, length: number, labelLength: number, known: (Sizes & { offset: number }) | null): Buffer {
  const bytes = Buffer.alloc(length)
  const at = known === null ? 4 : 6
  bytes.writeUInt32LE(mark, 0)
  bytes.writeUInt16LE(20, at)
  bytes.writeUInt16LE(0x0808, at + 2)
  bytes.writeUInt16LE(8, at + 4)
  if (known) {
    writeSizes(bytes, 16, known)
    bytes.writeUInt32LE(known.offset, 42)
  }
  bytes.writeUInt16LE(labelLength, known === null ? 26 : 28)
  return bytes
}

const BATCH = 500

function* sheet(staffed: StaffedCourt, rows: number, seed: number): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?><worksheet ${NS}><sheetData>`
  yield rowXml(1, HEAD)
  for (let first = 1; first <= rows; first += BATCH) {
    const indexes = Array.from({ length: Math.min(BATCH, rows - first + 1) }, (_, more) => first + more)
    yield indexes.map((index) => rowXml(index + 1, cellsOf(staffed, index, seed))).join('')
  }
  yield '</sheetData></worksheet>'
}

function cellsOf(staffed: StaffedCourt, index: number, seed: number): (string | null)[] {
  const one = syntheticCase(seed, staffed, index)
  const earlier = (on: string | null | undefined) => (on ? addDays(on, -DAYS_BACK) : null)
  const fact = (name: string) => earlier(one.facts.find((each) => each.name === name)?.on)
  const filedOn = addDays(one.filedOn, -DAYS_BACK)
  const names = (side: string) => one.parties.filter((party) => party.side === side)
  const joined = (side: string, of: 'name' | 'number') =>
    names(side)
      .map((party) => (of === 'name' ? party.name : (party.certificate?.number ?? '')))
      .join('、')
  const yuan = (fen: number | null) => (fen === null ? null : (fen / 100).toFixed(2))
  return [
    ...[String(index), `（${filedOn.slice(0, 4)}）${staffed.court.code}${one.typeCode}${index}号`, one.kind, filedOn],
    ...[one.cause, one.basisNumber, joined('creditor', 'name'), joined('creditor', 'number'), joined('debtor', 'name')],
    ...[joined('debtor', 'number'), yuan(one.amountFen), one.judge?.name ?? null, one.judge?.team?.name ?? null],
    ...[STATES[one.state], fact('notice-sent'), fact('inquiry-started'), fact('funds-arrived'), yuan(one.arrivedFen)],
    ...[fact('funds-disbursed'), earlier(one.closedOn), one.closingWay],
    new Random(seed, index).chance(0.1) ? '材料齐备' : null,
  ]
}

function rowXml(number: number, cells: readonly (string | null)[]): string {
  const inner = cells.map((cell, at) => {
    if (cell === null || cell === '') return ''
    return `<c r="${String.fromCharCode(65 + at)}${number}" t="inlineStr"><is><t>${cell}</t></is></c>`
  })
  return `<row r="${number}">${inner.join('')}</row>`
}
