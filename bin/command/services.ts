import { composeServices, prepareDatabase } from '#app'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings } from '#kernel/database/settings.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Services } from '#kernel/matter/acting.ts'
import { timeOf } from '#main'

/**
 * Runs a command on the settings' database, which it makes if it is not there; also while a server runs on the folder.
 */
export async function withServices<T>(work: (services: Services) => Promise<T>): Promise<T> {
  const settings = readSettings(process.env)
  const held = await openDatabaseServer(settings)
  try {
    await prepareDatabase(held.url)
    const { services, close } = await composeServices({
      url: held.url,
      dataDir: settings.dataDir,
      time: await timeOf(held.url),
    })
    try {
      return await work(services)
    } finally {
      await close()
    }
  } finally {
    await held.release()
  }
}

export interface FoundCourt {
  id: number
  code: string
}

export async function findCourt(services: Services, code: string): Promise<FoundCourt | undefined> {
  return services.database.read({ courtIds: [] }, (tx) =>
    tx.maybe<FoundCourt>(sql`select id, code from court where code = ${code}`),
  )
}
