import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { articleTest } from '#test/articles.ts'
import { startTestServer } from '#test/harness.ts'
import { readTruth, SAMPLE_PATH } from '#test/sample.ts'
import { holds, startSecondServer } from './second-server.ts'

// A server is stopped in the middle of an import. It does not wait for the end of it, and the other one goes on.

const STOP_LIMIT_MS = 5_000
const END_LIMIT_MS = 40_000

articleTest(['10'], 'an import goes on at the other server when its own is stopped in the middle', async (t) => {
  const first = await startTestServer(t)
  const stopping = await startSecondServer(t, first)
  const clerk = await stopping.as('linjing')
  const file = { name: '样例.xlsx', content: await readFile(SAMPLE_PATH) }
  const { body: filed } = await clerk.upload('/imports', { asOfOn: '2021-09-30', dryRun: 'false' }, file)
  const run = async () => {
    const [row] = await first.sql<{ state: string; rows_done: number }>(
      'select state, rows_done from import_run where id = $1',
      [filed.id],
    )
    return row ?? { state: '', rows_done: 0 }
  }
  await holds('rows are written', END_LIMIT_MS, async () => (await run()).rows_done > 0)
  const began = performance.now()
  await stopping.stop()
  assert.ok(performance.now() - began < STOP_LIMIT_MS, 'the batch under way ends, and no more')
  assert.equal((await run()).state, 'importing')
  await holds('the other one brings it to its end', END_LIMIT_MS, async () => (await run()).state === 'done')
  const { report } = await (await first.as('linjing')).read(`/imports/${filed.id}`)
  assert.equal(report.accepted, (await readTruth()).可入库案件数)
  const [half] = await first.sql(
    `select count(*)::int as cases, count(distinct number)::int as numbers from enforcement_case`,
  )
  assert.deepEqual(half, { cases: report.accepted, numbers: report.accepted })
  assert.deepEqual(stopping.faults, [])
})
