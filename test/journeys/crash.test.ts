import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import pg from 'pg'
import { Client } from '#test/client.ts'
import { readTruth, SAMPLE_PATH } from '#test/sample.ts'

// A server killed in the middle of an import, for real, and started again on its data: with no half case, and the
// import goes on by itself to the truth. How fast it is back is measured by the bench and the crash campaign; here it
// only must not take as long as the first start, which makes everything.

interface Running {
  child: ChildProcess
  address: string
  startedInMs: number
  databaseUrl: string
}

async function start(dataDir: string): Promise<Running> {
  const began = performance.now()
  const child = spawn(process.execPath, [new URL('../crash/server.ts', import.meta.url).pathname], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!child.stdout) throw new Error('no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { address: string; databaseUrl: string }
    return { child, ...said, startedInMs: performance.now() - began }
  }
  throw new Error('the server did not start')
}

async function kill(running: Running): Promise<void> {
  running.child.kill('SIGKILL')
  await once(running.child, 'exit')
}

async function halfCases(url: string): Promise<{ cases: number; half: number }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(`
      select count(*)::int as cases, count(*) filter (where not exists (
          select from case_fact f where f.court_id = c.court_id and f.case_id = c.id and name = 'filed')
        or not exists (select from act_log l where l.court_id = c.court_id and l.thing_id = c.id)
        or (not ('立案日期晚于导出日期' = any(to_correct)) and case_kind in ('首次执行', '恢复执行')
          and not exists (select from clock k where k.court_id = c.court_id and k.thing_id = c.id))
        or (debtor_names <> '' and not exists (
          select from case_party p where p.court_id = c.court_id and p.case_id = c.id)))::int as half
      from enforcement_case c`)
    return rows[0]
  } finally {
    await client.end()
  }
}

test('killed in an import: back sooner than it first came, no half case, and it ends at its truth', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ecc-crash-'))
  let running = await start(dataDir)
  const firstInMs = running.startedInMs
  t.after(async () => {
    running.child.kill('SIGTERM')
    await once(running.child, 'exit')
    await rm(dataDir, { recursive: true, force: true })
  })
  const clerk = new Client(running.address, 'linjing')
  await clerk.signIn()
  const form = { asOfOn: '2021-09-30', dryRun: 'false' }
  const { body: filed } = await clerk.upload('/imports', form, {
    name: '样例.xlsx',
    content: await readFile(SAMPLE_PATH),
  })
  for (let done = 0; done < 400; ) done = (await clerk.read(`/imports/${filed.id}`)).rowsDone
  await kill(running)
  const before = await halfCases(running.databaseUrl)
  assert.ok(before.cases > 0, 'something had been written')
  assert.equal(before.half, 0)
  running = await start(dataDir)
  assert.ok(running.startedInMs < firstInMs, `back after ${running.startedInMs} ms, first after ${firstInMs} ms`)
  t.diagnostic(`back after ${Math.round(running.startedInMs)} ms, first after ${Math.round(firstInMs)} ms`)
  const again = new Client(running.address, 'linjing')
  await again.signIn()
  let run = await again.read(`/imports/${filed.id}`)
  while (run.state !== 'done') {
    assert.notEqual(run.state, 'failed')
    run = await again.read(`/imports/${filed.id}`)
  }
  const truth = await readTruth()
  assert.equal(run.report.accepted, truth.可入库案件数)
  assert.deepEqual(await halfCases(running.databaseUrl), { cases: truth.可入库案件数, half: 0 })
})
