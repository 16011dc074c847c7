import { composeServices, prepareDatabase } from '#app'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings } from '#kernel/database/settings.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Services } from '#kernel/matter/acting.ts'
import { timeOf } from '#main'
import { CommandRefusal } from './say.ts'

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

/** The court that a command names by its code. */
export async function findCourt(services: Services, code: string): Promise<FoundCourt> {
  const court = await services.database.read({ courtIds: [] }, (tx) =>
    tx.maybe<FoundCourt>(sql`select id, code from court where code = ${code}`),
  )
  if (!court) throw new CommandRefusal('command.court', `没有法院代字为“${code}”的法院`)
  return court
}
