import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sm2 } from 'sm-crypto-v2'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { readImports } from '#test/import-graph.ts'
import { checkLines, checkpointPlace, lineOf, readCheckpoints, type Statement, statementText } from './checkpoint.ts'
import { appendCheckpoint, type CheckpointKeeper, keepCheckpoints } from './checkpoint-keeper.ts'
import { keyIdOf, publicKeyOf, SM2_FORM } from './checkpoint-signature.ts'
import { openFileSigner } from './checkpoint-signer.ts'
import { verifyCourts } from './verify-courts.ts'

const COURT = 220193

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'ecc-checkpoints-'))
  t.after(() => rm(path, { recursive: true, force: true }))
  return path
}

const put = async (server: TestServer, from: number, to: number) => {
  const system = await server.as('xitong')
  for (let n = from; n <= to; n += 1) await system.do('/people', { name: `试${n}`, username: `try.${n}` })
}

/** A server with a keeper of its own folders that signs when it is told to. */
async function kept(t: TestContext) {
  const server = await startTestServer(t)
  const place = checkpointPlace(await folder(t), await folder(t))
  const log: string[] = []
  const pace = { entries: 5, minutes: 10, pollMs: 3_600_000 }
  const keeper: CheckpointKeeper = await keepCheckpoints(server.app.services, place, (line) => log.push(line), pace)
  const verify = async () => {
    const { ok, courts, checkpoints } = await verifyCourts(server.url, place, null)
    const broken = courts.find((court) => court.courtId === COURT)?.broken
    return { ok, faults: checkpoints.faults.length, broken: broken ? [broken.fault, broken.from, broken.seq] : null }
  }
  return { server, place, keeper, log, verify }
}

const SOUND = { ok: true, faults: 0, broken: null }

test('the statement that is signed is frozen', () => {
  const heads = [{ courtId: COURT, seq: 12n, hash: 'ab'.repeat(32) }]
  const statement: Statement = { kind: 'kept', at: '2021-09-30T01:00:00.000Z', keyId: '00', heads }
  const text = `["ecc-checkpoint-1","kept","2021-09-30T01:00:00.000Z","00",[[220193,"12","${'ab'.repeat(32)}"]]]`
  assert.equal(statementText(statement), text)
})

test('SM2: what the signer signs holds under the key of the standard, and nothing near it does', async (t) => {
  const keys = await folder(t)
  const signer = await openFileSigner(keys)
  const signature = await signer.sign('案')
  const publicKey = (await readFile(join(keys, 'checkpoint.pub'), 'utf8')).trim()
  assert.equal(signer.keyId, keyIdOf(publicKey))
  assert.ok(sm2.doVerifySignature('案', signature, publicKey, SM2_FORM))
  assert.equal(publicKeyOf(publicKey).holds('按', signature), false)
  assert.equal(publicKeyOf(publicKey).holds('案', 'no signature'), false)
  assert.equal(publicKeyOf(sm2.generateKeyPairHex().publicKey).holds('案', signature), false)
  assert.equal((await stat(join(keys, 'checkpoint.key'))).mode & 0o777, 0o600)
  assert.equal((await openFileSigner(keys)).keyId, signer.keyId, 'the key stays')
})

test('heads are signed after so many entries, after so many minutes, and at the end, in both folders', async (t) => {
  const { server, place, keeper, verify } = await kept(t)
  await put(server, 1, 2)
  assert.equal(await keeper.keep(), 0, 'three entries in no time are not due')
  await put(server, 3, 4)
  assert.equal(await keeper.keep(), 1, 'five are')
  assert.equal(await keeper.keep(true), 0, 'nothing new')
  await put(server, 5, 5)
  assert.equal(await keeper.keep(), 0)
  server.time.pass({ minutes: 10 })
  assert.equal(await keeper.keep(), 1)
  await put(server, 6, 6)
  await keeper.stop()
  const { checkpoints, faults } = await readCheckpoints(place)
  assert.deepEqual(faults, [])
  assert.deepEqual(
    checkpoints.map(({ seq }) => Number(seq)),
    [5, 6, 7, 5, 6, 7],
  )
  assert.deepEqual(await verify(), SOUND)
})

test('what the chain alone can not show: a cut tail, a chain written anew, an old backup', async (t) => {
  const { server, keeper, verify, log } = await kept(t)
  await put(server, 1, 5)
  await keeper.keep(true)
  await put(server, 6, 9)
  await keeper.keep(true)
  const cutTo = async (seq: number) => {
    await server.sql(`delete from audit where court_id = ${COURT} and seq > ${seq}`)
    await server.sql(`
      update audit_head h set seq = a.seq, hash = a.hash from audit a
      where h.court_id = ${COURT} and a.court_id = h.court_id and a.seq = ${seq}`)
  }
  assert.deepEqual(await verify(), SOUND)
  await cutTo(8)
  assert.deepEqual(await verify(), { ok: false, faults: 0, broken: ['cut', '7', '9'] })
  await put(server, 19, 24)
  assert.deepEqual(await verify(), { ok: false, faults: 0, broken: ['rewritten', '7', '10'] })
  assert.equal(await keeper.keep(true), 0, 'the server does not sign it either')
  assert.match(log.join(), /220193/)
  await server.sql(`delete from audit where court_id = ${COURT}`)
  await server.sql(`delete from audit_head where court_id = ${COURT}`)
  assert.deepEqual(await verify(), { ok: false, faults: 0, broken: ['cut', '1', '1'] })
})

