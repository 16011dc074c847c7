// A small reader of the XML that Word writes: elements with attributes and text. What is not well-formed throws.

export interface Element {
  name: string
  attributes: Readonly<Record<string, string>>
  children: (Element | string)[]
}

/** The file says something that no writer of Word files writes. */
export class BrokenXml extends Error {}

/** How many elements, attributes and remarks may still be read, in this text and in those that share the room. */
export interface XmlRoom {
  left: number
}

/** There is no room for it. */
export class XmlTooLarge extends Error {}

const PIECE =
  /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g
const DEEPEST = 200

/**
 * The root element. Throws BrokenXml; document types and entities of one's own are broken here. Throws XmlTooLarge
 * where there is no room for it.
 */
export function parseXml(text: string, room: XmlRoom = { left: Number.POSITIVE_INFINITY }): Element {
  const top: Element = { name: '', attributes: {}, children: [] }
  const open = [top]
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  for (PIECE.lastIndex = at; at < text.length; at = PIECE.lastIndex) {
    const piece = PIECE.exec(text)
    if (!piece) throw new BrokenXml(`at ${at}`)
    const [, closing, name, attributes, empty, words] = piece
    const inner = open.at(-1) as Element
    if (words === undefined && closing !== '/') take(room)
    if (words !== undefined) inner.children.push(unescaped(words))
    else if (closing === '/') {
      if (inner.name !== name || open.length === 1) throw new BrokenXml(`</${name}>`)
      open.pop()
    } else if (name !== undefined) {
      const element: Element = { name, attributes: attributesOf(attributes ?? '', room), children: [] }
      inner.children.push(element)
      if (empty !== '/') open.push(element)
      if (open.length > DEEPEST) throw new BrokenXml('too deep')
    }
  }
  const [root, second] = top.children.filter((one): one is Element => typeof one !== 'string')
  if (open.length !== 1 || !root || second) throw new BrokenXml('not one element')
  return root
}

/** The child elements of this name, in their order. */
export function childrenOf(element: Element | undefined, name: string): Element[] {
  return (element?.children ?? []).filter((one): one is Element => typeof one !== 'string' && one.name === name)
}

/** The first child element of this name. */
export function childOf(element: Element | undefined, name: string): Element | undefined {
  return childrenOf(element, name)[0]
}

/** Every element below, itself first. One stack: a generator in another would hand each element up through all. */
export function* elementsOf(element: Element): Generator<Element> {
  const open = [element]
  for (let one = open.pop(); one; one = open.pop()) {
    yield one
    for (let at = one.children.length - 1; at >= 0; at -= 1) {
      const child = one.children[at]
      if (typeof child === 'object') open.push(child)
    }
  }
}

/** All text below. */
export function textOf(element: Element): string {
  return element.children.map((one) => (typeof one === 'string' ? one : textOf(one))).join('')
}

function take(room: XmlRoom): void {
  room.left -= 1
  if (room.left < 0) throw new XmlTooLarge()
}

function attributesOf(text: string, room: XmlRoom): Record<string, string> {
  const found: Record<string, string> = {}
  if (text === '') return found
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    take(room)
    if (Object.hasOwn(found, name)) throw new BrokenXml(name)
    found[name] = unescaped(double ?? single ?? '')
  }
  return found
}

/** The characters that XML itself gives a name. A map: as an object it would also know `toString`. */
export const XML_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;\s]*);?/g, (whole, name: string) => {
    const code = /^#x([\da-f]+)$/i.exec(name)?.[1]
    const point = code ? Number.parseInt(code, 16) : /^#\d+$/.test(name) ? Number(name.slice(1)) : null
    const said = point === null ? XML_CHARACTERS.get(name) : point < 0x110000 ? String.fromCodePoint(point) : undefined
    if (said === undefined) throw new BrokenXml(whole)
    return said
  })
}
