import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { asOwner } from '#kernel/database/owner.ts'
import { sql } from '#kernel/database/sql.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { hashEntry } from './chain.ts'
import { storedChain, verifyChain } from './verify.ts'

const COURT = 220193

/** A court's chain of twelve entries: ten made persons, after two who signed in. */
async function chain(server: TestServer): Promise<void> {
  const system = await server.as('xitong')
  await server.as('shenji')
  for (let n = 1; n <= 10; n++) await system.do('/people', { name: `试${n}`, username: `try.${n}` })
}

const verify = (server: TestServer, courtId = COURT) =>
  asOwner(server.url, 'read', (tx) => verifyChain(storedChain(tx, courtId), courtId))

const brokenAt = async (server: TestServer) => {
  const { ok, broken } = await verify(server)
  return ok ? null : [broken?.seq, broken?.fault]
}

test('a chain that nobody touched is sound, from the first entry to the head', async (t) => {
  const server = await startTestServer(t)
  await chain(server)
  const { ok, entries, head, broken } = await verify(server)
  assert.deepEqual({ ok, entries, seq: head.seq, broken }, { ok: true, entries: 12, seq: '12', broken: null })
  assert.deepEqual((await verify(server, 2201)).ok, true, 'a court without a record has nothing to break')
})

test('a change of any column of any entry is found at its place', async (t) => {
  const server = await startTestServer(t)
  await chain(server)
  const changes: Record<string, string> = {
    at: "at + interval '1 millisecond'",
    at_finer: "at + interval '1 microsecond'",
    actor_id: 'gen_random_uuid()',
    actor_name: "'别人'",
    verb: "'person.stop'",
    thing_kind: "'case'",
    thing_id: 'null',
    thing_label: "thing_label || ' '",
    summary: `'{}'`,
    previous_hash: "'\\x00'::bytea",
    hash: 'set_byte(hash, 0, (get_byte(hash, 0) + 1) % 256)',
  }
  for (const seq of [3, 7, 12]) {
    for (const [name, value] of Object.entries(changes)) {
      const column = name === 'at_finer' ? 'at' : name
      const where = `where court_id = ${COURT} and seq = ${seq}`
      const [before] = await server.sql(`select ${column} as value, ${column}::text as text from audit ${where}`)
      await server.sql(`update audit set ${column} = ${value} ${where}`)
      assert.deepEqual(await brokenAt(server), [String(seq), 'altered'], `${name} of ${seq}`)
      await server.sql(`update audit set ${column} = $1 ${where}`, [
        column.endsWith('hash') ? before?.value : before?.text,
      ])
      assert.equal(await brokenAt(server), null, `${name} of ${seq} put back`)
    }
  }
})

test('an entry that is taken out is missing, at the front, in the middle and at the end', async (t) => {
  for (const seq of [1, 6, 12]) {
    const server = await startTestServer(t)
    await chain(server)
    await server.sql(`delete from audit where court_id = ${COURT} and seq = $1`, [seq])
    assert.deepEqual(await brokenAt(server), [String(seq), 'missing'])
  }
})

test('the later entries moved up over a gap do not hide it', async (t) => {
  const server = await startTestServer(t)
  await chain(server)
  await server.sql(`delete from audit where court_id = ${COURT} and seq = 6`)
  for (let seq = 7; seq <= 12; seq++) {
    await server.sql(`update audit set seq = seq - 1 where court_id = ${COURT} and seq = ${seq}`)
  }
  await server.sql(`update audit_head set seq = 11 where court_id = ${COURT}`)
  assert.equal((await brokenAt(server))?.[0], '6')
})

test('two entries that changed places are found', async (t) => {
  const server = await startTestServer(t)
  await chain(server)
  for (const [from, to] of [
    [5, 900],
    [8, 5],
    [900, 8],
  ]) {
    await server.sql(`update audit set seq = ${to} where court_id = ${COURT} and seq = ${from}`)
  }
  assert.equal((await brokenAt(server))?.[0], '5')
})

