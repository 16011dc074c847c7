import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer } from '#test/harness.ts'
import { readTruth, SAMPLE_PATH, type TruthRow } from '#test/sample.ts'
import { carryOut } from './import-run.ts'
import { caseRow, HEAD, workbookFile } from './made-workbook.ts'

const NAME = '样例-执行案件明细表.xlsx'

/** Uploads and waits until the run has come to rest. */
async function importFile(clerk: Client, path: string, fields: Record<string, string>) {
  const reply = await clerk.upload('/imports', fields, { name: NAME, content: await readFile(path) })
  assert.equal(reply.status, 201, reply.text)
  return atRest(clerk, reply.body.id)
}

async function atRest(clerk: Client, id: string) {
  for (;;) {
    const run = await clerk.read(`/imports/${id}`)
    if (['checked', 'done', 'failed', 'cancelled'].includes(run.state)) return run
    await new Promise((resolve) => setImmediate(resolve))
  }
}

articleTest(
  ['1', '10'],
  'the sample: dry run changes nothing, the import equals its truth, the same file again nothing new',
  async (t) => {
    const server = await startTestServer(t)
    const clerk = await server.as('linjing')
    const truth = await readTruth()
    const dry = await importFile(clerk, SAMPLE_PATH, { asOfOn: '2021-09-30', dryRun: 'true' })
    assert.equal(dry.state, 'checked')
    assert.deepEqual(await server.sql('select count(*)::int as n from enforcement_case'), [{ n: 0 }])
    const started = await clerk.do(`/imports/${dry.id}/start`)
    const run = await atRest(clerk, started.id)
    assert.equal(run.state, 'done')
    const expected = {
      rows: truth.行数,
      duplicates: truth.重复行,
      accepted: truth.可入库案件数,
      refused: truth.拒收案件数,
      amountFen: String(truth.标的合计分),
    }
    const { report } = run
    assert.deepEqual({ ...pick(report), refused: report.refused.length }, expected)
    assert.equal(report.created, truth.可入库案件数)
    assert.deepEqual({ ...pick(dry.report), refused: dry.report.refused.length }, expected)
    const stored = await server.sql<Record<string, unknown>>(
      `select number, cause, filed_on::text, amount_fen::text, to_correct, export_state,
      (select fact_on::text from case_fact f where f.case_id = c.id and name = 'notice-sent') as notice,
      (select fact_on::text from case_fact f where f.case_id = c.id and name = 'funds-disbursed') as paid,
      closed_on::text from enforcement_case c`,
    )
    const byNumber = new Map(stored.map((row) => [row.number, row]))
    for (const row of truth.行.filter((one) => !one.拒收 && !one.重复))
      assert.deepEqual(byNumber.get(row.案号), storedAs(row))
    const again = await importFile(clerk, SAMPLE_PATH, { asOfOn: '2021-09-30', dryRun: 'false' })
    assert.deepEqual([again.report.created, again.report.updated, again.report.unchanged], [0, 0, truth.可入库案件数])
    const list = await clerk.read('/cases?flag=any&limit=200')
    assert.equal(list.items.length, report.toCorrect.length)
  },
)

function pick({ rows, duplicates, accepted, amountFen }: Record<string, unknown>) {
  return { rows, duplicates, accepted, amountFen }
}

function storedAs(row: TruthRow) {
  return {
    number: row.案号,
    cause: row.案由,
    filed_on: row.立案日期,
    amount_fen: row.标的分 === null ? null : String(row.标的分),
    to_correct: row.补正,
    export_state: row.状态,
    notice: row.执行通知书发出日期,
    paid: row.案款发放日期,
    closed_on: row.结案日期,
  }
}

test('a broken file fails with its reason and leaves nothing', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const reply = await clerk.upload(
    '/imports',
    { asOfOn: '2021-09-30', dryRun: 'false' },
    { name: '坏.xlsx', content: Buffer.from('PK\u0003\u0004 no') },
  )
  const run = await atRest(clerk, reply.body.id)
  assert.equal(run.state, 'failed')
  assert.equal(run.problem.code, 'import.broken')
  assert.match(run.problem.message, /坏\.xlsx/)
  assert.deepEqual(await server.sql('select count(*)::int as n from enforcement_case'), [{ n: 0 }])
})

