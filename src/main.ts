import { openDatabaseServer } from '#kernel/database/server.ts'
import type { Settings } from '#kernel/database/settings.ts'
import { fontAdvice } from '#kernel/documents/fonts.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import { demonstrationAccounts, demonstrationTime, loadPeople } from '#kernel/organisation/demonstration.ts'
import { machineTime, type Time } from '#kernel/time/time.ts'
import { type App, composeApp, prepareDatabase } from './app.ts'
import { fillDemonstration } from './demonstration/fill.ts'
import { importSample } from './demonstration.ts'

// Starting: database, schema, what every court needs, demonstration where it is asked for, then the server and its
// clockwork.

export interface StartOptions {
  demonstration: boolean
  webFolder?: string | null
  moreKinds?: readonly Kind[]
}

export interface Started {
  address: string
  app: App
  /** Accounts of the demonstration, for printing; empty in earnest. */
  accounts: readonly { username: string; password: string; name: string; roles: readonly string[] }[]
  /** When the demonstration's people have done their morning's work, which goes on while the server serves. */
  filled: Promise<void>
  stop(): Promise<void>
}

const log = (line: string) => process.stderr.write(`${line}\n`)

/** The last net: a failure that nobody waited for is said and ends nothing, nor does a log that nobody reads. */
export function surviveFaults(): void {
  process.on('unhandledRejection', (fault) => log(`unhandled: ${fault instanceof Error ? fault.stack : String(fault)}`))
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

/** Starts the whole product on the settings' database. Throws StartRefusal; what was opened by then is closed again. */
export async function startServer(settings: Settings, options: StartOptions): Promise<Started> {
  surviveFaults()
  const advice = fontAdvice(settings.fontDir)
  if (advice) log(advice)
  const held = await openDatabaseServer(settings)
  try {
    await prepareDatabase(held.url, options.moreKinds)
    const fresh = options.demonstration && (await loadPeople(held.url))
    const time = await timeOf(held.url)
    const app = await composeApp({
      url: held.url,
      dataDir: settings.dataDir,
      checkpointDir: settings.checkpointDir,
      fontDir: settings.fontDir,
      time,
      deviceTime: machineTime,
      webFolder: options.webFolder ?? null,
      log,
      ...(options.moreKinds ? { moreKinds: options.moreKinds } : {}),
    })
    if (fresh) await importSample(app.services)
    app.worker.start()
    app.keepTidy()
    const address = await app.server.listen({ host: settings.host, port: settings.port })
    const leaving = new AbortController()
    const filled = fresh ? fillDemonstration(app, leaving.signal) : Promise.resolve()
    filled.catch((fault) => log(`demonstration: ${fault instanceof Error ? fault.message : String(fault)}`))
    const stop = async () => {
      leaving.abort()
      await filled.catch(() => {})
      await app.close()
      await held.release()
    }
    return { address, app, accounts: await demonstrationAccounts(app.services.database), filled, stop }
  } catch (error) {
    await held.release()
    throw error
  }
}

/** The demonstration's own date where the database holds one, else the machine's time. */
export async function timeOf(url: string): Promise<Time> {
  return (await demonstrationTime(url)) ?? machineTime
}
