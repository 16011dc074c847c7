import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

// A plain tar (ustar) that any tool opens, written and read so strictly that each byte of it is accounted for: headers
// have one possible form, what fills up blocks is zero, and every content has its SM3 digest.

const BLOCK = 512
const NAME_MOST = 100
const PIECE = 1 << 20
const END = Buffer.alloc(2 * BLOCK)

export interface TarEntry {
  name: string
  size: number
  digest: string
}

/** A file that is not a backup, or not any more as it was written. The message is one sentence. */
export class ArchiveRefusal extends Error {}

function headerOf(name: string, size: number): Buffer {
  if (!/^[\w./-]+$/.test(name) || name.length > NAME_MOST) throw new Error(`not a name for an archive: ${name}`)
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0)
  header.write('0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

const paddingOf = (size: number) => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)

export class TarWriter {
  readonly entries: TarEntry[] = []
  sizeBytes = 0
  readonly #file: FileHandle

  constructor(file: FileHandle) {
    this.#file = file
  }

  async add(name: string, content: Buffer): Promise<TarEntry> {
    return this.#addPieces(name, content.length, [content])
  }

  /** The first `size` bytes of a file; throws where it has become shorter. */
  async addFile(name: string, path: string, size: number): Promise<TarEntry> {
    const pieces = size === 0 ? [] : createReadStream(path, { end: size - 1, highWaterMark: PIECE })
    return this.#addPieces(name, size, pieces)
  }

  async end(): Promise<void> {
    await this.#write(END)
  }

  async #addPieces(name: string, size: number, pieces: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<TarEntry> {
    await this.#write(headerOf(name, size))
    const hash = createHash('sm3')
    let written = 0
    for await (const piece of pieces) {
      hash.update(piece)
      written += piece.length
      await this.#write(piece)
    }
    if (written !== size) throw new Error(`${name} has ${written} bytes instead of ${size}`)
    await this.#write(paddingOf(size))
    const entry = { name, size, digest: hash.digest('hex') }
    this.entries.push(entry)
    return entry
  }

  async #write(bytes: Buffer): Promise<void> {
    if (bytes.length === 0) return
    await this.#file.write(bytes)
    this.sizeBytes += bytes.length
  }
}

/** Hands each piece of an entry's content over as it is read. */
export type Take = (entry: { name: string; size: number }) => ((piece: Buffer) => void | Promise<void>) | null

/**
 * Reads a whole archive, in order; returns every entry with its digest. Throws ArchiveRefusal at the first wrong byte.
 */
export async function readTar(path: string, take: Take): Promise<TarEntry[]> {
  const file = await open(path, 'r')
  const entries: TarEntry[] = []
  const next = async (size: number) => {
    const bytes = Buffer.alloc(size)
    const { bytesRead } = await file.read(bytes, 0, size)
    if (bytesRead !== size) throw new ArchiveRefusal('备份文件不完整')
    return bytes
  }
  try {
    for (;;) {
      const header = await next(BLOCK)
      if (header.equals(END.subarray(0, BLOCK))) break
      const { name, size } = readHeader(header)
      const hash = createHash('sm3')
      const hand = take({ name, size })
      for (let left = size; left > 0; ) {
        const piece = await next(Math.min(left, PIECE))
        hash.update(piece)
        await hand?.(piece)
        left -= piece.length
      }
      const padding = paddingOf(size)
      if (padding.length > 0 && !(await next(padding.length)).equals(padding)) throw damaged(name)
      entries.push({ name, size, digest: hash.digest('hex') })
    }
    const rest = await next(BLOCK)
    const { size } = await file.stat()
    const expected = entries.reduce((sum, one) => sum + BLOCK + one.size + paddingOf(one.size).length, END.length)
    if (!rest.equals(END.subarray(BLOCK)) || size !== expected) throw new ArchiveRefusal('备份文件的结尾有误')
    return entries
  } finally {
    await file.close()
  }
}

function readHeader(header: Buffer): { name: string; size: number } {
  const name = header.toString('latin1', 0, NAME_MOST).replace(/\0.*$/s, '')
  const size = Number.parseInt(header.toString('latin1', 124, 135), 8)
  const isOurs = /^[\w./-]+$/.test(name) && size >= 0 && !name.includes('..')
  if (!isOurs || !headerOf(name, size).equals(header)) throw new ArchiveRefusal('备份文件中有一处文件头被改动')
  return { name, size }
}

export function damaged(name: string): ArchiveRefusal {
  return new ArchiveRefusal(`备份文件中的 ${name} 与清单不符，文件已损坏或被改动`)
}
