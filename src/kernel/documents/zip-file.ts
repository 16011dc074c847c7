import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

// Zip files as a Word file is one: written whole, and read with every check that can be made before a byte is unpacked.

export interface ZipPart {
  name: string
  content: Buffer
}

/** Why a file is not read: a code of the catalogue and the words for it. */
export class ZipRefusal extends Error {
  readonly reason: 'broken' | 'bomb'
  constructor(reason: 'broken' | 'bomb', message: string) {
    super(message)
    this.reason = reason
  }
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** The first moment that the format knows: the same parts give the same bytes. */
const EPOCH_DATE = 0x0021
const UTF8 = 0x0800

/** A part as it stands in a zip file, wherever in it. */
export interface PackedPart {
  label: Buffer
  packed: Buffer
  size: number
  crc: number
}

export function packPart({ name, content }: ZipPart): PackedPart {
  return { label: Buffer.from(name), packed: deflateRawSync(content), size: content.length, crc: crc32(content) }
}

/** One zip file of these parts, in their order. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  return zipOfPacked(parts.map(packPart))
}

export function zipOfPacked(parts: readonly PackedPart[]): Buffer {
  const directory = new Directory()
  const files = parts.flatMap((part) => directory.add(part))
  return Buffer.concat([...files, ...directory.end()])
}

/** The same, part after part: nothing is kept of a part that has gone out. Smaller than 4 GB. */
export async function* zipStream(parts: AsyncIterable<ZipPart>): AsyncGenerator<Buffer> {
  const directory = new Directory()
  for await (const part of parts) yield Buffer.concat(directory.add(packPart(part)))
  yield Buffer.concat(directory.end())
}

/** What stands at the end of a zip file, gathered while its files are written. */
class Directory {
  readonly #entries: Buffer[] = []
  #count = 0
  #offset = 0

  /** The bytes of a part. */
  add({ label, packed, size, crc }: PackedPart): Buffer[] {
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(UTF8, 2)
    head.writeUInt16LE(8, 4)
    head.writeUInt16LE(EPOCH_DATE, 8)
    head.writeUInt32LE(crc, 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(size, 18)
    head.writeUInt16LE(label.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(this.#offset, 10)
    this.#entries.push(word(CENTRAL), Buffer.from([20, 0]), head, rest, label)
    this.#offset += 30 + label.length + packed.length
    this.#count += 1
    return [word(LOCAL), head, label, packed]
  }

  /** The bytes behind the last part. */
  end(): Buffer[] {
    const size = this.#entries.reduce((sum, one) => sum + one.length, 0)
    const end = Buffer.alloc(22)
    end.writeUInt32LE(END, 0)
    end.writeUInt16LE(this.#count, 8)
    end.writeUInt16LE(this.#count, 10)
    end.writeUInt32LE(size, 12)
    end.writeUInt32LE(this.#offset, 16)
    return [...this.#entries, end]
  }
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

interface Limits {
  parts: number
  unpackedBytes: number
}

/**
 * The parts of a zip file by name. Number, declared sizes, overlaps and doubles are checked before anything is
 * unpacked, and no part may become larger than it says. Throws ZipRefusal.
 */
export function readZip(file: Buffer, limits: Limits): Map<string, Buffer> {
  const entries = readDirectory(file, limits)
  const parts = new Map<string, Buffer>()
  for (const { name, method, packed, size, crc } of entries) {
    let content: Buffer
    try {
      content = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) })
    } catch {
      throw new ZipRefusal('bomb', `部件 ${name} 解压后与其声明的大小不符`)
    }
    if (content.length !== size || crc32(content) !== crc) throw new ZipRefusal('broken', `部件 ${name} 校验不符`)
    parts.set(name, content)
  }
  return parts
}

interface Entry {
  name: string
  method: number
  packed: Buffer
  size: number
  crc: number
}

function readDirectory(file: Buffer, limits: Limits): Entry[] {
  const end = endOf(file)
  const count = file.readUInt16LE(end + 10)
  let at = file.readUInt32LE(end + 16)
  // Where the two disagree, another reader would take the directory for a different one.
  if (at + file.readUInt32LE(end + 12) !== end) throw broken()
  if (count > limits.parts) throw new ZipRefusal('bomb', `含有${count}个部件`)
  const entries: Entry[] = []
  const taken: [number, number][] = []
  let total = 0
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || file.readUInt32LE(at) !== CENTRAL) throw broken()
    const [flags, method] = [file.readUInt16LE(at + 8), file.readUInt16LE(at + 10)]
    const [crc, packedSize, size] = [16, 20, 24].map((one) => file.readUInt32LE(at + one)) as [number, number, number]
    const nameEnd = at + 46 + file.readUInt16LE(at + 28)
    const name = file.toString('utf8', at + 46, nameEnd)
    if ((flags & 1) === 1 || (method !== 0 && method !== 8)) throw broken()
    if (name.startsWith('/') || name.includes('\\') || name.split('/').includes('..')) throw broken()
    if (entries.some((one) => one.name.toLowerCase() === name.toLowerCase())) throw broken()
    total += size
    if (total > limits.unpackedBytes) throw new ZipRefusal('bomb', '解压后过大')
    const [start, stop] = placeOf(file, file.readUInt32LE(at + 42), packedSize)
    if (taken.some(([from, to]) => start < to && from < stop))
      throw new ZipRefusal('bomb', `部件 ${name} 与其他部件重叠`)
    taken.push([start, stop])
    if (!name.endsWith('/')) entries.push({ name, method, packed: file.subarray(start, stop), size, crc })
    at = nameEnd + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  if (at !== end) throw broken()
  return entries
}

function placeOf(file: Buffer, offset: number, packedSize: number): [number, number] {
  if (offset + 30 > file.length || file.readUInt32LE(offset) !== LOCAL) throw broken()
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28)
  if (start + packedSize > file.length) throw broken()
  return [start, start + packedSize]
}

function endOf(file: Buffer): number {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 65_557); at -= 1) {
    if (file.readUInt32LE(at) === END) return at
  }
  throw broken()
}

function broken(): ZipRefusal {
  return new ZipRefusal('broken', '文件已损坏或不是文字文档')
}
