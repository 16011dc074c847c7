import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { access, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { chaptersWith, composeApp } from '#app'
import { importSample } from '#demonstration'
import { migrate } from '#kernel/database/migrate.ts'
import { tableStatements } from '#kernel/matter/table.ts'
import { outboxAfter } from '#kernel/notifications/notices.ts'
import { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { ended } from '#test/http/bulk-jobs.ts'
import { holdJobs } from '#test/http/filed-imports.ts'
import { SAMPLE_PATH } from '#test/sample.ts'
import { checkArchive } from './archive-check.ts'
import { makeBackup } from './backup.ts'
import { restoreBackup } from './restore.ts'
import { ArchiveRefusal } from './tar.ts'

const COURT = 220193
const PAPER = Buffer.from('%PDF-1.4\n回函\n%%EOF\n')

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'ecc-backup-'))
  t.after(() => rm(path, { recursive: true, force: true }))
  return path
}

/** An empty database with this program's schema, beside the server's own. */
async function emptyDatabase(t: TestContext, server: TestServer): Promise<string> {
  const name = `ecc_r_${randomUUID().replaceAll('-', '')}`
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: server.url.replace(/\w+$/, 'postgres') })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await run(`create database ${name} template template0`)
  t.after(() => run(`drop database ${name} with (force)`))
  const url = new URL(server.url)
  url.pathname = `/${name}`
  const kinds = chaptersWith().flatMap((chapter) => chapter.kinds)
  await migrate(
    url.href,
    kinds.map((kind) => ({ name: kind.id, statements: tableStatements(kind) })),
  )
  return url.href
}

/** The sample's cases, a case with a paper, an order of the court above with its messages, a signed checkpoint. */
async function busyServer(t: TestContext) {
  const server = await startTestServer(t)
  await importSample(server.app.services)
  const clerk = await server.as('linjing')
  const [one] = (await clerk.read('/cases?limit=1')).items
  const paper = { name: '回函.pdf', content: PAPER }
  assert.equal((await clerk.upload(`/cases/${one.id}/attachments`, { document: 'paper' }, paper)).status, 201)
  const order = await (await server.as('zhaoxue')).do('/supervision-orders', {
    source: '本院督办',
    target: '下级法院',
    otherCourt: '吉0193',
    caseNumber: one.number,
    requirement: '请督促承办人立即查控',
    answerOn: '2021-10-13',
  })
  await server.app.checkpoints.keep(true)
  return { server, caseId: one.id as string, orderId: order.id as string }
}

const query = async <R>(url: string, text: string): Promise<R[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
    .query(text)
    .then(({ rows }) => rows as R[])
    .finally(() => client.end())
}

test('backup of a running server, restore, the same court again; what went out is not sent again', async (t) => {
  const { server, caseId, orderId } = await busyServer(t)
  const path = join(await folder(t), '备份.tar')
  const made = await makeBackup(server.url, server.dataDir, path, server.time)
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  await assert.rejects(makeBackup(server.url, server.dataDir, path, server.time), { code: 'EEXIST' })
  const url = await emptyDatabase(t, server)
  const dataDir = await folder(t)
  const log = () => {}
  const restored = await restoreBackup({ path, url, dataDir, outside: null, time: server.time, log })

  const rowsOf = (at: string, table: string) =>
    query<{ n: string; sum: string }>(
      at,
      `select count(*) n, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) sum from ${table} t`,
    )
  const kept = made.manifest.tables
    .map(({ name }) => name)
    .filter((name) => !/^(audit|audit_head|restoration|session)$/.test(name))
  assert.ok(kept.length > 25)
  for (const table of kept) assert.deepEqual(await rowsOf(url, table), await rowsOf(server.url, table), table)
  assert.ok(restored.rows > 2_000 && restored.missing.length === 0)
  const { ok, courts } = restored.verification
  assert.deepEqual([ok, courts.every((court) => court.lost.length === 0)], [true, true])

  const messages = await query<{ id: string }>(server.url, `select id from outbox where court_id = ${COURT}`)
  assert.ok(messages.length > 0 && restored.quarantined >= messages.length)
  const app = await composeApp({ url, dataDir, time: server.time, webFolder: null, log })
  try {
    const address = await app.server.listen({ host: '127.0.0.1', port: 0 })
    const clerk = new Client(address, 'linjing')
    await clerk.signIn()
    const { attachments } = await clerk.read(`/cases/${caseId}`)
    const file = await clerk.get(`/cases/${caseId}/attachments/${attachments[0].id}`)
    assert.equal(file.text, PAPER.toString())
    const shown = await clerk.read(`/supervision-orders/${orderId}`)
    assert.equal((await clerk.read('/notices')).items.length, messages.length, 'they can still be read')
    const { database } = app.services
    const waiting = () => database.read({ courtIds: [COURT] }, (tx) => outboxAfter(tx, COURT, 0n, 100))
    assert.deepEqual(await waiting(), [], 'and are not sent')
    await clerk.do(`/supervision-orders/${orderId}/receive`, { version: shown.version })
    const [last] = await query<{ id: string }>(url, 'select max(id)::text id from outbox')
    assert.ok(Number(last?.id) > 1_000_000, 'new numbers are never those of before')
    const auditor = new Client(address, 'shenji')
    await auditor.signIn()
    assert.equal((await auditor.read('/audit?verb=backup.restore')).items.length, 1)
    assert.equal((await auditor.read('/audit/verification')).ok, true)
  } finally {
    await app.close()
  }
  const old = await query<{ n: string }>(
    url,
    `select count(*) n from session where ended_at is null and opened_at < '2021-09-30'`,
  )
  assert.equal(Number(old[0]?.n), 0)
  await assert.rejects(restoreBackup({ path, url, dataDir, outside: null, time: server.time, log }), ArchiveRefusal)
})

