import { createHash } from 'node:crypto'
import { type FileHandle, link, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import pg from 'pg'
import type { Time } from '#kernel/time/time.ts'
import { checkArchive } from './archive-check.ts'
import { copyOut } from './copy.ts'
import { chunkName, FOLDERS, MANIFEST, MANIFEST_DIGEST, type Manifest, type TableOf } from './manifest.ts'
import { TarWriter } from './tar.ts'

// One file from one snapshot, while everything goes on: the checkpoints as they were before it (they never say more
// than the snapshot), the rows of all tables, then the keys and the attachments, which only grow.

const compress = promisify(gzip)

export interface BackupResult {
  sizeBytes: number
  digest: string
  manifest: Manifest
}

/** Makes a backup file that is there when it is whole and read back. Throws where the file exists or can't be made. */
export async function makeBackup(url: string, dataDir: string, path: string, time: Time): Promise<BackupResult> {
  const draft = `${path}.partial-${process.pid}`
  const file = await open(draft, 'wx', 0o600)
  try {
    const sizeBytes = await write(file, url, dataDir, time).finally(() => file.close())
    const { manifest, digest } = await checkArchive(draft)
    await link(draft, path)
    await syncFolder(dirname(path))
    return { sizeBytes, digest, manifest }
  } finally {
    await rm(draft, { force: true })
  }
}

async function write(file: FileHandle, url: string, dataDir: string, time: Time): Promise<number> {
  const tar = new TarWriter(file)
  const checkpoints = await filesOf(dataDir, 'checkpoints')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const told = await tellDatabase(client, tar, time).finally(() => client.end())
  for (const one of checkpoints) await tar.addFile(one.name, one.path, one.size)
  const found = new Set<string>()
  for (const folder of FOLDERS.filter((name) => name !== 'checkpoints')) {
    for (const one of await filesOf(dataDir, folder)) {
      const { name, digest } = await tar.addFile(one.name, one.path, one.size)
      if (name.endsWith(digest)) found.add(digest)
    }
  }
  const { attached, ...rest } = told
  const missing = attached.filter((digest) => !found.has(digest))
  const manifest: Manifest = { ...rest, missing, entries: [...tar.entries] }
  const { digest } = await tar.add(MANIFEST, Buffer.from(JSON.stringify(manifest)))
  await tar.add(MANIFEST_DIGEST, Buffer.from(digest))
  await tar.end()
  await file.sync()
  return tar.sizeBytes
}

/** Puts the rows of all tables into the archive, and says what belongs to them. */
async function tellDatabase(client: pg.Client, tar: TarWriter, time: Time) {
  const rows = async <R>(text: string) => (await client.query(text)).rows as R[]
  await client.query('begin isolation level repeatable read read only; set local synchronize_seqscans = off')
  await rows(`select set_config('ecc.court_ids', (select coalesce(array_agg(id)::text, '{}') from court), true)`)
  const at = time.now().toISOString()
  const tables: TableOf[] = []
  for (const { name, columns, types } of await rows<Shape>(TABLES)) {
    const hash = createHash('sm3')
    let count = 0
    let index = 0
    for await (const chunk of copyOut(client, copyStatement(name, columns, 'to stdout'))) {
      index += 1
      count += chunk.rows
      hash.update(chunk.bytes)
      await tar.add(chunkName(name, index), await compress(chunk.bytes, { level: 1 }))
    }
    tables.push({ name, columns, types, rows: count, digest: hash.digest('hex') })
  }
  const schema = await rows<{ name: string; digest: string }>('select name, digest from schema_migration order by name')
  const chains = await rows<Manifest['chains'][number]>(CHAINS)
  const attached = await rows<{ digest: string }>(KEPT_FILES)
  return {
    format: 'ecc-backup-1' as const,
    at,
    schema: schema.map(({ name, digest }): [string, string] => [name, digest]),
    tables,
    sequences: await rows<Manifest['sequences'][number]>(SEQUENCES),
    chains,
    attached: attached.map(({ digest }) => digest),
  }
}

/** Every file that a row names: papers, templates, issued documents. */
const KEPT_FILES = `
  select digest from attachment union select digest from document_template
  union select digest from document_file order by digest`

export type Shape = Pick<TableOf, 'name' | 'columns' | 'types'>

/** Ordinary tables with the columns that are stored; its migrations and its login are the new database's own matter. */
export const TABLES = `
  select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns,
    array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum) as types
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    and c.relname not in ('schema_migration', 'application_login')
  group by c.relname order by c.relname`

const SEQUENCES = `
  select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'public' order by 1`

export const CHAINS = `
  select court_id as "courtId", seq::text as seq, encode(hash, 'hex') as hash from audit_head where seq > 0 order by 1`

/** The COPY of these columns of a table, out of the database or into it. */
export function copyStatement(table: string, columns: readonly string[], way: 'to stdout' | 'from stdin'): string {
  return `copy public."${table}" (${columns.map((name) => `"${name}"`).join(', ')}) ${way}`
}

/** The files of a folder as they are now; what is still coming in is none of them. */
async function filesOf(dataDir: string, folder: string): Promise<{ name: string; path: string; size: number }[]> {
  const found = await readdir(join(dataDir, folder), { recursive: true, withFileTypes: true }).catch(() => [])
  const files = found.filter((one) => one.isFile() && !one.parentPath.endsWith('/incoming'))
  const paths = files.map((one) => join(one.parentPath, one.name)).sort()
  return Promise.all(
    paths.map(async (path) => ({ name: path.slice(dataDir.length + 1), path, size: (await stat(path)).size })),
  )
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}
