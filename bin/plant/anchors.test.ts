import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lostDefects, planted } from './anchors.ts'
import { DEFECTS } from './defects.ts'

test('every planted defect finds its place in the source, and its tests are there', () => {
  assert.deepEqual(lostDefects(), [])
  assert.ok(DEFECTS.length >= 20)
  assert.equal(new Set(DEFECTS.map(({ name }) => name)).size, DEFECTS.length)
})

test('a place is found however its lines are broken, and only where it stands once', () => {
  const defect = { name: 'x', file: 'y', find: 'if (a  <= b) return $1', put: '$&', tests: [] }
  assert.equal(planted('1; if (a <=\n  b) return $1; 2', defect), '1; $&; 2')
  assert.throws(() => planted('if (a < b) return $1', defect), /y has no place for 'x'/)
  assert.throws(() => planted('if (a <= b) return $1 if (a <= b) return $1', defect), /'x'/)
})
