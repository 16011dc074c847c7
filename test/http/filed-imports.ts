import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { courtIdOf, put } from '#test/access/put.ts'
import type { Client } from '#test/client.ts'
import type { TestServer } from '#test/harness.ts'
import type { Write } from './send-write.ts'

// Imports as they wait for the background, and how the background is held or waited for.

/** Files an import of the court in a state; gives the request of its clerk that acts on it. */
export const onRun =
  (action: string, state: string) =>
  async (server: TestServer): Promise<Write> => {
    const id = randomUUID()
    const { digest } = await server.app.services.blobs.put(Readable.from([Buffer.from(BROKEN)]), 1_000)
    await put(server, 'import_run', {
      court_id: await courtIdOf(server, '吉0193'),
      id,
      file_name: '明细表.xlsx',
      digest,
      as_of_on: '2021-09-30',
      dry_run: true,
      state,
      by_name: '某',
      at: '2021-09-30T08:00:00+08:00',
      // A check that found nothing, in a court without imported cases.
      changes: JSON.stringify({ new: 0, changed: 0, unchanged: 0, missing: 0, closed: 0, reopened: 0 }),
      export_mark: createHash('md5').update('0:0').digest('hex'),
    })
    return { by: 'linjing', path: `/imports/${id}/${action}`, body: {} }
  }

/** Keeps the background from taking what waits for these jobs, as a second server would. */
export async function holdJobs(
  server: TestServer,
  jobs = ['import', 'calendar', 'bulk'],
): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: server.url })
  client.on('error', () => {})
  await client.connect()
  for (const job of jobs) await client.query('select pg_advisory_lock(hashtext($1), 2)', [job])
  return () => client.end()
}

const AT_REST = ['checked', 'done', 'failed', 'cancelled']

/** Reads a run again and again until it has come to rest. */
export async function atRest(client: Client, id: string) {
  let run = await client.read(`/imports/${id}`)
  while (!AT_REST.includes(run.state)) run = await client.read(`/imports/${id}`)
  return run
}

export const BROKEN = 'PK-no-workbook'

const SETTLED_WITHIN_MS = 20_000

/** Waits until what runs in the background has come to its end: imports, bulk jobs, counts after a calendar change. */
export async function backgroundSettled(server: TestServer): Promise<void> {
  const until = performance.now() + SETTLED_WITHIN_MS
  while (performance.now() < until) {
    const [open] = await server.sql<{ n: number }>(
      `select (select count(*) from import_run where state in ('waiting', 'checking', 'importing'))::int
         + (select count(*) from bulk_job where state in ('waiting', 'running'))::int
         + (select count(*) from calendar_recount where state <> 'done')::int as n`,
    )
    if (open?.n === 0) return
    await pause(10)
  }
  throw new Error('the background has not come to its end')
}
