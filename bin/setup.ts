import { prepareDatabase } from '#app'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings, StartRefusal } from '#kernel/database/settings.ts'
import { officeFolder } from './office/folder.ts'

// npm run setup: everything that npm start makes, without starting and without the demonstration: packages, web
// interface, database with calendar, rules and courts. It may be run again at any time.

try {
  const settings = readSettings(process.env)
  await officeFolder()
  const server = await openDatabaseServer(settings)
  await prepareDatabase(server.url).finally(() => server.release())
  console.log(`已就绪：${settings.databaseUrl === null ? settings.dataDir : 'DATABASE_URL 所指的数据库'}。`)
} catch (error) {
  console.error(error instanceof StartRefusal ? error.message : error)
  process.exitCode = 1
}
