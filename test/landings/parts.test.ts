import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase, type WriteTx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { breakLine } from './line.ts'

// A part of a transaction fails by itself: nothing of it is left, and what stands beside it does.

const COURT = 220_193
const put = (n: number) => sql`insert into landing (n) values (${n})`

async function started(t: Parameters<typeof startTestServer>[0]) {
  const server = await startTestServer(t)
  await server.sql(`create table landing (n int primary key check (n < 100))`)
  await server.sql('grant select, insert, update on landing to ecc_app')
  const { database } = server.app.services
  const write = <T>(work: (tx: WriteTx) => Promise<T>) => database.write({ courtIds: [COURT] }, work)
  return { server, write }
}

const stored = async (server: TestServer) =>
  (await server.sql<{ n: number }>('select n from landing order by n')).map(({ n }) => n)

test('a part that fails is told by its own failure, and the others stand', async (t) => {
  const { server, write } = await started(t)
  await write(async (tx) => {
    assert.equal(await tx.part((part) => part.run(put(1))), 1)
    const refused = tx.part(async (part) => {
      await part.run(put(2))
      await Promise.all([part.run(put(100)), part.run(put(3))])
    })
    await assert.rejects(refused, { code: 'write.refused' })
    const thrown = tx.part(async (part) => {
      await part.run(put(4))
      throw new Error('anything')
    })
    await assert.rejects(thrown, { message: 'anything' })
    await tx.part((part) => part.send(put(5)))
    await tx.run(put(6))
  })
  assert.deepEqual(await stored(server), [1, 5, 6])
})

test('a statement of a part that failed unheard is heard at its end', async (t) => {
  const { server, write } = await started(t)
  await write(async (tx) => {
    const forgotten = tx.part(async (part) => {
      await part.send(put(101))
      return '已办理'
    })
    await assert.rejects(forgotten, { code: 'write.refused' })
    await tx.run(put(7))
  })
  assert.deepEqual(await stored(server), [7])
})

test('where the transaction had failed before, its part tells of that', async (t) => {
  const { server, write } = await started(t)
  const begun: string[] = []
  const whole = write(async (tx) => {
    await tx.send(put(102))
    const part = tx.part(async (own) => {
      begun.push('part')
      await own.run(put(16))
    })
    await assert.rejects(part, { code: 'write.refused' })
  })
  await assert.rejects(whole, { code: 'write.refused' })
  assert.deepEqual([begun, await stored(server)], [['part'], []])
})

test('work of a failed part that goes on writes nothing into what follows', async (t) => {
  const { server, write } = await started(t)
  let late: Promise<unknown> = Promise.resolve()
  await write(async (tx) => {
    let goOn = () => {}
    const failed = tx.part(async (part) => {
      const gate = new Promise<void>((resolve) => {
        goOn = resolve
      })
      late = gate.then(() => part.run(put(8)))
      await part.run(put(100))
    })
    await assert.rejects(failed, { code: 'write.refused' })
    goOn()
    await assert.rejects(late, /transaction is over/)
    await tx.part((part) => part.run(put(9)))
  })
  assert.deepEqual(await stored(server), [9])
})

test('a line that breaks within a part is the end of the whole', async (t) => {
  const { server, write } = await started(t)
  const cut = write(async (tx) => {
    await tx.part((part) => part.run(put(10)))
    await tx
      .part(async (part) => {
        await breakLine(server, part)
        await part.run(put(11))
      })
      .catch((error: unknown) => assert.equal((error as { code?: string }).code, 'database.unavailable'))
    await tx.run(put(12))
  })
  await assert.rejects(cut, { code: 'database.unavailable' })
  assert.equal(await write((tx) => tx.part((part) => part.run(put(13)))), 1, 'and the pool goes on')
  assert.deepEqual(await stored(server), [13])
})

test('a table that changed under a part: the whole begins anew', async (t) => {
  const { server } = await started(t)
  // One line, on which the statement is prepared: that of whoever else works may not have known the table before.
  const own = openDatabase(server.url, { maximum: 1 })
  t.after(() => own.close())
  const write = <T>(work: (tx: WriteTx) => Promise<T>) => own.write({ courtIds: [COURT] }, work)
  const locked = sql`select * from landing for update`
  await write((tx) => tx.run(put(14)))
  await write((tx) => tx.part((part) => part.query(locked)))
  await server.sql(`alter table landing add column words text default '补'`)
  let begun = 0
  const rows = await write(async (tx) => {
    begun += 1
    await tx.run(put(15 + begun))
    return tx.part((part) => part.query(locked)).catch(() => [])
  })
  assert.ok(begun > 1, 'it was begun once')
  assert.deepEqual(
    rows,
    [14, 15 + begun].map((n) => ({ n, words: '补' })),
  )
})
