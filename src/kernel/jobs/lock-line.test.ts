import assert from 'node:assert/strict'
import { getEventListeners, once } from 'node:events'
import { test } from 'node:test'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { startJob } from './jobs.ts'
import { openLockLine } from './lock-line.ts'

// What one server does in the background, no other does meanwhile; and what falls with a line can go on elsewhere.

async function twoLines(t: Parameters<typeof startTestServer>[0]) {
  const server = await startTestServer(t)
  const lines = [openLockLine(server.url), openLockLine(server.url)] as const
  t.after(() => Promise.all(lines.map((line) => line.close())))
  return { server, one: lines[0], other: lines[1] }
}

/** Postgres ends the line that holds the lock of that name. */
async function breakHolder(server: TestServer, name: string): Promise<void> {
  await server.sql(
    `select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and objsubid = 2 and objid = 2 and classid::bigint = hashtext($1)::bit(32)::bigint
        and database = (select oid from pg_database where datname = current_database())`,
    [name],
  )
}

const nothing = async () => {}

test('a lock is held by one line at a time, and by another as soon as the work is done', async (t) => {
  const { one, other } = await twoLines(t)
  const held = await one.hold('work', async () => {
    assert.equal(await other.hold('work', nothing), false, 'held elsewhere')
    assert.equal(await other.hold('another', nothing), true)
    assert.equal(await one.hold('another', nothing), true, 'one line carries several')
  })
  assert.equal(held, true)
  assert.equal(await other.hold('work', nothing), true)
})

test('work that fails frees its lock', async (t) => {
  const { one, other } = await twoLines(t)
  const failed = one.hold('work', () => Promise.reject(new Error('anything')))
  await assert.rejects(failed, { message: 'anything' })
  assert.equal(await other.hold('work', nothing), true)
})

test('a line that breaks tells the work, frees its lock, and is opened anew', async (t) => {
  const { server, one, other } = await twoLines(t)
  const held = await one.hold('work', async (lost) => {
    await breakHolder(server, 'work')
    if (!lost.aborted) await once(lost, 'abort')
    assert.equal(await other.hold('work', nothing), true, 'it can go on elsewhere')
  })
  assert.equal(held, false, 'not done: it may have been begun elsewhere')
  assert.equal(await one.hold('work', nothing), true)
})

test('a line that broke while it lay idle costs one turn', async (t) => {
  const { server, one } = await twoLines(t)
  assert.equal(await one.hold('work', nothing), true)
  await server.sql(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like '%pg_advisory_unlock%' and pid <> pg_backend_pid()`)
  const turns = [await one.hold('work', nothing), await one.hold('work', nothing)]
  assert.ok(turns.includes(true), 'it was not opened anew')
})

test('a pass of a job leaves nothing on the line that outlives it', async (t) => {
  const { one, other } = await twoLines(t)
  const begun = Promise.withResolvers<void>()
  const runner = startJob(one, { name: 'pass', run: async () => begun.resolve() }, assert.fail)
  t.after(() => runner.stop())
  await begun.promise
  while (!(await other.hold('pass', nothing)));
  await one.hold('look', async (lost) => assert.equal(getEventListeners(lost, 'abort').length, 0))
})
