import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { qrMatrix } from './qr-matrix.ts'

// The golden codes were read back by a decoder that knows nothing of this one.

const LINK = 'otpauth://totp/%E6%89%A7:linjing?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E6%89%A7'
const GOLDEN: readonly [text: string, digest: string][] = [
  [LINK, '06418ab32e7bd01e1cf91f9fefdb7449be1ff35a8656ee563bca48adfcf0eb29'],
  ['a'.repeat(271), '9a71ade89b10d88032e495dc8106412860877cd9405dcced4ea8ea35b6806528'],
  ['执行', 'b1fd26c5db9ea2fd0214c159ccb70f86b7686ef14a23b2d910dea60f7a83d76d'],
]

test('codes are drawn square by square as a reader has read them', () => {
  for (const [text, digest] of GOLDEN) {
    const rows = (qrMatrix(text) ?? []).map((row) => row.map((isDark) => (isDark ? '1' : '0')).join(''))
    assert.deepEqual([rows.length, rows[0]?.length], [57, 57])
    assert.equal(createHash('sha256').update(rows.join('\n')).digest('hex'), digest)
  }
})

test('what does not fit is not drawn, counted in bytes', () => {
  assert.equal(qrMatrix('a'.repeat(272)), null)
  assert.equal(qrMatrix('执'.repeat(91)), null)
  assert.notEqual(qrMatrix('执'.repeat(90)), null)
})
