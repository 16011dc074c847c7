import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { provenMediaType, safeFileName } from './media-type.ts'

const OFFICE = 'application/vnd.openxmlformats-officedocument'
const ZIP = Buffer.from('PK\u0003\u0004')
const OLD_OFFICE = Buffer.from('d0cf11e0a1b11ae1', 'hex')

type Line = [name: string, bytes: Buffer, mediaType: string | null]

const LINES: readonly Line[] = [
  ['回函.pdf', Buffer.from('%PDF-1.7'), 'application/pdf'],
  ['回函.txt', Buffer.from('%PDF-1.7'), 'application/pdf'],
  ['照片.PNG', Buffer.from('89504e470d0a', 'hex'), 'image/png'],
  ['照片.jpg', Buffer.from('ffd8ffe0', 'hex'), 'image/jpeg'],
  ['表.xlsx', ZIP, `${OFFICE}.spreadsheetml.sheet`],
  ['文书.docx', ZIP, `${OFFICE}.wordprocessingml.document`],
  ['文书.doc', OLD_OFFICE, 'application/msword'],
  ['文书.wps', OLD_OFFICE, 'application/msword'],
  ['表.xls', OLD_OFFICE, 'application/vnd.ms-excel'],
  ['说明.txt', Buffer.from('执行通知书'), 'text/plain; charset=utf-8'],
  ['回函.pdf', Buffer.from('MZ\u0090'), null],
  ['回函.pdf', Buffer.from('<html>'), null],
  ['包.zip', ZIP, null],
  ['包.constructor', ZIP, null],
  ['包.__proto__', ZIP, null],
  ['程序.exe', OLD_OFFICE, null],
  ['说明.txt', Buffer.from('a\0b'), null],
  ['说明.txt', Buffer.from('b5c4cae9', 'hex'), null],
  ['空.pdf', Buffer.alloc(0), null],
]

test('a file is what its bytes say, and refused where they say nothing that the court keeps', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'ecc-media-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'file')
  for (const [name, bytes, mediaType] of LINES) {
    await writeFile(path, bytes)
    const proven = provenMediaType(path, name)
    if (mediaType !== null) assert.equal(await proven, mediaType, name)
    else await assert.rejects(proven, { code: 'attachment.type' }, name)
  }
})

test('a name is stored without its path, and refused where it would deceive', () => {
  assert.equal(safeFileName(' C:\\案卷\\回函.pdf '), '回函.pdf')
  assert.equal(safeFileName('../../回函.pdf'), '回函.pdf')
  assert.equal(safeFileName(`${'长'.repeat(76)}.pdf`).length, 80)
  for (const name of [
    '',
    '  ',
    '.env',
    'a/',
    `${'长'.repeat(77)}.pdf`,
    'a\u202efdp.exe',
    'a"b.pdf',
    'a\nb.pdf',
    'a:b.pdf',
  ]) {
    assert.throws(() => safeFileName(name), { code: 'attachment.name' }, name)
  }
})
