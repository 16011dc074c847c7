import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ARTICLES, findArticle } from '#document/articles.ts'
import type { CountedTest } from '#test/articles.ts'

// derived/coverage.md: article → code → tests. The code is whatever declares an article, the tests are those that
// counted in a complete run of `npm test`, which alone can make this file.

const ROOT = join(import.meta.dirname, '..', '..')
const COMMITTED = join(ROOT, 'derived', 'coverage.md')

/** A source file and the article references it declares. */
export interface Declared {
  path: string
  articles: string[]
}

/** The page for 46 rows; a row without a counted test says 尚未. Names that a table could not hold are escaped. */
export function renderCoverage(declared: readonly Declared[], tests: readonly CountedTest[]): string {
  const rows = ARTICLES.map(({ number, title }) => {
    const serves = (references: readonly string[]) =>
      references.some((reference) => findArticle(reference)?.article.number === number)
    const code = declared.filter((source) => serves(source.articles)).map(({ path }) => `\`${path}\``)
    const proof = tests.filter((counted) => serves(counted.articles)).map(({ file, name }) => `${file}：${cell(name)}`)
    // What a test's own kind declares is not the product's: without code of the product an article is not served.
    return `| ${number} | ${title} | ${list(code) || '—'} | ${(code.length > 0 && list(proof)) || '尚未'} |`
  })
  const served = rows.filter((row) => !row.endsWith('| 尚未 |')).length
  return [
    '# 条款与代码、测试对照',
    '',
    '本表由 `npm test` 生成，请勿手改。一条只有在标注了它的测试于本次运行中通过、经接口办理并读回结果之后才算数，否则为“尚未”。',
    '',
    `已有测试：${served} / ${ARTICLES.length} 条`,
    '',
    '| 条 | 标题 | 代码 | 测试 |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

/** The article references that a source declares in `articles: ['17', '36.1']`. */
export function declaredIn(text: string): string[] {
  return [...text.matchAll(/\barticles: \[([^\]]*)\]/g)].flatMap((match) =>
    [...(match[1] ?? '').matchAll(/'([^']+)'/g)].map((quoted) => quoted[1] ?? ''),
  )
}

/** Every source of the product that declares articles. */
export async function readDeclared(): Promise<Declared[]> {
  const entries = await readdir(join(ROOT, 'src'), { recursive: true })
  const paths = entries.map((entry) => `src/${entry.replaceAll('\\', '/')}`)
  const sources = paths.filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts')).sort()
  const read = async (path: string) => ({ path, articles: declaredIn(await readFile(join(ROOT, path), 'utf8')) })
  return (await Promise.all(sources.map(read))).filter((source) => source.articles.length > 0)
}

/**
 * Compares the coverage of a complete, passed run with derived/coverage.md. `countedFile` is the run's COVERAGE_FILE.
 * Null where they agree; otherwise writes the fresh page and returns one sentence for the person at the terminal.
 */
export async function compareCoverage(countedFile: string): Promise<string | null> {
  const lines = (await readFile(countedFile, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')
  const tests = lines.map((line) => JSON.parse(line) as CountedTest)
  const fresh = renderCoverage(await readDeclared(), tests)
  const committed = await readFile(COMMITTED, 'utf8').catch(() => '')
  if (fresh === committed) return null
  await writeFile(COMMITTED, fresh)
  const rows = new Set(committed.split('\n'))
  const changed = fresh.split('\n').flatMap((row) => (rows.has(row) ? [] : (/^\| (\d+) \|/.exec(row)?.[1] ?? [])))
  const which = changed.length > 0 ? `（第${changed.join('、')}条）` : ''
  return `derived/coverage.md 已过期${which}，现已按本次测试重写：请核对差异后一并提交。`
}

function list(entries: readonly string[]): string {
  return [...new Set(entries)].sort().join('<br>')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
