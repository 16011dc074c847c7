import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { caseRow, HEAD, workbookFile } from '#cases/import/made-workbook.ts'
import { withSample } from '#test/sample.ts'
import { type Desk, plain, startJourney } from './browser.ts'

// What lists deserve: columns chosen, a filter acted on as a whole, a newer export read as changes before it is taken.

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

test('columns chosen, a filter taken whole, one node entered for all of it, the result read', async (t) => {
  const journey = await startJourney(t, 'lists')
  await withSample(journey.server)
  const desk = await journey.at('linjing')
  await desk.choose('执行案件')
  await chooseColumns(desk)
  await desk.page.getByRole('button', { name: '更多条件' }).click()
  await desk.pick('案件类型', '恢复执行')
  await desk.pick('状态', '在执')
  await desk.sees('恢复执行', desk.page.getByRole('table', { name: '案件' }))
  const { count } = await (await journey.server.as('linjing')).read(
    `/case-count?${new URLSearchParams({ kind: '恢复执行', state: 'handling' })}`,
  )
  assert.ok(count > 50, `only ${count}`)
  await desk.tick(desk.page.getByRole('checkbox', { name: '全选本页' }))
  const bar = desk.region('批量办理')
  await desk.sees('已选 50 件', bar)
  await desk.click(`选择全部 ${count} 件符合条件的`, bar)
  await desk.sees(`已选全部 ${count} 件符合条件的（在执，恢复执行）`, bar)
  await desk.shot()
  await recordForAll(desk, count)
  await readResults(desk, count)
})

async function chooseColumns(desk: Desk): Promise<void> {
  const table = desk.page.getByRole('table', { name: '案件' })
  await table.waitFor()
  const before = await table.getByRole('columnheader').allInnerTexts()
  assert.ok(!before.map(plain).includes('案件类型'))
  await desk.click('显示列')
  const chooser = desk.page.getByRole('tooltip').filter({ hasText: '勾选要显示的列' })
  const box = chooser.getByRole('checkbox', { name: '案件类型' })
  await desk.tick(box)
  // By the keyboard to the second place, right behind the number.
  for (
    let more = (await chooser.getByRole('listitem').allInnerTexts()).map(plain).indexOf('案件类型');
    more > 1;
    more -= 1
  ) {
    await box.press('Alt+ArrowUp')
  }
  await desk.tick(chooser.getByRole('checkbox', { name: '申请执行人' }), false)
  await desk.shot()
  await desk.click('保存', chooser)
  await chooser.waitFor({ state: 'hidden' })
  await table.getByRole('columnheader', { name: '案件类型' }).waitFor()
  const after = (await table.getByRole('columnheader').allInnerTexts()).map(plain).filter((text) => text !== '')
  assert.match(after[0] ?? '', /^案号/)
  assert.equal(after[1], '案件类型')
  assert.ok(!after.includes('申请执行人'))
  await desk.page.reload()
  await table.waitFor()
  assert.ok((await table.getByRole('columnheader').allInnerTexts()).map(plain).includes('案件类型'))
}

async function recordForAll(desk: Desk, count: number): Promise<void> {
  await desk.click('批量登记节点')
  const dialog = desk.dialog(`批量登记节点（${count} 件）`)
  await desk.pick('节点', '约谈申请执行人', dialog)
  await desk.enterDate('完成日期', '2021-09-29', dialog)
  await desk.click('下一步：核对', dialog)
  await desk.sees(`对全部符合条件的 ${count} 件逐件登记节点`, dialog)
  await desk.sees('节点：约谈申请执行人', dialog)
  await desk.shot()
  await desk.click('确认开始', dialog)
  await desk.page.waitForURL(/\/bulk-jobs\?job=/)
}

async function readResults(desk: Desk, count: number): Promise<void> {
  const drawer = desk.dialog('办理进度与结果')
  await drawer.getByText('已办结束').waitFor({ timeout: 60_000 })
  await desk.shot()
  const figures = plain(await drawer.locator('.figures').innerText())
  const [, done = '0', refused = '0'] = /共 \d+ 已办 (\d+) 未办成 (\d+)/.exec(figures) ?? []
  assert.equal(Number(done) + Number(refused), count, figures)
  assert.ok(Number(done) > 0)
  // The address leads back to it.
  await desk.page.reload()
  await desk.dialog('办理进度与结果').getByText('已办结束').waitFor()
  const link = desk.dialog('办理进度与结果').getByRole('table', { name: '逐件结果' }).getByRole('link').first()
  const number = await link.innerText()
  await link.click()
  await desk.page.getByRole('heading', { level: 1, name: number }).waitFor()
}

test('a newer export: its changes are read, filtered and confirmed', async (t) => {
  const journey = await startJourney(t, 'newer-export')
  const number = (serial: number) => `（2021）吉0193执${serial}号`
  const desk = await journey.at('linjing')
  const file = async (rows: Parameters<typeof caseRow>[0][]) => {
    const path = workbookFile(t, { rows: [HEAD, ...rows.map((row) => caseRow(row))] })
    return { name: '案件明细表.xlsx', mimeType: XLSX, buffer: await readFile(path) }
  }
  const importFile = async (rows: Parameters<typeof caseRow>[0][]) => {
    await desk.choose('案件导入')
    await desk.chooseFile(await file(rows))
    await desk.click('预检')
    await desk.region('与平台现有案件相比').waitFor()
  }
  const confirm = async () => {
    await desk.click('确认导入')
    await desk.click('确认导入', desk.dialog('确认导入'))
    await desk.sees('导入完成')
  }
  await importFile([1, 2, 3].map((serial) => ({ 案号: number(serial), 案由: '民间借贷纠纷' })))
  await desk.sees('新增 3 件，有变化 0 件，无变化 0 件')
  await confirm()
  await importFile([
    { 案号: number(1), 案由: '民间借贷纠纷', '申请执行标的(元)': 250 },
    { 案号: number(2), 案由: '民间借贷纠纷', 案件状态: '已结', 结案日期: '2021-09-20' },
    { 案号: number(4) },
  ])
  await desk.sees('新增 1 件，有变化 2 件（其中转为结案 1 件），无变化 0 件；本次导出中没有的 1 件，只列出，不删除')
  const table = desk.page.getByRole('table', { name: '导入变化' })
  const row = (serial: number) => table.getByRole('row').filter({ hasText: number(serial) })
  assert.match(plain(await row(1).innerText()), /申请执行标的（元）：100\.00 → 250\.00/)
  assert.match(plain(await row(2).innerText()), /转为结案.*状态：在执 → 已结/)
  assert.match(plain(await row(3).innerText()), /本次导出中没有.*保留在平台，不删除/)
  await desk.shot()
  await desk.pick('变化类别', '有变化 2')
  await row(4).waitFor({ state: 'detached' })
  assert.match(desk.page.url(), /kind=changed/)
  await confirm()
  await desk.shot()
  const clerk = await journey.server.as('linjing')
  const states = (await clerk.read('/cases?sort=number')).items.map((one: { stateLabel: string }) => one.stateLabel)
  assert.deepEqual(states, ['在执', '已结', '在执', '在执'])
})
