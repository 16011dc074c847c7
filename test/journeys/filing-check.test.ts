import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Desk, type Journey, startJourney } from './browser.ts'

// A case on its way in: filed with a wrong number, returned by the centre, mended by the filing division, received, and
// sorted into its track by the director.

const WRONG = '110105194912310021'
const RIGHT = '11010519491231002X'
const CREDIT_CODE = '91220101MA17B2KX55'

test('立案核查和繁简分流: filed, returned with the findings, mended, received, sorted', async (t) => {
  const journey = await startJourney(t, 'filing-check')
  const filing = await journey.at('fangmingyu')
  const number = await file(filing)
  const clerk = await journey.stranger({ refusals: [401, 409] })
  await clerk.signIn('linjing')
  await sendBack(clerk, number)
  await mend(filing, number)
  await receive(clerk)
  await sort(journey, clerk, number)
})

async function file(desk: Desk): Promise<string> {
  await desk.choose('执行案件')
  await desk.page.getByRole('link', { name: '新建案件' }).click()
  await desk.page.getByLabel('案由', { exact: true }).fill('买卖合同纠纷')
  await desk.enterDate('立案日期', '2021-09-28')
  await desk.page.getByLabel('执行依据文号', { exact: true }).fill('（2021）吉0193民初77号')
  await desk.pick('执行依据种类', '判决书')
  await desk.page.getByLabel('作出机构', { exact: true }).fill('长春新区人民法院')
  await desk.enterDate('执行依据生效日期', '2021-05-10')
  await desk.enterDate('履行期限届满日', '2021-05-20')
  await desk.pick('执行内容', '金钱给付')
  await desk.pick('管辖依据', '第一审法院')
  await desk.page.getByLabel('申请标的额', { exact: true }).fill('50000')
  await desk.page.getByLabel('申请执行人 1', { exact: true }).fill('长春甲贸易有限公司')
  await desk.region('申请执行人').getByLabel('证件号码', { exact: true }).fill(CREDIT_CODE)
  await desk.page.getByLabel('被执行人 1', { exact: true }).fill('王小明')
  await desk.region('被执行人').getByLabel('证件号码', { exact: true }).fill(WRONG)
  await desk.click('立案')
  await desk.page.getByRole('article').waitFor()
  await desk.sees('王小明的居民身份证校验码不符', desk.region('预警 1'))
  await desk.shot()
  return desk.title()
}

async function sendBack(clerk: Desk, number: string): Promise<void> {
  await clerk.choose('工作台')
  await clerk.openWork('即将到期', number)
  await clerk.stateLine('待审查')
  await clerk.sees('红·证件号码校验错误', clerk.region('核查发现'))
  await clerk.act('接收')
  await clerk.sees('立案信息仍有必须补正的问题：红·证件号码校验错误')
  await clerk.click('取消', clerk.dialog('接收'))
  await clerk.act('退回立案部门补正')
  await clerk.stateLine('已退回')
  await clerk.shot()
}

async function mend(filing: Desk, number: string): Promise<void> {
  await filing.choose('工作台')
  await filing.openWork('即将到期', number)
  assert.match(await filing.fact('最近一次退回理由'), /^1\. 红·证件号码校验错误：王小明的居民身份证校验码不符/)
  const check = new URL(filing.page.url()).pathname
  await filing.region('关联').getByRole('link', { name: number }).click()
  await filing.page.getByRole('link', { name: '更正当事人' }).click()
  await filing.click('更正当事人')
  const dialog = filing.dialog('更正当事人')
  const debtor = dialog.getByRole('group', { name: '当事人 2' })
  await filing.click('重新填写', debtor)
  await debtor.getByLabel('证件号码', { exact: true }).fill(RIGHT)
  await dialog.getByLabel('更正理由').fill('与身份证核对，号码笔误')
  await filing.click('下一步：核对', dialog)
  await filing.click('确认更正', dialog)
  await dialog.waitFor({ state: 'hidden' })
  await filing.open(check)
  const resubmitting = await filing.begin('提交重审')
  await resubmitting.getByLabel('补正情况').fill('证件号码已更正')
  await filing.click('提交重审', resubmitting)
  await filing.stateLine('待重审')
  await filing.sees('没有发现问题', filing.region('核查发现'))
  await filing.shot()
}

async function receive(clerk: Desk): Promise<void> {
  await clerk.page.reload()
  await clerk.stateLine('待重审')
  await clerk.act('接收')
  await clerk.stateLine('已接收')
}

async function sort({ at }: Journey, clerk: Desk, number: string): Promise<void> {
  await clerk.region('关联').getByRole('link', { name: number }).click()
  await clerk.sees('标的额不超过10万元', clerk.region('分流建议：简案（速执团队）'))
  await clerk.act('呈批繁简分流', '待办')
  const director = await at('maguodong')
  await director.choose('待我审批')
  const waiting = director.page.getByRole('region', { name: `${number} 繁简分流` })
  await director.sees('简案（速执团队）', waiting)
  await director.shot()
  await director.click('批准', waiting)
  await director.click('批准', director.dialog('批准：繁简分流'))
  await director.sees('没有待审批的事项')
  await clerk.page.reload()
  await clerk.sees('标的额小', clerk.region('繁简：简案（速执团队）'))
  await clerk.shot()
}