test('a run whose file is gone fails and does not hold up those behind it', async (t) => {
  const server = await startTestServer(t)
  const [court] = await server.sql<{ id: number }>(`select id from court where code = '吉0193'`)
  const run = {
    courtId: court?.id ?? 0,
    id: '00000000-0000-4000-8000-000000000001',
    fileName: '无.xlsx',
    digest: '0'.repeat(64),
    asOfOn: '2021-09-30',
    dryRun: false,
    state: 'waiting',
    byName: '林静',
    checkedId: null,
    rowsDone: 0,
  }
  // Stored as a run that the server's own job leaves alone: here it is carried out by hand.
  await server.sql(
    `insert into import_run (court_id, id, file_name, digest, as_of_on, dry_run, state, by_name, at)
     values ($1, $2, $3, $4, $5, $6, 'checked', $7, $8)`,
    [run.courtId, run.id, run.fileName, run.digest, run.asOfOn, run.dryRun, run.byName, server.time.now()],
  )
  await assert.rejects(carryOut(server.app.services, run), { code: 'ENOENT' })
  const failed = await (await server.as('linjing')).read(`/imports/${run.id}`)
  assert.deepEqual([failed.state, failed.problem.code], ['failed', 'server.fault'])
})

test('a later export of the same case updates it, but a date corrected by hand stands', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const first = workbookFile(t, { rows: [HEAD, caseRow({ 执行通知书发出日期: '2021-03-08' })] })
  const run = await importFile(clerk, first, { asOfOn: '2021-09-29', dryRun: 'false' })
  assert.equal(run.report.created, 1)
  const [row] = (await clerk.read('/cases')).items
  const { version } = await clerk.read(`/cases/${row.id}`)
  const correction = { version, fact: '执行通知书发出', on: '2021-03-10', reason: '以送达回证为准' }
  await clerk.do(`/cases/${row.id}/correctDate`, correction)
  const second = workbookFile(t, { rows: [HEAD, caseRow({ 执行通知书发出日期: '2021-03-09', 案由: '买卖合同纠纷' })] })
  const later = await importFile(clerk, second, { asOfOn: '2021-09-30', dryRun: 'false' })
  assert.equal(later.report.updated, 1)
  const after = await clerk.read(`/cases/${row.id}`)
  assert.equal(after.cause, '买卖合同纠纷')
  assert.equal(after.facts.find((fact: { name: string }) => fact.name === 'notice-sent').on, '2021-03-10')
})

test('what a hand changed stands where the export says the same, and follows where it has changed', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const first = workbookFile(t, { rows: [HEAD, caseRow({ 案由: '民间借贷纠纷', 执行依据文号: ' ' })] })
  await importFile(clerk, first, { asOfOn: '2021-09-29', dryRun: 'false' })
  const [row] = (await clerk.read('/cases')).items
  const { version } = await clerk.read(`/cases/${row.id}`)
  const changes = { cause: '买卖合同纠纷', basisNumber: '（2020）吉0193民初8号', reason: '卷宗核对' }
  const changed = await clerk.do(`/cases/${row.id}/change`, { version, ...changes })
  const parties = [
    { was: 1, side: 'creditor', name: '甲某', certificates: null },
    { was: 2, side: 'debtor', name: '乙谋', certificates: null },
  ]
  const corrected = await clerk.do(`/cases/${row.id}/parties`, { version: changed.version, reason: '错字', parties })
  await clerk.do(`/cases/${row.id}/close`, { version: corrected.version, on: '2021-09-30', way: '执行完毕' })
  const second = workbookFile(t, { rows: [HEAD, caseRow({ 案由: '离婚纠纷', 执行依据文号: ' ' })] })
  const run = await importFile(clerk, second, { asOfOn: '2021-09-30', dryRun: 'false' })
  assert.equal(run.report.updated, 1)
  const after = await clerk.read(`/cases/${row.id}`)
  assert.equal(after.cause, '离婚纠纷', 'the export has changed its mind')
  assert.equal(after.basisNumber, '（2020）吉0193民初8号')
  assert.deepEqual(after.toCorrect, [])
  assert.equal(after.debtors, '乙谋')
  assert.equal(after.stateLabel, '已结')
})

test('search: two characters of a name, any of its dots, part of a number; certificates by POST only', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const path = workbookFile(t, {
    rows: [HEAD, caseRow({ 被执行人: '阿依古丽·买买提', 被执行人证件号码: '110105194912310038' })],
  })
  await importFile(clerk, path, { asOfOn: '2021-09-30', dryRun: 'false' })
  for (const q of ['古丽', '丽买', '阿依古丽•买买提', '执', 'ayg', 'AYGLMMT']) {
    const found = await clerk.read(`/cases?q=${encodeURIComponent(q)}`)
    assert.equal(found.items.length, 1, q)
  }
  assert.equal((await clerk.read(`/cases?q=${encodeURIComponent('古买')}`)).items.length, 0)
  const byNumber = await clerk.post('/case-search', { certificate: '110105194912310038' })
  assert.equal(byNumber.body.items.length, 1)
  const page = await clerk.get(`/cases/${byNumber.body.items[0].id}`)
  assert.ok(!page.text.includes('110105194912310038'))
  const entries = await server.sql<{ summary: string }>(
    `select summary from audit where verb = 'case.searchCertificate'`,
  )
  assert.equal(entries.length, 1)
  assert.ok(!entries[0]?.summary.includes('19491231'))
})
