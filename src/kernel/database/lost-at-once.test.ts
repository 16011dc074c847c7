import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { openDatabase } from './database.ts'
import { sql } from './sql.ts'

/** A message of Postgres: its letter, its length, its content. */
function message(letter: string, content: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(letter)
  head.writeInt32BE(content.length + 4, 1)
  return Buffer.concat([head, content])
}

const WELCOME = message('R', Buffer.alloc(4))
const READY = message('Z', Buffer.from('I'))
const FAREWELL = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'))

test('a line that is ended in the very packet in which it was granted: a refusal, and the process lives', async (t) => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(Buffer.concat([WELCOME, READY, FAREWELL])))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const database = openDatabase(`postgres://anyone:nothing@127.0.0.1:${port}/any`)
  t.after(() => database.close())
  const asked = database.read({ courtIds: [1] }, (tx) => tx.one(sql`select 1`))
  await assert.rejects(asked, { code: 'database.unavailable', status: 503 })
})
