import { XML_CHARACTERS } from '#kernel/documents/xml-tree.ts'
import { Fault } from './refusal.ts'

// Reads XML as it arrives, in pieces of any size. It knows what the parts of a workbook hold and nothing more: no
// document type declarations (so no entities that grow), a bounded depth and bounded tags. A part that is not well
// formed is a Fault.

export interface XmlHandler {
  /** `name` is the local name; `attributes` the raw text for `attributeOf`. */
  open(name: string, attributes: string): void
  close(name: string): void
  /** Text may come in several pieces. */
  text(text: string): void
}

const DEPTH_MAX = 64
const TAG_MAX = 1024 * 1024

/** Feeds one part, piece by piece, to a handler. Throws a Fault for what is not well formed or not bounded. */
export class XmlScanner {
  readonly #handler: XmlHandler
  readonly #open: string[] = []
  #rest = ''
  #rootSeen = false

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  write(piece: string): void {
    const source = this.#rest === '' ? piece : this.#rest + piece
    let at = 0
    while (true) {
      const tag = source.indexOf('<', at)
      if (tag === -1) {
        at = this.#looseText(source, at)
        break
      }
      if (tag > at) this.#text(source.slice(at, tag))
      const next = this.#markup(source, tag)
      if (next === -1) {
        at = tag
        break
      }
      at = next
    }
    this.#rest = source.slice(at)
    if (this.#rest.length > TAG_MAX) throw notWellFormed()
  }

  end(): void {
    if (this.#rest !== '') this.#text(this.#rest)
    if (this.#open.length > 0 || !this.#rootSeen) throw notWellFormed()
  }

  /** Text up to the end of the piece; an entity cut in two waits for the next piece. */
  #looseText(source: string, at: number): number {
    const entity = source.lastIndexOf('&')
    const end = entity >= at && source.indexOf(';', entity) === -1 ? entity : source.length
    if (end > at) this.#text(source.slice(at, end))
    return end
  }

  #text(text: string): void {
    if (this.#open.length > 0) this.#handler.text(decoded(text))
    else if (!/^[\s\ufeff]*$/.test(text)) throw notWellFormed()
  }

  /** Takes one piece of markup at `tag`; gives where it ends, or -1 where it is not all here yet. */
  #markup(source: string, tag: number): number {
    const sign = source.charCodeAt(tag + 1)
    if (sign === 0x21) return this.#declaration(source, tag)
    if (sign === 0x3f) return after(source, '?>', tag)
    const end = tagEnd(source, tag + 1)
    if (end === -1) return -1
    if (sign === 0x2f) this.#closed(source.slice(tag + 2, end).trimEnd())
    else this.#opened(source, tag + 1, end)
    return end + 1
  }

  #declaration(source: string, tag: number): number {
    if (source.startsWith('<!--', tag)) return after(source, '-->', tag + 4)
    if (source.startsWith('<![CDATA[', tag)) {
      const end = source.indexOf(']]>', tag)
      if (end !== -1 && this.#open.length > 0) this.#handler.text(source.slice(tag + 9, end))
      return end === -1 ? -1 : end + 3
    }
    if (source.length - tag < 9) return -1
    throw new Fault('import.broken', '已拒收：含有不允许的文档类型声明')
  }

  #opened(source: string, start: number, end: number): void {
    const selfClosing = source.charCodeAt(end - 1) === 0x2f
    const last = selfClosing ? end - 1 : end
    let nameEnd = start
    while (nameEnd < last && source.charCodeAt(nameEnd) > 0x20) nameEnd += 1
    const fullName = source.slice(start, nameEnd)
    if (fullName === '' || this.#open.length >= DEPTH_MAX || (this.#open.length === 0 && this.#rootSeen))
      throw notWellFormed()
    this.#rootSeen = true
    const name = localName(fullName)
    this.#handler.open(name, nameEnd < last ? source.slice(nameEnd, last) : '')
    if (selfClosing) this.#handler.close(name)
    else this.#open.push(fullName)
  }

  #closed(fullName: string): void {
    if (this.#open.pop() !== fullName) throw notWellFormed()
    this.#handler.close(localName(fullName))
  }
}

/**
 * The value of one attribute (its prefix, if it has one, included in `name`), entities resolved; null where it is
 * absent.
 */
export function attributeOf(attributes: string, name: string): string | null {
  let at = 0
  while (at < attributes.length) {
    const equals = attributes.indexOf('=', at)
    if (equals === -1) return null
    let quote = equals + 1
    while (attributes.charCodeAt(quote) <= 0x20) quote += 1
    const end = attributes.indexOf(attributes.charAt(quote), quote + 1)
    if (end === -1) throw notWellFormed()
    if (attributes.slice(at, equals).trim() === name) return decoded(attributes.slice(quote + 1, end))
    at = end + 1
  }
  return null
}

function after(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from)
  return end === -1 ? -1 : end + mark.length
}

/** Where the tag ends; a `>` inside quotes is part of a value. */
function tagEnd(source: string, from: number): number {
  const end = source.indexOf('>', from)
  if (end === -1) return -1
  let quote = 0
  for (let at = from; at < source.length; at += 1) {
    const sign = source.charCodeAt(at)
    if (quote !== 0) {
      if (sign === quote) quote = 0
    } else if (sign === 0x22 || sign === 0x27) quote = sign
    else if (sign === 0x3e) return at
    else if (sign === 0x3c) throw notWellFormed()
  }
  return -1
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}

function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]{0,12});?/g, (whole, body: string) => {
    if (!whole.endsWith(';')) throw notWellFormed()
    const point = /^#(?:x([0-9a-fA-F]+)|(\d+))$/.exec(body)
    if (point === null) {
      const character = XML_CHARACTERS.get(body)
      if (character === undefined) throw notWellFormed()
      return character
    }
    const code = point[1] === undefined ? Number(point[2]) : Number.parseInt(point[1], 16)
    if (code > 0x10ffff) throw notWellFormed()
    return String.fromCodePoint(code)
  })
}

function notWellFormed(): Fault {
  return new Fault('import.broken', '已损坏：内容不完整或结构有误')
}
