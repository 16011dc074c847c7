import fc from 'fast-check'
import pg from 'pg'
import type { TestServer } from '#test/harness.ts'
import { holdImports } from '#test/http/filed-imports.ts'
import type { Ask, Tell } from './checkers.ts'
import type { Plan } from './plan.ts'
import { type Known, requestOf } from './writing.ts'

// RESTler's leakage rule: while nobody else asks, requests that must be refused are asked, and the database is as it
// was. Its digest counts rows and the transactions that wrote them, so that a large database costs a moment.

/** What reading and the background move by themselves. */
const MOVING = ['session', 'schema_migration', 'import_run']
const ASKED = 30
/** A wrong password or code is counted, refused or not. */
const COUNTED = /session$|password$|proof$/

/** Gives how many requests were asked. */
export async function checkLeaks(
  plans: fc.Arbitrary<Plan>,
  seed: number,
  story: { server: TestServer; known: Known; ask: Ask; tell: Tell },
): Promise<number> {
  const { server, known, ask, tell } = story
  const requests = fc
    .sample(plans, { seed, numRuns: ASKED * 8 })
    .map((plan) => requestOf(plan, known))
    .filter(({ operation, refused }) => operation.isWrite && refused !== null && !COUNTED.test(operation.name))
    .slice(0, ASKED)
  const [first] = requests
  if (!first) return 0
  const release = await holdBackground(server)
  try {
    const before = await digestOf(server)
    for (const request of requests) await ask(request)
    const after = await digestOf(server)
    const changed = Object.keys(after).filter((table) => after[table] !== before[table])
    if (changed.length > 0) tell(first, `leakage: refused requests changed ${changed.join(', ')}`)
    return requests.length
  } finally {
    await release()
  }
}

/** Keeps the clockwork from firing and imports from going on; what is under way comes to its end first. */
async function holdBackground(server: TestServer): Promise<() => Promise<void>> {
  const releaseImports = await holdImports(server)
  const client = new pg.Client({ connectionString: server.url })
  client.on('error', () => {})
  await client.connect()
  // No rung is fired without its row here.
  await client.query('begin; lock table clock_rung in share mode')
  return async () => {
    await client.end()
    await releaseImports()
  }
}

async function digestOf(server: TestServer): Promise<Record<string, string>> {
  const tables = await server.sql<{ name: string }>(`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`)
  const parts = tables
    .filter(({ name }) => !MOVING.includes(name))
    .map(
      ({ name }) =>
        `select '${name}' as name, count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) as digest from ${name}`,
    )
  const rows = await server.sql<{ name: string; digest: string }>(parts.join(' union all '))
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}
