import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'
import { KINDS } from './tampering.ts'
import { askDatabase, askInMemory, runTrials, withRecords } from './trials.ts'

const SEED = 20_210_930

test('200 tamperings of every kind are found in their place, 200 clean runs raise no alarm', async () => {
  await withRecords(SEED, async (records, keys) => {
    const { found, placed, falseAlarms, missed } = await runTrials(200, SEED, records, askInMemory(keys, records))
    assert.deepEqual({ found, placed, falseAlarms, missed }, { found: 200, placed: 200, falseAlarms: 0, missed: [] })
  })
})

test('each kind once through the real database', async (t) => {
  const { url } = await startTestServer(t)
  await withRecords(SEED, async (records, _keys, folder) => {
    const { found, placed, falseAlarms } = await runTrials(KINDS.length, SEED, records, askDatabase(url, folder))
    assert.deepEqual({ found, placed, falseAlarms }, { found: KINDS.length, placed: KINDS.length, falseAlarms: 0 })
  })
})

test('a verifier without the checkpoints misses what only they can show, and the trials say so', async () => {
  await withRecords(SEED, async (records, keys) => {
    const blind = askInMemory(
      keys,
      records.map((record) => ({ ...record, checkpoints: [] })),
    )
    const { found, missed } = await runTrials(KINDS.length, SEED, records, blind)
    const unseen = missed.map((line) => line.split(' ')[1])
    for (const kind of ['tail-cut-with-head', 'rewrite', 'rewrite-whole', 'old-backup', 'old-backup-goes-on']) {
      assert.ok(unseen.includes(kind), kind)
    }
    assert.equal(found, KINDS.length - 5)
  })
})
