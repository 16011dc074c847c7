import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { CATALOGUE } from '#kernel/problem/catalogue.ts'
import type { Reply } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { contentsOf } from './contents.ts'
import type { Write } from './send-write.ts'
import { VALID_WRITES, writeRoutes } from './valid-writes.ts'

// A valid request of every write route, spoilt in one way at a time: each is refused with a problem of the catalogue,
// and nothing at all is changed.

const NESTED = 40
const MEBIBYTE = 1_048_576

type Body = Record<string, unknown>

/** Ways to spoil the JSON of a request, and the answer. `text` gets a valid body and gives what is sent. */
const SPOILT: readonly { what: string; status: number; text: (body: Body) => string | null }[] = [
  { what: 'an unknown field', status: 400, text: (body) => JSON.stringify({ ...body, nobody: 1 }) },
  { what: 'a field of another court', status: 400, text: (body) => JSON.stringify({ ...body, courtId: 1 }) },
  { what: 'NUL in a text', status: 400, text: (body) => withText(body, 'a\u0000b') },
  { what: 'a lone surrogate in a text', status: 400, text: (body) => withText(body, 'a\ud800b') },
  { what: 'NUL in a name', status: 400, text: (body) => JSON.stringify({ ...body, 'a\u0000': 1 }) },
  {
    what: '__proto__',
    status: 400,
    text: (body) => `{"__proto__":{"courtId":1},${JSON.stringify(body).slice(1)}`.replace(',}', '}'),
  },
  { what: 'constructor', status: 400, text: (body) => JSON.stringify({ ...body, constructor: { prototype: {} } }) },
  { what: 'a name twice', status: 400, text: (body) => twice(body) },
  { what: 'a name twice, written differently', status: 400, text: (body) => twice(body, true) },
  {
    what: 'bottomless nesting',
    status: 400,
    text: (body) =>
      `{"deep":${'['.repeat(NESTED)}${']'.repeat(NESTED)},${JSON.stringify(body).slice(1)}`.replace(',}', '}'),
  },
  { what: 'nesting that overflows a stack', status: 400, text: () => '['.repeat(500_000) },
  { what: 'an array', status: 400, text: (body) => JSON.stringify([body]) },
  { what: 'a bare text', status: 400, text: () => '"text"' },
  { what: 'null', status: 400, text: () => 'null' },
  { what: 'half a body', status: 400, text: (body) => JSON.stringify(body).slice(0, -1) },
  { what: 'two bodies', status: 400, text: (body) => `${JSON.stringify(body)}${JSON.stringify(body)}` },
  { what: 'a comment', status: 400, text: (body) => `/**/${JSON.stringify(body)}` },
  {
    what: 'a body over the limit',
    status: 413,
    text: (body) => JSON.stringify({ ...body, reason: 'x'.repeat(MEBIBYTE) }),
  },
]

const TYPES = ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/jsonx', 'text/json']

test('strictness of every write', async (t) => {
  const server = await startTestServer(t)
  const named: { route: string; body: string; send: () => Promise<Reply> }[] = []

  for (const [serial, route] of writeRoutes(server).entries()) {
    await t.test(route, async () => {
      const write = (await VALID_WRITES[route]?.(server, serial)) as Write
      const client = await server.as(write.by)
      const [method = ''] = route.split(' ')
      const before = await contentsOf(server)
      const json = async (text: string, headers: Record<string, string> = {}, key: string = randomUUID()) =>
        client.send(method, write.path, text, { key, headers })
      if (write.upload) {
        assertRefused(await json('{}'), 415, 'JSON instead of a file')
        await spoiltFields(server, write)
      } else {
        const body = write.body ?? {}
        for (const { what, status, text } of SPOILT) {
          const sent = text(body)
          if (sent !== null) assertRefused(await json(sent), status, what)
        }
        for (const [field, value] of wrongTypes(body)) {
          assertRefused(
            await json(JSON.stringify({ ...body, [field]: value })),
            400,
            `${field}: ${JSON.stringify(value)}`,
          )
        }
        for (const type of TYPES) assertRefused(await json(JSON.stringify(body), { 'content-type': type }), 415, type)
        if (method === 'POST') {
          const form = await client.upload(write.path, { reason: 'x' }, { name: 'a.txt', content: Buffer.from('x') })
          assertRefused(form, 415, 'multipart')
        }
        for (const key of ['', 'short', 'x'.repeat(201)])
          assertRefused(await json(JSON.stringify(body), {}, key), 400, `key ${key}`)
      }
      if (/:id/.test(route)) {
        for (const id of ['1', 'x', randomUUID().slice(1), '%00', '..%2f', `${randomUUID()}'`]) {
          // A number is a well-formed number of a notice, and that notice may be the sender's own.
          if (route.includes('notices') && id === '1') continue
          const path = write.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|(?<=notices\/)\d+/, id)
          const reply = await client.send(method, path, JSON.stringify(write.body ?? {}))
          assertRefused(reply, write.upload ? 415 : 400, `id ${id}`, [400, 404])
        }
      }
      assert.deepEqual(await contentsOf(server), before, 'something was changed')
      for (const body of namedAsInherited(write.body ?? {})) named.push({ route, send: () => json(body), body })
      await write.release?.()
    })
  }
  // Last, as some of these are free texts, and done.
  for (const { route, send, body } of named) {
    const { status, text } = await send()
    assert.ok(status < 500, `${route} ${body}: ${status} ${text.slice(0, 200)}`)
  }
})

