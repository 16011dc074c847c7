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

test('a matter for a court elsewhere: opened, returned, sent again, let out under four eyes, answered, closed', async (t) => {
  const journey = await startJourney(t, 'delegated-matter', { kinds: [delegatedMatter] })
  await open(await journey.at('miaofang'))
  await submit(await journey.at('miaofang'), PAPERS, '三号柜一层')
  await sendBack(journey)
  await mend(journey)
  await forward(journey)
  await overdue(journey)
  await close(journey)
})

async function open(clerk: Desk): Promise<void> {
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
  console.log(await clerk.stateLine('起草'), await clerk.actions(), await clerk.title())
  await clerk.sees('还缺：文书材料', clerk.region('办理'))
  assert.ok(await clerk.region('办理').getByRole('button', { name: '提交初审' }).isDisabled())
  await clerk.shot()
}

async function submit(clerk: Desk, file: typeof PAPERS, shelfMark: string): Promise<void> {
  await clerk.attach('文书材料', file, shelfMark)
  await clerk.sees(new RegExp(`原件存 ${shelfMark}`), clerk.region('文书材料'))
  await clerk.act('提交初审')
  console.log(await clerk.stateLine('初审'), await clerk.actions())
  await clerk.shot()
}

async function sendBack({ at }: Journey): Promise<void> {
  const centre = await at('linjing')
  await centre.shot()
}
async function mend(_: Journey): Promise<void> {}
async function forward(_: Journey): Promise<void> {}
async function overdue(_: Journey): Promise<void> {}
async function close(_: Journey): Promise<void> {}
