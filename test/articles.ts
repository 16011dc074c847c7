import { AsyncLocalStorage } from 'node:async_hooks'
import { appendFileSync } from 'node:fs'
import { relative } from 'node:path'
import { type TestContext, test } from 'node:test'
import { findArticle } from '#document/articles.ts'

// A test that serves an article says so, and counts only when it passed, acted over HTTP and then read the stored
// effect back. The harness tells this module of both; what counted is written to COVERAGE_FILE, one JSON object a line.

/** One counted test. `file` is its path from the root of the repository. */
export interface CountedTest {
  articles: string[]
  name: string
  file: string
}

interface Deeds {
  acted: boolean
  readBack: boolean
}

const present = new AsyncLocalStorage<Deeds>()

/** The harness's client calls this after a request that is not GET has succeeded. Nothing outside an `articleTest`. */
export function noteAct(): void {
  const deeds = present.getStore()
  if (deeds) deeds.acted = true
}

/** The harness calls this after a successful GET or a read of the database; it counts only after an act. */
export function noteRead(): void {
  const deeds = present.getStore()
  if (deeds?.acted) deeds.readBack = true
}

/** What a test does in `work` is its own: returns whether it acted, and whether it read afterwards. */
export async function watchDeeds(work: () => unknown): Promise<Deeds> {
  const deeds: Deeds = { acted: false, readBack: false }
  await present.run(deeds, async () => {
    await work()
  })
  return deeds
}

/**
 * A test that serves articles ('17', '36.1'). It fails where the document has no such article, and where it passes
 * without an act over HTTP that is read back afterwards: such a test would claim what it does not show.
 */
export function articleTest(references: string[], name: string, work: (context: TestContext) => unknown): void {
  const unknown = references.filter((reference) => findArticle(reference) === null)
  if (unknown.length > 0) throw new RangeError(`意见没有这些条款：${unknown.join('、')}`)
  test(`${name} [${references.join(' ')}]`, async (context) => {
    const deeds = await watchDeeds(() => work(context))
    if (!deeds.acted) throw new Error('tagged with an article, but nothing was done over HTTP')
    if (!deeds.readBack) throw new Error('tagged with an article, but the stored effect was not read back')
    record({ articles: references, name, file: relative(process.cwd(), context.filePath ?? '').replaceAll('\\', '/') })
  })
}

function record(counted: CountedTest): void {
  const file = process.env.COVERAGE_FILE
  if (file) appendFileSync(file, `${JSON.stringify(counted)}\n`)
}
