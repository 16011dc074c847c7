import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { SystemActor } from '#kernel/authorisation/may.ts'
import { problem } from '#kernel/problem/problem.ts'
import { startTestServer } from '#test/harness.ts'
import { writeAudit } from './audit.ts'
import { checkpointPlace, readCheckpoints } from './checkpoint.ts'
import { appendCheckpoint, type KeeperPace, keepCheckpoints } from './checkpoint-keeper.ts'
import { openFileSigner } from './checkpoint-signer.ts'

// When heads are signed, which of them, and what is said of a chain that does not go on: one server, many keepers.

const [COURT, OTHER] = [220193, 2201]
const PACE: KeeperPace = { entries: 5, minutes: 10, pollMs: 3_600_000 }

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'ecc-keeper-'))
  t.after(() => rm(path, { recursive: true, force: true }))
  return path
}

test('the keeper of checkpoints', async (t) => {
  const server = await startTestServer(t)
  const { services } = server.app
  const write = (courtId: number, count: number) => {
    const actor: SystemActor = { kind: 'system', name: '系统', courtId, courtIds: [courtId] }
    const notes = Array.from({ length: count }, () => ({ verb: 'session.sign-in' }))
    return services.database.write({ courtIds: [courtId] }, (tx) => writeAudit(tx, actor, server.time.now(), notes))
  }
  const open = async (t: TestContext, dataDir: string, pace: KeeperPace = PACE, outside: string | null = null) => {
    const place = checkpointPlace(dataDir, outside)
    const log: string[] = []
    const keeper = await keepCheckpoints(services, place, (line) => log.push(line), pace)
    t.after(() => keeper.stop())
    const signed = async () => {
      const { checkpoints, faults } = await readCheckpoints(place)
      assert.deepEqual(faults, [])
      return checkpoints.map(({ courtId, seq, kind }) => `${courtId} ${seq} ${kind}`)
    }
    return { place, log, keeper, signed }
  }

  await t.test('a court’s head after so many entries, and every new one then', async (t) => {
    const { keeper, signed } = await open(t, await folder(t))
    assert.equal(await keeper.keep(), 0)
    assert.equal(await keeper.keep(true), 0, 'there is nothing to sign')
    await write(COURT, 4)
    await write(OTHER, 1)
    assert.equal(await keeper.keep(), 0)
    await write(COURT, 1)
    assert.equal(await keeper.keep(), 2)
    assert.deepEqual(await signed(), [`${OTHER} 1 kept`, `${COURT} 5 kept`])
    await write(COURT, 4)
    assert.equal(await keeper.keep(), 0)
    await write(COURT, 1)
    assert.equal(await keeper.keep(), 1)
    assert.deepEqual((await signed()).slice(2), [`${COURT} 10 kept`])
  })

  await t.test('after so many minutes, where something is new', async (t) => {
    const { keeper, signed } = await open(t, await folder(t), { ...PACE, entries: 1_000 })
    server.time.pass({ minutes: 9 })
    assert.equal(await keeper.keep(), 0)
    server.time.pass({ minutes: 1 })
    assert.equal(await keeper.keep(), 2)
    server.time.pass({ minutes: 10 })
    assert.equal(await keeper.keep(), 0)
    await write(COURT, 1)
    assert.equal(await keeper.keep(), 1)
    await write(COURT, 1)
    assert.equal(await keeper.keep(), 0, 'the minutes begin again')
    assert.equal((await signed()).length, 3)
  })

  await t.test('what was signed before is known again; stopping signs the rest', async (t) => {
    const dataDir = await folder(t)
    const first = await open(t, dataDir)
    assert.equal(await first.keeper.keep(true), 2)
    assert.equal(await (await open(t, dataDir)).keeper.keep(true), 0)
    await write(COURT, 1)
    await first.keeper.stop()
    assert.equal((await first.signed()).length, 3)
    assert.equal(await (await open(t, dataDir)).keeper.keep(true), 0)
  })

  await t.test('its own timer asks, too', async (t) => {
    const { signed } = await open(t, await folder(t), { entries: 1, minutes: 10, pollMs: 20 })
    while ((await signed()).length === 0) await new Promise(setImmediate)
  })

  await t.test('the timer signs what is due and nothing before, and holds no process', async (t) => {
    const timer = { isHeld: true, unref: () => Object.assign(timer, { isHeld: false }) }
    const asked: { turn: () => void; ms: number }[] = []
    const own = t.mock.method(globalThis, 'setInterval', (turn: () => void, ms: number) => {
      asked.push({ turn, ms })
      return timer
    })
    const place = checkpointPlace(await folder(t), null)
    const keeper = await keepCheckpoints(services, place, assert.fail)
    own.mock.restore()
    assert.deepEqual([asked.length, asked[0]?.ms, timer.isHeld], [1, 5_000, false])
    await keeper.keep(true)
    const signed = async () => (await readCheckpoints(place)).checkpoints
    const before = (await signed()).length
    await write(COURT, 499)
    asked[0]?.turn()
    await new Promise(setImmediate)
    // One turn comes behind the other: had the first one signed, the second would find nothing new.
    server.time.pass({ minutes: 10 })
    asked[0]?.turn()
    while ((await signed()).length === before) await new Promise(setImmediate)
    assert.deepEqual(
      (await signed()).slice(before).map(({ at }) => at),
      [server.time.now().toISOString()],
      'not before 500 entries or ten minutes',
    )
    const ended: unknown[] = []
    const end = t.mock.method(globalThis, 'clearInterval', (one: NodeJS.Timeout) => ended.push(one))
    await keeper.stop()
    end.mock.restore()
    assert.deepEqual(ended, [timer])
  })

  await t.test('a database that is away is said by everything else', async (t) => {
    const away = { ...services.database, read: () => Promise.reject(problem('database.unavailable')) }
    const log: string[] = []
    const place = checkpointPlace(await folder(t), null)
    const keeper = await keepCheckpoints({ ...services, database: away }, place, (line) => log.push(line), PACE)
    await keeper.stop()
    assert.deepEqual(log, [])
  })

  await t.test('both folders hold the same; the own one must, the other one may be away', async (t) => {
    const outside = join(await folder(t), 'outside')
    const { keeper, place, log } = await open(t, await folder(t), PACE, outside)
    await keeper.keep(true)
    const [own = ''] = place.folders
    const [name = ''] = await readdir(own)
    assert.match(name, /^2021-\d{2}\.jsonl$/)
    assert.equal(name.slice(0, 7), server.time.now().toISOString().slice(0, 7))
    assert.equal(await readFile(join(own, name), 'utf8'), await readFile(join(outside, name), 'utf8'))
    for (const path of [own, outside]) assert.equal((await stat(path)).mode & 0o777, 0o700)
    assert.equal((await stat(join(own, name))).mode & 0o777, 0o600)
    assert.deepEqual(log, [])
    await rm(outside, { recursive: true })
    await writeFile(outside, 'a file')
    await write(COURT, 1)
    assert.equal(await keeper.keep(true), 1)
    assert.match(log.splice(0).join(), new RegExp(`^checkpoints: ${outside} could not be written: Error: ENOTDIR`))
    await write(COURT, 1)
    await rm(own, { recursive: true })
    await assert.rejects(keeper.keep(true), { code: 'ENOENT' })
    await keeper.stop()
    assert.match(log.join(), /^checkpoints: Error: ENOENT/)
  })

  await t.test('a folder that can’t be used is said at the start, and a half-written line is taken off', async (t) => {
    const [dataDir, outside] = [await folder(t), join(await folder(t), 'outside')]
    await writeFile(outside, 'a file')
    const { log, place, keeper } = await open(t, dataDir, PACE, outside)
    assert.match(log.splice(0).join(), new RegExp(`^checkpoints: ${outside} can't be used: Error: EEXIST`))
    await keeper.keep(true)
    const [own = ''] = place.folders
    const file = join(own, (await readdir(own))[0] ?? '')
    const text = await readFile(file, 'utf8')
    assert.ok(text.endsWith('\n'))
    for (const half of ['{"kind":"kept"', '']) {
      await writeFile(file, text + half)
      await open(t, dataDir)
      assert.equal(await readFile(file, 'utf8'), text)
    }
    await mkdir(join(own, '2021-08.jsonl.d'))
  })

  await t.test('a chain that does not go on is named and not signed; the others are', async (t) => {
    const { keeper, log, place, signed } = await open(t, await folder(t))
    const written = async () => {
      const [own = ''] = place.folders
      return readFile(join(own, (await readdir(own))[0] ?? ''), 'utf8')
    }
    await keeper.keep(true)
    const before = await signed()
    const [head] = await server.sql<{ seq: bigint; hash: Buffer }>(
      `select seq, hash from audit_head where court_id = ${COURT}`,
    )
    const rehash = (hash: Buffer) =>
      server.sql(`update audit set hash = $1 where court_id = ${COURT} and seq = ${head?.seq}`, [hash])
    await rehash(Buffer.alloc(1))
    await write(COURT, 1)
    await write(OTHER, 1)
    assert.equal(await keeper.keep(true), 1)
    assert.deepEqual(log.splice(0), [`audit: the chains of courts ${COURT} do not go on from their checkpoint`])
    assert.equal((await signed()).length, before.length + 1)
    await server.sql(`update audit_head set seq = 1 where court_id in (${COURT}, ${OTHER})`)
    const soFar = await written()
    assert.equal(await keeper.keep(true), 0)
    assert.equal(await written(), soFar, 'nothing is signed')
    assert.deepEqual(log, [`audit: the chains of courts ${OTHER}, ${COURT} do not go on from their checkpoint`])
    // The server's own keeper would say so at its end.
    await rehash(head?.hash ?? Buffer.alloc(0))
    await server.sql(`update audit_head h set seq = (select max(seq) from audit a where a.court_id = h.court_id)`)
  })

  await t.test('a statement stands in the file of its month in Shanghai, under the signer’s key', async (t) => {
    const place = checkpointPlace(await folder(t), null)
    const [own = ''] = place.folders
    await mkdir(own)
    const signer = await openFileSigner(place.keysFolder)
    for (const at of ['2021-09-30T15:59:59.999Z', '2021-09-30T16:00:00.000Z']) {
      await appendCheckpoint(place, signer, { kind: 'restored', at, heads: [] }, assert.fail)
    }
    assert.deepEqual((await readdir(own)).sort(), ['2021-09.jsonl', '2021-10.jsonl'])
    const line = JSON.parse(await readFile(join(own, '2021-09.jsonl'), 'utf8'))
    assert.deepEqual([line.kind, line.at, line.key], ['restored', '2021-09-30T15:59:59.999Z', signer.keyId])
  })
})
