import Docxtemplater from 'docxtemplater'
import PizZip from 'pizzip'
import { type PackedPart, packPart, readZip, zipOfPacked } from './zip-file.ts'

// A template filled with a document's data. A tag looks in its own scope alone: a party without an address never gets
// the court's. What is missing is collected by name, all of it, and nothing is produced then.

/** A value, which may also decide whether a part stands, or a list whose entries are scopes of their own. */
export type Data = { [tag: string]: string | boolean | null | readonly Data[] }

export interface Filled {
  /** Fields without a value, in the words of a court; the file is worth nothing unless there are none. */
  missing: string[]
  /** Text of a part of the filled file, '' where there is none. */
  part(name: string): string
  file(): Buffer
}

interface Scopes {
  scopeList: readonly unknown[]
  scopePath: readonly string[]
  scopePathItem: readonly number[]
}

/** Looks a tag up in the innermost scope only. */
export function strictParser(tag: string) {
  return {
    get(scope: Data, context: { num: number; scopeList: readonly unknown[] }): unknown {
      if (context.num < context.scopeList.length - 1) return undefined
      return Object.hasOwn(scope, tag) ? scope[tag] : undefined
    },
  }
}

/** Fills a template that has passed `checkTemplate`. */
export function fill(template: Uint8Array, data: Data): Filled {
  const missing = new Set<string>()
  const nullGetter = (part: { module?: string; value: string }, scopes: Scopes) => {
    const scope = scopes.scopeList.at(-1) as Data
    // A part that stands or falls may be absent; it must be known all the same.
    if (part.module === 'loop' && Object.hasOwn(scope, part.value)) return null
    if (part.module === undefined || part.module === 'loop') missing.add(placeOf(part.value, scopes, scope))
    return ''
  }
  const { zip: unfilled, packed } = opened(template)
  const zip = new PizZip()
  // Its parts are put in the place of others, never changed: they are shared.
  zip.files = { ...unfilled.files }
  const word = new Docxtemplater(zip, {
    parser: strictParser as never,
    nullGetter: nullGetter as never,
    paragraphLoop: true,
    linebreaks: true,
    errorLogging: false,
  })
  word.render(data)
  const text = (name: string) => zip.file(name)?.asText() ?? ''
  return {
    missing: [...missing],
    part: text,
    file: () =>
      zipOfPacked(
        [...packed].map(([name, one]) =>
          zip.files[name] === unfilled.files[name] ? one : packPart({ name, content: Buffer.from(text(name)) }),
        ),
      ),
  }
}

interface Opened {
  template: Buffer
  zip: PizZip
  /** Its parts as they stand in a file, in their order. */
  packed: ReadonlyMap<string, PackedPart>
}

let last: Opened | null = null

/** Many documents in a row are of one template: it is unpacked once, and what no field stands in is packed once. */
function opened(template: Uint8Array): Opened {
  if (last?.template.equals(template)) return last
  const copy = Buffer.from(template)
  const parts = templateParts(copy)
  const packed = new Map([...parts].map(([name, content]) => [name, packPart({ name, content })]))
  last = { template: copy, zip: zipForFilling(parts), packed }
  return last
}

/** What is unpacked of a template, wherever one is read: what was checked is what is filled. Throws ZipRefusal. */
export function templateParts(template: Buffer): Map<string, Buffer> {
  return readZip(template, { parts: 400, unpackedBytes: 40 * 1024 * 1024 })
}

/** These parts and no others. The filler never sees the file: it would read a crafted one in another way. */
export function zipForFilling(parts: ReadonlyMap<string, Buffer>): PizZip {
  const zip = new PizZip()
  // Text is kept as text: reading it anew takes longer than filling it.
  for (const [name, content] of parts) zip.file(name, /\.(xml|rels)$/.test(name) ? content.toString() : content)
  return zip
}

/** 被执行人张三的住址 rather than a path. */
function placeOf(tag: string, { scopeList, scopePath, scopePathItem }: Scopes, scope: Data): string {
  // A part that stands or falls has the scope around it, and is no place of its own.
  const at = scopePath.findLastIndex((_, depth) => scopeList[depth + 1] !== scopeList[depth])
  if (at === -1) return tag
  const name = scope.名称
  return `${scopePath[at]}${typeof name === 'string' ? name : `第${(scopePathItem[at] ?? 0) + 1}项`}的${tag}`
}
