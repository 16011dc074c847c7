import { composeApp, prepareDatabase } from '#app'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings } from '#kernel/database/settings.ts'
import { loadPeople } from '#kernel/organisation/demonstration.ts'
import { machineTime } from '#kernel/time/time.ts'
import { surviveFaults, timeOf } from '#main'

// The server as a process of its own, with the cast and without the sample, for tests that kill it. On a database of
// its own in DATA_DIR, or on the one that SERVER_DATABASE_URL names, which has been prepared.

surviveFaults()
const settings = readSettings(process.env)
const given = process.env.SERVER_DATABASE_URL
const held = given
  ? { url: given, release: async () => {} }
  : await openDatabaseServer({ ...settings, databaseUrl: null })
if (!given) {
  await prepareDatabase(held.url)
  await loadPeople(held.url)
}
const app = await composeApp({
  url: held.url,
  dataDir: settings.dataDir,
  time: await timeOf(held.url),
  deviceTime: machineTime,
  webFolder: null,
  log: (line) => process.stderr.write(`${line}\n`),
})
app.worker.start()
const address = await app.server.listen({ host: settings.host, port: settings.port })
process.stdout.write(`${JSON.stringify({ address, databaseUrl: held.url })}\n`)
process.on('SIGTERM', async () => {
  await app.close()
  await held.release()
  process.exit(0)
})
// Asked over the line to whoever started us: the bytes in use when the rest has been collected.
process.on('message', () => {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  process.send?.(heapUsed + external)
})
// Whoever started us with a line between us is gone: nobody would stop us any more.
process.on('disconnect', () => process.exit(1))
