import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { chaptersWith } from '#app'
import { summaryText, VERBS, verbLabel } from './verbs.ts'

const kinds = chaptersWith().flatMap((chapter) => [...chapter.kinds])

test('every verb that the code writes has its word', () => {
  const written = globSync('src/**/*.ts', { exclude: ['**/*.test.ts'] }).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/\bverb: '([^']+)'/g)].map(([, verb]) => verb as string),
  )
  assert.ok(written.length > 10)
  const nameless = written.filter((verb) => verbLabel(kinds, verb).includes('其他操作'))
  assert.deepEqual(nameless, [])
  assert.ok(Object.values(VERBS).every((word) => /^[一-鿿]+$/.test(word)))
})

test('an act of a matter is named by its declaration, with approval before it', () => {
  const kind = kinds.find(({ id }) => id === 'supervision-order')
  assert.ok(kind)
  assert.equal(verbLabel(kinds, 'supervision-order.receive'), '事项督办：签收')
  assert.equal(verbLabel(kinds, 'supervision-order.open'), '事项督办：发起')
  assert.equal(verbLabel(kinds, 'supervision-order.propose:receive'), '事项督办：呈批 签收')
  assert.equal(verbLabel(kinds, 'no-such-kind.act'), '其他操作')
})

test('a summary is one line in words: states by name, without ids', () => {
  const stored = JSON.stringify({
    操作: '签收',
    由: 'issued',
    至: 'handling',
    事项: '9d2a4a52-52a5-4f6b-8f0a-3a4f5a8f1e22',
    n: 1,
  })
  assert.equal(summaryText(kinds, 'supervision-order', stored), '操作：签收；由：待签收；至：办理中')
  assert.equal(summaryText(kinds, null, '{"通过":true,"空":null}'), '通过：是')
})
