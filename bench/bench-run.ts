import { asOwner } from '#kernel/database/owner.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Time } from '#kernel/time/time.ts'
import { type DocumentsFigure, measureDocuments } from './documents.ts'
import { type Figure, measure } from './figures.ts'
import { type ImportFigure, measureImport } from './large-import.ts'
import { closeSchema } from './limit-writes.ts'
import { readPairs, writePairs } from './pairs.ts'
import { type Prepared, prepare } from './preparation.ts'
import { type RunningServer, startLimit, startProduct } from './servers.ts'
import { measureSweep, type SweepFigure } from './sweep.ts'

export interface BenchOptions {
  seed: number
  rounds: number
  /** Of one side in one round. */
  seconds: number
  connections: readonly number[]
  sweepRows: number
  importRows: number
  /** Issued in one bulk act; none where 0. */
  documents: number
  /** Only the pairs whose name holds this. */
  only: string
}

export interface BenchResult {
  cases: number
  figures: Figure[]
  sweep: SweepFigure | null
  import: ImportFigure | null
  documents: DocumentsFigure | null
  startMs: number
  idleMiB: number
}

const IDLE_MS = 5_000

/** Runs the whole bench on a generated database; leaves the cases that it made, and nothing else of its own. */
export async function runBench(url: string, time: Time, options: BenchOptions, say: (line: string) => void) {
  const cases = await asOwner(url, 'read', (tx) =>
    tx.one<{ n: number }>(sql`select count(*)::int as n from enforcement_case`),
  )
  // The first start may still build the office; a start is measured on what it leaves.
  await (await startProduct()).stop()
  const product = await startProduct()
  say(`启动 ${product.startMs} ms`)
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
  const idleMiB = await product.rssMiB()
  let prepared: Prepared
  let figures: Figure[] = []
  let documents: DocumentsFigure | null = null
  try {
    prepared = await prepare(url, product.port, time)
    if (options.documents > 0) {
      documents = await measureDocuments(url, product, prepared, options.documents)
      say(`批量签发 ${documents.documents} 份：${documents.seconds} 秒`)
    }
    figures = await measurePairs(url, prepared, product, options, say)
  } finally {
    await product.stop()
  }
  const result: BenchResult = {
    cases: cases.n,
    figures,
    sweep: options.sweepRows > 0 ? await measureSweep(url, options.sweepRows) : null,
    import: options.importRows > 0 ? await measureImport(prepared.courtId, options.importRows, options.seed) : null,
    documents,
    startMs: product.startMs,
    idleMiB,
  }
  await closeSchema(url)
  return result
}

async function measurePairs(
  url: string,
  prepared: Prepared,
  product: RunningServer,
  { rounds, seconds, connections, only }: BenchOptions,
  say: (line: string) => void,
): Promise<Figure[]> {
  const limit = await startLimit(url)
  const figures: Figure[] = []
  try {
    const pairs = [...readPairs(prepared), ...writePairs(prepared)].filter(({ name }) => name.includes(only))
    for (const pair of pairs) {
      for (const count of connections) {
        const figure = await measure(pair, { product, limit, connections: count, rounds, seconds })
        figures.push(figure)
        say(`${pair.name} ${count}：${figure.product.perSecond} / ${figure.limit.perSecond} = ${figure.ratio}`)
      }
    }
  } finally {
    await limit.stop()
  }
  return figures
}
