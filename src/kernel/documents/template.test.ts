import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { pdfText } from '#test/pdf-text.ts'
import { holderOf } from '#test/suite/cast.ts'
import { fileOf, issue, openCase, prepare } from '#test/suite/issuing.ts'
import { body, courtHead, dated, plain } from './block.ts'
import { wordFile } from './word-file.ts'
import { readZip, zipOf } from './zip-file.ts'

const FORM = { form: 'execution-notice' }
const LIMITS = { parts: 400, unpackedBytes: 40_000_000 }

/** A notice of the court's own, with all that must stand in it. */
function ownTemplate(...more: string[]): Buffer {
  return wordFile([
    ...courtHead('执行通知书'),
    plain('{被执行人姓名}：'),
    body('依照{依据执行通知}，责令你{履行期限}履行{执行依据}确定的义务，款项汇至{收款账号}。本院自制模板。'),
    ...more.map((text) => body(text)),
    dated('{日期}'),
  ])
}

/** The template with parts changed or added. */
function changed(change: (parts: Map<string, string>) => void, template = ownTemplate()): Buffer {
  const parts = new Map([...readZip(template, LIMITS)].map(([name, content]) => [name, content.toString()]))
  change(parts)
  return zipOf([...parts].map(([name, text]) => ({ name, content: Buffer.from(text) })))
}

const inBody = (xml: string) =>
  changed((parts) => {
    parts.set(
      'word/document.xml',
      (parts.get('word/document.xml') ?? '').replace('<w:sectPr>', `<w:p>${xml}</w:p><w:sectPr>`),
    )
  })

