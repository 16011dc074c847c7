import type { TestServer } from '#test/harness.ts'

/** What reading and the background move by themselves: an import that an earlier write filed goes on. */
const MOVING = ['session', 'schema_migration', 'import_run']

/** One digest of each table's whole content, by the table's name: equal where nothing was changed at all. */
export async function contentsOf(server: TestServer, except: readonly string[] = []): Promise<Record<string, string>> {
  const tables = await server.sql<{ name: string }>(`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`)
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
