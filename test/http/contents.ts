import type { TestServer } from '#test/harness.ts'

/**
 * What reading and the background move by themselves: an import that an earlier write filed goes on, a new server asks
 * the rules for special parties of what is stored.
 */
const MOVING = ['session', 'schema_migration', 'import_run', 'special_party_search']

const tablesOf = (server: TestServer) =>
  server.sql<{ name: string }>(`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`)

/** One digest of each table's whole content, by the table's name: equal where nothing was changed at all. */
export async function contentsOf(server: TestServer, except: readonly string[] = []): Promise<Record<string, string>> {
  const tables = await tablesOf(server)
  const parts = tables
    .filter(({ name }) => !MOVING.includes(name) && !except.includes(name))
    .map(
      ({ name }) => `
        select '${name}' as name, coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
        from ${name} t`,
    )
  const rows = await server.sql<{ name: string; digest: string }>(parts.join(' union all '))
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}

/** The transaction that the database would begin now: what is written later bears this number or a higher one. */
export async function nextTransaction(server: TestServer): Promise<string> {
  const [now] = await server.sql<{ xid: string }>('select pg_current_xact_id()::text as xid')
  return now?.xid ?? ''
}

/** Each transaction since then that has left a row anywhere, with the tables in which it did. */
export async function effectsSince(server: TestServer, xid: string): Promise<string[][]> {
  const parts = (await tablesOf(server))
    .filter(({ name }) => !MOVING.includes(name))
    .map(
      ({ name }) =>
        `select distinct '${name}' as name, xmin::text as xid from ${name} where xmin::text::bigint >= ${xid}`,
    )
  const rows = await server.sql<{ name: string; xid: string }>(parts.join(' union all '))
  return [...Map.groupBy(rows, (row) => row.xid).values()].map((all) => all.map(({ name }) => name))
}

/** Each row of these tables as text. */
export async function rowsAsText(
  server: TestServer,
  except: readonly string[],
): Promise<{ name: string; row: string }[]> {
  const parts = (await tablesOf(server))
    .filter(({ name }) => !except.includes(name))
    .map(({ name }) => `select '${name}' as name, t::text as row from ${name} t`)
  return server.sql(parts.join(' union all '))
}
