import pg from 'pg'
import { withRunFolder } from '#bin/test/run-folder.ts'
import { openDatabaseServer } from '#kernel/database/server.ts'

/**
 * Gives `work` an empty database and an empty data folder, and takes both away afterwards: on the Postgres of
 * `databaseUrl` where there is one (its user must be allowed to create databases), else on an embedded one of its own.
 */
export async function withScratchDatabase<T>(
  databaseUrl: string | null,
  work: (url: string, dataDir: string) => Promise<T>,
): Promise<T> {
  return withRunFolder(async (dataDir) => {
    const server = await openDatabaseServer({ dataDir, databaseUrl, sharedBuffers: '32MB' }, { durable: false })
    const name = `derive_${process.pid}`
    const url = new URL(server.url)
    url.pathname = `/${name}`
    try {
      await run(server.url, `create database ${name} template template0 encoding 'UTF8'`)
      try {
        return await work(url.href, dataDir)
      } finally {
        await run(server.url, `drop database ${name} with (force)`)
      }
    } finally {
      await server.release()
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
