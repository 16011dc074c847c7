import assert from 'node:assert/strict'
import { test } from 'node:test'
import { machineTime } from '#kernel/time/time.ts'
import { startTestServer } from '#test/harness.ts'
import { runFuzz } from './campaign.ts'

// The run of `npm run fuzz`, small: whatever is asked, no fault, no answer outside its schema, nothing that a checker
// finds, and every operation is reached.

const REQUESTS = 20_000
const SEED = 20_211_118

test(`${REQUESTS} requests over the document, seed ${SEED}`, async (t) => {
  const server = await startTestServer(t, { deviceTime: machineTime })
  const report = await runFuzz(server, {
    requests: REQUESTS,
    seed: SEED,
    lines: 12,
    said: (sentence) => t.diagnostic(sentence),
  })
  t.diagnostic(JSON.stringify(report))
  assert.deepEqual(report.faults, [])
  assert.equal(report.serverErrors + report.schemaFaults + report.checkerHits, 0)
  assert.ok(report.busy <= REQUESTS / 1_000, `${report.busy} times no time for the database`)
  assert.deepEqual(
    report.coverage.missing,
    [],
    'an operation that no request succeeds at is tested in its refusals only',
  )
  for (const checker of ['namespace', 'repeat', 'use after free', 'ended session', 'hierarchy', 'leakage'])
    assert.ok((report.checked[checker] ?? 0) > 0, `nothing was asked for: ${checker}`)
  const auditor = await server.as('shenji')
  assert.equal((await auditor.read('/audit/verification')).ok, true)
})
