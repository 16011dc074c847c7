import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { makeBackup } from '#kernel/backup/backup.ts'
import { tableOfEntry } from '#kernel/backup/manifest.ts'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings } from '#kernel/database/settings.ts'
import { timeOf } from '#main'
import { CommandRefusal, runCommand } from './command/say.ts'

// npm run backup -- --to FILE [--json]: database, attachments, keys and checkpoints of one moment in one file, also
// while the server runs. The file holds everything, certificate numbers and keys included: keep it as they are kept.
// Exit status 1 where attachments are missing that the database names.

await runCommand(async () => {
  const { values } = parseArgs({ options: { to: { type: 'string' }, json: { type: 'boolean', default: false } } })
  if (!values.to) throw new CommandRefusal('command.usage', '用法：npm run backup -- --to 文件 [--json]')
  const path = resolve(values.to)
  const settings = readSettings(process.env)
  const started = performance.now()
  const held = await openDatabaseServer(settings)
  const made = await timeOf(held.url)
    .then((time) => makeBackup(held.url, settings.dataDir, path, time))
    .catch((error: { code?: string }) => {
      if (error.code === '42P01') throw new CommandRefusal('backup.empty', '数据库尚未建立，没有可备份的内容')
      if (error.code === 'EEXIST') throw new CommandRefusal('backup.exists', `${path} 已存在，请另取文件名`)
      throw error
    })
    .finally(() => held.release())
  const { manifest, digest, sizeBytes } = made
  const told = {
    ok: manifest.missing.length === 0,
    file: path,
    at: manifest.at,
    sizeBytes,
    digest,
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    files: manifest.entries.filter(({ name }) => tableOfEntry(name) === null).length,
    missing: manifest.missing,
    seconds: Math.round((performance.now() - started) / 100) / 10,
  }
  const words = [
    `已备份到 ${path}：${told.tables} 张表 ${told.rows} 行，文件 ${told.files} 个，${sizeBytes} 字节，摘要 ${digest}`,
    ...told.missing.map((name) => `缺失或损坏的附件：${name}`),
  ]
  return { words, figures: told, ok: told.ok }
})
