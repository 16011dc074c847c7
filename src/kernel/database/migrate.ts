import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { APPLICATION_ROLE } from './database.ts'

// Forward-only migrations in plain SQL, each in its own transaction, under one lock so that servers may start together.

const FOLDER = new URL('../../../migrations/', import.meta.url)
const LOCK = 46_2021

/** Statements that a declared kind derives; applied again when they changed, so each must bear repetition. */
export interface DerivedTable {
  name: string
  statements: readonly string[]
}

/**
 * Brings a database to the present schema: the migration files, then the tables of the declared kinds. Throws where an
 * applied file has been changed since.
 */
export async function migrate(url: string, derived: readonly DerivedTable[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(${LOCK})`)
    await ensureRole(client)
    await client.query(`
      create table if not exists schema_migration (
        name text primary key, digest text not null, at timestamptz not null default now())`)
    const applied = new Map<string, string>(
      (await client.query('select name, digest from schema_migration')).rows.map((row) => [row.name, row.digest]),
    )
    for (const name of (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort()) {
      await apply(client, name, await readFile(new URL(name, FOLDER), 'utf8'), applied)
    }
    for (const table of derived) await derive(client, table, applied)
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, name: string, text: string, applied: Map<string, string>): Promise<void> {
  const digest = createHash('sha256').update(text).digest('hex')
  const known = applied.get(name)
  if (known === digest) return
  if (known !== undefined) throw new Error(`迁移文件 ${name} 在应用之后被改动：请新增迁移文件，不要改旧文件`)
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into schema_migration (name, digest) values ($1, $2)', [name, digest])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function derive(client: pg.Client, table: DerivedTable, applied: Map<string, string>): Promise<void> {
  if (table.statements.length === 0) return
  const name = `kind:${table.name}`
  const text = table.statements.join(';\n')
  const digest = createHash('sha256').update(text).digest('hex')
  if (applied.get(name) === digest) return
  await client.query(
    `begin;\n${text};\ninsert into schema_migration (name, digest) values ('${name}', '${digest}')
     on conflict (name) do update set digest = excluded.digest, at = now();\ncommit`,
  )
}

async function ensureRole(client: pg.Client): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [APPLICATION_ROLE])
  if (found.rowCount === 0) {
    // Two databases of one cluster may be made at the same moment; the second creation is then already done.
    await client.query(`create role ${APPLICATION_ROLE} nologin`).catch((error: { code?: string }) => {
      if (error.code !== '42710' && error.code !== '23505') throw error
    })
  }
  await client.query(`
    do $$ begin
      if not pg_has_role(current_user, '${APPLICATION_ROLE}', 'member') then
        grant ${APPLICATION_ROLE} to current_user;
      end if;
    end $$`)
}