const relation = (type: string, target: string, mode: string) =>
  changed((parts) => {
    const name = 'word/_rels/settings.xml.rels'
    const type1 = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}`
    parts.set(
      name,
      `<Relationships xmlns="x"><Relationship Id="r9" Type="${type1}" Target="${target}"${mode}/></Relationships>`,
    )
  })

const field = (...codes: string[]) =>
  inBody(
    `<w:r><w:fldChar w:fldCharType="begin"/></w:r>${codes
      .map((code) => `<w:r><w:instrText xml:space="preserve">${code}</w:instrText></w:r>`)
      .join('')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
  )

/** A part that says it is small and isn't. */
function lyingZip(): Buffer {
  const file = zipOf([{ name: 'word/document.xml', content: Buffer.alloc(20_000_000, 'a') }])
  const packed = deflateRawSync(Buffer.alloc(20_000_000, 'a'))
  const local = 22
  file.writeUInt32LE(100, local)
  file.writeUInt32LE(100, 30 + 'word/document.xml'.length + packed.length + 24)
  return file
}

const HOSTILE: Readonly<Record<string, [Buffer, string]>> = {
  'a tag that is not closed': [ownTemplate('{案号'), 'template.tags'],
  'a list whose end has another name': [ownTemplate('{#被执行人}{名称}{/申请执行人}'), 'template.tags'],
  'an expression': [ownTemplate('{金额 * 2}'), 'template.expression'],
  'a call': [ownTemplate('{constructor.constructor}'), 'template.expression'],
  'raw XML': [ownTemplate('{@案号}'), 'template.expression'],
  'a remote template': [
    relation('attachedTemplate', 'https://例.cn/a.dotm', ' TargetMode="External"'),
    'template.external',
  ],
  'a template on a share': [relation('attachedTemplate', '\\\\server\\a.dotm', ''), 'template.external'],
  'a linked picture': [relation('image', 'https://例.cn/a.png', ' TargetMode="External"'), 'template.external'],
  'a macro': [changed((parts) => parts.set('word/vbaProject.bin', 'x')), 'template.macro'],
  'a macro type': [
    changed((parts) => {
      const name = '[Content_Types].xml'
      parts.set(name, (parts.get(name) ?? '').replace('main+xml', 'main+xml.macroEnabled'))
    }),
    'template.macro',
  ],
  'an embedded object': [changed((parts) => parts.set('word/embeddings/a.xlsx', 'x')), 'template.embedded'],
  INCLUDETEXT: [field(' INCLUDETEXT "c:/a.txt" '), 'template.field'],
  'DDE in pieces': [field(' DD', 'EAUTO c:/a.exe '), 'template.field'],
  'a simple field': [inBody('<w:fldSimple w:instr=" DATE "><w:r><w:t>x</w:t></w:r></w:fldSimple>'), 'template.field'],
  'an entity': [
    changed((parts) => {
      const name = 'word/document.xml'
      parts.set(name, (parts.get(name) ?? '').replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>'))
    }),
    'template.entity',
  ],
  'an entity of no document': [inBody('<w:r><w:t>&toString;</w:t></w:r>'), 'template.broken'],
  'a text box': [inBody('<w:r><w:txbxContent><w:p/></w:txbxContent></w:r>'), 'template.unsupported'],
  'a zip bomb': [zipOf([{ name: 'word/document.xml', content: Buffer.alloc(50_000_000) }]), 'template.bomb'],
  'a part larger than it says': [lyingZip(), 'template.bomb'],
  'too many parts': [
    zipOf(Array.from({ length: 500 }, (_, index) => ({ name: `word/${index}.xml`, content: Buffer.from('<a/>') }))),
    'template.bomb',
  ],
  'no Word file': [Buffer.from('%PDF-1.4'), 'template.broken'],
  'XML that is none': [changed((parts) => parts.set('word/document.xml', '<w:document><w:body>')), 'template.broken'],
  'another encoding': [
    zipOf([{ name: 'word/document.xml', content: Buffer.from('<a/>', 'utf16le') }]),
    'template.broken',
  ],
}

/** The same parts, and words behind them that no part holds. */
function withNote(file: Buffer): Buffer {
  const noted = Buffer.concat([file, Buffer.from('旁注')])
  noted.writeUInt16LE(noted.length - file.length, file.length - 2)
  return noted
}

const send = (name: string, content: Buffer) => ({ name, content: new Uint8Array(content) })

async function people(server: TestServer) {
  const head = await server.as((await holderOf(server, '吉0193', 'centre.head')).username)
  return { clerk: await server.as('linjing'), head }
}

test('hostile and broken templates: each refused by its name, nothing stored', async (t) => {
  const server = await startTestServer(t)
  const { clerk } = await people(server)
  for (const [name, [content, code]] of Object.entries(HOSTILE)) {
    const reply = await clerk.upload('/document-templates', FORM, send('模板.docx', content))
    assert.equal(reply.body?.code, code, `${name}: ${reply.text}`)
    assert.equal(reply.status, 422, name)
  }
  for (const megabytes of [11, 50]) {
    const large = send('模板.docx', Buffer.alloc(megabytes * 1024 * 1024, 'x'))
    const reply = await clerk.upload('/document-templates', FORM, large)
    assert.deepEqual([reply.status, reply.body?.code], [413, 'request.too-large'], `${megabytes} MB`)
  }
  assert.equal((await server.sql('select 1 from document_template')).length, 0)
  assert.equal((await server.sql(`select 1 from audit where verb like 'template.%'`)).length, 0)
  assert.deepEqual(await readdir(join(server.dataDir, 'attachments', 'incoming')), [], 'nothing half received stays')
  const { items } = await clerk.read('/document-templates')
  assert.ok(items.every((one: { versions: unknown[] }) => one.versions.length === 0))
})

articleTest(['9'], 'a court’s own template: faults named, put into use by another person, used, retired', async (t) => {
  const server = await startTestServer(t)
  const { judge, judgeId } = await prepare(server)
  const { clerk, head } = await people(server)
  const faulty = wordFile([
    ...courtHead('执行通知书'),
    body('{被执行人姓名}{手机号码}{#被执行人}{名称}{血型}{/被执行人}'),
    dated('{日期}'),
  ])
  const first = await clerk.upload('/document-templates', FORM, send('甲.docx', faulty))
  assert.deepEqual(first.body.versions[0].unknown, ['手机号码', '被执行人的血型'])
  assert.deepEqual(first.body.versions[0].lacking, ['执行依据', '依据执行通知', '收款账号'])
  const refused = await head.post(`/document-templates/${first.body.versions[0].id}/activate`)
  assert.equal(refused.body.code, 'template.not-ready')
  assert.match(refused.body.message, /未知字段“手机号码”.*缺少必备字段“收款账号”/)

  const good = await head.upload('/document-templates', FORM, send('乙.docx', withNote(ownTemplate())))
  const { id } = good.body.versions[0]
  const kept = await fetch(`${server.address}/api/document-templates/${id}/file`, { headers: { cookie: head.cookie } })
  assert.deepEqual(Buffer.from(await kept.arrayBuffer()), ownTemplate(), 'kept is what was checked')
  assert.equal((await head.post(`/document-templates/${id}/activate`)).body.code, 'template.own-hand')
  const other = await server.as((await holderOf(server, '吉0193', 'administrator.security')).username)
  await other.do(`/document-templates/${id}/activate`)
  const made = await openCase(clerk, judgeId)
  const own = pdfText(await fileOf(server, (await issue(judge, [], made.id, 'executionNotice')).id, 'pdf'))
  assert.ok(own.includes('本院自制模板'), own)
  assert.ok(own.includes('责令你三日内履行'), own)

  await other.do(`/document-templates/${id}/retire`)
  server.time.pass({ minutes: 1 })
  const again = pdfText(await fileOf(server, (await issue(judge, [], made.id, 'executionNotice')).id, 'pdf'))
  assert.ok(!again.includes('本院自制模板'))
  const listed = (await clerk.read('/document-templates')).items.find((one: { id: string }) => one.id === FORM.form)
  assert.deepEqual(
    listed.versions.map((one: { version: number; state: string }) => [one.version, one.state]),
    [
      [2, 'retired'],
      [1, 'waiting'],
    ],
  )
  const judgeTries = await judge.upload('/document-templates', FORM, send('丙.docx', ownTemplate()))
  assert.equal(judgeTries.status, 403)
})

test('every shipped template passes the check of a template that somebody brings', async (t) => {
  const server = await startTestServer(t)
  const { clerk } = await people(server)
  const { items } = await clerk.read('/document-templates')
  assert.ok(items.length >= 15)
  for (const { id, title } of items) {
    const file = await fetch(`${server.address}/api/document-forms/${id}/template`, {
      headers: { cookie: clerk.cookie },
    })
    const reply = await clerk.upload(
      '/document-templates',
      { form: id },
      send('模板.docx', Buffer.from(await file.arrayBuffer())),
    )
    assert.equal(reply.status, 201, `${title}: ${reply.text}`)
    assert.deepEqual([reply.body.versions[0].unknown, reply.body.versions[0].lacking], [[], []], title)
  }
})
