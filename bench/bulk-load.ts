import type pg from 'pg'

// Loading much at once: keys, indexes and references are taken off, and put back over the loaded rows. All in the
// caller's transaction: it is all there, or nothing. References bind what is written from then on; that the loaded rows
// keep them is checked after the commit, table beside table, for within a transaction the database checks on one core.

interface Taken {
  drop: string
  restore: string
}

export interface Reference extends Taken {
  owner: string
  validate: string
}

/**
 * Runs `load` while the tables have no indexes, keys or references; what was there before is there after, checked. It
 * is told which tables are empty and this transaction's own: rows may be copied into those frozen. Returns what
 * `validate` has to check after the commit.
 */
export async function withoutIndexes(
  client: pg.Client,
  tables: readonly string[],
  load: (own: ReadonlySet<string>) => Promise<void>,
): Promise<Reference[]> {
  await client.query("set local maintenance_work_mem = '512MB'; set local client_min_messages = warning")
  const references = await ask<Reference>(client, REFERENCES, tables)
  const taken = [
    ...(await ask<Taken>(client, FORCED, tables)),
    ...references,
    ...(await ask<Taken>(client, KEYS, tables)),
    ...(await ask<Taken>(client, INDEXES, tables)),
  ]
  for (const { drop } of taken) await client.query(drop)
  await load(await claim(client, tables))
  for (const { restore } of taken.toReversed()) await client.query(restore)
  return references
}

/** Checks the references of what was loaded, on as many connections as there are; throws what breaks one. */
export async function validate(clients: readonly pg.Client[], references: readonly Reference[]): Promise<void> {
  // Two checks of one table would wait for each other.
  const waiting = [...Map.groupBy(references, ({ owner }) => owner).values()].sort((a, b) => b.length - a.length)
  const work = async (client: pg.Client) => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      for (const one of next) await client.query(one.validate)
  }
  await Promise.all(clients.map(work))
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

async function ask<R extends object>(client: pg.Client, text: string, tables: readonly string[]): Promise<R[]> {
  return (await client.query<R>(text, [tables])).rows
}

/** COPY is refused on a table whose row security binds its owner too. */
const FORCED = `
  select format('alter table %s no force row level security', oid::regclass) as drop,
    format('alter table %s force row level security', oid::regclass) as restore
  from pg_class where oid = any($1::regclass[]) and relforcerowsecurity order by relname`

const CONSTRAINT = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))`

/** Primary and unique keys. */
const KEYS = `${CONSTRAINT} as restore
  from pg_constraint where conrelid = any($1::regclass[]) and contype in ('p', 'u')
  order by conrelid::regclass::text, conname`

/** References of the tables and to them. */
const REFERENCES = `${CONSTRAINT} || ' not valid' as restore, conrelid::regclass::text as owner,
    format('alter table %s validate constraint %I', conrelid::regclass, conname) as validate
  from pg_constraint where (conrelid = any($1::regclass[]) or confrelid = any($1::regclass[])) and contype = 'f'
  order by conrelid::regclass::text, conname`

const INDEXES = `
  select format('drop index %s', indexrelid::regclass) as drop, pg_get_indexdef(indexrelid) as restore
  from pg_index i where indrelid = any($1::regclass[])
    and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
  order by indexrelid::regclass::text`
