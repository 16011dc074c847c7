// A QR code (GB/T 18284, ISO/IEC 18004) of one size: version 10, level L, mask 0, bytes. It holds 271 bytes, enough for
// the address of an authenticator's secret, which must not be drawn by anybody else's server.

const SIZE = 57
const DATA_BYTES = 274
const CHECK_BYTES = 18
const BLOCKS = [68, 68, 69, 69]
const ALIGNMENT = [6, 28, 50]
const FORMAT_BITS = 0x77c4
const VERSION_BITS = 0x0a4d3
const MOST_BYTES = 271

interface Grid {
  dark: boolean[][]
  /** Squares that hold no data. */
  fixed: boolean[][]
}

/** Rows of squares, true where dark; null for a text that does not fit. */
export function qrMatrix(text: string): boolean[][] | null {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length > MOST_BYTES) return null
  const empty = () => Array.from({ length: SIZE }, () => Array<boolean>(SIZE).fill(false))
  const grid: Grid = { dark: empty(), fixed: empty() }
  drawPatterns(grid)
  drawData(grid, interleaved(dataOf(bytes)))
  return grid.dark
}

/** Mode, length, bytes, end, and the standard's padding. */
function dataOf(bytes: Uint8Array): number[] {
  const nibbles = [4, ...[12, 8, 4, 0].map((shift) => (bytes.length >> shift) & 15)]
  for (const byte of bytes) nibbles.push(byte >> 4, byte & 15)
  nibbles.push(0)
  const data = Array.from(
    { length: nibbles.length / 2 },
    (_, at) => (nibbles[2 * at] ?? 0) * 16 + (nibbles[2 * at + 1] ?? 0),
  )
  for (let pad = 0xec; data.length < DATA_BYTES; pad ^= 0xec ^ 0x11) data.push(pad)
  return data
}

function interleaved(data: readonly number[]): number[] {
  let from = 0
  const blocks = BLOCKS.map((length) => {
    from += length
    return data.slice(from - length, from)
  })
  const checks = blocks.map(checkBytes)
  const columns = (rows: readonly number[][], length: number) =>
    Array.from({ length }, (_, at) => rows.flatMap((row) => row[at] ?? [])).flat()
  return [...columns(blocks, Math.max(...BLOCKS)), ...columns(checks, CHECK_BYTES)]
}

/** In the field of 256 elements over x⁸ + x⁴ + x³ + x² + 1. */
function product(one: number, other: number): number {
  let sum = 0
  for (let bit = 7; bit >= 0; bit--) {
    sum = (sum << 1) ^ ((sum >> 7) * 0x11d)
    sum ^= ((other >> bit) & 1) * one
  }
  return sum
}

function generator(): number[] {
  let factors = [...Array<number>(CHECK_BYTES - 1).fill(0), 1]
  let root = 1
  for (let turn = 0; turn < CHECK_BYTES; turn++) {
    const power = root
    factors = factors.map((factor, at) => product(factor, power) ^ (factors[at + 1] ?? 0))
    root = product(root, 2)
  }
  return factors
}

/** The remainder after Reed and Solomon. */
function checkBytes(block: readonly number[]): number[] {
  const factors = generator()
  let rest = Array<number>(CHECK_BYTES).fill(0)
  for (const byte of block) {
    const lead = byte ^ (rest[0] ?? 0)
    rest = factors.map((factor, at) => (rest[at + 1] ?? 0) ^ product(factor, lead))
  }
  return rest
}

function set({ dark, fixed }: Grid, x: number, y: number, isDark: boolean): void {
  const [row, kept] = [dark[y], fixed[y]]
  if (!row || !kept || x < 0 || x >= SIZE) return
  row[x] = isDark
  kept[x] = true
}

function drawPatterns(grid: Grid): void {
  for (let at = 0; at < SIZE; at++) {
    set(grid, 6, at, at % 2 === 0)
    set(grid, at, 6, at % 2 === 0)
  }
  const corners = [
    [3, 3],
    [SIZE - 4, 3],
    [3, SIZE - 4],
  ] as const
  for (const [x, y] of corners) drawRings(grid, x, y, 4, (ring) => ring !== 2 && ring !== 4)
  for (const x of ALIGNMENT) {
    for (const y of ALIGNMENT) {
      const isCorner = corners.some(([cornerX, cornerY]) => Math.abs(x - cornerX) < 5 && Math.abs(y - cornerY) < 5)
      if (!isCorner) drawRings(grid, x, y, 2, (ring) => ring !== 1)
    }
  }
  drawFormat(grid)
  for (let bit = 0; bit < 18; bit++) {
    const isDark = ((VERSION_BITS >> bit) & 1) === 1
    const [near, far] = [Math.floor(bit / 3), SIZE - 11 + (bit % 3)]
    set(grid, far, near, isDark)
    set(grid, near, far, isDark)
  }
}

function drawRings(grid: Grid, x: number, y: number, radius: number, isDark: (ring: number) => boolean): void {
  for (let dy = -radius; dy <= radius; dy++) {
    for (let dx = -radius; dx <= radius; dx++) set(grid, x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))))
  }
}

function drawFormat(grid: Grid): void {
  for (let bit = 0; bit < 15; bit++) {
    const isDark = ((FORMAT_BITS >> bit) & 1) === 1
    if (bit < 8) {
      set(grid, 8, bit < 6 ? bit : bit + 1, isDark)
      set(grid, SIZE - 1 - bit, 8, isDark)
    } else {
      set(grid, bit === 8 ? 7 : 14 - bit, 8, isDark)
      set(grid, 8, SIZE - 15 + bit, isDark)
    }
  }
  set(grid, 8, SIZE - 8, true)
}

/** Up and down in columns of two, from the right, around the column of the timing pattern; masked like a chessboard. */
function drawData({ dark, fixed }: Grid, codewords: readonly number[]): void {
  let bit = 0
  for (let right = SIZE - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    const isUpward = ((right + 1) & 2) === 0
    for (let step = 0; step < SIZE; step++) {
      const y = isUpward ? SIZE - 1 - step : step
      for (const x of [right, right - 1]) {
        const row = dark[y]
        if (!row || fixed[y]?.[x]) continue
        const isSet = (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
        row[x] = isSet !== ((x + y) % 2 === 0)
        bit += 1
      }
    }
  }
}
