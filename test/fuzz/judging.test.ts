import assert from 'node:assert/strict'
import { test } from 'node:test'
import { growthOf, Times } from './figures.ts'
import { checkOf } from './schema-check.ts'
import { SPOILING, spoilBody } from './spoiling.ts'

// A fuzzer that sees nothing wrong proves nothing: what it judges with is tried on what is wrong.

test('a schema refuses what does not fit, at its place', () => {
  const check = checkOf({
    type: 'object',
    properties: {
      id: { type: 'string', pattern: '^[0-9a-f]+$' },
      note: { type: 'string', nullable: true, maxLength: 3 },
      count: { type: ['integer', 'null'], minimum: 1 },
      items: { type: 'array', maxItems: 2, items: { anyOf: [{ type: 'boolean' }, { enum: ['x'] }] } },
    },
    required: ['id'],
    additionalProperties: false,
  })
  const sound = { id: 'a1', note: null, count: 1, items: [true, 'x'] }
  assert.equal(check(sound), null)
  for (const [wrong, place] of [
    [{ ...sound, id: undefined }, '$.id'],
    [{}, '$.id'],
    [{ ...sound, id: 'z' }, '$.id'],
    [{ ...sound, id: null }, '$.id'],
    [{ ...sound, note: 'four' }, '$.note'],
    [{ ...sound, count: 0 }, '$.count'],
    [{ ...sound, count: 1.5 }, '$.count'],
    [{ ...sound, items: [true, 'y'] }, '$.items[1]'],
    [{ ...sound, items: [true, true, true] }, '$.items'],
    [{ ...sound, other: 1 }, '$.other'],
    [[], '$'],
    [null, '$'],
  ] as const) {
    assert.ok(check(wrong)?.startsWith(`${place}:`), `${JSON.stringify(wrong)}: ${check(wrong)}`)
  }
})

test('every way to spoil a body changes it, and those that must be refused say why', () => {
  const body = { version: 1, reason: '请办理', on: '2021-09-01' }
  const schema = {
    type: 'object',
    properties: { version: { type: 'integer' }, reason: { type: 'string', maxLength: 20 }, on: { type: 'string' } },
    required: ['version', 'reason', 'on'],
    additionalProperties: false,
  }
  const operation = { name: 'POST /x', body: schema } as unknown as Parameters<typeof spoilBody>[1]['operation']
  const whole = JSON.stringify(body)
  let refused = 0
  for (let how = 0; how < SPOILING; how += 1) {
    const spoilt = spoilBody(how, { operation, body, at: 1, value: true, text: '=1+1' })
    assert.ok(spoilt.text !== whole || spoilt.type !== undefined, `way ${how} leaves it as it was`)
    if (spoilt.refused !== null) refused += 1
  }
  assert.ok(refused >= SPOILING * 0.6, `${refused} of ${SPOILING}`)
})

test('percentiles within two per cent, growth since the server was warm', () => {
  const times = new Times()
  for (let ms = 1; ms <= 1_000; ms += 1) times.add(ms)
  const p99 = times.percentile(0.99)
  assert.ok(p99 >= 985 && p99 <= 1_015, String(p99))
  const warming = Array.from({ length: 20 }, (_, index) => Math.min(100, 60 + index * 10))
  assert.equal(growthOf([...warming, ...Array(20).fill(100)]), 0)
  assert.equal(growthOf(Array.from({ length: 100 }, (_, index) => 100 + index)), 0.455)
})
