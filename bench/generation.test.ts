import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { loadClockedCases } from '#cases/node-watch/case-clock-store.ts'
import { clocksOfCase } from '#cases/node-watch/case-clocks.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { validate, withoutIndexes } from './bulk-load.ts'
import { columnsOf, NOW, TABLE_NAMES } from './case-rows.ts'
import { generate, NotEmpty } from './generation.ts'
import { AS_OF } from './synthetic-case.ts'

// The generator at a small size: the same seed gives the same rows, and what it gives the product could have written.

const SIZE = { courts: 16, cases: 900, seed: 7 }

/** One digest over all generated rows, each table in the order of its rows' text. */
async function digestOf({ sql }: TestServer): Promise<Record<string, string>> {
  const made = `court_id in (select court_id from account where username like 'm%.%')`
  const parts: [name: string, select: string][] = TABLE_NAMES.map((table) => [
    table,
    `select ${columnsOf(table).join(', ')} from ${table} where ${made}`,
  ])
  parts.push(
    ['court', 'select * from court'],
    ['team', `select * from team where name like '%一团队'`],
    ['person', `select p.* from person p join account a on a.person_id = p.id where username like 'm%.%'`],
    ['post', `select t.* from post t join account a using (person_id) where username like 'm%.%'`],
  )
  const digests: Record<string, string> = {}
  for (const [name, select] of parts) {
    const rows = await sql<{ digest: string }>(
      `select encode(sha256(convert_to(string_agg(t::text, e'\\n' order by t::text), 'UTF8')), 'hex') as digest
       from (${select}) t`,
    )
    digests[name] = rows[0]?.digest ?? ''
  }
  return digests
}

async function count({ sql }: TestServer, text: string): Promise<number> {
  const rows = await sql<{ n: string }>(`select count(*) as n from ${text}`)
  return Number(rows[0]?.n)
}

test('the same seed gives the same rows, another seed others; a database with cases is refused', async (t) => {
  const [one, other, different] = await Promise.all([startTestServer(t), startTestServer(t), startTestServer(t)])
  const counts = await generate(one.url, SIZE)
  assert.equal(counts.cases, SIZE.cases)
  await generate(other.url, SIZE)
  await generate(different.url, { ...SIZE, seed: 8 })
  const digests = await digestOf(one)
  assert.deepEqual(await digestOf(other), digests)
  const others = await digestOf(different)
  assert.deepEqual(
    Object.keys(digests).filter((table) => others[table] === digests[table]),
    ['court'],
  )
  await assert.rejects(generate(one.url, SIZE), NotEmpty)
})

test('what is generated is what the product would have written', async (t) => {
  const server = await startTestServer(t, { start: NOW.toISOString() })
  await generate(server.url, SIZE)
  const bare = 'enforcement_case c where not exists (select from case_fact f where f.case_id = c.id)'
  assert.equal(await count(server, bare), 0, 'no case without facts')
  const silent = 'enforcement_case c where not exists (select from act_log l where l.thing_id = c.id and seq = 1)'
  assert.equal(await count(server, silent), 0, 'no case without its opening')
  const split = `enforcement_case c join lateral (
    select to_state from act_log where thing_id = c.id order by seq desc limit 1) l on l.to_state <> c.state`
  assert.equal(await count(server, split), 0, 'the log ends where the case stands')
  const wrong = `case_certificate where valid and substr(number, 1, 3) <> '999' and substr(number, 3, 3) <> '999'`
  assert.equal(await count(server, wrong), 0, 'no number of a real division')
  assert.equal(await count(server, 'case_certificate where valid and length(number) <> 18'), 0)
  assert.ok((await count(server, 'case_certificate where valid')) > 2 * SIZE.cases)
  assert.ok((await count(server, 'matter_supervision_order')) > 0)
  const owed = `clock k where kind = 'case' and watched and not backlog and due_on < '${AS_OF}'
    and label not like '%内控%' and not exists (select from node_order o where o.clock_id = k.id)`
  assert.equal(await count(server, owed), 0, 'each overdue node has its order')
  assert.equal(await server.app.worker.sweep(), 0, 'nothing is due at this very moment')
  const auditor = await server.as('m22.administrator-audit1')
  assert.equal((await auditor.get('/audit/verification')).status, 200)
})

test('the stored clocks of 200 cases are those that the pure core computes from the stored facts', async (t) => {
  const server = await startTestServer(t, { start: NOW.toISOString() })
  await generate(server.url, SIZE)
  const { database, law } = server.app.services
  const courts = await server.sql<{ id: number }>('select id from court')
  const sample = await server.sql<{ court_id: number; id: string; next_node: string | null; next_due_on: string }>(
    'select court_id, id, next_node, next_due_on from enforcement_case order by md5(id::text) limit 200',
  )
  const states = new Set<string>()
  await database.read({ courtIds: courts.map(({ id }) => id) }, async (tx) => {
    for (const row of sample) {
      const [one] = await loadClockedCases(tx, row.court_id, [row.id])
      assert.ok(one)
      const stored = await server.sql<Record<string, unknown>>(
        `select name, rule_id, start_on, done_on, due_on, suspended, watched, explanation from clock
         where thing_id = $1 order by name`,
        [row.id],
      )
      const computed = clocksOfCase(one, law.now(), AS_OF).sort((a, b) => (a.name < b.name ? -1 : 1))
      for (const { state } of computed) states.add(state)
      const expected = computed.map(({ name, rule, startOn, doneOn, due, suspended, ended }) => ({
        name,
        rule_id: rule.id,
        start_on: startOn,
        done_on: doneOn,
        due_on: due.dueOn,
        suspended,
        watched: doneOn === null && !suspended && !ended,
        explanation: due,
      }))
      assert.deepEqual(stored, expected)
      const first = expected
        .filter((clock) => clock.watched && clock.due_on !== null)
        .sort((a, b) => `${a.due_on} ${a.name}`.localeCompare(`${b.due_on} ${b.name}`, 'en'))[0]
      assert.equal(row.next_due_on, first?.due_on ?? null)
    }
  })
  for (const state of ['running', 'met', 'late', 'overdue']) assert.ok(states.has(state), state)
})

/** Everything that holds the tables of cases together, as the database words it. */
const held = ({ sql }: TestServer) =>
  sql<{ text: string }>(`
    select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated as text
    from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select relname || relrowsecurity || relforcerowsecurity from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`)

test('every key, index, reference and row policy is back after the load, and checked', async (t) => {
  const [loaded, untouched] = await Promise.all([startTestServer(t), startTestServer(t)])
  await generate(loaded.url, SIZE)
  assert.deepEqual(await held(loaded), await held(untouched))
})

test('a loaded row that refers to nothing is found when the references are checked', async (t) => {
  const { url, sql } = await startTestServer(t)
  await generate(url, SIZE)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    const references = await withoutIndexes(client, ['case_party', 'case_certificate'], async () => {
      await client.query('delete from case_party where seq = 1')
    })
    await client.query('commit')
    await assert.rejects(validate([client], references), { code: '23503' })
  } finally {
    await client.end()
  }
  assert.ok((await sql('select from case_certificate where party_seq = 1')).length > 0)
})
