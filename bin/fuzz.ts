import { parseArgs } from 'node:util'
import { machineTime } from '#kernel/time/time.ts'
import { runFuzz } from '#test/fuzz/campaign.ts'
import { startTestServer } from '#test/harness.ts'
import { onCallOff } from './command/call-off.ts'
import { CommandRefusal, runCommand } from './command/say.ts'
import { withRunServer } from './test/run-folder.ts'

// npm run fuzz -- --requests 1000000 [--seed N] [--lines 16]: requests of every sort to every operation of the OpenAPI
// document, on a server and a database that are thrown away. Faults are told as they are found, each with a line for
// curl. The last line is one object; exit status 1 where anything was wrong. --lines 1 asks in the same order again.

/** From so many requests on the server is warm for most of the run, and may not hold more memory at its end than so. */
const LONG = 200_000
const FLAT = 0.1

const NUMBER = { type: 'string' } as const

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      requests: { ...NUMBER, default: '1000000' },
      seed: { ...NUMBER, default: String(process.pid) },
      lines: { ...NUMBER, default: '16' },
    },
  })
  const [requests, seed, lines] = [count(values.requests), count(values.seed), count(values.lines)]
  const said = (sentence: string) => void process.stderr.write(`${sentence}\n`)
  said(`种子 ${seed}`)
  const stop = new AbortController()
  // Whoever breaks it off gets the figures so far, and no Postgres is left behind.
  onCallOff(() => stop.abort())
  const options = { requests, seed, lines, said, signal: stop.signal }
  const report = await onOwnServer((server) => runFuzz(server, options))
  const { serverErrors, schemaFaults, checkerHits, busy, coverage } = report
  const isSound = serverErrors + schemaFaults + checkerHits + coverage.missing.length === 0
  const isFlat = report.requests < LONG || (report.heldMiB > 0 && report.heldGrowth <= FLAT)
  const ok = isSound && isFlat && busy <= report.requests / 1_000
  return { words: [], figures: { ok, ...report }, ok }
})

function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new CommandRefusal('command.usage', `“${text}”不是正整数`)
  return Number(text)
}

/** A test's server outside of a test, on a Postgres that goes with it. */
async function onOwnServer<T>(work: (server: Awaited<ReturnType<typeof startTestServer>>) => Promise<T>): Promise<T> {
  return withRunServer({}, async (url) => {
    process.env.TEST_DATABASE_URL = url
    const server = await startTestServer({ after: () => {} }, { deviceTime: machineTime })
    return await work(server).finally(() => server.stop())
  })
}
