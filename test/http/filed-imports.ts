import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { courtIdOf, put } from '#test/access/put.ts'
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
    })
    return { by: 'linjing', path: `/imports/${id}/${action}`, body: {} }
  }

/** Keeps the background from taking what waits, as a second server would. */
export async function holdJobs(server: TestServer): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: server.url })
  client.on('error', () => {})
  await client.connect()
  for (const job of ['import', 'calendar']) await client.query(`select pg_advisory_lock(hashtext($1), 2)`, [job])
  return () => client.end()
}

export const BROKEN = 'PK-no-workbook'

const SETTLED_WITHIN_MS = 20_000

/** Waits until imports and counts after a change of the calendar have come to their end in the background. */
export async function backgroundSettled(server: TestServer): Promise<void> {
  const until = performance.now() + SETTLED_WITHIN_MS
  while (performance.now() < until) {
    const [open] = await server.sql<{ n: number }>(
      `select (select count(*) from import_run where state in ('waiting', 'checking', 'importing'))::int
         + (select count(*) from calendar_recount where state <> 'done')::int as n`,
    )
    if (open?.n === 0) return
    await pause(10)
  }
  throw new Error('the background has not come to its end')
}