test('a changed or foreign line is named; a half-written one counts for nothing and is mended', async (t) => {
  const { server, place, keeper, verify, log } = await kept(t)
  await put(server, 1, 5)
  await keeper.keep(true)
  const [own = ''] = place.folders
  const file = join(own, (await readdir(own))[0] ?? '')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('"6"', '"5"'))
  assert.deepEqual(await verify(), { ok: false, faults: 1, broken: null })
  const stranger = await openFileSigner(await folder(t))
  await writeFile(file, text)
  const other = checkpointPlace(own, null)
  await appendCheckpoint(
    { ...other, folders: [own] },
    stranger,
    { kind: 'kept', at: '2021-09-30T01:00:00Z', heads: [] },
    () => {},
  )
  assert.equal((await verify()).faults, 1)
  await writeFile(file, text)
  await appendFile(file, text.slice(0, 40))
  assert.deepEqual(await verify(), SOUND)
  await keepCheckpoints(server.app.services, place, (line) => log.push(line)).then((again) => again.stop())
  assert.equal(await readFile(file, 'utf8'), text)
})

test('a restore that was signed says what it lost; nothing else may go back', async (t) => {
  const { server, place, keeper, verify } = await kept(t)
  await put(server, 1, 5)
  await keeper.keep(true)
  await put(server, 6, 9)
  await keeper.keep(true)
  await server.sql(`delete from audit where court_id = ${COURT} and seq > 6`)
  const [head] = await server.sql<{ hash: Buffer }>(`
    update audit_head h set seq = a.seq, hash = a.hash from audit a
    where h.court_id = ${COURT} and a.court_id = h.court_id and a.seq = 6 returning h.hash`)
  assert.deepEqual((await verify()).broken, ['cut', '7', '7'])
  const heads = [{ courtId: COURT, seq: 6n, hash: head?.hash.toString('hex') ?? '' }]
  const at = server.time.now().toISOString()
  await appendCheckpoint(place, await openFileSigner(place.keysFolder), { kind: 'restored', at, heads }, () => {})
  assert.deepEqual(await verify(), SOUND)
  const { courts } = await verifyCourts(server.url, place, '吉0193')
  assert.deepEqual(courts[0]?.lost, [{ at, from: '7', to: '10' }])
  await server.sql(`delete from audit where court_id = ${COURT} and seq = 6`)
  assert.equal((await verify()).ok, false)
})

test('a line read back is the line written', async (t) => {
  const keys = await folder(t)
  const signer = await openFileSigner(keys)
  const key = publicKeyOf((await readFile(join(keys, 'checkpoint.pub'), 'utf8')).trim())
  const heads = [{ courtId: 22, seq: 10_000_000_000n, hash: '0f'.repeat(32) }]
  const statement: Statement = { kind: 'kept', at: '2021-09-30T01:00:00.000Z', keyId: signer.keyId, heads }
  const line = lineOf(statement, await signer.sign(statementText(statement)))
  assert.deepEqual(checkLines(`${line}\n`, [key]).checkpoints, [{ ...heads[0], kind: 'kept', at: statement.at }])
  assert.equal(checkLines(`${line}\n`, []).faults.length, 1)
})

test('the verifier shares no code with the writer, and its role can write nothing', async (t) => {
  const server = await startTestServer(t)
  const reached = new Set(['bin/audit-verify.ts'])
  const imports = readImports().filter(({ typeOnly }) => !typeOnly)
  for (const path of reached) for (const { from, target } of imports) if (from === path) reached.add(target)
  assert.ok(reached.has('src/kernel/audit/chain.ts') && reached.size > 5)
  for (const writer of ['audit', 'checkpoint-keeper', 'checkpoint-signer']) {
    assert.ok(!reached.has(`src/kernel/audit/${writer}.ts`), writer)
  }
  const granted = await server.sql<{ privilege_type: string }>(
    `select distinct privilege_type from information_schema.role_table_grants where grantee = 'ecc_verifier'`,
  )
  assert.deepEqual(granted, [{ privilege_type: 'SELECT' }])
})

test('audit:verify on a database that was dropped, and on one that never was', async (t) => {
  const dataDir = await folder(t)
  const run = () =>
    new Promise<{ status: number; last: string }>((resolve) => {
      const { DATABASE_URL: _, CHECKPOINT_DIR: __, ...env } = process.env
      const options = { env: { ...env, DATA_DIR: dataDir } }
      const child = execFile(process.execPath, ['bin/audit-verify.ts', '--json'], options, (_error, stdout) =>
        resolve({ status: child.exitCode ?? -1, last: stdout.trim() }),
      )
    })
  assert.deepEqual(await run(), { status: 0, last: '{"ok":true,"courts":[],"checkpoints":{"count":0,"faults":[]}}' })
  const place = checkpointPlace(dataDir, null)
  const heads = [{ courtId: 22, seq: 1n, hash: '0f'.repeat(32) }]
  await mkdir(place.folders[0] ?? '', { recursive: true })
  const signer = await openFileSigner(place.keysFolder)
  await appendCheckpoint(place, signer, { kind: 'kept', at: '2021-09-30T01:00:00Z', heads }, () => {})
  assert.equal((await run()).status, 1)
})
