import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Client, Reply } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { contentsOf } from './contents.ts'
import { importsSettled } from './filed-imports.ts'
import { send, type Write } from './send-write.ts'
import { VALID_WRITES, writeRoutes } from './valid-writes.ts'

// A write and its key, over the whole table of routes: without a key nothing, the same again gives the same answer and
// no second effect, another content under the same key is refused, and of fifty at once one acts.

/** Repeats that can't be answered like the first, and why. */
const ENDS_SESSION = 'PUT /me/password'
/** Answers that hold a secret, which is never stored: the repeat gets the rest. */
const SECRETS: Readonly<Record<string, string>> = {
  'POST /people': 'temporaryPassword',
  'POST /people/:id/reset-password': 'temporaryPassword',
  'POST /cases/:id/unmask': 'fullNumber',
}

test('idempotency of every write', async (t) => {
  const server = await startTestServer(t)
  const routes = writeRoutes(server)

  await t.test('every write route has a valid request to try it with', () => {
    assert.deepEqual(routes.toSorted(), Object.keys(VALID_WRITES).toSorted())
  })

  for (const [serial, route] of routes.entries()) {
    await t.test(route, async () => {
      const write = (await VALID_WRITES[route]?.(server, serial)) as Write
      const client = await server.as(write.by)
      const before = await contentsOf(server)
      const keyless = await send(server, route, write, null)
      assert.deepEqual([keyless.status, keyless.body.code], [400, 'request.key-missing'])
      assert.deepEqual(await contentsOf(server), before, 'without a key nothing happens')

      const key = randomUUID()
      const first = await send(server, route, write, key)
      assert.ok(first.status === 200 || first.status === 201, first.text)
      await write.release?.()
      await importsSettled(server)
      const after = await contentsOf(server)
      assert.notDeepEqual(after, before, 'the write leaves something')
      if (route === ENDS_SESSION) return endedWithItsSession(server, client, write, key)

      const again = await send(server, route, write, key)
      assert.equal(again.status, first.status)
      assert.equal(again.text, withoutSecret(route, first))
      const changed = await send(server, route, otherContent(write), key)
      assert.deepEqual([changed.status, changed.body.code], [422, 'request.key-reused'], changed.text)
      assert.deepEqual(await contentsOf(server), after, 'the repeats change nothing')
    })
  }

  await t.test('a key belongs to one account: another’s request under it is its own', async () => {
    const key = randomUUID()
    const body = { certificate: '220104199001011234' }
    const [clerk, filing] = [await server.as('linjing'), await server.as('fangmingyu')]
    assert.equal((await clerk.post('/case-search', body, { key })).status, 200)
    assert.equal((await filing.post('/case-search', { certificate: '91220101MA0000000X' }, { key })).status, 200)
  })

  for (const route of ['POST /cases', 'POST /cases/:id/recordNode', 'POST /supervision-orders']) {
    await t.test(`fifty at once, one effect: ${route}`, async () => {
      const write = (await VALID_WRITES[route]?.(server, 900)) as Write
      await server.as(write.by)
      const counts = () =>
        server.sql(`select (select count(*)::int from act_log) as acts, (select count(*)::int from audit) as audited,
          (select count(*)::int from enforcement_case) as cases,
          (select count(*)::int from matter_supervision_order) as orders`)
      const [before] = await counts()
      const key = randomUUID()
      const replies = await Promise.all(Array.from({ length: 50 }, () => send(server, route, write, key)))
      assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([replies[0]?.status]))
      assert.ok((replies[0]?.status ?? 500) < 300, replies[0]?.text)
      assert.equal(new Set(replies.map(({ text }) => text)).size, 1, 'all get the one answer')
      const [after] = await counts()
      assert.equal(after?.acts, Number(before?.acts) + 1)
      assert.equal(after?.audited, Number(before?.audited) + 1)
      const things = (row: Record<string, unknown> | undefined) => Number(row?.cases) + Number(row?.orders)
      assert.equal(things(after), things(before) + (route === 'POST /cases/:id/recordNode' ? 0 : 1))
    })
  }
})

/** A new password ends the session, so the repeat is nobody's any more; the new password stands all the same. */
async function endedWithItsSession(server: TestServer, client: Client, write: Write, key: string): Promise<void> {
  const sent = await client.put(write.path, write.body ?? {}, { key })
  assert.equal(sent.status, 401)
  const again = await server.anonymous().post('/session', { username: write.by, password: write.body?.newPassword })
  assert.equal(again.status, 200)
}

function withoutSecret(route: string, first: Reply): string {
  const secret = SECRETS[route]
  if (secret === undefined) return first.text
  assert.ok(first.text.includes(`"${secret}":"`), 'the first answer holds the secret')
  return JSON.stringify(JSON.parse(first.text), (name, value) => (name === secret ? undefined : value))
}

/** The same route and a valid content, but not the same one. */
function otherContent(write: Write): Write {
  if (write.upload) {
    const { fields, file } = write.upload
    return {
      ...write,
      upload: { fields, file: { ...file, content: Buffer.concat([file.content, Buffer.from('\n')]) } },
    }
  }
  const body = { ...write.body }
  const text = Object.keys(body).find((name) =>
    /^(reason|requirement|toRequirement|notice|name|purpose|certificate|reply|ground|cause)$/.test(name),
  )
  if (typeof body.version === 'number') return { ...write, body: { ...body, version: body.version + 1 } }
  if (text !== undefined) return { ...write, body: { ...body, [text]: `${String(body[text])}1` } }
  // Nothing in it can be changed: the same key for another thing.
  return { ...write, path: `${write.path}?` }
}
