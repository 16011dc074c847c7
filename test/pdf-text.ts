import { inflateSync } from 'node:zlib'

// The text of a PDF as the product makes them, page after page: the codes that are shown, read through the map to
// characters of the font they are shown in. For tests that compare a document with its data.

/** All text without spaces and line ends, in the order in which it is drawn. */
export function pdfText(pdf: Buffer): string {
  const pieces = pdfPages(pdf).flatMap((page) => page.pieces)
  return pieces
    .map(({ text }) => text)
    .join('')
    .replace(/\s/g, '')
}

export interface Piece {
  /** Where it begins, in points from the left and the lower edge of its page. */
  x: number
  y: number
  size: number
  text: string
}

export interface PdfPage {
  width: number
  height: number
  pieces: Piece[]
}

/** Page after page, what is drawn in one stroke, with its place. */
export function pdfPages(pdf: Buffer): PdfPage[] {
  const objects = readObjects(pdf)
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head))
  return pages.map(({ head }) => {
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(head) ?? []
    return { width: Number(width), height: Number(height), pieces: piecesOf(head, objects) }
  })
}

interface PdfObject {
  head: string
  stream: Buffer | null
}

function readObjects(pdf: Buffer): Map<string, PdfObject> {
  const text = pdf.toString('latin1')
  const objects = new Map<string, PdfObject>()
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)(stream\r?\n|endobj)/g)) {
    const [whole, number = '', head = '', end = ''] = match
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0)
    const start = match.index + whole.length
    const packed = end.startsWith('stream') ? pdf.subarray(start, start + length) : null
    const stream = packed && head.includes('/FlateDecode') ? inflateSync(packed) : packed
    objects.set(number, { head, stream })
  }
  return objects
}

// A place, a font with its size, or a text: in brackets (those that match need no mark inside) or in hexadecimal.
const INNER = String.raw`\\[\s\S]|[^\\()]`
const PLACE = String.raw`1 0 0 -1 ([\d.]+) ([\d.]+) cm`
const SHOWN = new RegExp(
  String.raw`${PLACE}|/(f\d+) ([\d.]+) Tf|\(((?:${INNER}|\((?:${INNER})*\))*)\)|<([\da-fA-F]+)>`,
  'g',
)

function piecesOf(head: string, objects: ReadonlyMap<string, PdfObject>): Piece[] {
  const maps = new Map<string, Map<number, string>>()
  for (const [, name = '', number = ''] of head.matchAll(/\/(f\d+) (\d+) 0 R/g)) {
    const toUnicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number)?.head ?? '')?.[1]
    maps.set(name, characterMap(objects.get(toUnicode ?? '')?.stream?.toString('latin1') ?? ''))
  }
  const content = objects.get(/\/Contents (\d+) 0 R/.exec(head)?.[1] ?? '')?.stream?.toString('latin1') ?? ''
  let font = new Map<number, string>()
  let piece: Piece = { x: 0, y: 0, size: 0, text: '' }
  const pieces = [piece]
  const drawn = content.replace(/<<[\s\S]*?>>/g, '')
  for (const [, x, y, name, size, literal = '', hex] of drawn.matchAll(SHOWN)) {
    if (x !== undefined) {
      piece = { x: Number(x), y: Number(y), size: 0, text: '' }
      pieces.push(piece)
    }
    if (name !== undefined) {
      font = maps.get(name) ?? font
      piece.size = Number(size)
    }
    const bytes = hex === undefined ? literalBytes(literal) : Buffer.from(hex, 'hex')
    for (let at = 0; at + 1 < bytes.length; at += 2) piece.text += font.get(bytes.readUInt16BE(at)) ?? ''
  }
  return pieces.filter(({ text }) => text !== '')
}

function characterMap(cmap: string): Map<number, string> {
  const map = new Map<number, string>()
  for (const [, block = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = '', text = ''] of block.matchAll(/<([\da-f]+)>\s*<([\da-f]+)>/gi)) {
      map.set(Number.parseInt(code, 16), Buffer.from(text, 'hex').swap16().toString('utf16le'))
    }
  }
  for (const [, block = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', to = '', text = ''] of block.matchAll(/<([\da-f]+)>\s*<([\da-f]+)>\s*<([\da-f]+)>/gi)) {
      const start = Buffer.from(text, 'hex').swap16().toString('utf16le').codePointAt(0) ?? 0
      const first = Number.parseInt(from, 16)
      for (let code = first; code <= Number.parseInt(to, 16); code += 1)
        map.set(code, String.fromCodePoint(start + code - first))
    }
  }
  return map
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 }

function literalBytes(text: string): Buffer {
  const bytes: number[] = []
  for (const [, octal, mark, plain] of text.matchAll(/\\([0-7]{1,3})|\\([\s\S])|([\s\S])/g)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8))
    else if (mark !== undefined) bytes.push(ESCAPES[mark] ?? mark.charCodeAt(0))
    else bytes.push((plain ?? '').charCodeAt(0))
  }
  return Buffer.from(bytes)
}
