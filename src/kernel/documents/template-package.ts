import { problem } from '#kernel/problem/problem.ts'
import { TemplateRoom } from './template-mass.ts'
import { BrokenXml, type Element, elementsOf, parseXml, XmlTooLarge } from './xml-tree.ts'

// The parts of a Word file that somebody brings as a template, and what they are to one another. What a part is, its
// name doesn't say: Word goes by types and relations, and so does whatever stands here.

export interface XmlPart {
  name: string
  /** The type that the file gives it, in lower case; '' where it gives none. */
  type: string
  tree: Element
}

export const MAIN_PART = 'word/document.xml'
const TYPES_PART = '[Content_Types].xml'
const ROOT_RELATIONS = '_rels/.rels'

/** All parts that are XML. Throws a problem of the catalogue for one that must not be in a template. */
export function xmlPartsOf(parts: ReadonlyMap<string, Buffer>): XmlPart[] {
  for (const name of parts.keys()) refusePart(name)
  const typesPart = parts.get(TYPES_PART)
  if (!typesPart) throw broken('不含部件清单')
  const room = new TemplateRoom()
  const typesTree = treeOf(TYPES_PART, typesPart, room)
  const typeOf = readTypes(typesTree)
  const found: XmlPart[] = [{ name: TYPES_PART, type: '', tree: typesTree }]
  for (const [name, content] of parts) {
    const type = typeOf(name)
    if (name !== TYPES_PART && isXml(name, type, content)) found.push({ name, type, tree: treeOf(name, content, room) })
  }
  for (const one of found) {
    refuseNamespaces(one)
    if (localOf(one.tree.name) === 'Relationships' || /\.rels$/i.test(one.name)) refuseRelations(one.tree)
  }
  refuseOtherMain(found)
  return found
}

function broken(why: string, cause?: unknown) {
  return problem('template.broken', { why }, { cause })
}

function refusePart(name: string): void {
  if (/vba|macro|activeX/i.test(name)) throw problem('template.macro')
  if (/^word\/(embeddings|attachedToolbars)\//i.test(name) || /\.(bin|exe|ole|htm|html|mht)$/i.test(name)) {
    throw problem('template.embedded', { what: '嵌入的对象' })
  }
}

/** The type of a part by its name, as the file itself lists them. */
function readTypes(tree: Element): (name: string) => string {
  const types = new Map<string, string>()
  for (const { name, attributes } of elementsOf(tree)) {
    const type = (attributes.ContentType ?? '').toLowerCase()
    if (/macroenabled|vba/.test(type)) throw problem('template.macro')
    const local = localOf(name)
    if (local !== 'Default' && local !== 'Override') continue
    const key = (local === 'Default' ? `.${attributes.Extension ?? ''}` : (attributes.PartName ?? '')).toLowerCase()
    // Of two types for one part, every reader may take another one.
    if (types.has(key)) throw broken('部件清单前后不一致')
    types.set(key, type)
  }
  return (name) =>
    types.get(`/${name}`.toLowerCase()) ?? types.get(/\.[^./]*$/.exec(name)?.[0].toLowerCase() ?? '') ?? ''
}

const NO_XML = /^(image\/(?!svg)|application\/(vnd\.openxmlformats-officedocument\.obfuscatedfont|x-font))/

/** A picture or a font is none; whatever else there is must be readable, and so must a picture that begins as XML. */
function isXml(name: string, type: string, content: Buffer): boolean {
  if (/\.(xml|rels)$/i.test(name) || !NO_XML.test(type)) return true
  return /^(\xff\xfe|\xfe\xff|\xef\xbb\xbf)?[\s\0]*<[\0?!\w]/.test(content.subarray(0, 1000).toString('latin1'))
}

function treeOf(name: string, content: Buffer, room: TemplateRoom): Element {
  room.take(name, content)
  const text = content.toString('utf8')
  const declared = /^\ufeff?<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)/.exec(text)?.[1] ?? 'utf-8'
  // Another encoding, or bytes that are no text, could hide from every check below.
  if (text.includes('\ufffd') || text.includes('\0') || !/^(utf-?8|us-ascii)$/i.test(declared))
    throw broken(`部件 ${name} 不是文字`)
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw problem('template.entity')
  try {
    return parseXml(text, room)
  } catch (error) {
    if (error instanceof XmlTooLarge) throw room.refusal(error)
    if (!(error instanceof BrokenXml)) throw error
    throw broken(`部件 ${name} 无法识别`, error)
  }
}

export function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w'],
  ['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/math', 'm'],
  ['http://purl.oclc.org/ooxml/officeDocument/math', 'm'],
])

/** The check and the typesetter know elements by `w:` and `m:`: under another prefix they would see nothing. */
function refuseNamespaces({ name, tree }: XmlPart): void {
  for (const { attributes } of elementsOf(tree)) {
    for (const [attribute, value] of Object.entries(attributes)) {
      const prefix = attribute === 'xmlns' ? '' : /^xmlns:(.+)$/.exec(attribute)?.[1]
      if (prefix === undefined) continue
      const usual = PREFIXES.get(value)
      if (usual === undefined ? prefix === 'w' || prefix === 'm' : prefix !== usual)
        throw broken(`部件 ${name} 的命名空间不合常规`)
    }
  }
}

function relationsOf(tree: Element): Element[] {
  return [...elementsOf(tree)].filter((one) => localOf(one.name) === 'Relationship')
}

function refuseRelations(tree: Element): void {
  for (const { attributes } of relationsOf(tree)) {
    const { Type = '', TargetMode = 'Internal', Target = '' } = attributes
    const isOutside = TargetMode !== 'Internal' || /^\s*(\w+:|\\\\|\/\/)/.test(Target)
    if (isOutside || /\/attachedTemplate\s*$/i.test(Type)) throw problem('template.external')
    if (/(vbaProject|control|oleObject|package|aFChunk|subDocument)\s*$/i.test(Type)) {
      throw problem('template.embedded', { what: '嵌入的对象' })
    }
  }
}

/** The part that is checked and set as a PDF must be the one that Word opens, and the only one. */
function refuseOtherMain(found: readonly XmlPart[]): void {
  const mains = found.filter((one) => one.tree.name === 'w:document' || one.type.endsWith('.main+xml'))
  const [main] = mains
  if (main?.name !== MAIN_PART || main.tree.name !== 'w:document') throw broken('不含正文')
  const root = found.find((one) => one.name === ROOT_RELATIONS)
  const named = (root ? relationsOf(root.tree) : []).flatMap(({ attributes: { Type = '', Target = '' } }) =>
    /\/officeDocument\s*$/i.test(Type) ? [Target.replace(/^\.?\//, '').toLowerCase()] : [],
  )
  if (mains.length !== 1 || named.length !== 1 || named[0] !== MAIN_PART) throw broken('正文不止一处或不在通常的位置')
}
