import assert from 'node:assert/strict'
import { createCipheriv, createHash, createHmac } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openFileSealing, sealingOf } from './sealing.ts'

const hex = (text: string) => Buffer.from(text, 'hex')
const keys = Buffer.from(Array.from({ length: 48 }, (_, at) => at))

test('the platform’s SM4, SM3 and HMAC are the standards’', () => {
  // GB/T 32907-2016 A.1: a block enciphered under the counter mode's first block is the key stream itself.
  const block = hex('0123456789abcdeffedcba9876543210')
  const cipher = createCipheriv('sm4-ctr', block, block)
  assert.equal(cipher.update(Buffer.alloc(16)).toString('hex'), '681edf34d206965e86b3e94f536e4246')
  // GB/T 32905-2016 A.1
  assert.equal(
    createHash('sm3').update('abc').digest('hex'),
    '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
  )
  // RFC 2104 over SM3, built by hand.
  const pad = (byte: number) => Buffer.concat([Buffer.from('key').map((one) => one ^ byte), Buffer.alloc(61, byte)])
  const inner = createHash('sm3').update(pad(0x36)).update('text').digest()
  const outer = createHash('sm3').update(pad(0x5c)).update(inner).digest('hex')
  assert.equal(createHmac('sm3', 'key').update('text').digest('hex'), outer)
})

test('what is sealed opens under its own context, and twice the same looks different', () => {
  const sealing = sealingOf(keys)
  const plain = Buffer.from('十二字节')
  const sealed = sealing.seal('one', plain)
  assert.deepEqual(sealing.open('one', sealed), plain)
  assert.equal(sealing.open('other', sealed), null)
  assert.notDeepEqual(sealing.seal('one', plain), sealed)
  assert.ok(!sealed.includes(plain))
  assert.equal(sealingOf(Buffer.from(keys).fill(7, 47)).open('one', sealed), null, 'nor under another key')
  assert.throws(() => sealingOf(keys.subarray(1)), /48 bytes/)
})

test('no byte of it can be changed, taken away or added', () => {
  const sealing = sealingOf(keys)
  const sealed = sealing.seal('one', Buffer.from('a secret of twenty b'))
  for (let at = 0; at < sealed.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ (1 << bit)
      assert.equal(sealing.open('one', changed), null, `byte ${at}, bit ${bit}`)
    }
    assert.equal(sealing.open('one', sealed.subarray(0, at)), null, `cut at ${at}`)
  }
  assert.equal(sealing.open('one', Buffer.concat([sealed, Buffer.of(0)])), null)
})

test('a digest depends on key, context and text, and is no seal', () => {
  const sealing = sealingOf(keys)
  assert.deepEqual(sealing.digest('one', 'text'), sealing.digest('one', 'text'))
  assert.notDeepEqual(sealing.digest('one', 'text'), sealing.digest('two', 'text'))
  assert.notDeepEqual(sealing.digest('one', 'text'), sealingOf(Buffer.alloc(48)).digest('one', 'text'))
})

test('two servers that start at once on one folder share one key, which only the owner reads', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'ecc-sealing-'))
  t.after(() => rm(folder, { recursive: true }))
  const keysFolder = join(folder, 'keys')
  const [one, two] = await Promise.all([openFileSealing(keysFolder), openFileSealing(keysFolder)])
  assert.deepEqual(two.open('c', one.seal('c', Buffer.from('x'))), Buffer.from('x'))
  assert.deepEqual(await readdir(keysFolder), ['sealing.key'])
  assert.equal((await stat(join(keysFolder, 'sealing.key'))).mode & 0o777, 0o600)
})
