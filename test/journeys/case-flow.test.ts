import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setSettings } from '#test/suite/issuing.ts'
import { type Desk, type Journey, plain, startJourney } from './browser.ts'
import { makePdf } from './made-pdf.ts'

// A case on its whole way: filed with a wrong number, returned by the centre, mended by the filing division, received,
// sorted by the director, drawn for a judge; its notice issued and served, an inquiry on the spot, a clue answered.

const WRONG = '110105194912310021'
const RIGHT = '11010519491231002X'
const CREDIT_CODE = '91220101MA17B2KX55'
const DEBTOR = '王小明'
const CREDITOR = '长春甲贸易有限公司'
/** The judges of the team for simple cases: the lot falls on one of them. */
const JUDGES: Readonly<Record<string, string>> = { 韩立新: 'hanlixin', 周文静: 'zhouwenjing' }

const scan = (name: string) => ({ name, mimeType: 'application/pdf', buffer: makePdf(name.replace(/\W/g, '')) })

test('a case from filing through return, triage, draw, notice, service and inquiry to an answered clue', async (t) => {
  const journey = await startJourney(t, 'case-flow')
  await setSettings(journey.server, 'luoxiaoming')
  const filing = await journey.at('fangmingyu')
  const number = await file(filing)
  const clerk = await journey.stranger({ refusals: [401, 409] })
  await clerk.signIn('linjing')
  await sendBack(clerk, number)
  await mend(filing, number)
  await receive(clerk)
  await sort(journey, clerk, number)
  const judge = await draw(journey, clerk)
  await issueNotice(judge, number)
  await handOver(judge, '乔斌')
  await serve(await journey.at('qiaobin'), number)
  await inquire(judge, await journey.at('jiangxueqin'), number)
  await answerClue(judge, number)
  const one = await readCase(journey, judge, number)
  const known = new Set(one.facts.map(({ name }: { name: string }) => name))
  for (const fact of ['handler-assigned', 'notice-sent', 'notice-served', 'offline-inquiry', 'clue-verified'])
    assert.ok(known.has(fact), `${fact} is not among ${[...known].join()}`)
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
  await desk.page.getByLabel('申请执行人 1', { exact: true }).fill(CREDITOR)
  await desk.region('申请执行人').getByLabel('证件号码', { exact: true }).fill(CREDIT_CODE)
  await desk.page.getByLabel('被执行人 1', { exact: true }).fill(DEBTOR)
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

/** By lot among the team of the track; the case then stands on the judge's own workbench. */
async function draw({ at }: Journey, clerk: Desk): Promise<Desk> {
  const asked = await clerk.begin('分案', '待办')
  await clerk.click('确认分案', asked)
  await asked.waitFor({ state: 'hidden' })
  await clerk.page.getByRole('tab', { name: '分案', exact: true }).click()
  await clerk.sees('与记录一致')
  await clerk.shot()
  const about = plain(await clerk.page.locator('.page-head').innerText())
  const judge = Object.keys(JUDGES).find((name) => about.includes(name))
  assert.ok(judge, `drawn within the team of simple cases: ${about}`)
  return at(JUDGES[judge] ?? '')
}

async function issueNotice(judge: Desk, number: string): Promise<void> {
  await judge.openWork('即将到期', number)
  await judge.page.locator('.page-head').getByText('在执', { exact: true }).waitFor()
  await judge.page.getByRole('tab', { name: '文书' }).click()
  await judge.click('执行通知书')
  const asked = judge.dialog('签发执行通知书')
  await judge.pick('履行期限', '三日内', asked)
  await judge.shot()
  await judge.click('签发', asked)
  await asked.waitFor({ state: 'hidden' })
  await judge.sees(/执1号/, judge.page.getByRole('table', { name: '已签发的文书' }))
}

async function handOver(judge: Desk, clerk: string): Promise<void> {
  await judge.click('交付送达')
  const asked = judge.dialog('交付送达：执行通知书')
  await asked.getByLabel(`${DEBTOR}的送达地址`).fill('长春市若水路1号')
  await judge.click('交付送达（1人）', asked)
  await asked.waitFor({ state: 'hidden' })
  await judge.page.getByRole('table', { name: '送达情况' }).getByRole('link', { name: DEBTOR }).click()
  await judge.stateLine('待送达')
  const handing = await judge.begin('指派送达人员')
  await judge.pick('送达人员', clerk, handing)
  await judge.click('指派送达人员', handing)
  await handing.waitFor({ state: 'hidden' })
  await judge.sees(clerk, judge.page.locator('.state-line'))
  await judge.shot()
}

async function serve(clerk: Desk, number: string): Promise<void> {
  await clerk.openWork('即将到期', '送达')
  await clerk.stateLine('待送达')
  assert.equal(await clerk.fact('执行案号'), number)
  await clerk.attach('送达证明', scan('送达回证.pdf'), '2021-执-1')
  const asked = await clerk.begin('登记送达')
  await clerk.pick('送达方式', '直接送达', asked)
  await clerk.enterDate('送达日期', '2021-09-30', asked)
  await clerk.pick('签收情况', '本人签收', asked)
  await asked.getByLabel('送达人', { exact: true }).fill('乔斌、姜雪琴')
  await clerk.click('登记送达', asked)
  await clerk.stateLine('已送达')
  await clerk.shot()
}

/** Asked for by the judge, done by the assistant, confirmed by the judge. */
async function inquire(judge: Desk, assistant: Desk, number: string): Promise<void> {
  await judge.page.getByRole('link', { name: number }).first().click()
  await judge.region('关联事项').getByRole('link', { name: '发起传统查控' }).click()
  await judge.page.getByLabel('被调查人').fill(DEBTOR)
  await judge.pick('调查内容', '住所地和财产所在地')
  await judge.page.getByLabel('调查地点').fill('长春市若水路1号')
  await judge.page.getByLabel('调查要求').fill('查明住所地有无可供执行的财产')
  await judge.pick('调查人员', '姜雪琴')
  await judge.click('发起')
  await judge.stateLine('待调查')
  const inquiry = new URL(judge.page.url()).pathname
  await assistant.openWork('即将到期', '查控')
  await assistant.stateLine('待调查')
  await assistant.attach('调查笔录、照片或者回函', scan('调查笔录.pdf'), '2021-执-2')
  const asked = await assistant.begin('登记调查结果')
  await assistant.pick('调查方式', '实地调查', asked)
  await assistant.enterDate('调查日期', '2021-09-30', asked)
  await asked.getByLabel('参加调查人员').fill('姜雪琴、乔斌')
  await assistant.pick('调查结果', '未发现财产', asked)
  await asked.getByLabel('结果说明').fill('房屋系租住，屋内仅有生活必需品。')
  await assistant.click('登记调查结果', asked)
  await assistant.stateLine('待审核')
  await assistant.shot()
  await judge.open(inquiry)
  await judge.act('确认结果')
  await judge.stateLine('办结')
}

async function answerClue(judge: Desk, number: string): Promise<void> {
  await judge.page.getByRole('link', { name: number }).first().click()
  await judge.region('关联事项').getByRole('link', { name: '发起财产线索' }).click()
  await judge.pick('线索来源', '申请执行人提供')
  await judge.page.getByLabel('提供人').fill(CREDITOR)
  await judge.enterDate('收到日期', '2021-09-30')
  await judge.page.getByLabel('线索内容').fill('某街某号的车库由被执行人使用。')
  await judge.click('发起')
  await judge.stateLine('待核实')
  await judge.attach('核实材料', scan('核实笔录.pdf'), '2021-执-3')
  const verifying = await judge.begin('登记核实结果')
  await judge.enterDate('核实日期', '2021-09-30', verifying)
  await judge.pick('核实结果', '属实', verifying)
  await verifying.getByLabel('核实情况').fill('车库登记在被执行人名下，拟予查封。')
  await judge.click('登记核实结果', verifying)
  await judge.stateLine('待答复')
  const answering = await judge.begin('答复申请执行人')
  await judge.enterDate('答复日期', '2021-09-30', answering)
  await judge.pick('答复方式', '电话', answering)
  await answering.getByLabel('答复内容').fill('线索属实，本院将依法查封。')
  await judge.click('答复申请执行人', answering)
  await judge.stateLine('已答复')
  await judge.shot()
}

async function readCase({ server }: Journey, judge: Desk, number: string) {
  await judge.page.getByRole('link', { name: number }).first().click()
  await judge.page.getByRole('heading', { level: 1, name: number }).waitFor()
  return (await server.as('linjing')).read(new URL(judge.page.url()).pathname)
}
