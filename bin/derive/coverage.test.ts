import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { testFiles } from '#bin/test/files.ts'
import { noteAct, noteRead, watchDeeds } from '#test/articles.ts'
import { declaredIn, readDeclared, renderCoverage } from './coverage.ts'

const ROOT = join(import.meta.dirname, '..', '..')

// Only a whole run shows that the tests pass; that the page names the tests and code that are there is known at once.
test('the committed page is what the sources say, where every test of an article passes', async () => {
  const written = await Promise.all([...testFiles().keys()].map(taggedIn))
  const page = renderCoverage(await readDeclared(), written.flat())
  assert.equal(await readFile(join(ROOT, 'derived', 'coverage.md'), 'utf8'), page)
})

async function taggedIn(file: string) {
  const text = await readFile(join(ROOT, file), 'utf8')
  const found = [...text.matchAll(/^articleTest\(\s*\[([^\]]*)\],\s*'([^']*)'/gm)]
  assert.equal(found.length, [...text.matchAll(/^\s*articleTest\(/gm)].length, `${file}: a test’s name and articles`)
  return found.map(([, quoted = '', name = '']) => ({ articles: quoted.match(/[\d.]+/g) ?? [], name, file }))
}

test('an article is served by code that declares it and tests that counted', () => {
  const page = renderCoverage(
    [{ path: 'src/general/supervision/supervision.ts', articles: ['17', '36.1'] }],
    [
      { articles: ['36.1'], name: 'a | b', file: 'test/order.test.ts' },
      { articles: ['21.1'], name: 'a kind of the tests', file: 'test/delegated-matter.test.ts' },
    ],
  )
  const rows = page.split('\n').filter((row) => /^\| \d/.test(row))
  assert.equal(rows.length, 46)
  assert.equal(rows[16], '| 17 | 节点与录入监管 | `src/general/supervision/supervision.ts` | 尚未 |')
  assert.equal(
    rows[35],
    '| 36 | 综合管理平台 | `src/general/supervision/supervision.ts` | test/order.test.ts：a \\| b |',
  )
  assert.equal(rows[20], '| 21 | 事项委托与执行协作 | — | 尚未 |', 'no code of the product declares it')
  assert.equal(rows[0], '| 1 | 职能与格局 | — | 尚未 |')
  assert.match(page, /已有测试：1 \/ 46 条/)
})

test('declared articles are read from literal lists', () => {
  assert.deepEqual(declaredIn("matter('a', { articles: ['17', '36.1'] })\n({ articles: [ '10' ] })"), [
    '17',
    '36.1',
    '10',
  ])
  assert.deepEqual(declaredIn('articles: z.array(z.string())'), [])
})

test('a deed counts when it is an act and then a read', async () => {
  assert.deepEqual(await watchDeeds(() => noteRead()), { acted: false, readBack: false })
  const readBefore = await watchDeeds(() => {
    noteRead()
    noteAct()
  })
  assert.deepEqual(readBefore, { acted: true, readBack: false })
  const readAfter = await watchDeeds(async () => {
    await Promise.resolve()
    noteAct()
    noteRead()
  })
  assert.deepEqual(readAfter, { acted: true, readBack: true })
})
