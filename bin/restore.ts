import { rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { chaptersWith } from '#app'
import { checkArchive } from '#kernel/backup/archive-check.ts'
import { FOLDERS } from '#kernel/backup/manifest.ts'
import { refuseUsedFolder, restoreBackup } from '#kernel/backup/restore.ts'
import { ArchiveRefusal } from '#kernel/backup/tar.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings, type Settings } from '#kernel/database/settings.ts'
import { tableStatements } from '#kernel/matter/table.ts'
import { machineTime } from '#kernel/time/time.ts'
import { CommandRefusal, runCommand } from './command/say.ts'

// npm run restore -- --from FILE [--json]: into an empty data folder, and an empty database where DATABASE_URL names
// one. Compares counts, digests and chains; messages of before the backup are not sent again; everybody signs in anew.
// Exit status 1 where the record that was restored is itself not in order.

await runCommand(async () => {
  const { values } = parseArgs({ options: { from: { type: 'string' }, json: { type: 'boolean', default: false } } })
  if (!values.from) throw new CommandRefusal('command.usage', '用法：npm run restore -- --from 文件 [--json]')
  const started = performance.now()
  const settings = readSettings(process.env)
  const restored = await restore(settings, resolve(values.from)).catch((error: unknown) => {
    if (error instanceof ArchiveRefusal) throw new CommandRefusal('restore.refused', error.message)
    throw error
  })
  const { verification, ...told } = restored
  const seconds = Math.round((performance.now() - started) / 100) / 10
  const words =
    `已恢复 ${told.backupAt} 的备份：${told.tables} 张表 ${told.rows} 行，文件 ${told.files} 个；` +
    `恢复前的 ${told.quarantined} 条消息不再发送；操作记录核验${verification.ok ? '通过' : '不通过'}`
  return { words: [words], figures: { ok: verification.ok, ...told, verification, seconds }, ok: verification.ok }
})

async function restore(settings: Settings, path: string) {
  // before anything is made
  await checkArchive(path)
  await refuseUsedFolder(settings.dataDir, [...FOLDERS, 'postgres'])
  const wasThere = await stat(settings.dataDir).then(
    () => true,
    () => false,
  )
  const held = await openDatabaseServer(settings)
  try {
    await refuseUsedDatabase(held.url)
    const kinds = chaptersWith().flatMap((chapter) => chapter.kinds)
    const tables = kinds.map((kind) => ({ name: kind.id, statements: tableStatements(kind) }))
    await migrate(held.url, tables)
    const { dataDir, checkpointDir: outside } = settings
    const log = (line: string) => process.stderr.write(`${line}\n`)
    const done = await restoreBackup({ path, url: held.url, dataDir, outside, time: machineTime, log })
    await held.release()
    return done
  } catch (error) {
    await held.release()
    // What was made for nothing would stand in the way of the next try.
    if (settings.databaseUrl === null) await removeMade(settings.dataDir, wasThere)
    throw error
  }
}

async function refuseUsedDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client
    .query(`select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' limit 1`)
    .finally(() => client.end())
  if (rows.length > 0) throw new ArchiveRefusal('数据库中已有表：只能恢复到空库')
}

async function removeMade(dataDir: string, wasThere: boolean): Promise<void> {
  if (!wasThere) return rm(dataDir, { recursive: true, force: true })
  for (const name of ['postgres', 'postgres.json', 'postgres.log', 'postgres.lock', 'postgres.users']) {
    await rm(join(dataDir, name), { recursive: true, force: true })
  }
}
