import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import type { TestServer } from '#test/harness.ts'
import type { Ask, Tell } from './checkers.ts'
import type { Plan } from './plan.ts'
import { type Known, type Request, requestOf } from './writing.ts'

// RESTler's leakage rule: while nobody else asks, requests that must be refused are asked, and the database is as it
// was. Its digest counts rows and the transactions that wrote them, so that a large database costs a moment.

/** What reading and the background move by themselves. */
const MOVING = ['session', 'schema_migration', 'import_run']
const TRIES = 3
const ASKED = 30
/** A wrong password is counted, refused or not. */
const COUNTED = /session$|password$/

/** Gives how many requests were asked. */
export async function checkLeaks(
  plans: fc.Arbitrary<Plan>,
  seed: number,
  story: { server: TestServer; known: Known; ask: Ask; tell: Tell },
): Promise<number> {
  const { server, known, ask, tell } = story
  for (let left = TRIES; ; left -= 1) {
    const requests = fc
      .sample(plans, { seed: seed + left, numRuns: ASKED * 8 })
      .map((plan) => requestOf(plan, known))
      .filter(({ operation, refused }) => operation.isWrite && refused !== null && !COUNTED.test(operation.name))
      .slice(0, ASKED)
    const before = await settledDigest(server)
    for (const request of requests) await ask(request)
    const after = await digestOf(server)
    const changed = Object.keys(after).filter((table) => after[table] !== before[table])
    if (changed.length === 0) return requests.length
    // The background may have written in between: only what comes again is told.
    if (left > 1) continue
    tell(requests[0] as Request, `leakage: refused requests changed ${changed.join(', ')}`)
    return requests.length
  }
}

const LOOK_MS = 200
const LOOKS = 50

/** The digest when the background has come to rest. */
async function settledDigest(server: TestServer): Promise<Record<string, string>> {
  let last = await digestOf(server)
  for (let look = 0; look < LOOKS; look += 1) {
    await pause(LOOK_MS)
    const next = await digestOf(server)
    if (Object.keys(next).every((table) => next[table] === last[table])) return next
    last = next
  }
  return last
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
