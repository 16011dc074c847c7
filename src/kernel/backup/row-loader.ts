import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type pg from 'pg'
import { CHAINS, copyStatement, type Shape, TABLES } from './backup.ts'
import { copyIn, copyOut } from './copy.ts'
import type { Manifest, TableOf } from './manifest.ts'
import { ArchiveRefusal } from './tar.ts'

// Rows into tables that the migrations have made. References, triggers and forced row security are set aside in the
// transaction and stand again, checked, before it ends; no superuser is needed for that, only the tables' owner.

const expand = promisify(gunzip)

interface Aside {
  undo: string
  redo: string
}

export class RowLoader {
  readonly #client: pg.Client
  readonly #manifest: Manifest
  readonly #aside: readonly Aside[]
  #pieces: Buffer[] = []
  #table: string | null = null

  private constructor(client: pg.Client, manifest: Manifest, aside: readonly Aside[]) {
    this.#client = client
    this.#manifest = manifest
    this.#aside = aside
  }

  /** Refuses another schema and a database that holds rows. Throws ArchiveRefusal. */
  static async begin(client: pg.Client, manifest: Manifest): Promise<RowLoader> {
    await refuseOtherSchema(client, manifest)
    for (const statement of formerColumns(manifest)) await client.query(statement)
    const { rows: aside } = await client.query<Aside>(ASIDE)
    for (const { undo } of aside) await client.query(undo)
    const names = manifest.tables.map(({ name }) => `public."${name}"`)
    await client.query(`truncate ${names.join(', ')}`)
    return new RowLoader(client, manifest, aside)
  }

  /** Takes the pieces of the next chunk of rows. */
  take(table: string): (piece: Buffer) => Promise<void> {
    const started = this.#flush()
    let isFirst = true
    return async (piece) => {
      await started
      if (isFirst) this.#table = table
      isFirst = false
      this.#pieces.push(piece)
    }
  }

  /** Puts everything back that was set aside, then compares counts, digests and heads with the manifest. */
  async finish(): Promise<void> {
    await this.#flush()
    for (const table of this.#manifest.tables) await this.#compare(table)
    const { rows } = await this.#client.query(CHAINS)
    if (JSON.stringify(rows) !== JSON.stringify(this.#manifest.chains)) {
      throw new ArchiveRefusal('恢复后的操作记录链尾与备份清单不符')
    }
    for (const { redo } of this.#aside.toReversed()) await this.#client.query(redo)
  }

  async #flush(): Promise<void> {
    const table = this.#manifest.tables.find(({ name }) => name === this.#table)
    const packed = Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#table = null
    if (!table) return
    await copyIn(this.#client, copyStatement(table.name, table.columns, 'from stdin'), await expand(packed))
  }

  async #compare({ name, columns, rows, digest }: TableOf): Promise<void> {
    const hash = createHash('sm3')
    let count = 0
    for await (const chunk of copyOut(this.#client, copyStatement(name, columns, 'to stdout'))) {
      count += chunk.rows
      hash.update(chunk.bytes)
    }
    if (count !== rows || hash.digest('hex') !== digest) {
      throw new ArchiveRefusal(`恢复后的表 ${name} 与备份清单不符（${count} 行，应为 ${rows} 行）`)
    }
  }
}

/** Old rows in a new schema would miss what the newer migrations do to rows. */
async function refuseOtherSchema(client: pg.Client, manifest: Manifest): Promise<void> {
  const { rows } = await client.query('select name, digest from schema_migration order by name')
  const own = JSON.stringify(rows.map(({ name, digest }) => [name, digest]))
  if (own !== JSON.stringify(manifest.schema)) {
    const last = manifest.schema.filter(([name]) => name.endsWith('.sql')).at(-1)?.[0] ?? '—'
    throw new ArchiveRefusal(`备份由另一版本的程序制作（迁移至 ${last}）：请用该版本恢复，再升级`)
  }
  const { rows: tables } = await client.query<Shape>(TABLES)
  const namesOf = (all: readonly Shape[]) => all.map(({ name }) => name).join()
  if (namesOf(tables) !== namesOf(manifest.tables)) throw new ArchiveRefusal('备份中的表与本程序的表不符')
  const { rows: people } = await client.query('select from public.person limit 1')
  if (people.length > 0) throw new ArchiveRefusal('数据库中已有数据：只能恢复到空的数据文件夹和空库')
}

/** A kind's former fields keep their columns in the database that had them, and get them in the restored one. */
function formerColumns(manifest: Manifest): string[] {
  return manifest.tables.flatMap(({ name, columns, types }) =>
    columns.map((column, at) => `alter table public."${name}" add column if not exists "${column}" ${types[at]}`),
  )
}

const ASIDE = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as undo,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as redo
  from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
  union all
  select format('alter table %s disable trigger %I', tgrelid::regclass, tgname),
    format('alter table %s enable trigger %I', tgrelid::regclass, tgname)
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where not tgisinternal and tgenabled = 'O' and c.relnamespace = 'public'::regnamespace
  union all
  select format('alter table %s no force row level security', oid::regclass),
    format('alter table %s force row level security', oid::regclass)
  from pg_class where relforcerowsecurity and relnamespace = 'public'::regnamespace`
