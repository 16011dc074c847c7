import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCertificate } from '#cases/case/certificate.ts'
import type { CaseView } from '#cases/case/wire.ts'
import { type Answer, recomputeDueOn } from '#test/recompute-due.ts'
import { withSample } from '#test/sample.ts'
import { type Desk, type Journey, plain, startJourney } from './browser.ts'

// A case made, found, corrected, extended and closed by hand, and by the keyboard where a court's people work fast.

const DEBTOR = '欧阳若水'
const OTHER_DEBTOR = '长春市若木商贸有限公司'

/** A number of an identity card that nobody holds, with its right check character. */
function identityNumber(first17: string): string {
  const number = [...'0123456789X'].map((check) => first17 + check).find((one) => readCertificate(one).valid)
  if (number === undefined) throw new RangeError(first17)
  return number
}

test('a case by hand: filed, found by two characters, a node entered and corrected, extended, closed', async (t) => {
  const journey = await startJourney(t, 'case-by-hand')
  const number = await file(journey)
  await find(journey, number)
  const judge = await journey.at('sunhaitao')
  await readBasis(journey, judge)
  await enterNode(judge)
  await correctDate(judge)
  await extend(journey, number)
  await close(judge)
})

async function file({ at }: Journey): Promise<string> {
  const desk = await at('linjing')
  await desk.choose('执行案件')
  await desk.tabTo(desk.page.getByRole('link', { name: '新建案件' }))
  await desk.page.keyboard.press('Enter')
  const typed = async (label: string, text: string) => {
    await desk.tabTo(desk.page.getByLabel(label, { exact: true }))
    await desk.page.keyboard.type(text)
  }
  await typed('案由', '民间借贷纠纷')
  await typed('立案日期', '2021-09-21')
  await desk.page.keyboard.press('Enter')
  await typed('执行依据文号', '（2021）吉0193民初88号')
  await typed('申请标的额', '1234567.8')
  await typed('承办法官', '孙海涛')
  await desk.openOption('孙海涛').waitFor()
  await desk.page.keyboard.press('Enter')
  await typed('申请执行人 1', '周立恒')
  const debtors = desk.region('被执行人')
  await desk.tabTo(debtors.getByRole('button', { name: '添加被执行人' }))
  await desk.page.keyboard.press('Enter')
  await typed('被执行人 1', DEBTOR)
  await desk.tabTo(debtors.getByLabel('证件号码', { exact: true }).first())
  await desk.page.keyboard.type(identityNumber('22010419850305001'))
  await desk.tabTo(debtors.getByRole('button', { name: '添加证件' }).first())
  await desk.page.keyboard.press('Enter')
  await desk.tabTo(debtors.getByLabel('证件号码 2'), 'Shift+Tab')
  await desk.page.keyboard.type(identityNumber('22010419850305003'))
  await typed('被执行人 2', OTHER_DEBTOR)
  await desk.shot()
  await desk.page.keyboard.press('Control+Enter')
  await desk.page.getByRole('article').waitFor()
  const number = await desk.title()
  assert.equal(number, '（2021）吉0193执1号')
  await desk.sees(`${DEBTOR}、${OTHER_DEBTOR}`)
  await desk.sees('1,234,567.80')
  await desk.page.getByRole('tab', { name: '当事人 3' }).click()
  const row = desk.page.getByRole('table', { name: '当事人' }).getByRole('row').filter({ hasText: DEBTOR })
  assert.match(plain(await row.innerText()), /居民身份证 220104\*{8}0\d{2}[\dX] 居民身份证 220104\*{8}0\d{2}[\dX]/)
  await desk.shot()
  return number
}

async function find({ at }: Journey, number: string): Promise<void> {
  const judge = await at('sunhaitao')
  await judge.page.keyboard.press('/')
  await judge.page.keyboard.type(DEBTOR.slice(1, 3))
  await judge.page.keyboard.press('Enter')
  const table = judge.page.getByRole('table', { name: '案件' })
  await judge.sees(number, table)
  assert.equal(await table.locator('tbody').getByRole('row').count(), 1)
  await judge.page.keyboard.press('Tab')
  await judge.page.keyboard.press('j')
  await judge.page.keyboard.press('Enter')
  await judge.page.getByRole('heading', { level: 1, name: number }).waitFor()
  await judge.shot()
}

async function readCase({ server }: Journey, desk: Desk): Promise<CaseView> {
  const reader = await server.as('sunhaitao')
  return reader.read(new URL(desk.page.url()).pathname)
}

/** The words behind 依据 say what the API's explanation says, line by line. */
async function readBasis(journey: Journey, judge: Desk): Promise<void> {
  const clock = (await readCase(journey, judge)).clocks.find(({ name }) => name === '执行通知书')
  assert.ok(clock)
  const { due } = clock
  assert.equal(due.dueOn, '2021-10-08', 'ten days after the filing, and past the National Day holidays')
  assert.equal(recomputeDueOn(due as Answer), due.dueOn)
  await judge.tabTo(judge.clockLine('执行通知书').getByRole('button', { name: '依据' }))
  await judge.page.keyboard.press('Enter')
  const shown = judge.page.getByRole('tooltip').filter({ hasText: '执行通知书：期限依据' })
  const lines = [
    `法律依据：${due.source}`,
    `起算 ${due.startOn}（立案日期，当日不计）`,
    `期限 ${due.n} 日（日历日）`,
    ...due.skipped.map(({ on, why }) => `不计 ${on} ${why}`),
    `届满 ${due.dueOn}`,
  ]
  await judge.sees(`法律依据：${due.source}`, shown)
  const words = plain(await shown.innerText())
  for (const line of lines) assert.ok(words.includes(line), `${line} — in: ${words}`)
  await judge.shot()
  await judge.page.keyboard.press('Escape')
  await shown.waitFor({ state: 'hidden' })
}

