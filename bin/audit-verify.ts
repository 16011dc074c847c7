import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { type CheckpointPlace, checkpointPlace, readCheckpoints } from '#kernel/audit/checkpoint.ts'
import { type AllVerified, type CourtVerification, verifyCourts } from '#kernel/audit/verify-courts.ts'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings } from '#kernel/database/settings.ts'
import { CommandRefusal, runCommand } from './command/say.ts'

// npm run audit:verify [-- --court 吉0193 --keys FOLDER --json]: walks the chain of one court, or of every court, and
// holds it against the signed checkpoints, as a reader who can write nothing. --keys: public keys that were kept
// elsewhere. Exit status 1 where something is broken, 2 where the question can't be answered.

await runCommand(async () => {
  const { values } = parseArgs({
    options: { court: { type: 'string' }, keys: { type: 'string' }, json: { type: 'boolean', default: false } },
  })
  const settings = readSettings(process.env)
  const place = checkpointPlace(settings.dataDir, settings.checkpointDir)
  if (values.keys !== undefined) place.keysFolder = resolve(values.keys)
  const held = await openDatabaseServer(settings)
  const found = await verify(held.url, place, values.court ?? null).finally(() => held.release())
  if (found === null) throw new CommandRefusal('command.database', '数据库不是当前版本，请先运行 npm run setup')
  if (found.courts.length === 0 && values.court !== undefined) {
    throw new CommandRefusal('command.court', `没有法院代字为“${values.court}”的法院`)
  }
  return { words: wordsOfAll(found), figures: found, ok: found.ok }
})

/** Null where the schema is an older one; a database without any is not made here, for nothing is written. */
async function verify(url: string, place: CheckpointPlace, code: string | null): Promise<AllVerified | null> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(`
    select to_regclass('public.audit') is not null as record, to_regclass('public.restoration') is not null as reader`)
  await client.end()
  const { record, reader } = rows[0]
  if (record) return reader ? verifyCourts(url, place, code) : null
  const { checkpoints, faults } = await readCheckpoints(place)
  return {
    ok: checkpoints.length + faults.length === 0,
    courts: [],
    checkpoints: { count: checkpoints.length, faults },
  }
}

function wordsOfAll({ courts, checkpoints }: AllVerified): string[] {
  const lines = [...checkpoints.faults.map(({ file, message }) => `${file}：${message}`), ...courts.flatMap(wordsOf)]
  if (lines.length > 0) return lines
  return [checkpoints.count === 0 ? '没有操作记录' : `不通过：没有操作记录，而签名检查点记有${checkpoints.count}处`]
}

function wordsOf({ court, entries, head, vouchedTo, broken, lost }: CourtVerification): string[] {
  return [
    ...lost.map(({ at, from, to }) => `${court} 注意：${at}从备份恢复，第${from}条至第${to}条已随之丢失`),
    broken
      ? `${court} 不通过：${broken.message}`
      : `${court} 通过：${entries} 条，链尾 ${head.seq} ${head.hash}，签名检查点至第 ${vouchedTo} 条`,
  ]
}
