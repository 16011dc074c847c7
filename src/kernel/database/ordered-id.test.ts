import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orderedId } from './ordered-id.ts'

test('ids are UUIDs of version 7, each once, in the order of their instants', () => {
  const instants = Array.from({ length: 500 }, (_, index) => new Date(Date.UTC(1971 + index, index % 12, 1, 8, 30)))
  const ids = instants.map(orderedId)
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.deepEqual(ids.toSorted(), ids)
  const at = new Date('2021-10-08T08:30:00+08:00')
  assert.equal(orderedId(at).replaceAll('-', '').slice(0, 12), at.getTime().toString(16).padStart(12, '0'))
  assert.equal(new Set(Array.from({ length: 10_000 }, () => orderedId(at))).size, 10_000)
})