test('strictness of every read', async (t) => {
  const server = await startTestServer(t)
  const readers = ['linjing', 'xitong', 'anquan', 'shenji']
  const clients = await Promise.all(readers.map((username) => server.as(username)))
  const cursors = ['x', '%00', encode('x'), encode(['x', 'y']), encode([1, 2]), encode({}), 'A'.repeat(500)]
  // Lists in the order of a date: no other key has a place there.
  const wrongKeys = [encode(['x', randomUUID()]), encode(['2021-13-45', randomUUID()])].map(
    (cursor) => `after=${cursor}`,
  )
  const dated = ['/cases', '/supervision-orders', '/imports', '/backlog']
  const spoilt = [
    'nobody=1',
    'limit=0',
    'limit=-1',
    'limit=1e9',
    'limit=x',
    'limit=1&limit=2',
    'sort=password',
    'sort=number%20desc',
    'scope=own&scope=subtree',
    'q=%00',
    'scope=%00',
    'year=x',
    'from=2021-02-30',
    'to=x',
    'judge=x',
    'team=1',
    'role=nobody',
    'filedFrom=20210101',
    'clock=never',
    'holder=other',
    '__proto__=1',
    'constructor=1',
    'after=',
    ...cursors.map((cursor) => `after=${cursor}`),
  ]
  for (const { method, path } of server.app.routes) {
    if (method !== 'GET' || path === '/stream') continue
    await t.test(path, async () => {
      const url = path.replace(/:\w+/g, () => randomUUID())
      for (const query of [...spoilt, ...(dated.includes(path) ? wrongKeys : [])]) {
        for (const client of clients) {
          const reply = await client.get(`${url}?${query}`)
          if (reply.status === 403) continue
          assertRefused(reply, 400, query)
        }
      }
      for (const id of path.includes(':') ? ['1', 'x', '%00', '%zz', "'"] : []) {
        assertRefused(await (clients[0] as (typeof clients)[0]).get(path.replace(/:\w+/g, id)), 400, `id ${id}`)
      }
    })
  }
})

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

function assertRefused(reply: Reply, status: number, what: string, also: readonly number[] = []): void {
  assert.ok(
    reply.status === status || also.includes(reply.status),
    `${what}: ${reply.status} ${reply.text.slice(0, 200)}`,
  )
  assert.match(reply.headers.get('content-type') ?? '', /^application\/problem\+json/, what)
  const entry = (CATALOGUE as Record<string, { status: number }>)[reply.body.code]
  assert.equal(entry?.status, reply.status, `${what}: ${reply.body.code} is not of the catalogue`)
  assert.match(reply.body.message, /[一-鿿]/, what)
}

/** The first text of a body replaced; null where it has none. */
function withText(body: Body, text: string): string | null {
  const name = Object.keys(body).find((one) => typeof body[one] === 'string')
  return name === undefined ? null : JSON.stringify({ ...body, [name]: text })
}

/** The first field given twice; the second time, where asked, with an escape in its name. */
function twice(body: Body, isEscaped = false): string | null {
  const [first] = Object.entries(body)
  if (!first) return null
  const [name, value] = first
  const written = isEscaped ? `\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}` : name
  return `{"${written}":${JSON.stringify(value)},${JSON.stringify(body).slice(1)}`
}

/** Each text replaced by names that every object knows: none of them is the name of anything here. */
function namedAsInherited(body: Body): string[] {
  const texts = Object.keys(body).filter((name) => typeof body[name] === 'string')
  return texts.flatMap((name) =>
    ['hasOwnProperty', '__proto__'].map((word) => JSON.stringify({ ...body, [name]: word })),
  )
}

/** Each field with values of types that it isn't. */
function wrongTypes(body: Body): [string, unknown][] {
  return Object.entries(body).flatMap(([name, value]) =>
    [true, 1.5, [], {}, { toString: 1 }, typeof value === 'string' ? 7 : '7']
      .filter(
        (wrong) => typeof wrong !== typeof value || Array.isArray(wrong) !== Array.isArray(value) || wrong === 1.5,
      )
      .map((wrong): [string, unknown] => [name, wrong]),
  )
}

/** Fields of an upload: unknown, missing, wrong; and files that are none. */
async function spoiltFields(server: TestServer, write: Write): Promise<void> {
  const client = await server.as(write.by)
  const { fields, file } = write.upload as NonNullable<Write['upload']>
  const tries: [Record<string, string>, typeof file, number][] = [
    [{ ...fields, nobody: '1' }, file, 400],
    [{}, file, 400],
    [Object.fromEntries(Object.keys(fields).map((name) => [name, 'x'.repeat(100)])), file, 400],
    [Object.fromEntries(Object.keys(fields).map((name) => [name, 'a\u0000'])), file, 400],
    [{ ...fields, ['x'.repeat(200)]: '1' }, file, 400],
    [{ ...fields, __proto: '1' }, file, 400],
    [fields, { ...file, content: Buffer.alloc(0) }, 422],
    [fields, { ...file, name: '.htaccess' }, 422],
    [fields, { ...file, name: `${'长'.repeat(90)}.pdf` }, 422],
    [fields, { ...file, name: 'a\u202efdp.exe' }, 422],
  ]
  for (const [sent, upload, status] of tries) {
    assertRefused(
      await client.upload(write.path, sent, upload),
      status,
      `${JSON.stringify(sent)} ${upload.name}`,
      [400, 413],
    )
  }
}