test('an entry written anew with a fitting hash of its own still does not join the chain', async (t) => {
  const server = await startTestServer(t)
  await chain(server)
  const [row] = await server.sql<{
    at: Date
    actor_id: string
    actor_name: string
    verb: string
    thing_kind: string
    thing_id: string
    thing_label: string
    previous_hash: Buffer
  }>(`select * from audit where court_id = ${COURT} and seq = 5`)
  assert.ok(row)
  const hash = hashEntry(row.previous_hash, {
    courtId: COURT,
    seq: 5n,
    at: row.at,
    actorId: row.actor_id,
    actorName: row.actor_name,
    verb: row.verb,
    thingKind: row.thing_kind,
    thingId: row.thing_id,
    thingLabel: row.thing_label,
    summary: '{"forged":true}',
  })
  await server.sql(`update audit set summary = '{"forged":true}', hash = $1 where court_id = ${COURT} and seq = 5`, [
    hash,
  ])
  assert.deepEqual(await brokenAt(server), ['6', 'out-of-order'])
})

test('a head that does not fit its chain is found', async (t) => {
  const server = await startTestServer(t)
  await chain(server)
  await server.sql(`
    update audit_head set seq = 11, hash = (select hash from audit where court_id = ${COURT} and seq = 11)
    where court_id = ${COURT}`)
  assert.deepEqual(await brokenAt(server), ['11', 'head'])
  await server.sql(`delete from audit_head where court_id = ${COURT}`)
  assert.deepEqual(await brokenAt(server), ['0', 'head'])
})

test('the auditor reads his court’s record, verifies it, and sees where it was broken', async (t) => {
  const server = await startTestServer(t)
  await chain(server)
  const auditor = await server.as('shenji')
  const list = await auditor.read('/audit?limit=5')
  assert.deepEqual(
    list.items.map(({ seq }: { seq: number }) => seq),
    [12, 11, 10, 9, 8],
  )
  assert.equal(list.items[0].verbLabel, '登记人员')
  assert.equal(list.items[0].summary, '账号：try.10')
  const older = await auditor.read(`/audit?limit=5&after=${list.next}`)
  assert.equal(older.items[0].seq, 7)
  assert.equal((await auditor.read('/audit?actor=安宁')).items.length, 11)
  assert.equal((await auditor.read('/audit?from=2021-10-01')).items.length, 0)
  assert.equal((await auditor.read('/audit?to=2021-09-30&verb=session.sign-in')).items.length, 2)

  const sound = await auditor.read('/audit/verification')
  assert.deepEqual([sound.ok, sound.entries, sound.problem], [true, 12, null])
  assert.equal((await auditor.read('/audit?limit=1')).items[0].verbLabel, '核验操作记录')
  await server.sql(`update audit set actor_name = '别人' where court_id = ${COURT} and seq = 4`)
  const broken = await auditor.read('/audit/verification')
  assert.equal(broken.ok, false)
  assert.match(broken.problem, /第4条/)
})

test('nobody but the auditor reads the record, and he only his own court’s', async (t) => {
  const server = await startTestServer(t)
  await server.as('panlin')
  for (const username of ['liangzhiyuan', 'maguodong', 'xitong', 'anquan']) {
    assert.equal((await (await server.as(username)).get('/audit')).status, 403, username)
  }
  const seen = await (await server.as('shenji')).read('/audit?limit=200')
  assert.ok(!seen.items.some(({ actor }: { actor: string }) => actor === '潘琳'))
})

test('the application itself can neither change nor delete an entry', async (t) => {
  const server = await startTestServer(t)
  await chain(server)
  const { database } = server.app.services
  for (const statement of [sql`update audit set actor_name = '别人'`, sql`delete from audit`, sql`truncate audit`]) {
    await assert.rejects(
      database.write({ courtIds: [COURT] }, (tx) => tx.run(statement)),
      /permission denied/,
    )
  }
})

test('npm run audit:verify names the court and the first bad entry, by exit status too', async (t) => {
  const server = await startTestServer(t)
  await chain(server)
  const run = (...more: string[]) =>
    promisify(execFile)(process.execPath, ['bin/audit-verify.ts', '--json', ...more], {
      env: { ...process.env, DATABASE_URL: server.url, DATA_DIR: server.dataDir },
    }).catch((error: { code: number; stdout: string }) => error)
  const sound = JSON.parse((await run()).stdout)
  assert.deepEqual([sound.ok, sound.courts.length, sound.courts[0].court], [true, 1, '吉0193'])
  await server.sql(`update audit set verb = 'person.stop' where court_id = ${COURT} and seq = 9`)
  const broken = await run('--court', '吉0193')
  assert.equal('code' in broken ? broken.code : 0, 1)
  assert.equal(JSON.parse(broken.stdout).courts[0].broken.seq, '9')
  const unknown = await run('--court', '京99')
  assert.equal('code' in unknown ? unknown.code : 0, 2)
})
