import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Desk, type Journey, startJourney } from './browser.ts'
import { makePdf } from './made-pdf.ts'

// 特殊主体: a case against an office comes into the ledger by itself, is confirmed, worked on and cleared; the month's
// report opens the cases behind its figures and is confirmed by the head of the centre.

const PROOF = { name: '付款凭证.pdf', mimeType: 'application/pdf', buffer: makePdf('Paid in full') }

test('an office in the ledger, from the proposal to the report of the month', async (t) => {
  const journey = await startJourney(t, 'special-party')
  await file(journey)
  const clerk = await journey.at('linjing')
  await list(clerk)
  await clear(clerk)
  await confirmCleared(await journey.at('luoxiaoming'))
  journey.server.time.travelTo('2021-10-08T08:30:00+08:00')
  await journey.server.app.worker.sweep()
  // A week has passed: everybody signs in again.
  const head = await journey.at('luoxiaoming')
  await clerk.signIn('linjing')
  await submit(clerk)
  await head.signIn('luoxiaoming')
  await confirm(head)
})

async function file({ server }: Journey): Promise<void> {
  const filing = await server.as('fangmingyu')
  for (const name of ['某县财政局', '某市城市建设投资有限公司'])
    await filing.do('/cases', {
      kind: '首次执行',
      filedOn: '2021-09-01',
      amountFen: '123456700',
      creditors: [{ name: '某建筑工程有限公司' }],
      debtors: [{ name }],
    })
}

async function list(clerk: Desk): Promise<void> {
  await clerk.choose('特殊主体案件')
  await clerk.sees('某市城市建设投资有限公司')
  await clerk.shot()
  for (const category of ['国有企业', '党政机关']) {
    await clerk.open(`/special-parties?state=proposed&category=${category}`)
    await clerk.page.getByRole('table', { name: '特殊主体案件' }).getByRole('link').first().click()
    await clerk.stateLine('待核实')
    await clerk.act('确认列入')
    await clerk.stateLine('在账')
  }
  const progress = await clerk.begin('登记进展')
  await clerk.enterDate('进展日期', '2021-09-30', progress)
  await progress.getByLabel('进展情况').fill('已列入预算，先行支付一部分。')
  await progress.getByLabel('本次清偿金额').fill('20000')
  await clerk.enterDate('下次跟进日期', '2021-10-20', progress)
  await clerk.shot()
  await clerk.click('登记进展', progress)
  await clerk.sees('20,000.00', clerk.region('内容'))
  await clerk.shot()
}

async function clear(clerk: Desk): Promise<void> {
  await clerk.attach('清理证明材料', PROOF)
  const asked = await clerk.begin('报请清理')
  await clerk.enterDate('清理日期', '2021-09-30', asked)
  await clerk.pick('清理方式', '列入预算并已支付', asked)
  await asked.getByLabel('清理金额').fill('1234567')
  await clerk.click('报请清理', asked)
  await clerk.stateLine('清理待核定')
}

async function confirmCleared(head: Desk): Promise<void> {
  await head.open('/special-parties?state=clearing')
  await head.page.getByRole('table', { name: '特殊主体案件' }).getByRole('link').first().click()
  await head.click('确认核定清理', await head.begin('核定清理'))
  await head.stateLine('已清理')
  await head.shot()
}

async function openReport(desk: Desk, state: string): Promise<void> {
  await desk.open(`/special-reports?state=${state}`)
  await desk.page.getByRole('table', { name: '特殊主体月报' }).getByRole('link').first().click()
}

async function submit(clerk: Desk): Promise<void> {
  await openReport(clerk, 'drafted')
  const figures = clerk.region('统计数字')
  await clerk.sees('50.00%', figures)
  const asked = await clerk.begin('提交核定')
  await asked.getByLabel('情况说明').fill('本月新增两件，清理一件。')
  await clerk.click('提交核定', asked)
  await clerk.stateLine('待核定')
}

async function confirm(head: Desk): Promise<void> {
  await openReport(head, 'submitted')
  await head.region('统计数字').getByRole('link', { name: '合计本月清理1件' }).click()
  const cases = head.page.getByRole('table', { name: '数字对应的案件' })
  await head.sees('某县财政局', cases)
  assert.equal(await cases.getByRole('row').count(), 2, 'the head and one case')
  await head.shot()
  await head.page.setViewportSize({ width: 390, height: 844 })
  await head.shot()
  await head.page.setViewportSize({ width: 1366, height: 768 })
  await head.click('确认核定月报', await head.begin('核定月报'))
  await head.stateLine('已核定')
  await head.sees('已核定，数字不再变动')
  await head.shot()
}
