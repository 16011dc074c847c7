import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from '#kernel/database/sql.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { startSecondServer } from '#test/servers/second-server.ts'
import { breakLine } from './line.ts'

// A write is done when the database has said so, and only then; what the program lets run beside it can't spoil that.

const COURT = 220_193

async function withTable(server: TestServer): Promise<void> {
  await server.sql(`create table landing (n int primary key check (n < 100))`)
  await server.sql('grant select, insert on landing to ecc_app')
}

const stored = async (server: TestServer) =>
  (await server.sql<{ n: number }>('select n from landing order by n')).map(({ n }) => n)

test('a statement that failed unheard: the work that went on is not taken for done', async (t) => {
  const server = await startTestServer(t)
  await withTable(server)
  const { database } = server.app.services
  const swallowed = database.write({ courtIds: [COURT] }, async (tx) => {
    await tx.run(sql`insert into landing (n) values (1)`)
    await tx.run(sql`insert into landing (n) values (100)`).catch(() => undefined)
    return '已办理'
  })
  await assert.rejects(swallowed, { code: 'write.refused' })
  const forgotten = database.write({ courtIds: [COURT] }, async (tx) => {
    void tx.run(sql`insert into landing (n) values (101)`)
    await tx.run(sql`insert into landing (n) values (2)`)
  })
  await assert.rejects(forgotten, { code: 'write.refused' }, 'the first failure is told, not what followed from it')
  assert.deepEqual(await stored(server), [])
})

test('work that goes on after another part has failed writes nothing, nor into the next transaction', async (t) => {
  const database = await startTestServer(t)
  await withTable(database)
  // One connection: what came late would be in the next one's transaction.
  const { services } = (await startSecondServer(t, database, { poolMaximum: 1 })).app
  let late: Promise<unknown> = Promise.resolve()
  let goOn = () => {}
  const failed = services.database.write({ courtIds: [COURT] }, async (tx) => {
    const gate = new Promise<void>((resolve) => {
      goOn = resolve
    })
    late = gate.then(() => tx.run(sql`insert into landing (n) values (3)`))
    await tx.run(sql`insert into landing (n) values (100)`)
  })
  await assert.rejects(failed, { code: 'write.refused' })
  await services.database.write({ courtIds: [COURT] }, async (tx) => {
    goOn()
    await assert.rejects(late, /transaction is over/)
    await tx.run(sql`insert into landing (n) values (4)`)
  })
  assert.deepEqual(await stored(database), [4])
})

test('a line that breaks during the commit: the outcome is said to be unknown', async (t) => {
  const server = await startTestServer(t)
  await withTable(server)
  await server.sql(`create function cut() returns trigger language plpgsql security definer as
    $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`)
  await server.sql(`create constraint trigger cut after insert on landing deferrable initially deferred
    for each row when (new.n = 5) execute function cut()`)
  const { database } = server.app.services
  const put = (n: number) =>
    database.write({ courtIds: [COURT] }, (tx) => tx.run(sql`insert into landing (n) values (${n})`))
  await assert.rejects(put(5), { code: 'write.unknown', status: 503, retryAfterSeconds: 2 })
  assert.equal(await put(6), 1, 'and the pool goes on')
  const cutBefore = database.write({ courtIds: [COURT] }, async (tx) => {
    await tx.run(sql`insert into landing (n) values (7)`)
    await breakLine(server, tx)
    await tx.run(sql`insert into landing (n) values (8)`)
  })
  await assert.rejects(cutBefore, { code: 'database.unavailable' }, 'before the commit nothing can have been done')
  assert.deepEqual(await stored(server), [6])
})
