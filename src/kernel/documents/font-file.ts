import { inflateSync } from 'node:zlib'

// What the system must know of a font file: its bytes as the typesetter takes them, and which characters it can draw.

const WOFF = 0x774f4646
const COLLECTION = 0x74746366
const TABLE_RECORD = 16
const WOFF_RECORD = 20

/** WOFF 1.0 unpacked to the font that it wraps; every other file as it is. */
export function unwrapped(file: Buffer): Buffer {
  if (file.length < 44 || file.readUInt32BE(0) !== WOFF) return file
  const count = file.readUInt16BE(12)
  const head = Buffer.alloc(12 + count * TABLE_RECORD)
  head.writeUInt32BE(file.readUInt32BE(4), 0)
  head.writeUInt16BE(count, 4)
  const power = 2 ** Math.floor(Math.log2(count))
  head.writeUInt16BE(power * 16, 6)
  head.writeUInt16BE(Math.log2(power), 8)
  head.writeUInt16BE((count - power) * 16, 10)
  const parts: Buffer[] = [head]
  let offset = head.length
  for (let index = 0; index < count; index += 1) {
    const from = 44 + index * WOFF_RECORD
    const [start, packedSize, size] = [8, 12, 16].map((at) => file.readUInt32BE(from + at - 4)) as [
      number,
      number,
      number,
    ]
    const packed = file.subarray(start, start + packedSize)
    const table = packedSize < size ? inflateSync(packed, { maxOutputLength: size }) : packed
    const record = 12 + index * TABLE_RECORD
    file.copy(head, record, from, from + 4)
    head.writeUInt32BE(file.readUInt32BE(from + 16), record + 4)
    head.writeUInt32BE(offset, record + 8)
    head.writeUInt32BE(size, record + 12)
    const padded = Buffer.alloc(Math.ceil(size / 4) * 4)
    table.copy(padded)
    parts.push(padded)
    offset += padded.length
  }
  return Buffer.concat(parts)
}

/** Ranges of code points that a font (the first of a collection) has a glyph for. */
export function coverageOf(font: Buffer): readonly (readonly [number, number])[] {
  const start = font.readUInt32BE(0) === COLLECTION ? font.readUInt32BE(12) : 0
  const tables = font.readUInt16BE(start + 4)
  for (let index = 0; index < tables; index += 1) {
    const record = start + 12 + index * TABLE_RECORD
    if (font.toString('latin1', record, record + 4) === 'cmap') return mapRanges(font, font.readUInt32BE(record + 8))
  }
  return []
}

function mapRanges(font: Buffer, cmap: number): [number, number][] {
  const ranges: [number, number][] = []
  const count = font.readUInt16BE(cmap + 2)
  const seen = new Set<number>()
  for (let index = 0; index < count; index += 1) {
    const at = cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4)
    if (seen.has(at)) continue
    seen.add(at)
    const format = font.readUInt16BE(at)
    if (format === 12) ranges.push(...groups(font, at))
    if (format === 4) ranges.push(...segments(font, at))
  }
  return ranges
}

/** Format 12: whole groups of code points beyond the first 65,536. */
function groups(font: Buffer, at: number): [number, number][] {
  const count = font.readUInt32BE(at + 12)
  return Array.from({ length: count }, (_, index) => {
    const from = at + 16 + index * 12
    return [font.readUInt32BE(from), font.readUInt32BE(from + 4)]
  })
}

/** Format 4: segments; those of a font of parts have single glyphs missing inside, which are left out one by one. */
function segments(font: Buffer, at: number): [number, number][] {
  const count = font.readUInt16BE(at + 6) / 2
  const [ends, starts, deltas, offsets] = [0, 1, 2, 3].map(
    (part) => at + 14 + part * count * 2 + (part === 0 ? 0 : 2),
  ) as [number, number, number, number]
  const found: [number, number][] = []
  for (let index = 0; index < count; index += 1) {
    const [last, first] = [font.readUInt16BE(ends + index * 2), font.readUInt16BE(starts + index * 2)]
    const offset = font.readUInt16BE(offsets + index * 2)
    if (first === 0xffff) continue
    if (offset === 0) {
      found.push([first, last])
      continue
    }
    const delta = font.readUInt16BE(deltas + index * 2)
    for (let code = first; code <= last; code += 1) {
      const place = offsets + index * 2 + offset + (code - first) * 2
      const glyph = place + 2 <= font.length ? font.readUInt16BE(place) : 0
      if (glyph !== 0 && ((glyph + delta) & 0xffff) !== 0) found.push([code, code])
    }
  }
  return found
}
