import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AuditEntry, GENESIS, hashEntry } from './chain.ts'

// Golden vectors, made with `openssl dgst -sm3` over the previous hash and the canonical text written by hand.

const FIRST: AuditEntry = {
  courtId: 220193,
  seq: 1n,
  at: new Date('2021-09-30T08:30:00+08:00'),
  actorId: null,
  actorName: '系统',
  verb: 'import.done',
  thingKind: null,
  thingId: null,
  thingLabel: null,
  summary: '{}',
}
const FIRST_HASH = '20f9271972c7184b3ebe1a2f8068afa670a53d96f77ef6ade84a7a9d11389bd6'

const SECOND: AuditEntry = {
  courtId: 220193,
  seq: 2n,
  at: new Date('2021-09-30T08:30:01.500+08:00'),
  actorId: '3f0e3b1c-6f0e-4c63-9d35-0b8f2f0a7a11',
  actorName: '林静',
  verb: 'supervision-order.issue',
  thingKind: 'supervision-order',
  thingId: '9d2a4a52-52a5-4f6b-8f0a-3a4f5a8f1e22',
  thingLabel: '长新督〔2021〕1号',
  summary: '{"操作":"发起","由":null}',
}
const SECOND_HASH = '4340866acec87be3298d1cb9a5feb54a42c918927a131b73dd5adafeecdcef71'

test('the canonical form of an entry is frozen', () => {
  assert.equal(hashEntry(GENESIS, FIRST).toString('hex'), FIRST_HASH)
  assert.equal(hashEntry(Buffer.from(FIRST_HASH, 'hex'), SECOND).toString('hex'), SECOND_HASH)
})

test('every column and the hash before count', () => {
  const others: AuditEntry[] = [
    { ...SECOND, courtId: 2201 },
    { ...SECOND, seq: 3n },
    { ...SECOND, at: new Date('2021-09-30T08:30:01.501+08:00') },
    { ...SECOND, actorId: null },
    { ...SECOND, actorName: '林靜' },
    { ...SECOND, verb: 'supervision-order.withdraw' },
    { ...SECOND, thingKind: null },
    { ...SECOND, thingId: null },
    { ...SECOND, thingLabel: '长新督〔2021〕2号' },
    { ...SECOND, summary: '{}' },
  ]
  const hashes = [GENESIS, Buffer.from(FIRST_HASH, 'hex')].flatMap((previous) =>
    [SECOND, ...others].map((entry) => hashEntry(previous, entry).toString('hex')),
  )
  assert.equal(new Set(hashes).size, hashes.length)
})
