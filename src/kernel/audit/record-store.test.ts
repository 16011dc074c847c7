import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { PersonActor, SystemActor } from '#kernel/authorisation/may.ts'
import { asOwner } from '#kernel/database/owner.ts'
import { startTestServer } from '#test/harness.ts'
import { type AuditNote, writeAudit } from './audit.ts'
import { GENESIS, hashEntry } from './chain.ts'
import { checkpointPlace } from './checkpoint.ts'
import { appendCheckpoint } from './checkpoint-keeper.ts'
import { openFileSigner } from './checkpoint-signer.ts'
import { storedChain } from './verify.ts'
import { verifyCourts } from './verify-courts.ts'

// The record as it is stored: written by the act, read by the auditor, walked by the verifier.

const [COURT, OTHER] = [220193, 2201]
const ID = '9d2a4a52-52a5-4f6b-8f0a-3a4f5a8f1e22'

test('the record in the database', async (t) => {
  const server = await startTestServer(t)
  const { database } = server.app.services
  const actorOf = (courtId: number): SystemActor => ({ kind: 'system', name: '系统', courtId, courtIds: [courtId] })
  const write = (courtId: number, at: string, ...notes: AuditNote[]) =>
    database.write({ courtIds: [courtId] }, (tx) => writeAudit(tx, actorOf(courtId), new Date(at), notes))
  const thing = { kind: 'supervision-order', id: ID, label: '督〔2021〕1号' }

  await t.test('entries are chained from nothing, column by column, several in one breath', async () => {
    await write(OTHER, '2021-09-28T10:00:00+08:00', { verb: 'test.first', thing, summary: { 操作: '甲' } })
    await write(OTHER, '2021-09-29T10:00:00+08:00', { verb: 'test.second' }, { verb: 'test.third', summary: { n: 1 } })
    const rows = await server.sql(`select * from audit where court_id = ${OTHER} order by seq`)
    let previous: Buffer = GENESIS
    const told = [
      ['test.first', '2021-09-28T02:00:00.000Z', thing, '{"操作":"甲"}'],
      ['test.second', '2021-09-29T02:00:00.000Z', null, '{}'],
      ['test.third', '2021-09-29T02:00:00.000Z', null, '{"n":1}'],
    ] as const
    assert.equal(rows.length, 3)
    for (const [index, [verb, at, about, summary]] of told.entries()) {
      const seq = BigInt(index + 1)
      const names = { actorName: '系统', verb, summary }
      const aboutIt = { thingKind: about?.kind ?? null, thingId: about?.id ?? null, thingLabel: about?.label ?? null }
      const entry = { courtId: OTHER, seq, at: new Date(at), actorId: null, ...names, ...aboutIt }
      const hash = hashEntry(previous, entry)
      assert.deepEqual(rows[index], {
        court_id: OTHER,
        seq,
        at: entry.at,
        actor_id: null,
        actor_name: '系统',
        verb,
        thing_kind: entry.thingKind,
        thing_id: entry.thingId,
        thing_label: entry.thingLabel,
        summary,
        previous_hash: previous,
        hash,
      })
      previous = hash
    }
    const heads = await server.sql(`select seq, hash from audit_head where court_id = ${OTHER}`)
    assert.deepEqual(heads, [{ seq: 3n, hash: previous }])
  })

  await t.test('who did it stands beside his name', async () => {
    const [person] = await server.sql<{ id: string; court: number; natural: string }>(
      `select id, court_id as court, natural_id as natural from person
       where court_id not in (${COURT}, ${OTHER}) order by court_id, id limit 1`,
    )
    assert.ok(person)
    const actor: PersonActor = {
      kind: 'person',
      personId: person.id,
      naturalId: person.natural,
      accountId: ID,
      name: '某',
      courtId: person.court,
      courtIds: [person.court],
      posts: [],
      deputises: [],
    }
    const scope = { courtIds: [person.court] }
    await database.write(scope, (tx) => writeAudit(tx, actor, new Date(0), [{ verb: 'test.person' }]))
    const rows = await server.sql(`select actor_id, actor_name from audit where verb = 'test.person'`)
    assert.deepEqual(rows, [{ actor_id: person.id, actor_name: '某' }])
    await server.sql(`delete from audit where verb = 'test.person'`)
    await server.sql('delete from audit_head where court_id = $1', [person.court])
  })

  await t.test('two writers of one court wait for each other, also for its very first entry', async () => {
    const verbs = Array.from({ length: 8 }, (_, index) => `test.${index}`)
    await Promise.all(verbs.map((verb) => write(COURT, '2021-09-30T01:00:00+08:00', { verb })))
    const rows = await server.sql<{ seq: bigint }>(`select seq from audit where court_id = ${COURT} order by seq`)
    assert.deepEqual(
      rows.map(({ seq }) => Number(seq)),
      [1, 2, 3, 4, 5, 6, 7, 8],
    )
  })

  await t.test('the chain is read in parts, and what stands behind its head is seen', async () => {
    await asOwner(server.url, 'read', async (tx) => {
      const chain = storedChain(tx, OTHER)
      const seqs = async (after: bigint, upTo: bigint, most: number) =>
        (await chain.entries(after, upTo, most)).map(({ seq }) => Number(seq))
      assert.deepEqual(await seqs(0n, 3n, 10), [1, 2, 3])
      assert.deepEqual(await seqs(1n, 2n, 10), [2])
      assert.deepEqual(await seqs(0n, 3n, 2), [1, 2])
      assert.equal((await chain.head())?.seq, 3n)
      assert.equal(await chain.hasBeyond(), false)
      const [first] = await chain.entries(0n, 1n, 1)
      assert.deepEqual([first?.is_finer, first?.verb, first?.thing_id], [false, 'test.first', ID])
      assert.equal(await storedChain(tx, 22).head(), undefined)
    })
    await server.sql(`update audit_head set seq = 2 where court_id = ${OTHER}`)
    const beyond = await asOwner(server.url, 'read', (tx) => storedChain(tx, OTHER).hasBeyond())
    assert.equal(beyond, true)
    await server.sql(`update audit_head set seq = 3 where court_id = ${OTHER}`)
  })

  await t.test('the verifier goes through the courts that have a record, or that a checkpoint knows of', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'ecc-record-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    const place = checkpointPlace(folder, null)
    const told = async (code: string | null = null) => {
      const { ok, courts, checkpoints } = await verifyCourts(server.url, place, code)
      const lines = courts.map((one) => `${one.court} ${one.entries} ${one.ok}`)
      return [ok, checkpoints.count, checkpoints.faults.length, ...lines]
    }
    const [above, own] = ['吉01 3 true', '吉0193 8 true']
    assert.deepEqual(await told(), [true, 0, 0, above, own])
    assert.deepEqual(await told('吉0193'), [true, 0, 0, own])
    assert.deepEqual(await told('京99'), [true, 0, 0])
    const signer = await openFileSigner(place.keysFolder)
    const heads = [{ courtId: 22, seq: 1n, hash: '0f'.repeat(32) }]
    await mkdir(place.folders[0] ?? '')
    await appendCheckpoint(place, signer, { kind: 'kept', at: '2021-09-30T01:00:00Z', heads }, assert.fail)
    assert.deepEqual(await told(), [false, 1, 0, '吉 0 false', above, own])
    await rm(place.keysFolder, { recursive: true })
    assert.deepEqual(await told(), [false, 0, 1, above, own], 'a checkpoint that nobody can check')
    await server.sql(`update audit set verb = 'other' where court_id = ${OTHER} and seq = 2`)
    assert.deepEqual((await told()).slice(3), ['吉01 1 false', own])
    await server.sql(`update audit set verb = 'test.second' where court_id = ${OTHER} and seq = 2`)
    await server.sql(`delete from audit where court_id = ${OTHER}`)
    assert.deepEqual((await told()).slice(3), ['吉01 0 false', own], 'its head is still there')
  })

  await t.test('the verifier’s role writes nothing', async () => {
    const client = asOwner(server.url, 'write', async (tx) => {
      await tx.run({ text: 'set local role ecc_verifier', values: [] })
      return tx.run({ text: 'delete from audit', values: [] })
    })
    await assert.rejects(client, { code: '42501' })
  })

  await t.test('the verifier reads as its role, not as the owner', async () => {
    const place = checkpointPlace(join(tmpdir(), 'ecc-no-such-folder'), null)
    await server.sql('revoke select on audit from ecc_verifier')
    await assert.rejects(verifyCourts(server.url, place, '吉0193'), { code: '42501' })
    await server.sql('grant select on audit to ecc_verifier')
    assert.equal((await verifyCourts(server.url, place, '吉0193')).courts.length, 1)
  })
})
