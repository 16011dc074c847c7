import Docxtemplater from 'docxtemplater'
import PizZip from 'pizzip'
import { zipOf } from './zip-file.ts'

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
  const word = new Docxtemplater(new PizZip(template), {
    parser: strictParser as never,
    nullGetter: nullGetter as never,
    paragraphLoop: true,
    linebreaks: true,
    errorLogging: false,
  })
  word.render(data)
  const zip = word.getZip() as PizZip
  const content = (name: string) => {
    const part = zip.file(name)
    // Text is taken as text: the library's own way to bytes is many times slower.
    return /\.(xml|rels)$/.test(name) ? Buffer.from(part?.asText() ?? '') : Buffer.from(part?.asUint8Array() ?? [])
  }
  const names = Object.keys(zip.files).filter((name) => !zip.files[name]?.dir)
  return {
    missing: [...missing],
    part: (name) => content(name).toString(),
    file: () => zipOf(names.map((name) => ({ name, content: content(name) }))),
  }
}

/** 被执行人张三的住址 rather than a path. */
function placeOf(tag: string, { scopePath, scopePathItem }: Scopes, scope: Data): string {
  const list = scopePath.at(-1)
  if (list === undefined) return tag
  const name = scope.名称
  return `${list}${typeof name === 'string' ? name : `第${(scopePathItem.at(-1) ?? 0) + 1}项`}的${tag}`
}
