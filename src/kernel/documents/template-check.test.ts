import assert from 'node:assert/strict'
import { test } from 'node:test'
import { body, courtHead } from './block.ts'
import { fill } from './fill.ts'
import { checkTemplate } from './template-check.ts'
import { wordFile } from './word-file.ts'
import { readZip, ZipRefusal, zipOf } from './zip-file.ts'

// Files that are made to be one thing for whoever checks them and another for whoever opens them.

const LIMITS = { parts: 400, unpackedBytes: 40_000_000 }
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const GOOD = wordFile([...courtHead('通知书'), body('{案号}')])

/** The good template with parts changed or added. */
function changed(change: (parts: Map<string, string>) => void): Buffer {
  const parts = new Map([...readZip(GOOD, LIMITS)].map(([name, content]) => [name, content.toString()]))
  change(parts)
  return zipOf([...parts].map(([name, text]) => ({ name, content: Buffer.from(text) })))
}

function verdict(file: Buffer): string {
  try {
    checkTemplate(file, new Set())
    return 'accepted'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

const ATTACHED = `<Relationships xmlns="x"><Relationship Id="r9" Type="${OFFICE}/attachedTemplate" Target="http://例.cn"
  TargetMode="External"/></Relationships>`

/**
 * One file with two directories. Its end record says where the first one stands, and how long the second one is: who
 * trusts the place reads the first, who counts back from the end reads the second.
 */
function twoFiles(shown: Buffer, hidden: Buffer): Buffer {
  const [endShown, endHidden] = [shown.length - 22, hidden.length - 22]
  const placeShown = shown.readUInt32LE(endShown + 16)
  const placeHidden = hidden.readUInt32LE(endHidden + 16)
  const [front, back, end] = [shown.subarray(0, endShown), hidden.subarray(0, endHidden), shown.subarray(endShown)]
  const crafted = Buffer.concat([front, back, end])
  const shift = front.length + placeHidden - placeShown
  for (let at = front.length + placeHidden; at < front.length + back.length; ) {
    crafted.writeUInt32LE(front.length + crafted.readUInt32LE(at + 42) - shift, at + 42)
    at += 46 + crafted.readUInt16LE(at + 28)
  }
  crafted.writeUInt32LE(hidden.readUInt32LE(endHidden + 12), crafted.length - 22 + 12)
  return crafted
}

const HIDDEN = changed((parts) => {
  // No longer than the one in front of it: a place cannot be less than nothing.
  parts.delete('word/styles.xml')
  parts.set('word/_rels/settings.xml.rels', ATTACHED)
  parts.set('word/vbaProject.bin', 'x')
})

test('a file with two directories is refused, whichever of them the check would read', () => {
  const crafted = twoFiles(GOOD, HIDDEN)
  assert.equal(verdict(crafted), 'template.broken')
  assert.throws(() => fill(crafted, { 案号: '一' }), ZipRefusal)
  const short = Buffer.from(GOOD)
  // One part fewer than the directory has.
  for (const at of [8, 10]) short.writeUInt16LE(short.readUInt16LE(short.length - 22 + at) - 1, short.length - 22 + at)
  assert.equal(verdict(short), 'template.broken')
})

test('what is filled and kept are the parts that were checked, and nothing that stands between them', () => {
  const front = GOOD.subarray(0, GOOD.length - 22)
  const comment = Buffer.from('旁注')
  const noted = Buffer.concat([front, GOOD.subarray(GOOD.length - 22), comment])
  noted.writeUInt16LE(comment.length, GOOD.length - 2)
  assert.deepEqual(checkTemplate(noted, new Set()).file, GOOD)
  const made = readZip(fill(noted, { 案号: '一', 法院: '某法院', 文书编号: '一号' }).file(), LIMITS)
  assert.deepEqual([...made.keys()], [...readZip(GOOD, LIMITS).keys()])
})

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const INCLUDED =
  '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT "c:/a"</w:instrText></w:r></w:p>'

function replaced(parts: Map<string, string>, name: string, from: string | RegExp, to: string): void {
  const text = parts.get(name) ?? ''
  assert.notEqual(text.replace(from, to), text, `${name} has no ${from}`)
  parts.set(name, text.replace(from, to))
}

/** A part of this name and type beside the others. */
const beside = (name: string, type: string, xml: string) =>
  changed((parts) => {
    parts.set(name, xml)
    replaced(parts, '[Content_Types].xml', '</Types>', `<Override PartName="/${name}" ContentType="${type}"/></Types>`)
  })

const header = (name: string, type: string, inner: string) =>
  beside(name, type, `<w:hdr xmlns:w="${W}">${inner}</w:hdr>`)

const words = '<w:p><w:r><w:t>任意文字</w:t></w:r></w:p>'
const main = (parts: Map<string, string>) => (parts.get('word/document.xml') ?? '').replace('{案号}', '另一正文')

const DISGUISED: Readonly<Record<string, [Buffer, string]>> = {
  'a header that is called so': [header('word/header1.xml', `${WORD}.header+xml`, INCLUDED), 'template.field'],
  'a header by another name': [header('word/kopf.xml', `${WORD}.header+xml`, INCLUDED), 'template.field'],
  'words in it': [header('word/kopf.xml', `${WORD}.header+xml`, words), 'template.unsupported'],
  'a header outside the folder': [header('other/a.xml', 'application/xml', words), 'template.unsupported'],
  'a header that is no XML by its name': [header('word/a.txt', `${WORD}.header+xml`, words), 'template.unsupported'],
  'a header that is a picture by its type': [header('word/a.png', 'image/png', words), 'template.unsupported'],
  'a header of another root': [
    beside('word/a.xml', `${WORD}.header+xml`, `<w:styles xmlns:w="${W}">${words}</w:styles>`),
    'template.unsupported',
  ],
  'a field among the footnotes': [
    beside('word/footnotes.xml', `${WORD}.footnotes+xml`, `<w:footnotes xmlns:w="${W}">${INCLUDED}</w:footnotes>`),
    'template.field',
  ],
  'another prefix': [
    header('word/a.xml', `${WORD}.header+xml`, `<x:p xmlns:x="${W}"><x:fldSimple x:instr="DATE"/></x:p>`),
    'template.broken',
  ],
  'no prefix': [
    beside('word/a.xml', `${WORD}.header+xml`, `<hdr xmlns="${W}"><p><r><t>任意</t></r></p></hdr>`),
    'template.broken',
  ],
  'the prefix of another namespace': [
    changed((parts) => replaced(parts, 'word/document.xml', `xmlns:w="${W}"`, `xmlns:w="x" xmlns:v="${W}"`)),
    'template.broken',
  ],
  'another encoding that is declared': [
    changed((parts) => replaced(parts, 'word/document.xml', 'encoding="UTF-8"', 'encoding="UTF-7"')),
    'template.broken',
  ],
  'an attribute said twice': [
    changed((parts) => replaced(parts, '_rels/.rels', ' Target=', ' Target="word/a.xml" Target=')),
    'template.broken',
  ],
  'a second element behind the first': [
    changed((parts) => replaced(parts, 'word/styles.xml', '</w:styles>', '</w:styles><w:styles/>')),
    'template.broken',
  ],
  'relations in capitals': [
    changed((parts) => parts.set('word/_rels/settings.xml.RELS', ATTACHED)),
    'template.external',
  ],
  'relations with a prefix': [
    changed((parts) =>
      parts.set('word/_rels/a.xml.rels', ATTACHED.replace(/(<\/?)(?=R)/g, '$1r:').replace('xmlns', 'xmlns:r')),
    ),
    'template.external',
  ],
  'another main part': [
    changed((parts) => {
      parts.set('word/other.xml', main(parts))
      replaced(parts, '[Content_Types].xml', '/word/document.xml', '/word/other.xml')
      replaced(parts, '_rels/.rels', 'word/document.xml', 'word/other.xml')
    }),
    'template.broken',
  ],
  'a relation to another main part': [
    changed((parts) => {
      parts.set('word/other.xml', main(parts).replaceAll('w:document', 'w:styles'))
      replaced(parts, '_rels/.rels', 'word/document.xml', 'word/other.xml')
    }),
    'template.broken',
  ],
  'two main parts': [
    changed((parts) => {
      parts.set('word/other.xml', main(parts).replaceAll('w:document', 'w:styles'))
      replaced(parts, '_rels/.rels', /(<Relationship [^>]*)word\/document.xml("\/>)/, '$&$1word/other.xml$2')
    }),
    'template.broken',
  ],
  'no main part by the relations': [changed((parts) => parts.delete('_rels/.rels')), 'template.broken'],
  'two types for one part': [
    changed((parts) => replaced(parts, '[Content_Types].xml', /<Override [^>]*>/, '$&$&')),
    'template.broken',
  ],
}

test('a part is what its type, its root or its relation says, whatever its name', () => {
  for (const [name, [file, code]] of Object.entries(DISGUISED)) assert.equal(verdict(file), code, name)
})

/** What Word, WPS and the libraries put beside a text of a few lines. */
const ORDINARY: Readonly<Record<string, [string, string]>> = {
  'word/settings.xml': [`${WORD}.settings+xml`, `<w:settings xmlns:w="${W}"><w:zoom w:percent="100"/></w:settings>`],
  'word/webSettings.xml': [`${WORD}.webSettings+xml`, `<w:webSettings xmlns:w="${W}"/>`],
  'word/fontTable.xml': [`${WORD}.fontTable+xml`, `<w:fonts xmlns:w="${W}"/>`],
  'word/numbering.xml': [`${WORD}.numbering+xml`, `<w:numbering xmlns:w="${W}"/>`],
  'word/footnotes.xml': [
    `${WORD}.footnotes+xml`,
    `<w:footnotes xmlns:w="${W}"><w:footnote w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote></w:footnotes>`,
  ],
  'word/glossary/document.xml': [
    `${WORD}.document.glossary+xml`,
    `<w:glossaryDocument xmlns:w="${W}"><w:docParts/></w:glossaryDocument>`,
  ],
  'word/theme/theme1.xml': [
    'application/vnd.openxmlformats-officedocument.theme+xml',
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"/>',
  ],
  'word/header2.xml': [`${WORD}.header+xml`, `<w:hdr xmlns:w="${W}"><w:p/></w:hdr>`],
  'docProps/app.xml': [
    'application/vnd.openxmlformats-officedocument.extended-properties+xml',
    '<Properties xmlns="x"/>',
  ],
  'docProps/core.xml': [
    'application/vnd.openxmlformats-package.core-properties+xml',
    '<cp:coreProperties xmlns:cp="x"/>',
  ],
  'docProps/thumbnail.jpeg': ['image/jpeg', '\0JFIF'],
  'word/fonts/font1.odttf': ['application/vnd.openxmlformats-officedocument.obfuscatedFont', '\x01\0\x02'],
  'customXml/item1.xml': [
    'application/xml',
    '<?xml version="1.0" encoding="utf-8" standalone="no"?><b:Sources xmlns:b="x"/>',
  ],
}

test('what Word puts beside the text does not hinder a template', () => {
  const file = changed((parts) => {
    const types = Object.entries(ORDINARY).map(([name, [type, content]]) => {
      parts.set(name, content)
      return `<Override PartName="/${name}" ContentType="${type}"/>`
    })
    replaced(parts, '[Content_Types].xml', '</Types>', `${types.join('')}</Types>`)
    replaced(parts, '_rels/.rels', '"word/document.xml"', '"/word/document.xml"')
  })
  assert.equal(verdict(file), 'accepted')
})

const inBody = (xml: string) =>
  changed((parts) => replaced(parts, 'word/document.xml', '<w:sectPr>', `${xml}<w:sectPr>`))
const run = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`

const LARGE: Readonly<Record<string, [Buffer, RegExp]>> = {
  'many elements': [inBody('<w:p/>'.repeat(200_000)), /60000个元素/],
  'many attributes': [inBody('<w:p w:a="" w:b=""/>'.repeat(50_000)), /60000个元素/],
  'many remarks': [inBody('<!---->'.repeat(100_000)), /60000个元素/],
  'many elements in several parts': [
    changed((parts) => {
      for (const name of ['a', 'b', 'c']) parts.set(`word/${name}.xml`, `<a>${'<a/>'.repeat(40_000)}</a>`)
    }),
    /60000个元素/,
  ],
  'a long part': [inBody(run('文'.repeat(700_000))), /word\/document.xml 超过2MB/],
  'several long parts': [
    changed((parts) => {
      for (const name of ['a', 'b', 'c']) parts.set(`word/${name}.xml`, `<a>${'字'.repeat(600_000)}</a>`)
    }),
    /合计超过4MB/,
  ],
  'many tags': [inBody(run('{案号}'.repeat(2_001))), /标记超过2000处/],
  'many ends of tags': [inBody(run('}'.repeat(500_000))), /标记超过2000处/],
  'lists within lists': [inBody(run(`${'{#甲}'.repeat(900)}${'{/甲}'.repeat(900)}`)), /循环标记过多/],
  'lists around much': [
    inBody(`${run('{#甲}'.repeat(100))}${'<w:p/>'.repeat(20_000)}${run('{/甲}'.repeat(100))}`),
    /循环标记过多/,
  ],
}

test('a template that would hold up the server is refused before it does', () => {
  for (const [name, [file, words]] of Object.entries(LARGE)) {
    assert.throws(() => checkTemplate(file, new Set()), { code: 'template.too-large', message: words }, name)
  }
  // A document of some thirty pages is not too large.
  assert.equal(verdict(inBody(run('文字').repeat(3_000) + run('{#甲}{乙}{/甲}').repeat(50))), 'accepted')
})
