import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

const ROOT = join(import.meta.dirname, '..', '..')
const FILE_LIMIT_MS = 20 * 60_000

export interface Counts {
  passed: number
  /** Skipped and cancelled ones, too: a test that did not run has shown nothing. */
  failed: number
}

/** Runs test files, each in a process of its own, `concurrency` at a time, and reports on standard output. */
export async function runFiles(paths: readonly string[], concurrency: number, signal: AbortSignal): Promise<Counts> {
  if (paths.length === 0) return { passed: 0, failed: 0 }
  const counts = { passed: 0, failed: 0 }
  const events = run({ files: paths.map((path) => join(ROOT, path)), concurrency, signal, timeout: FILE_LIMIT_MS })
  events.on('test:summary', ({ file, counts: found }) => {
    if (file !== undefined) return
    counts.passed = found.passed
    counts.failed = found.tests - found.passed
  })
  const report = events.compose(new spec())
  report.pipe(process.stdout, { end: false })
  await finished(report)
  return counts
}