async function enterNode(judge: Desk): Promise<void> {
  await judge.sees('● 超期 4 天', judge.clockLine('首次网络查控'))
  await judge.tabTo(judge.region('待办').getByRole('button', { name: '登记节点' }))
  await judge.page.keyboard.press('Enter')
  const asked = judge.dialog('登记节点')
  await judge.pick('节点', '首次网络查控发起', asked)
  await judge.enterDate('完成日期', '2021-09-29', asked)
  await asked.getByLabel('完成日期').press('Control+Enter')
  await asked.waitFor({ state: 'hidden' })
  await judge.sees('逾期 3 天办结', judge.region('流程节点'))
  await judge.shot()
}

async function correctDate(judge: Desk): Promise<void> {
  const asked = await judge.begin('更正日期', '待办')
  await judge.pick('要更正的日期', '首次网络查控发起', asked)
  await judge.enterDate('正确日期', '2021-09-24', asked)
  await judge.click('下一步：核对', asked)
  await judge.sees('请填写更正理由', asked)
  await asked.getByLabel('更正理由').fill('录入时误写为办理次日。')
  await judge.click('下一步：核对', asked)
  await judge.sees('正确日期：2021-09-24', asked)
  await judge.sees('办理后不能撤回，并记入操作记录', asked)
  await judge.shot()
  await judge.click('确认更正日期', asked)
  await judge.sees('✓ 按期', judge.region('流程节点'))
  await judge.page.getByRole('tab', { name: '记录' }).click()
  await judge.sees('录入时误写为办理次日。', judge.page.getByRole('tabpanel', { name: '记录' }))
  await judge.shot()
}

async function extend(journey: Journey, number: string): Promise<void> {
  const judge = await journey.at('sunhaitao')
  const asked = await judge.begin('呈批延长执行期限', '待办')
  await asked.getByLabel('延长月数').fill('2')
  await asked.getByLabel('延长理由').fill('财产处置正在进行，需延长执行期限。')
  await judge.click('下一步：核对', asked)
  await judge.sees('须经院长审批，批准后生效', asked)
  await judge.click('确认呈批延长执行期限', asked)
  await judge.sees('正在审批：延长执行期限')
  assert.equal(await judge.region('待办').getByRole('button', { name: '批准' }).count(), 0)
  const president = await journey.at('liangzhiyuan')
  await president.choose('待我审批')
  const waiting = president.page.getByRole('region', { name: `${number} 延长执行期限` })
  assert.match(plain(await waiting.innerText()), /延长月数 2 延长理由 财产处置正在进行，需延长执行期限。/)
  await president.shot()
  await president.click('批准', waiting)
  await president.click('批准', president.dialog('批准：延长执行期限'))
  await president.sees('没有待审批的事项')
  await judge.sees('限 2022-05-23', judge.clockLine('执行期限'))
  const term = (await readCase(journey, judge)).clocks.find(({ name }) => name === '执行期限')
  assert.equal(recomputeDueOn(term?.due as Answer), '2022-05-23')
  await judge.click('依据', judge.clockLine('执行期限'))
  await judge.sees('2 个月：财产处置正在进行，需延长执行期限。（梁志远 批准）')
  await judge.shot()
  await judge.page.keyboard.press('Escape')
}

async function close(judge: Desk): Promise<void> {
  const asked = await judge.begin('结案', '待办')
  await judge.enterDate('结案日期', '2021-09-30', asked)
  await judge.pick('结案方式', '执行完毕', asked)
  await judge.click('下一步：核对', asked)
  await judge.sees('办理后状态：已结', asked)
  await judge.click('确认结案', asked)
  await judge.sees('结案：执行完毕', judge.region('流程节点'))
  await judge.page.locator('.page-head').getByText('已结', { exact: true }).waitFor()
  assert.deepEqual(await judge.actions('待办'), ['登记节点', '更正日期'])
  await judge.shot()
}

test('on a phone nothing scrolls sideways: workbench, list, case', async (t) => {
  const journey = await startJourney(t, 'case-on-phone')
  await withSample(journey.server)
  const desk = await journey.stranger({ viewport: { width: 390, height: 844 } })
  await desk.signIn('sunhaitao')
  const list = await journey.server.as('sunhaitao')
  const { items } = await list.read('/cases?limit=1')
  for (const path of ['/', '/cases', `/cases/${items[0].id}`]) {
    await desk.open(path)
    await desk.page.getByRole('heading', { level: 1 }).waitFor()
    await desk.page.getByRole('status', { name: '正在读取' }).waitFor({ state: 'hidden' })
    const width = await desk.page.evaluate(() => document.documentElement.scrollWidth)
    assert.equal(width, 390, `${path} is ${width} wide`)
    await desk.shot()
  }
})
