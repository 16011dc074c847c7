import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'
import { fillDemonstration } from './fill.ts'

// The demonstration's morning goes through the product's own requests: whatever they refuse stops it by name.

const FILLED: readonly [path: string, least: number, states: number][] = [
  ['filing-checks', 12, 4],
  ['task-orders', 12, 6],
  ['service-tasks', 12, 6],
  ['offline-inquiries', 12, 5],
  ['asset-clues', 12, 3],
  ['investigation-applications', 5, 4],
  ['special-parties', 11, 5],
  ['special-reports', 1, 1],
  ['related-proposals', 6, 3],
]

test('the demonstration has a dozen of each matter, in several states, and approvals in the middle', async (t) => {
  const server = await startTestServer(t)
  await fillDemonstration(server.app, new AbortController().signal)
  const clerk = await server.as('linjing')
  for (const [path, least, states] of FILLED) {
    const { items } = await clerk.read(`/${path}?limit=200`)
    assert.ok(items.length >= least, `${path}: ${items.length}`)
    const seen = new Set(items.map(({ state }: { state: string }) => state))
    assert.ok(seen.size >= states, `${path}: ${[...seen].join()}`)
  }
  const clues = await clerk.read('/asset-clues?limit=200')
  assert.ok(clues.items.some(({ clockState }: { clockState: string }) => clockState === 'overdue'))
  for (const approver of ['maguodong', 'liangzhiyuan', 'pengchao']) {
    const { items } = await (await server.as(approver)).read('/approvals')
    assert.ok(items.length > 0, `nothing waits for ${approver}`)
  }
})

test('stopped in the middle it ends without complaint', async (t) => {
  const server = await startTestServer(t)
  await fillDemonstration(server.app, AbortSignal.abort())
  assert.deepEqual(await server.sql('select 1 from enforcement_case'), [])
})