test('what was under way when the backup was made does not go on by itself', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const parties = { creditors: [{ name: '甲公司' }], debtors: [{ name: '乙某' }] }
  await clerk.do('/cases', { kind: '首次执行', filedOn: '2021-09-01', ...parties })
  const release = await holdJobs(server)
  const answers = { node: '执行通知书发出', on: '2021-09-02' }
  const job = await clerk.do('/bulk-jobs', { list: 'cases', action: 'recordNode', answers, filter: {}, count: 1 })
  const exported = { name: '明细表.xlsx', content: await readFile(SAMPLE_PATH) }
  const runs = []
  for (const dryRun of ['true', 'false'])
    runs.push((await clerk.upload('/imports', { asOfOn: '2021-09-30', dryRun }, exported)).body)
  await server.sql(`update import_run set state = 'importing' where not dry_run`)
  const path = join(await folder(t), 'b.tar')
  await makeBackup(server.url, server.dataDir, path, server.time)
  await release()
  const [url, dataDir] = [await emptyDatabase(t, server), await folder(t)]
  await restoreBackup({ path, url, dataDir, outside: null, time: server.time, log: () => {} })
  const app = await composeApp({ url, dataDir, time: server.time, webFolder: null, log: () => {} })
  try {
    const address = await app.server.listen({ host: '127.0.0.1', port: 0 })
    const again = new Client(address, 'linjing')
    await again.signIn()
    const { state, done, problem } = await again.read(`/bulk-jobs/${job.id}`)
    assert.deepEqual([state, done], ['stopped', 0])
    assert.match(problem.message, /从备份恢复/)
    for (const { id } of runs) {
      const run = await again.read(`/imports/${id}`)
      assert.deepEqual([run.state, run.rowsDone, run.problem.code], ['cancelled', 0, 'restore.stopped'])
    }
    const anew = await again.do('/bulk-jobs', { list: 'cases', action: 'recordNode', answers, filter: {}, count: 1 })
    assert.equal((await ended(again, anew.id)).done, 1, 'a person starts it again')
    const auditor = new Client(address, 'shenji')
    await auditor.signIn()
    assert.equal((await auditor.read('/audit?verb=bulk.stop')).items.length, 1)
    assert.equal((await auditor.read('/audit?verb=import.cancel')).items.length, 2)
  } finally {
    await app.close()
  }
})

test('any flipped byte is refused before anything is written; so is what is cut, longer or foreign', async (t) => {
  const { server } = await busyServer(t)
  const path = join(await folder(t), 'b.tar')
  await makeBackup(server.url, server.dataDir, path, server.time)
  const bytes = await readFile(path)
  const file = await open(path, 'r+')
  const places = [0, 130, 148, 300, 511, 512, bytes.length - 1, bytes.length - 1_025]
  for (let n = 0; n < 32; n += 1) places.push(Math.floor((bytes.length * (n + 0.5)) / 32))
  for (const place of places) {
    await file.write(Buffer.from([(bytes[place] ?? 0) ^ (1 << (place % 8))]), 0, 1, place)
    await assert.rejects(checkArchive(path), ArchiveRefusal, `byte ${place} of ${bytes.length}`)
    await file.write(bytes, place, 1, place)
  }
  await file.close()
  await checkArchive(path)
  for (const other of [bytes.subarray(0, -512), Buffer.concat([bytes, Buffer.alloc(512)]), Buffer.from('no tar')]) {
    await writeFile(path, other)
    await assert.rejects(checkArchive(path), ArchiveRefusal)
  }
  await writeFile(path, Buffer.concat([bytes.subarray(0, 600), Buffer.from('x'), bytes.subarray(601)]))
  const dataDir = await folder(t)
  const url = await emptyDatabase(t, server)
  const options = { path, url, dataDir, outside: null, time: server.time, log: () => {} }
  await assert.rejects(restoreBackup(options), ArchiveRefusal)
  assert.deepEqual(await readdir(dataDir), [])
  assert.deepEqual(await query(url, 'select from person limit 1'), [])
})

test('a backup of another schema, a used folder and a missing attachment are said', async (t) => {
  const { server } = await busyServer(t)
  const path = join(await folder(t), 'b.tar')
  const [digest = ''] = (await server.sql<{ digest: string }>('select digest from attachment')).map((row) => row.digest)
  const blob = server.app.services.blobs.pathOf(digest)
  await access(blob)
  await rm(blob)
  const { manifest } = await makeBackup(server.url, server.dataDir, path, server.time)
  assert.deepEqual(manifest.missing, [digest])
  const url = await emptyDatabase(t, server)
  const options = { path, url, dataDir: server.dataDir, outside: null, time: server.time, log: () => {} }
  await assert.rejects(restoreBackup(options), /不是空的/)
  await query(url, `insert into schema_migration (name, digest) values ('9999-later.sql', 'x')`)
  const dataDir = await folder(t)
  await assert.rejects(restoreBackup({ ...options, dataDir }), /另一版本/)
  assert.deepEqual(await readdir(dataDir), [])
})
