import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { startTestServer } from '#test/harness.ts'
import { sql } from './sql.ts'

// Statements are prepared once on a connection and sent without waiting for the one before: neither may be felt.

async function asSuperuser(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

test('a table that another server changes under a prepared statement is read as it is now', async (t) => {
  const server = await startTestServer(t)
  await asSuperuser(
    server.url,
    'create table note (id int)',
    'insert into note values (7)',
    'grant all on note to ecc_app',
  )
  const { database } = server.app.services
  const read = () => database.read({ courtIds: [] }, (tx) => tx.query(sql`select * from note`))
  const write = () => database.write({ courtIds: [] }, (tx) => tx.query(sql`select * from note for update`))
  const all = (one: () => Promise<unknown>) => Promise.all(Array.from({ length: 8 }, one))
  assert.deepEqual((await all(read))[7], [{ id: 7 }])
  assert.deepEqual((await all(write))[7], [{ id: 7 }])
  await asSuperuser(server.url, `alter table note add column words text default '补'`)
  for (const rows of [...(await all(read)), ...(await all(write))]) assert.deepEqual(rows, [{ id: 7, words: '补' }])
})

test('of several statements sent at once the first that fails is told, and nothing stays', async (t) => {
  const server = await startTestServer(t)
  await asSuperuser(server.url, 'create table note (id int primary key)', 'grant all on note to ecc_app')
  const { database } = server.app.services
  const put = (id: number | null) => sql`insert into note values (${id})`
  const attempt = database.write({ courtIds: [] }, (tx) =>
    Promise.all([tx.run(put(1)), tx.run(put(1)), tx.run(put(null)), tx.run(put(2))]),
  )
  await assert.rejects(attempt, { code: 'write.duplicate' })
  assert.deepEqual(await server.sql('select * from note'), [])
  await database.write({ courtIds: [] }, (tx) => Promise.all([tx.run(put(1)), tx.run(put(2))]))
  assert.deepEqual(await server.sql('select id from note order by id'), [{ id: 1 }, { id: 2 }])
})

test('the order in which statements are sent is the order in which they are done', async (t) => {
  const server = await startTestServer(t)
  await asSuperuser(server.url, 'create table note (id int)', 'grant all on note to ecc_app')
  const { database } = server.app.services
  const counts = await database.write({ courtIds: [] }, (tx) =>
    Promise.all(
      Array.from({ length: 20 }, async (_, id) => {
        const inserted = tx.run(sql`insert into note values (${id})`)
        const [, counted] = await Promise.all([
          inserted,
          tx.one<{ n: number }>(sql`select count(*)::int as n from note`),
        ])
        return counted.n
      }),
    ),
  )
  assert.deepEqual(
    counts,
    Array.from({ length: 20 }, (_, id) => id + 1),
  )
})

test('the scope of one transaction is not that of the next on the same connection', async (t) => {
  const server = await startTestServer(t)
  const { database } = server.app.services
  const [{ id }] = (await server.sql<{ id: number }>(`select id from court where code = '吉0193'`)) as [{ id: number }]
  const people = (courtIds: number[]) =>
    database.read({ courtIds }, (tx) => tx.one<{ n: number }>(sql`select count(*)::int as n from person`))
  for (let turn = 0; turn < 30; turn += 1) {
    assert.ok((await people([id])).n > 10)
    assert.equal((await people([])).n, 0)
  }
})
