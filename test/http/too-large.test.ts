import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'

const PART = 65_536

/** Sends the head of a body of so many bytes and a part of it, waits for the answer, then sends `rest`. */
async function told(address: string, declared: number, rest: () => string): Promise<string> {
  const { port, hostname } = new URL(address)
  const socket = connect(Number(port), hostname)
  let heard = ''
  socket.setEncoding('utf8').on('data', (part: string) => {
    heard += part
  })
  // A line that was cut while we still write ends in an error: what was heard until then counts.
  socket.on('error', () => {})
  const head = ['POST /api/cases HTTP/1.1', `Host: ${hostname}`, 'Content-Type: application/json']
  socket.write(`${[...head, `Content-Length: ${declared}`].join('\r\n')}\r\n\r\n${'x'.repeat(PART)}`)
  await once(socket, 'data')
  socket.end(rest())
  await once(socket, 'close')
  return heard
}

test('who sends too much has his answer, may finish, and asks on', async (t) => {
  const server = await startTestServer(t)
  const size = 2_000_000
  const next = 'GET /api/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
  const heard = await told(server.address, size, () => 'x'.repeat(size - PART) + next)
  assert.match(heard, /^HTTP\/1\.1 413 /)
  assert.match(heard, /request\.too-large/)
  assert.match(heard, /HTTP\/1\.1 401 /, 'the next request on this line is answered')
})

test('who announces more than anybody sends by mistake has his answer, and his line is cut', async (t) => {
  const server = await startTestServer(t)
  const heard = await told(server.address, 1_000_000_000, () => '')
  assert.match(heard, /^HTTP\/1\.1 413 /)
  assert.match(heard, /connection: close/i)
})
