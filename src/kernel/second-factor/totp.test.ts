import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base32, codeOf, otpauthLink, stepOf, stepOfCode } from './totp.ts'

const SECRET = Buffer.from('12345678901234567890')

test('the vectors of RFC 6238, appendix B, for SHA1 (the last six of its eight digits)', () => {
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ] as const) {
    assert.equal(codeOf(SECRET, stepOf(new Date(seconds * 1_000))), code)
  }
})

test('the vectors of RFC 4226, appendix D', () => {
  const codes = Array.from({ length: 10 }, (_, step) => codeOf(SECRET, step))
  assert.deepEqual(codes, '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' '))
})

test('a code holds one step before and after its own, and no further', () => {
  const at = new Date('2021-09-30T09:00:10+08:00')
  const now = stepOf(at)
  for (const [offset, holds] of [
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ] as const) {
    const found = stepOfCode(SECRET, codeOf(SECRET, now + offset), at, 0)
    assert.equal(found, holds ? now + offset : null, String(offset))
  }
})

test('what was used, and all before it, holds no more', () => {
  const at = new Date('2021-09-30T09:00:10+08:00')
  const now = stepOf(at)
  assert.equal(stepOfCode(SECRET, codeOf(SECRET, now), at, now), null)
  assert.equal(stepOfCode(SECRET, codeOf(SECRET, now - 1), at, now), null)
  assert.equal(stepOfCode(SECRET, codeOf(SECRET, now + 1), at, now), now + 1)
})

test('what has not six digits is no code', () => {
  const at = new Date(59_000)
  const code = codeOf(SECRET, stepOf(at))
  for (const said of ['', code.slice(1), `${code}0`, `${code} `, '案件案件案件']) {
    assert.equal(stepOfCode(SECRET, said, at, 0), null, said)
  }
})

test('base 32 as in RFC 4648, section 10', () => {
  const vectors = { f: 'MY', fo: 'MZXQ', foo: 'MZXW6', foob: 'MZXW6YQ', fooba: 'MZXW6YTB', foobar: 'MZXW6YTBOI' }
  for (const [plain, text] of Object.entries(vectors)) assert.equal(base32(Buffer.from(plain)), text)
  assert.equal(base32(Buffer.alloc(0)), '')
  assert.equal(base32(SECRET), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
})

test('the address names issuer, account and secret', () => {
  const link = new URL(otpauthLink('执行指挥中心', 'linjing', SECRET))
  assert.equal(link.protocol, 'otpauth:')
  assert.equal(decodeURIComponent(link.pathname).replace(/^\/+/, ''), '执行指挥中心:linjing')
  assert.equal(link.searchParams.get('secret'), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
})
