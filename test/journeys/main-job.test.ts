import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { readTruth, SAMPLE_PATH } from '#test/sample.ts'
import { type Desk, type Journey, plain, startJourney } from './browser.ts'
import { makePdf } from './made-pdf.ts'

// The main job of an enforcement command centre, at five desks: the cases come in, what is overdue is seen, and one
// order goes from the court above to the court, to the judge and back until it is accepted.

const PROOF = { name: '查控结果反馈.pdf', mimeType: 'application/pdf', buffer: makePdf('Network inquiry: 3 accounts found') }

test('a court takes its cases in, and an overdue node becomes one order that comes back answered', async (t) => {
  const journey = await startJourney(t, 'main-job')
  const clerk = await journey.at('linjing')
  await importSample(clerk)
  await seeBacklog(clerk)
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
  const refused = truth.行.filter(({ 拒收 }) => 拒收 !== null)
  const table = clerk.page.getByRole('table', { name: '拒收的行' })
  for (const { 行号, 案号, 拒收 } of refused) {
    const row = table.getByRole('row').filter({ hasText: `第 ${行号} 行` })
    console.log(行号, 案号, 拒收, plain(await row.innerText()))
  }
  await clerk.shot()
  await clerk.click('确认导入')
  const asked = clerk.dialog('确认导入')
  console.log(plain(await asked.innerText()))
  await clerk.click('确认导入', asked)
  await clerk.page.getByRole('progressbar').waitFor()
  await clerk.shot()
  await clerk.sees('导入完成')
  await clerk.shot()
}

async function seeBacklog(clerk: Desk): Promise<void> {
  await clerk.choose('存量超期清单')
  await clerk.page.getByRole('table', { name: '存量超期' }).waitFor()
  await clerk.shot()
}
