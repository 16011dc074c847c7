import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings, StartRefusal } from '#kernel/database/settings.ts'
import { runChecks } from './check/checks.ts'
import { ensureFonts, findChromium } from './chromium.ts'
import { onCallOff } from './command/call-off.ts'
import { compareCoverage } from './derive/coverage.ts'
import { officeFolder } from './office/folder.ts'
import { type Need, testFiles } from './test/files.ts'
import { type Counts, runFiles } from './test/run.ts'
import { withRunFolder } from './test/run-folder.ts'

// npm test: the checks, then every test, those in a browser last. Ends with `N passed, N failed`.
//   npm test -- --fast           the checks, and the tests that need neither database nor browser
//   npm test -- --server-only    only the tests on a database, no checks
//   npm test -- PART…            only the test files whose path holds one of the parts, no checks
// The run has one Postgres for all: that of TEST_DATABASE_URL or DATABASE_URL (tests make databases of their own on
// it), else an embedded one in a temporary folder.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { fast: { type: 'boolean', default: false }, 'server-only': { type: 'boolean', default: false } },
})
/** As many as the smallest machine has cores. */
const AT_ONCE = 2
const complete = !values.fast && !values['server-only'] && positionals.length === 0
const needs: readonly Need[] = values.fast
  ? ['pure']
  : values['server-only']
    ? ['server']
    : ['pure', 'server', 'cluster', 'browser']

async function main(signal: AbortSignal): Promise<Counts> {
  const asked = [...testFiles()].filter(([path, need]) => needs.includes(need) && isAsked(path))
  // Those of the whole system take minutes: begun last, one of them would keep the run waiting alone.
  const rank = ([path, need]: [string, Need]) => (need === 'browser' ? 2 : isOfAll(path) ? 0 : 1)
  const chosen = asked.sort((one, other) => rank(one) - rank(other))
  if (chosen.some(([, need]) => need === 'browser')) {
    process.env.CHROMIUM_PATH = await findChromium()
    await ensureFonts()
  }
  if (!values.fast) await officeFolder()
  const results: Counts[] = []
  if (complete || values.fast) results.push(await runChecks({ rules: false }))
  await withRunFolder(async (folder) => {
    process.env.COVERAGE_FILE = join(folder, 'coverage')
    await withServer(
      folder,
      chosen.some(([, need]) => need === 'server' || need === 'browser'),
      async () => {
        const paths = chosen.map(([path]) => path)
        results.push(await runFiles(paths, AT_ONCE, signal))
      },
    )
    if (complete && results.every(({ failed }) => failed === 0)) results.push(await coverageCheck())
  })
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failed: results.reduce((sum, { failed }) => sum + failed, 0),
  }
}

function isOfAll(path: string): boolean {
  return path.startsWith('test/')
}

function isAsked(path: string): boolean {
  return positionals.length === 0 || positionals.some((part) => path.includes(part))
}

/** Hands the run's Postgres down as TEST_DATABASE_URL, and nothing else of our own settings. */
async function withServer(folder: string, isNeeded: boolean, work: () => Promise<void>): Promise<void> {
  const { TEST_DATABASE_URL, DATABASE_URL } = process.env
  for (const name of ['DATA_DIR', 'DATABASE_URL', 'HOST', 'PORT']) delete process.env[name]
  if (!isNeeded) return work()
  const settings = readSettings({ DATA_DIR: folder, DATABASE_URL: TEST_DATABASE_URL || DATABASE_URL })
  const server = await openDatabaseServer(settings, { durable: false })
  process.env.TEST_DATABASE_URL = server.url
  try {
    await work()
  } finally {
    await server.release()
  }
}

async function coverageCheck(): Promise<Counts> {
  const stale = await compareCoverage(process.env.COVERAGE_FILE ?? '')
  if (stale === null) return { passed: 1, failed: 0 }
  console.log(`✖ ${stale}`)
  return { passed: 0, failed: 1 }
}

const aborter = new AbortController()
onCallOff(() => aborter.abort())

try {
  const { passed, failed } = await main(aborter.signal)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
} catch (error) {
  console.error(error instanceof StartRefusal ? error.message : error)
  process.exitCode = 1
}
