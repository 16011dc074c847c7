import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { tidy } from '#kernel/housekeeping/housekeeping.ts'
import { KEYS_KEPT_DAYS } from '#kernel/housekeeping/old-keys.ts'
import type { Client, Reply } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { contentsOf, effectsSince, nextTransaction } from './contents.ts'
import { backgroundSettled, holdJobs } from './filed-imports.ts'
import { send, sendAs, type Write } from './send-write.ts'
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
  'POST /cases/:id/documents/:action/preview': 'pdfBase64',
  'POST /supervision-orders/:id/documents/:action/preview': 'pdfBase64',
  'POST /me/second-factor': 'secret',
  'POST /me/second-factor/confirm': 'recoveryCodes',
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
      await backgroundSettled(server)
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
})

test('fifty at once, one effect: every write', async (t) => {
  const server = await startTestServer(t)
  for (const [serial, route] of writeRoutes(server).entries()) {
    await t.test(route, async () => {
      const write = (await VALID_WRITES[route]?.(server, serial)) as Write
      // An import that is filed is taken up in the background, which would count as a second effect.
      const release = write.release ?? (await holdJobs(server))
      const client = await server.as(write.by)
      const before = await nextTransaction(server)
      const key = randomUUID()
      const replies = await Promise.all(
        Array.from({ length: AT_ONCE }, () => sendAs(server.address, client, route, write, key)),
      )
      const effects = await effectsSince(server, before).finally(release)
      const done = replies.filter(({ status }) => status < 300)
      assert.ok(done.length > 0, replies[0]?.text)
      if (route === ENDS_SESSION) assert.ok(replies.every(({ status }) => status === 200 || status === 401))
      else assert.equal(done.length, AT_ONCE, replies.find(({ status }) => status >= 300)?.text)
      const answers = new Set(done.map((reply) => JSON.stringify(unsecret(route, reply))))
      assert.equal(answers.size, 1, 'all get the one answer')
      assert.equal(effects.length, 1, `one transaction has left something: ${JSON.stringify(effects)}`)
      assert.ok(effects[0]?.includes('audit') && effects[0].includes('idempotency'))
    })
  }
})

test('a key is kept for a week, and gone after that', async (t) => {
  const server = await startTestServer(t)
  assert.ok(KEYS_KEPT_DAYS >= 1, 'never within a day')
  const key = randomUUID()
  const write = (await VALID_WRITES['POST /cases']?.(server, 0)) as Write
  const ask = () => send(server, 'POST /cases', write, key)
  const first = await ask()
  assert.equal(first.status, 201, first.text)
  const cases = async () => (await server.sql('select 1 from enforcement_case')).length

  for (const wait of [{ hours: 24 }, { days: KEYS_KEPT_DAYS - 2 }, { hours: 23, minutes: 59 }]) {
    server.time.pass(wait)
    await tidy(server.app.services)
    assert.equal((await ask()).text, first.text)
    assert.equal(await cases(), 1, 'nothing is done again')
  }
  server.time.pass({ minutes: 2 })
  assert.equal((await ask()).text, first.text, 'an old key holds until it is removed')
  const { purgedKeys } = await tidy(server.app.services)
  assert.ok(purgedKeys >= 1)
  assert.equal((await server.sql('select 1 from idempotency where key = $1', [key])).length, 0)
  const anew = await ask()
  assert.equal(anew.status, 201)
  assert.notEqual(anew.body.id, first.body.id)
  assert.equal(await cases(), 2)
  assert.equal((await tidy(server.app.services)).purgedKeys, 0, 'the new one is young')
})

const AT_ONCE = 50

function unsecret(route: string, { body }: Reply): unknown {
  return {
    ...body,
    [SECRETS[route] ?? '']: undefined,
    link: undefined,
    ...(route === 'POST /cases/:id/unmask' ? { certificates: [] } : {}),
  }
}

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
  assert.match(first.text, new RegExp(`"${secret}":\\[?"`), 'the first answer holds the secret')
  const secrets = [secret, 'link']
  return JSON.stringify(JSON.parse(first.text), (name, value) => (secrets.includes(name) ? undefined : value))
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
    /^(reason|requirement|toRequirement|notice|name|purpose|certificate|reply|ground|cause|value|about)$/.test(name),
  )
  if (typeof body.version === 'number') return { ...write, body: { ...body, version: body.version + 1 } }
  if (text !== undefined) return { ...write, body: { ...body, [text]: `${String(body[text])}1` } }
  // Nothing in it can be changed: the same key for another thing.
  return { ...write, path: `${write.path}?` }
}
