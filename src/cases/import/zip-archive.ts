import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { Fault } from './refusal.ts'
import { readZipDirectory, type ZipEntry } from './zip-directory.ts'

const SIZE_MAX = 100 * 1024 * 1024
const LOCAL_HEADER = 0x04034b50
const CHUNK = 32 * 1024

/** A zip file opened for reading. Its directory has been checked (see zip-directory.ts) before anything is inflated. */
export class ZipArchive {
  readonly #handle: FileHandle
  readonly #entries: Map<string, ZipEntry>

  private constructor(handle: FileHandle, entries: Map<string, ZipEntry>) {
    this.#handle = handle
    this.#entries = entries
  }

  /** Throws a Fault for a file that is empty, over 100 MB, encrypted, of the old format, broken or a zip bomb. */
  static async open(path: string): Promise<ZipArchive> {
    const handle = await open(path, 'r')
    try {
      const { size } = await handle.stat()
      if (size === 0) throw new Fault('import.empty', '是空文件')
      if (size > SIZE_MAX)
        throw new Fault('import.too-large', `超过100MB（${Math.ceil(size / 1024 / 1024)}MB），请分次导出`)
      await refuseOtherFormats(handle, size)
      return new ZipArchive(handle, await readZipDirectory(handle, size))
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase())
  }

  /** The bytes of one entry, inflated piece by piece; throws a Fault where size or checksum do not agree. */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name.toLowerCase())
    if (entry === undefined) throw new Fault('import.broken', `已损坏：缺少部件 ${name}`)
    let size = 0
    let sum = 0
    for await (const chunk of await this.#stream(entry)) {
      size += chunk.length
      if (size > entry.size) throw new Fault('import.bomb', `已拒收：部件 ${entry.name} 解压后大于其声明的大小`)
      sum = crc32(chunk, sum)
      yield chunk
    }
    if (size !== entry.size || sum !== entry.crc)
      throw new Fault('import.broken', `已损坏：部件 ${entry.name} 校验不符`)
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  async #stream(entry: ZipEntry): Promise<AsyncIterable<Buffer>> {
    const header = Buffer.alloc(30)
    await this.#handle.read(header, 0, 30, entry.offset)
    if (header.readUInt32LE(0) !== LOCAL_HEADER) throw new Fault('import.broken', `已损坏：找不到部件 ${entry.name}`)
    const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
    if (entry.packedSize === 0) return (async function* nothing() {})()
    const end = start + entry.packedSize - 1
    const packed = this.#handle.createReadStream({ start, end, autoClose: false, highWaterMark: CHUNK })
    if (entry.method === 0) return packed
    // Ends quietly when the reader stops early; a fault of either stream reaches the reader through the iterator.
    return pipeline(packed, createInflateRaw({ chunkSize: CHUNK }), () => undefined)
  }
}

async function refuseOtherFormats(handle: FileHandle, size: number): Promise<void> {
  const head = Buffer.alloc(8)
  await handle.read(head, 0, 8, 0)
  if (head.equals(Buffer.from('d0cf11e0a1b11ae1', 'hex'))) await refuseCompoundFile(handle, size)
  if (head.readUInt16LE(0) !== 0x4b50) throw new Fault('import.broken', '已损坏或不是 Excel 工作簿')
}

/**
 * An OLE compound file: a workbook with a password (it holds a stream EncryptedPackage), or one of the old format
 * .xls.
 */
async function refuseCompoundFile(handle: FileHandle, size: number): Promise<never> {
  const mark = Buffer.from('EncryptedPackage', 'utf16le')
  const window = Buffer.alloc(CHUNK + mark.length)
  for (let at = 0; at < size; at += CHUNK) {
    const { bytesRead } = await handle.read(window, 0, window.length, at)
    if (window.subarray(0, bytesRead).includes(mark)) {
      throw new Fault('import.encrypted', '设有打开密码，请去除密码后再导入')
    }
  }
  throw new Fault('import.old-format', '是旧版 Excel 格式，请另存为 .xlsx 后再导入')
}
