import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { body, courtHead, plain } from './block.ts'
import { type Data, fill } from './fill.ts'
import { wordFile } from './word-file.ts'

// One template filled again and again: nothing of a document may be seen in the next one.

const TEMPLATE = wordFile([
  ...courtHead('通知书'),
  plain('{受送达人}：'),
  body('{#有期限}限{期限}履行。{/有期限}'),
  body('{#被执行人}{名称}，住{住址}。{/被执行人}'),
])
const ANOTHER = wordFile([body('{案号}')])

const notice = (addressee: string, more: Data = {}): Data => ({
  法院: '某法院',
  文书编号: '（2021）某执1号',
  受送达人: addressee,
  有期限: true,
  期限: '三日内',
  被执行人: [{ 名称: '甲', 住址: '一号' }],
  ...more,
})

const DATA: readonly Data[] = [
  notice('甲'),
  notice('乙\n丙', {
    被执行人: [
      { 名称: '乙', 住址: '二号' },
      { 名称: '丙', 住址: '三号' },
    ],
  }),
  notice('丁', { 有期限: false, 期限: null, 被执行人: [] }),
  notice('戊', { 被执行人: [{ 名称: '戊', 住址: null }] }),
  { 法院: '某法院' },
  notice('𠮷㛃·买买提 & <子>'),
]

function made(data: Data): string {
  const { missing, part, file } = fill(TEMPLATE, data)
  const words = [...part('word/document.xml').matchAll(/<w:t[^>]*>([^<]*)/g)].map(([, text]) => text)
  return [missing.join('、'), ...words, createHash('sha256').update(file()).digest('hex')].join('|')
}

test('a template that was filled before is filled as one that was never seen', () => {
  const inRow = DATA.map(made)
  const each = DATA.map((data) => {
    fill(ANOTHER, { 案号: '无' })
    return made(data)
  })
  assert.deepEqual(inRow, each)
  assert.equal(new Set(inRow).size, DATA.length)
  assert.match(inRow[3] ?? '', /^被执行人戊的住址\|/)
  assert.match(inRow[4] ?? '', /^文书编号、受送达人、有期限、被执行人\|/)
})

test('a document that was filled stays as it was when the next one is', () => {
  const first = fill(TEMPLATE, notice('甲'))
  const text = first.part('word/document.xml')
  fill(TEMPLATE, notice('乙'))
  assert.equal(first.part('word/document.xml'), text)
  assert.match(text, /甲/)
})
