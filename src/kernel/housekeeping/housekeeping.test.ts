import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { onRun } from '#test/http/filed-imports.ts'
import { PDF } from '#test/suite/cast.ts'
import { checkBlobs } from './blob-check.ts'
import { tidy } from './housekeeping.ts'

// Files and the rows that name them: none is kept for a thing that one may not see, none is left lying, none is lost.

const CASE = { kind: '首次执行', filedOn: '2021-09-01', creditors: [{ name: '某甲公司' }], debtors: [] }
const file = (mark: string) => ({ name: '材料.pdf', content: Buffer.concat([PDF.content, Buffer.from(mark)]) })

async function stored(server: TestServer): Promise<string[]> {
  const names = await readdir(join(server.dataDir, 'attachments'), { recursive: true }).catch(() => [])
  return names.filter((name) => /[0-9a-f]{64}$/.test(name)).map((name) => name.slice(-64))
}

/** As if everything had been stored so long ago. */
async function age(server: TestServer, hours: number): Promise<void> {
  const at = new Date(Date.now() - hours * 3_600_000)
  for (const digest of await stored(server)) await utimes(server.app.services.blobs.pathOf(digest), at, at)
}

const attach = (client: Client, path: string, mark: string) =>
  client.upload(`${path}/attachments`, { document: 'paper' }, file(mark))

test('for a thing that one may not see or add to, not a byte is kept', async (t) => {
  const server = await startTestServer(t)
  const filing = await server.as('fangmingyu')
  const { id } = await filing.do('/cases', CASE)
  for (const [username, path, status] of [
    ['panlin', `/cases/${id}`, 404],
    ['linjing', `/cases/${randomUUID()}`, 404],
    ['linjing', `/supervision-orders/${id}`, 404],
    ['xitong', `/cases/${id}`, 404],
    ['duanhong', `/cases/${id}`, 403],
  ] as const) {
    const reply = await attach(await server.as(username), path, username)
    assert.equal(reply.status, status, `${username} ${path}: ${reply.text}`)
  }
  assert.deepEqual(await stored(server), [])
  assert.equal((await attach(await server.as('linjing'), `/cases/${id}`, 'x')).status, 201)
  assert.equal((await stored(server)).length, 1)
})

test('what no row names is removed after a day, and nothing else', async (t) => {
  const server = await startTestServer(t)
  const { blobs } = server.app.services
  const clerk = await server.as('linjing')
  const { id } = await clerk.do('/cases', CASE)
  assert.equal((await attach(clerk, `/cases/${id}`, 'kept')).status, 201)
  // The permission stands, the file is stored, and only then is it refused for what it is.
  const refused = await clerk.upload(
    `/cases/${id}/attachments`,
    { document: 'paper' },
    { name: 'a.exe', content: Buffer.from('MZ') },
  )
  assert.equal(refused.status, 422)
  await onRun('cancel', 'checked')(server)
  assert.equal((await stored(server)).length, 3)

  assert.deepEqual(await tidy(server.app.services), { purgedKeys: 0, removed: 0, missing: [] })
  await age(server, 23)
  assert.equal((await tidy(server.app.services)).removed, 0, 'younger than a day')
  await age(server, 25)
  assert.equal((await tidy(server.app.services)).removed, 1)
  assert.equal((await stored(server)).length, 2, 'an attachment and the file of an import are named')
  assert.equal((await tidy(server.app.services)).removed, 0)

  const [{ digest = '' } = {}] = await server.sql<{ digest: string }>('select digest from attachment')
  await rm(blobs.pathOf(digest))
  assert.deepEqual((await checkBlobs(server.app.services)).missing, [digest], 'a row without its file is told')
})

test('a file that is stored again while it is being removed stays', async (t) => {
  const server = await startTestServer(t)
  const { blobs } = server.app.services
  const again = () => blobs.put(Readable.from([PDF.content]), 1_000)
  const { digest } = await again()
  await age(server, 25)
  // The same content comes in between the look and the removal.
  assert.equal(await blobs.removeUnless(digest, async () => Boolean(await again()) && false), true)
  assert.deepEqual(await stored(server), [digest])
  // It came before the removal, so it is young again.
  assert.equal(await blobs.removeUnless(digest, async () => false), false)
  await age(server, 25)
  assert.equal(await blobs.removeUnless(digest, async () => true), false, 'a row has come to name it')
  assert.deepEqual(await stored(server), [digest])
})
