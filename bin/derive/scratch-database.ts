import pg from 'pg'
import { withRunServer } from '#bin/test/run-folder.ts'

/**
 * Gives `work` an empty database and an empty data folder, and takes both away afterwards: on the Postgres of
 * `databaseUrl` where there is one (its user must be allowed to create databases), else on an embedded one of its own.
 */
export async function withScratchDatabase<T>(
  databaseUrl: string | null,
  work: (url: string, dataDir: string) => Promise<T>,
): Promise<T> {
  return withRunServer({ databaseUrl, sharedBuffers: '32MB' }, async (serverUrl, dataDir) => {
    const name = `derive_${process.pid}`
    const url = new URL(serverUrl)
    url.pathname = `/${name}`
    await run(serverUrl, `create database ${name} template template0 encoding 'UTF8'`)
    try {
      return await work(url.href, dataDir)
    } finally {
      await run(serverUrl, `drop database ${name} with (force)`)
    }
  })
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
