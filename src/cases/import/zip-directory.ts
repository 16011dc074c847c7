import type { FileHandle } from 'node:fs/promises'
import { Fault } from './refusal.ts'

// The central directory of a zip file, and every check that can be made before a byte is inflated: number of
// entries, declared sizes and ratios, encryption, overlapping entries (the way to hide a bomb behind honest
// figures), names that occur twice.

export interface ZipEntry {
  name: string
  offset: number
  /** Bytes in the file and bytes when inflated. */
  packedSize: number
  size: number
  crc: number
  /** 0 stored, 8 deflated. */
  method: number
}

const ENTRIES_MAX = 10_000
const UNPACKED_MAX = 2 * 1024 * 1024 * 1024
// Deflate reaches 1032 : 1; sheets of real tables stay far below 100 : 1. Small parts may be anything.
const RATIO_MAX = 200
const RATIO_FREE = 8 * 1024 * 1024

const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
const CENTRAL = 0x02014b50

/** Reads and checks the directory; keys are names in small letters. Throws a Fault: broken, encrypted or a zip bomb. */
export async function readZipDirectory(handle: FileHandle, fileSize: number): Promise<Map<string, ZipEntry>> {
  const place = await findDirectory(handle, fileSize)
  if (place.count > ENTRIES_MAX) throw bomb(`含有${place.count}个部件`)
  if (place.offset + place.size > fileSize || place.size > ENTRIES_MAX * 1024) throw broken()
  const directory = Buffer.alloc(place.size)
  await handle.read(directory, 0, place.size, place.offset)
  const entries = new Map<string, ZipEntry>()
  let at = 0
  for (let index = 0; index < place.count; index += 1) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL) throw broken()
    const nameLength = directory.readUInt16LE(at + 28)
    const extraLength = directory.readUInt16LE(at + 30)
    const end = at + 46 + nameLength + extraLength + directory.readUInt16LE(at + 32)
    if (end > directory.length) throw broken()
    const entry = entryAt(directory, at, nameLength, extraLength)
    const key = entry.name.toLowerCase()
    if (entries.has(key)) throw broken()
    entries.set(key, entry)
    at = end
  }
  checkSizes([...entries.values()], place.offset)
  return entries
}

async function findDirectory(
  handle: FileHandle,
  fileSize: number,
): Promise<{ count: number; size: number; offset: number }> {
  const length = Math.min(fileSize, 65_557)
  const tail = Buffer.alloc(length)
  await handle.read(tail, 0, length, fileSize - length)
  let at = length - 22
  while (at >= 0 && tail.readUInt32LE(at) !== END) at -= 1
  if (at < 0) throw broken()
  const place = {
    count: tail.readUInt16LE(at + 10),
    size: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  }
  if (place.count !== 0xffff && place.size !== 0xffffffff && place.offset !== 0xffffffff) return place
  if (at < 20 || tail.readUInt32LE(at - 20) !== LOCATOR_64) return place
  const record = Buffer.alloc(56)
  await handle.read(record, 0, 56, Number(tail.readBigUInt64LE(at - 12)))
  if (record.readUInt32LE(0) !== END_64) throw broken()
  return {
    count: Number(record.readBigUInt64LE(32)),
    size: Number(record.readBigUInt64LE(40)),
    offset: Number(record.readBigUInt64LE(48)),
  }
}

function entryAt(directory: Buffer, at: number, nameLength: number, extraLength: number): ZipEntry {
  const name = directory.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/')
  const flags = directory.readUInt16LE(at + 8)
  const method = directory.readUInt16LE(at + 10)
  if ((flags & 1) === 1) throw new Fault('import.encrypted', '设有压缩密码，请去除密码后再导入')
  if (method !== 0 && method !== 8) throw broken()
  const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
  const [size, packedSize, offset] = wideFigures(extra, [
    directory.readUInt32LE(at + 24),
    directory.readUInt32LE(at + 20),
    directory.readUInt32LE(at + 42),
  ])
  return { name, offset, packedSize, size, crc: directory.readUInt32LE(at + 16), method }
}

/** In a zip64 entry the figures that did not fit in 32 bits stand in an extra field, in this order. */
function wideFigures(extra: Buffer, figures: [number, number, number]): [number, number, number] {
  let at = 0
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2)
  let next = at + 4
  return figures.map((figure) => {
    if (figure !== 0xffffffff) return figure
    if (next + 8 > extra.length) throw broken()
    next += 8
    return Number(extra.readBigUInt64LE(next - 8))
  }) as [number, number, number]
}

function checkSizes(entries: ZipEntry[], directoryOffset: number): void {
  let total = 0
  for (const entry of entries) {
    total += entry.size
    if (entry.size > RATIO_FREE && entry.size > entry.packedSize * RATIO_MAX) {
      throw bomb(`部件 ${entry.name} 压缩比异常`)
    }
  }
  if (total > UNPACKED_MAX) throw bomb('解压后超过2GB')
  let end = 0
  for (const entry of entries.sort((a, b) => a.offset - b.offset)) {
    if (entry.offset < end) throw bomb(`部件 ${entry.name} 与其他部件重叠`)
    end = entry.offset + 30 + entry.packedSize
  }
  if (end > directoryOffset) throw broken()
}

function broken(): Fault {
  return new Fault('import.broken', '已损坏或不是 Excel 工作簿')
}

function bomb(why: string): Fault {
  return new Fault('import.bomb', `已拒收：${why}，疑为压缩炸弹`)
}
