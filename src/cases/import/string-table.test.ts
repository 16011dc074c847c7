import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { StringTable } from './string-table.ts'

test('strings come back from memory and from the file, across pages, in any order', (t) => {
  const table = new StringTable(1024 * 1024)
  t.after(() => table.close())
  const strings = Array.from({ length: 60_000 }, (_, index) => `${'案'.repeat(index % 40)}${index}𠮷`)
  strings.push('', '长'.repeat(900_000), '末')
  for (const text of strings) table.add(text)
  assert.equal(table.length, strings.length)
  assert.ok(strings.every((text, index) => table.get(index) === text))
  for (let step = 0; step < 2000; step += 1) {
    const index = (step * 7919) % strings.length
    assert.equal(table.get(index), strings[index])
  }
  for (const index of [-1, strings.length, 0.5, Number.NaN]) assert.equal(table.get(index), null)
})

test('property: what is added is what is there', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (strings) => {
      const table = new StringTable()
      for (const text of strings) table.add(text)
      assert.deepEqual(
        strings.map((_, index) => table.get(index)),
        strings,
      )
    }),
  )
})
