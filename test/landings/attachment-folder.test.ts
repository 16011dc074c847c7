import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { holds, startSecondServer } from '#test/servers/second-server.ts'
import { holderOf, PDF } from '#test/suite/cast.ts'
import { openCase, prepare } from '#test/suite/issuing.ts'
import { caseOf } from './refusal.ts'

// The folder of attachments is full, closed or gone; a sender breaks off; a file is missing. Nothing is half there, the
// person is told, and the server lives.

const LIMIT_MS = 5_000
const BIG = { name: '大材料.pdf', content: Buffer.concat([PDF.content, Buffer.alloc(2_000_000, 0x20)]) }

async function emptyFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ecc-full-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function caseWith(clerk: Client): Promise<{ id: string; attachments: string }> {
  const { id } = await clerk.do('/cases', caseOf('附件'))
  return { id, attachments: `/cases/${id}/attachments` }
}

const papers = (server: TestServer) => server.sql('select name from attachment')

function isStorageRefusal(reply: Awaited<ReturnType<Client['upload']>>): void {
  assert.equal(reply.status, 503, reply.text)
  assert.equal(reply.body.code, 'storage.unavailable')
  assert.match(reply.headers.get('retry-after') ?? '', /^\d+$/)
}

/** How large a file this process may write; what is beyond fails as on a full disk. */
function limitFiles(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`])
}

test('a full disk under the attachments: refused with its reason, nothing of the file stays', async (t) => {
  const database = await startTestServer(t)
  const dataDir = await emptyFolder(t)
  const server = await startSecondServer(t, database, { dataDir })
  const clerk = await server.as('linjing')
  const { id, attachments } = await caseWith(clerk)
  limitFiles(500_000)
  t.after(() => limitFiles('unlimited'))
  isStorageRefusal(await clerk.upload(attachments, { document: 'paper' }, BIG))
  isStorageRefusal(await clerk.upload('/imports', { asOfOn: '2021-09-30', dryRun: 'true' }, BIG))
  assert.deepEqual(await readdir(join(dataDir, 'attachments', 'incoming')), [])
  assert.deepEqual(await papers(database), [])
  assert.equal((await clerk.upload(attachments, { document: 'paper' }, PDF)).status, 201, 'what has room is kept')
  limitFiles('unlimited')
  assert.equal((await clerk.upload(attachments, { document: 'paper' }, BIG)).status, 201)
  assert.equal((await clerk.read(`/cases/${id}`)).attachments.length, 2)
})

test('a full disk under a document: not issued, its number not taken, nothing of its files stays', async (t) => {
  const database = await startTestServer(t)
  const dataDir = await emptyFolder(t)
  const server = await startSecondServer(t, database, { dataDir })
  const { clerk, judgeId } = await prepare(database)
  const made = await openCase(clerk, judgeId)
  const judge = await server.as((await holderOf(database, '吉0193', 'team.judge')).username)
  const issuing = () => judge.post(`/cases/${made.id}/executionNotice`, { version: made.version, within: '立即' })
  // Room for the Word file, not for the PDF.
  limitFiles(20_000)
  t.after(() => limitFiles('unlimited'))
  isStorageRefusal(await issuing())
  assert.deepEqual(await readdir(join(dataDir, 'attachments', 'incoming')), [])
  assert.deepEqual(await database.sql('select number from issued_document'), [])
  limitFiles('unlimited')
  assert.equal((await issuing()).status, 200)
  assert.deepEqual(await database.sql('select number from issued_document'), [{ number: made.caseNumber }])
})

test('no folder can be made for attachments: refused with its reason, everything else goes on', async (t) => {
  const database = await startTestServer(t)
  const dataDir = await emptyFolder(t)
  const server = await startSecondServer(t, database, { dataDir })
  await writeFile(join(dataDir, 'attachments'), '')
  const clerk = await server.as('linjing')
  const { attachments } = await caseWith(clerk)
  isStorageRefusal(await clerk.upload(attachments, { document: 'paper' }, PDF))
  assert.deepEqual(await papers(database), [])
  await rm(join(dataDir, 'attachments'))
  assert.equal((await clerk.upload(attachments, { document: 'paper' }, PDF)).status, 201)
})

test('a sender breaks off in the middle: nothing stays, and it is no fault of the server', async (t) => {
  const database = await startTestServer(t)
  const server = await startSecondServer(t, database)
  const clerk = await server.as('linjing')
  const { attachments } = await caseWith(clerk)
  const incoming = join(database.dataDir, 'attachments', 'incoming')
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="半.pdf"\r\n\r\n%PDF-1.4\n'
  const sending = request(`${server.address}/api${attachments}`, {
    method: 'POST',
    headers: {
      cookie: clerk.cookie,
      'content-type': 'multipart/form-data; boundary=b',
      'content-length': 1_000_000,
      'idempotency-key': 'broken-off-1',
    },
  })
  sending.on('error', () => {})
  sending.write(head)
  await holds('it has begun', LIMIT_MS, async () => (await readdir(incoming).catch(() => [])).length === 1)
  sending.destroy()
  await holds('what came is removed', LIMIT_MS, async () => (await readdir(incoming)).length === 0)
  assert.equal((await clerk.get('/me')).status, 200)
  assert.deepEqual(await papers(database), [])
  assert.deepEqual(server.faults, [])
})

test('a stored file that is missing is a fault that is said, and the server lives on', async (t) => {
  const database = await startTestServer(t)
  const server = await startSecondServer(t, database)
  const clerk = await server.as('linjing')
  const { attachments } = await caseWith(clerk)
  const { body } = await clerk.upload(attachments, { document: 'paper' }, PDF)
  const path = `${attachments}/${body.id}`
  assert.equal((await clerk.get(path)).text, PDF.content.toString())
  const stored = join(database.dataDir, 'attachments', body.digest.slice(0, 2), body.digest)
  assert.deepEqual(await readFile(stored), PDF.content)
  await rm(stored)
  const missing = await clerk.get(path)
  assert.deepEqual([missing.status, missing.body.code], [500, 'server.fault'])
  assert.match(server.faults.join(), /ENOENT/)
  assert.equal((await clerk.get('/me')).status, 200)
})

test('a start clears away what a killed server left of an upload, and only that', async (t) => {
  const database = await startTestServer(t)
  const dataDir = await emptyFolder(t)
  const incoming = join(dataDir, 'attachments', 'incoming')
  await mkdir(incoming, { recursive: true })
  await Promise.all(['old', 'new'].map((name) => writeFile(join(incoming, name), name)))
  await utimes(join(incoming, 'old'), new Date('2021-09-29T00:00:00Z'), new Date('2021-09-29T00:00:00Z'))
  await startSecondServer(t, database, { dataDir })
  assert.deepEqual(await readdir(incoming), ['new'])
})
