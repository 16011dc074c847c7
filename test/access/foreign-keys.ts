import { randomBytes, randomUUID } from 'node:crypto'
import type { TestServer } from '#test/harness.ts'

export type Row = Record<string, unknown>

export interface Key {
  name: string
  child: string
  parent: string
  columns: string[]
  targets: string[]
  courtColumn: string | null
}

/** Foreign keys from one table of courts to another. */
export async function foreignKeys(server: TestServer, courtTables: readonly string[]): Promise<Key[]> {
  const names = (relation: string, keys: string) => `(select array_agg(attname::text order by at) from pg_attribute
    join unnest(${keys}) with ordinality k(attnum, at) using (attnum) where attrelid = ${relation})`
  const keys = await server.sql<Omit<Key, 'courtColumn'>>(`
    select conname as name, conrelid::regclass::text as child, confrelid::regclass::text as parent,
      ${names('conrelid', 'conkey')} as columns, ${names('confrelid', 'confkey')} as targets
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 2, 1`)
  return keys
    .filter(({ child, parent }) => courtTables.includes(child) && courtTables.includes(parent))
    .map((key) => ({ ...key, courtColumn: key.columns[key.targets.indexOf('court_id')] ?? null }))
}

/** What a row needs besides so that nothing but the foreign key can refuse it. */
const BESIDES: Readonly<Record<string, Row>> = {
  approval_decider: { state: 'approved', decider_natural_id: randomUUID() },
  outbox_to_person: { to_role: null },
  document_file_court_id_document_id_fkey: { format: 'word' },
}

/** A row of the own court like one that is there, new in every unique column, that names the other court's parent. */
export async function childOf(server: TestServer, key: Key, ownId: number, foreignId: number): Promise<Row> {
  const [like] = await server.sql<{ row: Row }>(
    `select to_jsonb(t) as row from ${key.child} t where court_id = $1 limit 1`,
    [ownId],
  )
  const [parent] = await server.sql<{ row: Row }>(
    `select to_jsonb(t) as row from ${key.parent} t where court_id = $1 limit 1`,
    [foreignId],
  )
  if (!like || !parent) throw new Error(`${key.name} has no rows to try it with`)
  const unique = await server.sql<{ name: string }>(
    `
    select distinct attname as name from pg_index, unnest(indkey::int2[]) k(attnum) join pg_attribute a using (attnum)
    where indrelid = $1::regclass and indisunique and attrelid = indrelid and not exists (
      select from pg_constraint where contype = 'f' and conrelid = indrelid and attnum = any(conkey))`,
    [key.child],
  )
  const row = { ...like.row }
  for (const { name } of unique) row[name] = another(row[name])
  Object.assign(row, BESIDES[key.name])
  key.columns.forEach((column, at) => {
    if (column !== key.courtColumn) row[column] = parent.row[key.targets[at] as string]
  })
  return key.courtColumn === null ? row : { ...row, [key.courtColumn]: ownId }
}

function another(value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return value + 1_000_000
  if (/^\d{4}-\d\d-\d\d$/.test(String(value))) return value
  if (/^[0-9a-f-]{36}$/.test(String(value))) return randomUUID()
  return String(value).startsWith('\\x')
    ? `\\x${randomBytes(32).toString('hex')}`
    : randomUUID().replace(/[^a-f]/g, 'x')
}
