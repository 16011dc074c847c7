import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { readTruth, SAMPLE_PATH } from '#test/sample.ts'
import { type Desk, type Journey, plain, startJourney } from './browser.ts'
import { makePdf } from './made-pdf.ts'

// The main job of an enforcement command centre, at five desks: the cases come in, what is overdue is seen, and one
// order goes from the court above to the court, to the judge and back until it is accepted.

const PROOF = {
  name: '查控结果反馈.pdf',
  mimeType: 'application/pdf',
  buffer: makePdf('Network inquiry: 3 accounts found'),
}
const JUDGE = '孙海涛'

test('a court takes its cases in, and an overdue node becomes one order that comes back answered', async (t) => {
  const journey = await startJourney(t, 'main-job')
  const clerk = await journey.at('linjing')
  await importSample(clerk)
  await seeBacklog(clerk)
  const order = await raiseFromAbove(journey)
  const passed = await passOn(clerk, order)
  await answer(journey, passed)
})

async function importSample(clerk: Desk): Promise<void> {
  const truth = await readTruth()
  await clerk.sees('近期没有到期的事项')
  await clerk.choose('案件导入')
  await clerk.sees('还没有导入过文件。')
  await clerk.chooseFile(SAMPLE_PATH)
  assert.equal(await clerk.page.getByLabel('截至日期').inputValue(), '2021-09-30')
  await clerk.shot()
  await clerk.click('预检')
  await clerk.sees('预检完成，待确认')
  const table = clerk.page.getByRole('table', { name: '拒收的行' })
  for (const { 行号, 拒收 } of truth.行.filter((row) => row.拒收 !== null)) {
    const row = await table.getByRole('row').filter({ hasText: `第 ${行号} 行` }).innerText()
    assert.ok(row.endsWith(拒收 ?? ''), row)
  }
  await clerk.shot()
  await clerk.click('确认导入')
  const asked = clerk.dialog('确认导入')
  await clerk.sees(/可入库案件 1,182 件/, asked)
  await clerk.sees(/拒收 18 行、重复 9 行，不写入/, asked)
  await clerk.click('确认导入', asked)
  await clerk.page.getByRole('progressbar').waitFor()
  await clerk.shot()
  await clerk.sees('导入完成')
  const figures = plain(await clerk.page.locator('.figures').innerText())
  assert.match(figures, /新增案件 1,182 更新案件 0 无变化 0$/)
  await clerk.shot()
}

async function seeBacklog(clerk: Desk): Promise<void> {
  await clerk.choose('存量超期清单')
  const rows = clerk.page.getByRole('table', { name: '存量超期' }).locator('tbody').getByRole('row')
  await rows.first().waitFor()
  const dueDates = await rows.locator('[data-label="届满日"]').allInnerTexts()
  assert.deepEqual(dueDates, [...dueDates].sort(), 'what is overdue longest stands first')
  for (const row of await rows.allInnerTexts()) assert.match(plain(row), /\d 天 .* 未督办$/)
  await clerk.shot()
}

async function raiseFromAbove({ at }: Journey): Promise<{ number: string; caseNumber: string }> {
  const above = await at('zhaoxue')
  await above.choose('存量超期清单')
  await above.pick('法院范围', '长春新区人民法院')
  await above.pick('超期节点', '首次网络查控')
  const table = above.page.getByRole('table', { name: '存量超期' })
  const row = table.getByRole('row').filter({ hasText: JUDGE }).first()
  const caseNumber = await row.getByRole('link').innerText()
  const box = above.page.getByRole('checkbox', { name: `选择 ${caseNumber} 首次网络查控` })
  await box.check()
  await above.click('批量发起督办（1）')
  const asked = above.dialog('批量发起督办（1 件）')
  await above.enterDate('回复期限', '2021-10-11', asked)
  await above.click('下一步：核对', asked)
  await above.sees('长春新区人民法院 1 件', asked)
  await above.sees('首次网络查控 1 件', asked)
  await above.shot()
  await above.click('确认发起', asked)
  await above.sees('已发起 1 件督办')
  await box.waitFor({ state: 'detached' })
  const link = table.getByRole('row').filter({ hasText: caseNumber }).getByRole('link').last()
  await link.waitFor()
  const number = await link.innerText()
  await link.click()
  console.log(await above.stateLine('待签收'), await above.actions())
  await above.shot()
  return { number, caseNumber }
}

async function passOn(clerk: Desk, order: { number: string }): Promise<string> {
  console.log(await clerk.page.locator('.top-right').innerText())
  await clerk.choose('工作台')
  await clerk.page.getByRole('tab', { name: /即将到期/ }).click()
  await clerk.shot()
  await clerk.page.getByRole('link', { name: new RegExp(order.number) }).first().click()
  console.log(await clerk.stateLine('待签收'), await clerk.actions())
  await clerk.click('签收')
  await clerk.click('签收', clerk.dialog('签收'))
  console.log(await clerk.stateLine('办理中'), await clerk.actions())
  await clerk.shot()
  await clerk.click('转办')
  const asked = clerk.dialog('转办')
  await clerk.pick('转办对象', '承办人', asked)
  await clerk.pick('承办人', JUDGE, asked)
  await asked.getByLabel('转办要求').fill('请于期限内发起网络查控并报送结果。')
  await clerk.shot()
  await clerk.click('转办', asked)
  console.log(await clerk.stateLine('已转办'), await clerk.actions())
  await clerk.shot()
  const link = clerk.region('关联').getByRole('listitem').filter({ hasText: '转办事项' }).getByRole('link')
  return link.innerText()
}

async function answer({ at }: Journey, number: string): Promise<void> {
  const judge = await at('sunhaitao')
  await judge.page.getByRole('tab', { name: /即将到期/ }).click()
  await judge.shot()
  await judge.page.getByRole('link', { name: new RegExp(number) }).first().click()
  console.log(await judge.stateLine('待签收'), await judge.actions())
  await judge.shot()
}
