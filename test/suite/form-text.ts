import assert from 'node:assert/strict'
import type { Block } from '#kernel/documents/block.ts'
import { elementsOf, parseXml } from '#kernel/documents/xml-tree.ts'
import { readZip } from '#kernel/documents/zip-file.ts'

// What a document has to say, worked out from the wording of its form and what the test itself entered: neither the
// library that fills templates nor the data that the product collected has a part in it.

export type Values = { readonly [tag: string]: string | null | readonly Values[] }

const TAG = /\{([#^/]?)([^{}]+)\}/g

/** The whole text of a form with these values, without spaces; a tag for which nothing was entered fails. */
export function formText(blocks: readonly Block[], values: Values): string {
  const texts = blocks.flatMap((block) =>
    block.kind === 'paragraph' ? [block.text] : block.rows.flat().flatMap(({ text }) => text),
  )
  return filled(texts.join('\n'), values).replace(/\s/g, '')
}

function filled(text: string, values: Values): string {
  let said = ''
  for (let at = 0; at < text.length; ) {
    TAG.lastIndex = at
    const tag = TAG.exec(text)
    if (!tag) return said + text.slice(at)
    const [whole, mark, name = ''] = tag
    said += text.slice(at, tag.index)
    at = tag.index + whole.length
    const value = values[name]
    assert.ok(value !== undefined, `nothing was entered for {${name}}`)
    if (mark === '') {
      assert.equal(typeof value, 'string', name)
      said += value
      continue
    }
    const end = text.indexOf(`{/${name}}`, at)
    const inner = text.slice(at, end)
    at = end + name.length + 3
    if (typeof value === 'object' && value !== null) said += value.map((one) => filled(inner, one)).join('')
    else if ((value === null) === (mark === '^')) said += filled(inner, values)
  }
  return said
}

/** Opens a Word file as Word would: every part is XML, whatever a part refers to is there, no tag is left. */
export function opensWell(word: Buffer, name: string): void {
  const parts = readZip(word, { parts: 50, unpackedBytes: 10_000_000 })
  assert.ok(parts.has('[Content_Types].xml') && parts.has('word/document.xml'), name)
  for (const [part, content] of parts) {
    assert.doesNotThrow(() => parseXml(content.toString()), `${name}: ${part}`)
    assert.doesNotMatch(content.toString(), /[{}]/, `${name}: ${part}`)
    if (!part.endsWith('.rels')) continue
    const folder = part.replace(/_rels\/[^/]*$/, '')
    for (const { name: of, attributes } of elementsOf(parseXml(content.toString())))
      if (of === 'Relationship') assert.ok(parts.has(folder + attributes.Target), `${name}: ${attributes.Target}`)
  }
}
