import assert from 'node:assert/strict'
import { test } from 'node:test'
import { delegatedMatter } from '#test/kinds/delegated-matter.ts'
import { type Desk, type Journey, startJourney } from './browser.ts'
import { makePdf } from './made-pdf.ts'

// 事项委托, a kind that was dropped in as one file: its form, its buttons and what they still lack, the four eyes on
// what leaves the court, and its clocks, all on pages that nobody wrote for it.

const PAPERS = paper('委托材料.pdf', 'Letter of request and order')
const BETTER_PAPERS = paper('委托材料（补正）.pdf', 'Letter of request, order and seal')
const REPLY = paper('协助办理回函.pdf', 'Accounts were frozen')
const OPENED = '长春新区人民法院 苗芳 于 2021-09-30 09:00 发起'

function paper(name: string, line: string) {
  return { name, mimeType: 'application/pdf', buffer: makePdf(line) }
}

test('a matter for another court: returned, sent again, let out under four eyes, answered, closed', async (t) => {
  const journey = await startJourney(t, 'delegated-matter', { kinds: [delegatedMatter] })
  const clerk = await journey.at('miaofang')
  const number = await open(clerk)
  await submit(clerk, PAPERS, '三号柜一层')
  await sendBack(journey, number)
  await mend(journey)
  await forward(journey, number)
  await waitTooLong(journey, number)
  await close(await journey.at('linjing'))
})

async function open(clerk: Desk): Promise<string> {
  await clerk.choose('事项委托')
  await clerk.page.getByRole('link', { name: '发起事项委托' }).click()
  await clerk.click('发起')
  for (const refusal of ['请选择方向', '请选择对方法院', '请填写执行案号', '请选择事项', '请填写事项说明'])
    await clerk.sees(refusal)
  await clerk.shot()
  await clerk.pick('方向', '委托外省')
  await clerk.pick('对方法院', '长春市南关区人民法院')
  await clerk.page.getByLabel('执行案号').fill('（2021）吉0193执101号')
  await clerk.pick('事项', '冻结')
  await clerk.page.getByLabel('事项说明').fill('请冻结被执行人名下银行存款。')
  await clerk.shot()
  await clerk.click('发起')
  assert.equal(await clerk.stateLine('起草'), `起草 待 书记员 办理 ${OPENED}`)
  assert.deepEqual(await clerk.actions(), ['提交初审'])
  await clerk.sees('还缺：文书材料', clerk.region('办理'))
  assert.ok(await clerk.region('办理').getByRole('button', { name: '提交初审' }).isDisabled())
  await clerk.shot()
  return clerk.title()
}

async function submit(clerk: Desk, file: typeof PAPERS, shelfMark: string): Promise<void> {
  await clerk.attach('文书材料', file, shelfMark)
  await clerk.sees(new RegExp(`原件存 ${shelfMark}`), clerk.region('文书材料'))
  await clerk.act('提交初审')
  assert.equal(await clerk.stateLine('初审'), `初审 待 指挥中心专员 办理 ○ 还有 8 天 ${OPENED}`)
  assert.deepEqual(await clerk.actions(), [])
  await clerk.shot()
}

async function sendBack({ at }: Journey, number: string): Promise<void> {
  const centre = await at('linjing')
  await centre.openWork('即将到期', number)
  await centre.stateLine('初审')
  assert.deepEqual(await centre.actions(), ['退回', '呈批转对方法院'])
  const asked = await centre.begin('退回')
  await centre.click('退回', asked)
  await centre.sees('请填写不合格之处', asked)
  await asked.getByLabel('不合格之处').fill('委托函未盖章，请补正。')
  await centre.click('退回', asked)
  assert.equal(await centre.stateLine('退回补正'), `退回补正 待 书记员 办理 ○ 还有 11 天 ${OPENED}`)
  assert.deepEqual(await centre.actions(), [])
}

async function mend({ at }: Journey): Promise<void> {
  const clerk = await at('miaofang')
  await clerk.page.getByRole('button', { name: '消息，1 条未阅' }).click()
  await clerk.dialog('消息').getByRole('link', { name: /退回/ }).click()
  await clerk.stateLine('退回补正')
  await clerk.sees('委托函未盖章，请补正。', clerk.region('办理经过'))
  await clerk.shot()
  await submit(clerk, BETTER_PAPERS, '三号柜二层')
}

async function forward({ at }: Journey, number: string): Promise<void> {
  const centre = await at('linjing')
  await centre.choose('工作台')
  await centre.openWork('即将到期', number)
  await centre.stateLine('初审')
  const asked = await centre.begin('呈批转对方法院')
  await centre.sees('须经指挥中心主任审批，批准后生效', asked)
  await centre.shot()
  await centre.click('呈批转对方法院', asked)
  await centre.sees('正在审批：转对方法院')
  await centre.stateLine('初审')
  assert.deepEqual(await centre.actions(), ['退回'], 'who proposed it does not approve it, nor propose it twice')
  await centre.shot()
  const head = await at('luoxiaoming')
  await head.choose('待我审批')
  const waiting = head.page.getByRole('region', { name: `${number} 转对方法院` })
  await head.sees('林静 于 2021-09-30 09:00 呈批', waiting)
  await head.shot()
  await head.click('批准', waiting)
  const confirmed = head.dialog('批准：转对方法院')
  await head.sees(`批准后，${number} 的“转对方法院”立即生效，并记入操作记录。`, confirmed)
  await head.click('批准', confirmed)
  await head.sees('没有待审批的事项')
  await centre.open(new URL(centre.page.url()).pathname)
  await centre.stateLine('对方办理中')
}

/** Ten working days after 2021-09-30, the National Day holidays between them, end on 2021-10-20. */
async function waitTooLong({ at, server }: Journey, number: string): Promise<void> {
  server.time.travelTo('2021-10-22T09:00:00+08:00')
  await server.app.worker.sweep()
  const centre = await at('linjing')
  await centre.signIn('linjing')
  const row = centre.page.getByRole('table', { name: '今天必须办' }).getByRole('row').filter({ hasText: number })
  await centre.sees('超期 2 天', row)
  await centre.shot()
  await centre.openWork('今天必须办', number)
  assert.match(await centre.stateLine('对方办理中'), /● 超期 2 天/)
  await centre.sees('限 2021-10-20', centre.region('期限'))
  await centre.shot()
}

async function close(centre: Desk): Promise<void> {
  assert.deepEqual(await centre.actions(), ['办结'])
  await centre.sees('还缺：办理结果回函', centre.region('办理'))
  await centre.attach('办理结果回函', REPLY)
  await centre.act('办结')
  assert.equal(await centre.stateLine('办结'), `办结 ${OPENED}`)
  assert.deepEqual(await centre.actions(), [])
  await centre.sees('逾期 2 天办结', centre.region('期限'))
  await centre.shot()
}
