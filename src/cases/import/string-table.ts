import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// The shared strings of a workbook can be larger than the memory this process may use. They are kept as UTF-8 in
// pages outside the JavaScript heap; what goes beyond a limit goes to a temporary file that has no name any more
// (nothing is left behind when the process dies, and nobody else can open it). Exports list strings in the order of
// their first use, so reading them back is mostly sequential.

const PAGE = 1024 * 1024
const WINDOW = 64 * 1024
const OFFSETS = 64 * 1024

/** Strings by their index, in the order in which they were added. Close it, or its temporary file stays open. */
export class StringTable {
  readonly #pages: Buffer[] = []
  readonly #offsets: Uint32Array[] = []
  readonly #pagesInMemoryMax: number
  #length = 0
  #bytes = 0
  #file: number | null = null
  #window = Buffer.alloc(0)
  #windowStart = 0
  /** The page being filled once the memory limit is reached. */
  #pending: Buffer | null = null

  constructor(memoryBytesMax = 24 * PAGE) {
    this.#pagesInMemoryMax = Math.max(1, Math.floor(memoryBytesMax / PAGE))
  }

  get length(): number {
    return this.#length
  }

  add(text: string): void {
    this.#mark(this.#bytes)
    let source = Buffer.from(text, 'utf8')
    while (source.length > 0) {
      const inPage = this.#bytes % PAGE
      const taken = source.copy(this.#pageToFill(inPage), inPage)
      this.#bytes += taken
      source = source.subarray(taken)
      if (this.#bytes % PAGE === 0) this.#spill()
    }
    this.#length += 1
  }

  /** The string at `index`, or null where there is none. */
  get(index: number): string | null {
    if (!Number.isInteger(index) || index < 0 || index >= this.#length) return null
    const start = this.#offset(index)
    const end = index + 1 < this.#length ? this.#offset(index + 1) : this.#bytes
    const page = Math.floor(start / PAGE)
    const inPage = start - page * PAGE
    const held = this.#pageInMemory(page)
    if (held !== null && inPage + (end - start) <= PAGE) return held.toString('utf8', inPage, inPage + (end - start))
    return this.#gather(start, end).toString('utf8')
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
    this.#pages.length = 0
    this.#offsets.length = 0
  }

  #mark(offset: number): void {
    if (this.#length % OFFSETS === 0) this.#offsets.push(new Uint32Array(OFFSETS))
    const chunk = this.#offsets[this.#offsets.length - 1]
    if (chunk !== undefined) chunk[this.#length % OFFSETS] = offset
  }

  #offset(index: number): number {
    return this.#offsets[Math.floor(index / OFFSETS)]?.[index % OFFSETS] ?? 0
  }

  #pageToFill(inPage: number): Buffer {
    if (inPage === 0) {
      const page = this.#pending ?? Buffer.allocUnsafeSlow(PAGE)
      if (this.#pages.length >= this.#pagesInMemoryMax) this.#pending = page
      else this.#pages.push(page)
    }
    return this.#pending ?? (this.#pages[this.#pages.length - 1] as Buffer)
  }

  /** A full page beyond the limit goes to the file, and its memory is used for the next one. */
  #spill(): void {
    if (this.#pending === null) return
    if (this.#file === null) {
      const path = join(tmpdir(), `strings-${randomUUID()}`)
      this.#file = openSync(path, 'wx+', 0o600)
      unlinkSync(path)
    }
    this.#window = Buffer.alloc(0)
    writeSync(this.#file, this.#pending, 0, PAGE, this.#bytes - PAGE - this.#spillStart())
  }

  #spillStart(): number {
    return this.#pagesInMemoryMax * PAGE
  }

  #pageInMemory(page: number): Buffer | null {
    if (page < this.#pages.length) return this.#pages[page] ?? null
    const filling = Math.floor(this.#bytes / PAGE)
    return page === filling && this.#bytes % PAGE !== 0 ? this.#pending : null
  }

  #gather(start: number, end: number): Buffer {
    const parts: Buffer[] = []
    for (let at = start; at < end; ) {
      const page = Math.floor(at / PAGE)
      const pageEnd = Math.min(end, (page + 1) * PAGE)
      const held = this.#pageInMemory(page)
      const part = held === null ? this.#fromFile(at, pageEnd) : held.subarray(at - page * PAGE, pageEnd - page * PAGE)
      // The next part may be read into the same window.
      parts.push(pageEnd === end ? part : Buffer.from(part))
      at = pageEnd
    }
    return Buffer.concat(parts)
  }

  #fromFile(start: number, end: number): Buffer {
    if (start < this.#windowStart || end > this.#windowStart + this.#window.length) {
      const size = Math.max(WINDOW, end - start)
      if (this.#window.length < size) this.#window = Buffer.allocUnsafeSlow(size)
      if (this.#file !== null) readSync(this.#file, this.#window, 0, this.#window.length, start - this.#spillStart())
      this.#windowStart = start
    }
    return this.#window.subarray(start - this.#windowStart, end - this.#windowStart)
  }
}
