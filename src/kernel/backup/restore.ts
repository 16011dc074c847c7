import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { writeAudit } from '#kernel/audit/audit.ts'
import { type CheckpointPlace, checkpointPlace } from '#kernel/audit/checkpoint.ts'
import { appendCheckpoint } from '#kernel/audit/checkpoint-keeper.ts'
import { openFileSigner } from '#kernel/audit/checkpoint-signer.ts'
import { type AllVerified, verifyCourts } from '#kernel/audit/verify-courts.ts'
import type { SystemActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { txOf } from '#kernel/database/owner.ts'
import { sql } from '#kernel/database/sql.ts'
import { shiftedTime, type Time } from '#kernel/time/time.ts'
import { type CheckedArchive, checkArchive, compareEntries } from './archive-check.ts'
import { FOLDERS, type Manifest, tableOfEntry } from './manifest.ts'
import { RowLoader } from './row-loader.ts'
import { stopWork } from './stop-work.ts'
import { ArchiveRefusal, readTar } from './tar.ts'

// Into an empty database and an empty folder only, and only by the program whose migrations made the backup. Read once
// to prove every byte, then loaded in one transaction that compares counts, digests and heads before it commits.

export interface RestoreOptions {
  path: string
  /** Has the schema of this program's migrations, and no rows but those that the migrations themselves put in. */
  url: string
  dataDir: string
  /** The second folder of checkpoints, where there is one. */
  outside: string | null
  time: Time
  log: (line: string) => void
}

export interface RestoreResult {
  backupAt: string
  tables: number
  rows: number
  files: number
  missing: readonly string[]
  /** Messages of before the backup, which nothing sends again. */
  quarantined: number
  verification: AllVerified
}

/** Sequences go on far behind those of the backup: numbers given after it may be known outside. */
const SEQUENCE_LEAP = 1_000_000n

/** Throws ArchiveRefusal where the data folder already holds something that a restore would write. */
export async function refuseUsedFolder(dataDir: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const found = await readdir(join(dataDir, name)).catch(() => [])
    if (found.length > 0) throw new ArchiveRefusal(`${join(dataDir, name)} 不是空的：只能恢复到空的数据文件夹和空库`)
  }
}

/** Restores a backup that `checkArchive` has found whole. Throws ArchiveRefusal; then nothing was committed. */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreResult> {
  const { path, url, dataDir, log } = options
  const checked = await checkArchive(path)
  await refuseUsedFolder(dataDir, FOLDERS)
  const staging = join(dataDir, `restore-${randomUUID()}`)
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin')
    const quarantined = await load(client, options, checked, staging)
    await putInPlace(staging, dataDir)
    await client.query('commit').catch(async (error: unknown) => {
      for (const folder of FOLDERS) await rm(join(dataDir, folder), { recursive: true, force: true })
      throw error
    })
    const place = checkpointPlace(dataDir, options.outside)
    await signRestored(place, checked.manifest, quarantined.at, log)
    const { entries, tables, missing, at } = checked.manifest
    return {
      backupAt: at,
      tables: tables.length,
      rows: tables.reduce((sum, table) => sum + table.rows, 0),
      files: entries.filter(({ name }) => tableOfEntry(name) === null).length,
      missing,
      quarantined: quarantined.messages,
      verification: await verifyCourts(url, place, null),
    }
  } finally {
    await client.end()
    await rm(staging, { recursive: true, force: true })
  }
}

/** One pass: rows into the tables, files into the staging folder, in the order in which the archive has them. */
async function load(client: pg.Client, options: RestoreOptions, checked: CheckedArchive, staging: string) {
  const loader = await RowLoader.begin(client, checked.manifest)
  const entries = await readTar(options.path, ({ name }) => {
    const table = tableOfEntry(name)
    if (table !== null) return loader.take(table)
    return FOLDERS.some((folder) => name.startsWith(`${folder}/`)) ? fileWriter(join(staging, name)) : null
  })
  compareEntries(entries, checked.manifest)
  await loader.finish()
  return quarantine(txOf(client), options, checked)
}

function fileWriter(path: string) {
  return async (piece: Buffer) => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const file = await open(path, 'a', 0o600)
    await file.write(piece).then(() => file.sync())
    await file.close()
  }
}

async function putInPlace(staging: string, dataDir: string): Promise<void> {
  for (const folder of await readdir(staging).catch(() => [])) {
    await rm(join(dataDir, folder), { recursive: true, force: true })
    await rename(join(staging, folder), join(dataDir, folder))
  }
  for (const folder of FOLDERS) await mkdir(join(dataDir, folder), { recursive: true, mode: 0o700 })
}

/** Nothing of before the restore goes out again or goes on by itself, and nobody stays signed in from before it. */
async function quarantine(tx: Tx, { time }: RestoreOptions, { manifest, digest }: CheckedArchive) {
  await tx.run(sql`select set_config('ecc.court_ids', (select array_agg(id)::text from court), true)`)
  const shown = await tx.maybe<{ started_at: Date; starts_at: Date }>(
    sql`select started_at, starts_at from demonstration`,
  )
  const at = (shown ? shiftedTime(shown.started_at, shown.starts_at, time) : time).now()
  const sent = await tx.one<{ last: bigint; messages: bigint }>(
    sql`select coalesce(max(id), 0) as last, count(*) as messages from outbox`,
  )
  for (const { name, last } of manifest.sequences) {
    if (last === null) continue
    const next = BigInt(last) + SEQUENCE_LEAP
    await tx.run(sql`select setval(('public.' || quote_ident(${name}))::regclass, ${String(next)}::bigint)`)
  }
  await tx.run(sql`
    insert into restoration (at, backup_at, backup_digest, outbox_through)
    values (${at}, ${manifest.at}, ${digest}, ${String(sent.last)})`)
  await tx.run(sql`update session set ended_at = ${at} where ended_at is null`)
  const stopped = await stopWork(tx, at)
  for (const { courtId } of manifest.chains) {
    const notes = stopped.filter(({ court_id }) => court_id === courtId).map(({ note }) => note)
    const actor: SystemActor = { kind: 'system', name: '系统', courtId, courtIds: [courtId] }
    const restored = { verb: 'backup.restore', summary: { 备份时间: manifest.at, 备份摘要: digest } }
    await writeAudit(tx, actor, at, [restored, ...notes])
  }
  return { at, messages: Number(sent.messages) }
}

/**
 * Says under signature to which heads the chains were taken back; checkpoints of later entries speak of what was lost.
 */
async function signRestored(
  place: CheckpointPlace,
  { chains }: Manifest,
  at: Date,
  log: (line: string) => void,
): Promise<void> {
  if (chains.length === 0) return
  const heads = chains.map(({ courtId, seq, hash }) => ({ courtId, seq: BigInt(seq), hash }))
  const signer = await openFileSigner(place.keysFolder)
  await appendCheckpoint(place, signer, { kind: 'restored', at: at.toISOString(), heads }, log)
}
