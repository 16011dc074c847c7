import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCampaign } from '#bin/crash/campaign.ts'
import { readTruth } from '#test/sample.ts'

// The campaign of `npm run crash`, small: every way to kill is met at least once.

const KILLS = 5
const SEED = 2021

test('servers, lines, Postgres killed under load: nothing acknowledged is lost, nothing is there twice', async () => {
  const report = await runCampaign({ kills: KILLS, seed: SEED, said: () => {} })
  assert.deepEqual(report.violations, [])
  assert.equal(
    Object.values(report.kills).reduce((sum, n) => sum + n),
    KILLS,
  )
  assert.ok(Object.values(report.kills).every((n) => n > 0))
  assert.ok(report.writes.acknowledged >= 50, `${report.writes.acknowledged} writes`)
  assert.equal(report.imported, (await readTruth()).可入库案件数)
})
