import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { readTruth, SAMPLE_PATH, withSample } from '#test/sample.ts'
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
const FROM_ABOVE = '长春市中级人民法院 赵雪 于 2021-09-30 09:00 发起'
const FROM_OWN = '长春新区人民法院 林静 于 2021-09-30 09:00 发起'

/** The numbers of the order from above, of the one it was passed on as, and of the case. */
interface Chain {
  caseNumber: string
  top: string
  below: string
}

test('a court takes its cases in, and an overdue node becomes one order that comes back answered', async (t) => {
  const journey = await startJourney(t, 'main-job')
  const clerk = await journey.at('linjing')
  await importSample(clerk)
  await seeBacklog(clerk)
  const chain = await raiseFromAbove(journey)
  chain.below = await passOn(clerk, chain)
  await answerWithPaper(journey, chain)
  await sendBack(clerk, chain)
  await answerAgain(journey)
  await acceptAndAnswerUp(clerk, chain)
  await acceptAbove(journey, chain)
  await checkWhatIsStored(journey, chain)
})

test('a node that passes its limit becomes an order by itself, and the judge sees it come', async (t) => {
  const journey = await startJourney(t, 'rung-passed')
  const { server } = journey
  await withSample(server)
  const [node] = await server.sql<{ case_id: string; number: string; label: string; due_on: string }>(
    `select c.id as case_id, c.number, k.label, to_char(k.due_on, 'YYYY-MM-DD') as due_on
     from clock k join enforcement_case c on c.court_id = k.court_id and c.id = k.thing_id
     where k.watched and not k.backlog and k.due_on >= '2021-09-30' and k.label not like '%内控%' and c.holder_name = $1
     order by k.due_on, c.number limit 1`,
    [JUDGE],
  )
  assert.ok(node)
  server.time.travelTo(`${node.due_on}T23:50:00+08:00`)
  const judge = await journey.at('sunhaitao')
  const limits = judge.page.getByRole('row').filter({ hasText: node.number }).filter({ hasText: node.label })
  const row = limits.filter({ hasNotText: '内控' })
  await judge.sees('今天到期', row)
  await judge.shot()
  server.time.pass({ minutes: 15 })
  await Promise.all([server.app.worker.sweep(), server.app.worker.sweep()])
  await judge.sees('超期 1 天', row.first())
  await judge.shot()
  await judge.page.getByRole('tab', { name: '即将到期' }).click()
  const order = judge.page
    .getByRole('row')
    .filter({ hasText: '事项督办“待签收”，待您签收' })
    .filter({ hasText: node.label })
  await order.getByRole('link').first().click()
  assert.match(await judge.stateLine('待签收'), /由 孙海涛 经办/)
  assert.equal(await judge.fact('来源'), '节点超期')
  assert.equal(await judge.fact('执行案号'), node.number)
  const clerk = await journey.at('linjing')
  await clerk.choose('事项督办')
  const listed = clerk.page.getByRole('table', { name: '事项督办' }).getByRole('row')
  const orders = listed.filter({ hasText: node.number }).filter({ hasText: node.label })
  await orders.first().waitFor()
  assert.equal(await orders.count(), 1)
  assert.match(plain(await orders.innerText()), /待签收 孙海涛 ○ 还有 \d+ 天/)
  await clerk.shot()
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
    const row = await table
      .getByRole('row')
      .filter({ hasText: `第 ${行号} 行` })
      .innerText()
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

async function raiseFromAbove({ at }: Journey): Promise<Chain> {
  const above = await at('zhaoxue')
  await above.choose('存量超期清单')
  await above.pick('法院范围', '长春新区人民法院')
  await above.pick('超期节点', '首次网络查控')
  const table = above.page.getByRole('table', { name: '存量超期' })
  const row = table.getByRole('row').filter({ hasText: JUDGE }).filter({ hasText: '首次网络查控' }).first()
  const caseNumber = await row.getByRole('link').innerText()
  const box = above.page.getByRole('checkbox', { name: `选择 ${caseNumber} 首次网络查控` })
  await above.tick(box)
  await above.click('批量发起督办（1）')
  const asked = above.dialog('批量发起督办（1 件）')
  await above.enterDate('回复期限', '2021-10-11', asked)
  await above.click('下一步：核对', asked)
  for (const line of [
    '发往：长春新区人民法院 1 件',
    '节点：首次网络查控 1 件',
    '须于 2021-10-11 前（含当日）回复，逾期上报',
  ])
    await above.sees(line, asked)
  await above.shot()
  await above.click('确认发起', asked)
  await box.waitFor({ state: 'detached' })
  await table.getByRole('row').filter({ hasText: caseNumber }).getByRole('link').last().click()
  assert.equal(await above.stateLine('待签收'), `待签收 由 长春新区人民法院 经办 ○ 还有 8 天 ${FROM_ABOVE}`)
  assert.deepEqual(await above.actions(), ['制发督办函', '延期', '呈批撤销'])
  await above.shot()
  return { caseNumber, top: await above.title(), below: '' }
}

async function passOn(clerk: Desk, { top, caseNumber }: Chain): Promise<string> {
  await clerk.page.getByRole('button', { name: '消息，1 条未阅' }).waitFor()
  await clerk.choose('工作台')
  await clerk.sees(top, clerk.page.getByRole('table', { name: '其他法院交办' }))
  await clerk.shot()
  await clerk.openWork('其他法院交办', top)
  assert.equal(await clerk.stateLine('待签收'), `待签收 由 长春新区人民法院 经办 ○ 还有 8 天 ${FROM_ABOVE}`)
  assert.deepEqual(await clerk.actions(), ['签收', '转办'])
  await clerk.act('签收')
  assert.equal(await clerk.stateLine('办理中'), `办理中 由 长春新区人民法院 经办 ○ 还有 11 天 ${FROM_ABOVE}`)
  assert.deepEqual(await clerk.actions(), ['转办', '回复'])
  await clerk.sees('还缺：回复材料', clerk.region('办理'))
  const asked = await clerk.begin('转办')
  await clerk.pick('转办对象', '承办人', asked)
  await clerk.pick('承办人', JUDGE, asked)
  await asked.getByLabel('转办要求').fill('请于期限内发起网络查控并报送结果。')
  await clerk.shot()
  await clerk.click('转办', asked)
  assert.equal(await clerk.stateLine('已转办'), `已转办 由 长春新区人民法院 经办 ○ 还有 11 天 ${FROM_ABOVE}`)
  assert.equal(await clerk.fact('督办要求'), '请立即办理超期节点，说明超期原因并报送办理结果。')
  assert.equal(await clerk.fact('执行案号'), caseNumber)
  await clerk.shot()
  const link = clerk.region('关联').getByRole('listitem').filter({ hasText: '转办事项' }).getByRole('link')
  return link.innerText()
}

async function answerWithPaper({ at }: Journey, { below, caseNumber }: Chain): Promise<void> {
  const judge = await at('sunhaitao')
  await judge.page.getByRole('button', { name: '消息，1 条未阅' }).waitFor()
  await judge.openWork('即将到期', below)
  assert.equal(await judge.stateLine('待签收'), `待签收 由 孙海涛 经办 ○ 还有 8 天 ${FROM_OWN}`)
  assert.deepEqual(await judge.actions(), ['签收'])
  assert.equal(await judge.fact('督办要求'), '请于期限内发起网络查控并报送结果。')
  assert.equal(await judge.fact('回复期限'), '2021-10-11', 'the time that is left')
  assert.equal(await judge.fact('执行案号'), caseNumber)
  await judge.act('签收')
  assert.equal(await judge.stateLine('办理中'), `办理中 由 孙海涛 经办 ○ 还有 11 天 ${FROM_OWN}`)
  const answer = judge.region('办理').getByRole('button', { name: '回复' })
  assert.ok(await answer.isDisabled())
  await judge.sees('还缺：回复材料', judge.region('办理'))
  await judge.shot()
  await judge.attach('回复材料', PROOF, '二号柜三层')
  await judge.sees(/原件存 二号柜三层/, judge.region('文书材料'))
  const asked = await judge.begin('回复')
  await asked.getByLabel('办理情况').fill('已于今日发起网络查控，结果待反馈。')
  await judge.click('回复', asked)
  assert.equal(await judge.stateLine('待审核'), `待审核 由 孙海涛 经办 ○ 还有 11 天 ${FROM_OWN}`)
  assert.deepEqual(await judge.actions(), [])
  await judge.shot()
}

async function sendBack(clerk: Desk, { below }: Chain): Promise<void> {
  await clerk.choose('工作台')
  await clerk.openWork('即将到期', below)
  await clerk.stateLine('待审核')
  assert.deepEqual(await clerk.actions(), ['退回重办', '办结'])
  await clerk.sees('已于今日发起网络查控，结果待反馈。', clerk.region('办理经过'))
  await clerk.sees(PROOF.name, clerk.region('文书材料'))
  const asked = await clerk.begin('退回重办')
  await asked.getByLabel('退回理由').fill('未附查控反馈结果，请补充后再报。')
  await clerk.shot()
  await clerk.click('退回重办', asked)
  await clerk.stateLine('退回重办')
  assert.deepEqual(await clerk.actions(), ['制发督办函', '延期', '呈批撤销', '改派'])
}

async function answerAgain({ at }: Journey): Promise<void> {
  const judge = await at('sunhaitao')
  await judge.page.getByRole('button', { name: '消息，2 条未阅' }).click()
  const notices = judge.page.getByRole('dialog', { name: '消息' })
  await judge.click('所列 2 条全部已阅', notices)
  await judge.sees('所列 2 条消息都已阅读？')
  await judge.shot()
  await judge.click('已阅', judge.page.getByRole('tooltip'))
  await judge.page.getByRole('button', { name: '消息', exact: true }).waitFor({ state: 'attached' })
  await notices.getByRole('link', { name: /退回重办/ }).click()
  await judge.stateLine('退回重办')
  await judge.sees('未附查控反馈结果，请补充后再报。', judge.region('办理经过'))
  assert.deepEqual(await judge.actions(), ['回复'])
  const asked = await judge.begin('回复')
  await asked.getByLabel('办理情况').fill('查控结果已反馈，名下账户三个，已提请冻结。')
  await judge.click('回复', asked)
  await judge.stateLine('待审核')
}

async function acceptAndAnswerUp(clerk: Desk, { top, below }: Chain): Promise<void> {
  await clerk.choose('工作台')
  await clerk.openWork('即将到期', below)
  await clerk.stateLine('待审核')
  const asked = await clerk.begin('办结')
  await clerk.sees('请核对后确认，将要发生：', asked)
  await clerk.sees('办理后状态：办结', asked)
  await clerk.shot()
  await clerk.click('确认办结', asked)
  await clerk.stateLine('办结')
  assert.deepEqual(await clerk.actions(), [])
  await clerk.sees('✓ 按期', clerk.region('期限'))
  await clerk.region('关联').getByRole('link', { name: top }).click()
  await clerk.stateLine('已转办')
  await clerk.sees(PROOF.name, clerk.region('文书材料'))
  assert.deepEqual(await clerk.actions(), ['转办', '回复'])
  const answering = await clerk.begin('回复')
  await answering.getByLabel('办理情况').fill('已督促承办人办结，查控结果附后。')
  await clerk.click('回复', answering)
  await clerk.stateLine('待审核')
  assert.deepEqual(await clerk.actions(), [])
  await clerk.shot()
}

async function acceptAbove({ at }: Journey, { top }: Chain): Promise<void> {
  const above = await at('zhaoxue')
  await above.choose('工作台')
  await above.openWork('即将到期', top)
  await above.stateLine('待审核')
  assert.deepEqual(await above.actions(), ['退回重办', '办结'])
  await above.sees(PROOF.name, above.region('文书材料'))
  await above.sees('已督促承办人办结，查控结果附后。', above.region('办理经过'))
  await above.click('确认办结', await above.begin('办结'))
  await above.stateLine('办结')
  assert.deepEqual(await above.actions(), [])
  await above.shot()
}

async function checkWhatIsStored({ server }: Journey, { top, below }: Chain): Promise<void> {
  const orders = await server.sql<{ id: string; number: string; parent_id: string | null; state: string }>(
    'select id, number, parent_id, state from matter_supervision_order order by parent_id nulls first',
  )
  assert.deepEqual(
    orders.map(({ number, state }) => [number, state]),
    [
      [top, 'completed'],
      [below, 'completed'],
    ],
  )
  const [first, second] = orders
  assert.equal(second?.parent_id, first?.id)
  const acts = async (id: string | undefined) => {
    const log = await server.sql<{ action: string }>('select action from act_log where thing_id = $1 order by seq', [
      id,
    ])
    return log.map(({ action }) => action)
  }
  assert.deepEqual(await acts(first?.id), ['open', 'receive', 'passOn', 'answer', 'complete'])
  const handled = ['open', 'receive', 'attach', 'answer', 'sendBack', 'answer', 'complete']
  assert.deepEqual(await acts(second?.id), handled)
  const above = await server.as('zhaoxue')
  const view = await above.read(`/supervision-orders/${first?.id}`)
  const digest = createHash('sm3').update(PROOF.buffer).digest('hex')
  assert.deepEqual(
    view.attachments.map((one: { name: string; digest: string }) => [one.name, one.digest]),
    [[PROOF.name, digest]],
  )
}
