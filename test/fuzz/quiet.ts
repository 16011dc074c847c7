import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import type { TestServer } from '#test/harness.ts'
import { holdJobs } from '#test/http/filed-imports.ts'
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
  const release = await holdJobs(server)
  try {
    for (let left = TRIES; ; left -= 1) {
      const before = await digestAtRest(server)
      if (!before) return 0
      for (const request of requests) await ask(request)
      const after = await digestOf(server)
      const changed = Object.keys(after).filter((table) => after[table] !== before[table])
      if (changed.length === 0) return requests.length
      // The clockwork may have woken up in between: only what comes each time is told.
      if (left > 1) continue
      tell(first, `leakage: refused requests changed ${changed.join(', ')}`)
      return requests.length
    }
  } finally {
    await release()
  }
}

const TRIES = 3
const LOOK_MS = 300
const LOOKS_MOST = 200
const LOOKS_AT_REST = 4

/** The digest when the clockwork has come to rest; null where it does not, on a machine that has other things to do. */
async function digestAtRest(server: TestServer): Promise<Record<string, string> | null> {
  let last = JSON.stringify(await digestOf(server))
  let still = 0
  for (let look = 0; look < LOOKS_MOST; look += 1) {
    await pause(LOOK_MS)
    const digest = await digestOf(server)
    const text = JSON.stringify(digest)
    still = text === last ? still + 1 : 0
    if (still >= LOOKS_AT_REST) return digest
    last = text
  }
  return null
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
