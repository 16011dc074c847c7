import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refreshClocks } from '#cases/node-watch/case-clock-store.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { dateOf } from '#kernel/time/time.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { SAMPLE_PATH } from '#test/sample.ts'
import { runImport } from './import-run.ts'

// A new case is written once, its clocks and warnings worked out from the row. They must be what its stored facts give.

async function importSample(server: TestServer) {
  const { services } = server.app
  const [court] = await server.sql<{ id: number }>("select id from court where code = '吉0193'")
  const courtId = court?.id ?? 0
  const actor = { kind: 'system', name: '林静', courtId, courtIds: [courtId] } as const
  const file = { path: SAMPLE_PATH, fileName: '明细表.xlsx', asOfOn: '2021-09-30', dryRun: false }
  await runImport(services, { ...file, courtId, courtCode: '吉0193', actor })
  return { services, actor }
}

const stored = (server: TestServer) =>
  server.sql(`
    select c.number, c.next_node, c.next_due_on::text, coalesce(jsonb_agg(to_jsonb(k) order by k.name), '[]') as clocks,
      c.open_warnings, (select jsonb_agg(to_jsonb(w) order by w.rule, w.finding, w.id) from case_warning w
        where w.court_id = c.court_id and w.case_id = c.id) as warnings
    from enforcement_case c left join clock k on k.court_id = c.court_id and k.thing_id = c.id
    group by c.court_id, c.id order by c.number`)

test('the clocks and warnings of a whole import equal those that are worked out from what it stored', async (t) => {
  const server = await startTestServer(t)
  const { services, actor } = await importSample(server)
  const imported = await stored(server)
  assert.ok(imported.length > 1_000)
  assert.ok(imported.some((row) => row.warnings !== null) && imported.some((row) => row.warnings === null))
  assert.ok(imported.some((row) => row.next_node !== null) && imported.some((row) => row.next_node === null))
  const cases = await server.sql<{ id: string }>('select id from enforcement_case')
  await services.database.write({ courtIds: actor.courtIds }, async (tx) => {
    const at = services.time.now()
    const session: Session = { tx, services, actor, at, on: dateOf(at), audit: [] }
    const refs = cases.map(({ id }) => ({ courtId: actor.courtId, id }))
    await refreshClocks(session, refs, { arrived: 'import' })
  })
  assert.deepEqual(await stored(server), imported)
})

test('an import leaves no name unsorted', async (t) => {
  const server = await startTestServer(t)
  await importSample(server)
  const [left] = await server.sql<{ n: string }>("select gin_clean_pending_list('party_grams'::regclass) as n")
  assert.equal(String(left?.n), '0')
})
