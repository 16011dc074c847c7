import type pg from 'pg'

// Loading much at once: keys, indexes and references are taken off, and put back over the loaded rows, where the
// database checks each of them for all rows together. All in the caller's transaction: it is all there, or nothing.

interface Taken {
  drop: string
  restore: string
}

/**
 * Runs `load` while the tables have no indexes, keys or references; what was there before is there after, checked. It
 * is told which tables are empty and this transaction's own: rows may be copied into those frozen.
 */
export async function withoutIndexes(
  client: pg.Client,
  tables: readonly string[],
  load: (own: ReadonlySet<string>) => Promise<void>,
): Promise<void> {
  await client.query("set local maintenance_work_mem = '512MB'; set local client_min_messages = warning")
  const taken = [
    ...(await ask(client, FORCED, tables)),
    ...(await ask(client, CONSTRAINTS('f'), tables)),
    ...(await ask(client, CONSTRAINTS('pu'), tables)),
    ...(await ask(client, INDEXES, tables)),
  ]
  for (const { drop } of taken) await client.query(drop)
  await load(await claim(client, tables))
  for (const { restore } of taken.toReversed()) await client.query(restore)
}

/** Truncates the tables that hold nothing: what is then loaded needs no log, and no second pass to be seen by all. */
async function claim(client: pg.Client, tables: readonly string[]): Promise<ReadonlySet<string>> {
  const own = new Set<string>()
  for (const table of tables) {
    const { rows } = await client.query<{ holds: boolean }>(`select exists (select from "${table}") as holds`)
    if (rows[0]?.holds) continue
    await client.query(`truncate "${table}"`)
    own.add(table)
  }
  return own
}

async function ask(client: pg.Client, text: string, tables: readonly string[]): Promise<Taken[]> {
  return (await client.query<Taken>(text, [tables])).rows
}

/** COPY is refused on a table whose row security binds its owner too. */
const FORCED = `
  select format('alter table %s no force row level security', oid::regclass) as drop,
    format('alter table %s force row level security', oid::regclass) as restore
  from pg_class where oid = any($1::regclass[]) and relforcerowsecurity order by relname`

/** References ('f') of the tables and to them; primary and unique keys ('pu'). */
const CONSTRAINTS = (types: string) => `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as restore
  from pg_constraint
  where (conrelid = any($1::regclass[]) or confrelid = any($1::regclass[]))
    and position(contype::text in '${types}') > 0
  order by conrelid::regclass::text, conname`

const INDEXES = `
  select format('drop index %s', indexrelid::regclass) as drop, pg_get_indexdef(indexrelid) as restore
  from pg_index i where indrelid = any($1::regclass[])
    and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
  order by indexrelid::regclass::text`
