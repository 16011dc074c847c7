import pg from 'pg'
import { onCallOff } from '#bin/command/call-off.ts'
import { withRunFolder, withRunServer } from '#bin/test/run-folder.ts'

const SWEEP_MS = 20_000

export interface Place {
  folder: string
  /** A Postgres on which tests make databases of their own, where they need one. */
  databaseUrl: string | null
}

/**
 * Gives `work` a temporary folder and, where asked for, a throw-away Postgres; both are gone afterwards, also where the
 * run is called off.
 */
export async function withPlace<T>(hasDatabase: boolean, work: (place: Place) => Promise<T>): Promise<T> {
  const called = new Promise<never>((_, reject) => {
    onCallOff((signal) => reject(new Error(`called off by ${signal}`)))
  })
  if (!hasDatabase) return withRunFolder((folder) => Promise.race([work({ folder, databaseUrl: null }), called]))
  return withRunServer({}, async (databaseUrl, folder) => {
    const endSweeps = sweepDatabases(databaseUrl)
    return Promise.race([work({ folder, databaseUrl }), called]).finally(endSweeps)
  })
}

/** A run that ends with its first failure leaves its database behind: whatever nobody used for two looks is dropped. */
function sweepDatabases(url: string): () => Promise<void> {
  let unused = new Set<string>()
  let running: Promise<void> = Promise.resolve()
  const sweep = async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      const { rows } = await client.query<{ name: string }>(`select datname as name from pg_database d
        where datname ~ '^ecc_t_' and not exists (select from pg_stat_activity a where a.datname = d.datname)`)
      const names = rows.map(({ name }) => name)
      for (const name of names.filter((one) => unused.has(one))) await client.query(`drop database if exists ${name}`)
      unused = new Set(names)
    } finally {
      await client.end()
    }
  }
  const timer = setInterval(() => {
    // What is still there at the end goes with the folder.
    running = sweep().catch(() => undefined)
  }, SWEEP_MS)
  return async () => {
    clearInterval(timer)
    await running
  }
}
