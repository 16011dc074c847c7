import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { articleTest } from '#test/articles.ts'
import { startTestServer } from '#test/harness.ts'
import { changesOf, check, confirm, number } from '#test/http/checked-exports.ts'
import { atRest, holdJobs } from '#test/http/filed-imports.ts'

articleTest(
  ['10'],
  'a newer export shows new, changed, missing, closed and reopened cases before it is confirmed, and what stands',
  async (t) => {
    const server = await startTestServer(t)
    const clerk = await server.as('linjing')
    const first = [1, 2, 3, 4, 5].map((serial) => ({ 案号: number(serial), 案由: '民间借贷纠纷' }))
    const closed = { 案号: number(6), 案件状态: '已结', 结案日期: '2021-08-01' }
    const before = await check(t, clerk, [...first, closed], '2021-09-29')
    assert.deepEqual(before.changes, { new: 6, changed: 0, unchanged: 0, missing: 0, closed: 0, reopened: 0 })
    await confirm(clerk, before.id)
    const [one] = (await clerk.read(`/cases?q=${encodeURIComponent('执1号')}`)).items
    const { version } = await clerk.read(`/cases/${one.id}`)
    await clerk.do(`/cases/${one.id}/change`, { version, cause: '买卖合同纠纷', reason: '核对卷宗' })
    const run = await check(t, clerk, [
      { ...first[0], 承办人: '孙海涛' },
      { ...first[1], '申请执行标的(元)': 250 },
      { ...first[2], 案件状态: '已结', 结案日期: '2021-09-28' },
      { ...first[3] },
      { 案号: number(6) },
      { 案号: number(7) },
    ])
    assert.deepEqual(run.changes, { new: 1, changed: 4, unchanged: 1, missing: 1, closed: 1, reopened: 1 })
    const all = await changesOf(clerk, run.id)
    assert.deepEqual(
      all.map(({ caseNumber, kind, closing }) => [caseNumber, kind, closing]),
      [
        [number(1), 'changed', null],
        [number(2), 'changed', null],
        [number(3), 'changed', 'closed'],
        [number(5), 'missing', null],
        [number(6), 'changed', 'reopened'],
        [number(7), 'new', null],
      ],
    )
    const entry = (serial: number, name: string) =>
      all.find((each) => each.caseNumber === number(serial))?.entries.find((each) => each.name === name)
    const amount = { name: 'amount_fen', label: '申请执行标的（元）', was: '100.00', said: '250.00' }
    assert.deepEqual(entry(2, 'amount_fen'), { ...amount, effect: 'change', why: null })
    assert.deepEqual(entry(1, 'cause'), {
      name: 'cause',
      label: '案由',
      was: '买卖合同纠纷',
      said: '民间借贷纠纷',
      effect: 'stands',
      why: '自上次导出以来导出未变，保留本平台的更正',
    })
    assert.equal((await changesOf(clerk, run.id, 'closed')).length, 1)
    assert.equal((await changesOf(clerk, run.id, 'missing'))[0]?.caseNumber, number(5))
    const reply = await fetch(`${server.address}/api/imports/${run.id}/changes/export`, {
      headers: { cookie: clerk.cookie },
    })
    const rows = (await readXlsx(new Uint8Array(await reply.arrayBuffer()))).sheets[0]?.rows ?? []
    const line = rows.find((cells) => cells[0] === number(1) && cells[4] === '案由')
    assert.deepEqual(line?.slice(5, 8), ['买卖合同纠纷', '民间借贷纠纷', '保留平台内容'])
    const done = await confirm(clerk, run.id)
    assert.deepEqual([done.report.created, done.report.updated, done.report.unchanged], [1, 4, 1])
    assert.equal((await clerk.read(`/cases/${one.id}`)).cause, '买卖合同纠纷')
    const [missing] = (await clerk.read(`/cases?q=${encodeURIComponent('执5号')}`)).items
    assert.equal(missing.stateLabel, '在执', 'listed, never deleted')
  },
)

test('a confirmation holds for its own changes only: refused once cases have changed', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const rows = [{ 案号: number(1) }, { 案号: number(2) }]
  await confirm(clerk, (await check(t, clerk, rows, '2021-09-28')).id)
  const newer = [{ 案号: number(1), 案由: '离婚纠纷' }, { 案号: number(2) }, { 案号: number(3) }]
  const act = async (serial: number) => {
    const [one] = (await clerk.read(`/cases?q=${encodeURIComponent(`执${serial}号`)}`)).items
    const { version } = await clerk.read(`/cases/${one.id}`)
    await clerk.do(`/cases/${one.id}/change`, { version, remark: '核对', reason: '核对' })
  }
  const refused = async (id: string) => {
    const reply = await clerk.post(`/imports/${id}/start`)
    assert.deepEqual([reply.status, reply.body.message], [409, '数据已变化，请重新预检'])
  }
  const checked = await check(t, clerk, newer)
  await act(2)
  assert.equal((await clerk.read(`/imports/${checked.id}`)).state, 'checked')
  await act(1)
  await refused(checked.id)
  const other = await check(t, clerk, newer)
  const parties = { creditors: [{ name: '甲' }], debtors: [] }
  await clerk.do('/cases', { caseNumber: number(3), kind: '首次执行', filedOn: '2021-09-01', ...parties })
  await refused(other.id)
  const [third, again] = [await check(t, clerk, newer), await check(t, clerk, newer)]
  await confirm(clerk, third.id)
  await refused(again.id)
  await refused(third.id)
  // Confirmed in time, and a case changes before the first row is written: nothing is.
  const late = await check(t, clerk, [{ 案号: number(1), 案由: '继承纠纷' }])
  const hold = await holdJobs(server, ['import'])
  const filed = await clerk.do(`/imports/${late.id}/start`)
  await act(1)
  await hold()
  const failed = await atRest(clerk, filed.id)
  assert.deepEqual([failed.state, failed.problem.code], ['failed', 'import.changed'])
})

test('parties that a hand had corrected to what the export says by now are no change', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  await confirm(clerk, (await check(t, clerk, [{ 案号: number(1) }], '2021-09-28')).id)
  const [one] = (await clerk.read('/cases')).items
  const { version } = await clerk.read(`/cases/${one.id}`)
  const debtor = { was: null, side: 'debtor', name: '丙某', certificates: ['11010519491231002X'] }
  const parties = [{ was: 1, side: 'creditor', name: '甲某', certificates: null }, debtor]
  await clerk.do(`/cases/${one.id}/parties`, { version, reason: '错字', parties })
  const same = await check(t, clerk, [{ 案号: number(1), 被执行人: '丙某', 备注: '补充' }])
  const [change] = await changesOf(clerk, same.id)
  assert.deepEqual(
    change?.entries.map(({ name }) => name),
    ['remark'],
  )
  const other = await check(t, clerk, [{ 案号: number(1), 被执行人: '丙某', 被执行人证件号码: '110105194912310038' }])
  const [certificate] = (await changesOf(clerk, other.id))[0]?.entries ?? []
  assert.deepEqual([certificate?.name, certificate?.said], ['parties', '有变化（号码不显示）'])
})
