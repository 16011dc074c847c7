import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ANSWERS, openCase, setSettings, withAddresses } from '#test/suite/issuing.ts'
import { type Desk, type Journey, startJourney } from './browser.ts'
import { makePdf } from './made-pdf.ts'

// A notice is handed over to be served, served on one and posted to the other; a clue comes in and goes to an inquiry.

const FIRST = '𠮷㛃·买买提'
const SECOND = '长春市若木商贸有限公司'

const scan = (name: string) => ({ name, mimeType: 'application/pdf', buffer: makePdf(name.replace(/\W/g, '')) })

test('a notice is served in person and by post; a clue is verified by an offline inquiry', async (t) => {
  const journey = await startJourney(t, 'served-notice')
  const caseId = await issueNotice(journey)
  const judge = await journey.at('sunhaitao')
  await handOver(judge, caseId)
  await serveFirst(judge)
  await postSecond(judge, caseId)
  await board(judge)
  await clue(judge, caseId)
  const reader = await journey.server.as('sunhaitao')
  const { facts } = await reader.read(`/cases/${caseId}`)
  const names = facts.map(({ name }: { name: string }) => name)
  assert.ok(names.includes('notice-sent') && !names.includes('notice-served'), names.join())
  assert.ok(names.includes('clue-received'))
})

async function issueNotice({ server }: Journey): Promise<string> {
  await setSettings(server, 'luoxiaoming')
  const [person] = await server.sql<{ id: string }>(`select person_id as id from account where username = 'sunhaitao'`)
  const debtors = [{ name: FIRST, certificates: ['110105194912310038'] }, { name: SECOND }]
  const one = await openCase(await server.as('linjing'), person?.id ?? '', { debtors })
  const judge = await server.as('sunhaitao')
  await withAddresses(judge, one.id)
  await judge.do(`/cases/${one.id}/addresses`, { party: SECOND, address: '长春市若木路2号', source: '工商登记地' })
  const { version } = await judge.read(`/cases/${one.id}`)
  await judge.do(`/cases/${one.id}/executionNotice`, { version, ...ANSWERS.executionNotice })
  return one.id
}

async function openPapers(judge: Desk, caseId: string): Promise<void> {
  await judge.open(`/cases/${caseId}?tab=papers`)
  await judge.page.getByRole('tab', { name: '文书' }).click()
}

async function handOver(judge: Desk, caseId: string): Promise<void> {
  await openPapers(judge, caseId)
  await judge.click('交付送达')
  const asked = judge.dialog('交付送达：执行通知书')
  await asked.waitFor()
  assert.equal(await asked.getByLabel(`${FIRST}的送达地址`).getAttribute('placeholder'), `长春市${FIRST}路1号`)
  await judge.shot()
  await judge.click('交付送达（2人）', asked)
  await asked.waitFor({ state: 'hidden' })
  await judge.sees('未送达 2', judge.page.getByRole('table', { name: '已签发的文书' }))
  await judge.sees('待送达', judge.page.getByRole('table', { name: '送达情况' }))
  await judge.shot()
}

async function serveFirst(judge: Desk): Promise<void> {
  await judge.page.getByRole('table', { name: '送达情况' }).getByRole('link', { name: FIRST }).click()
  await judge.stateLine('待送达')
  await judge.attach('送达证明', scan('回证一.pdf'), '2021-执-1')
  const asked = await judge.begin('登记送达')
  await judge.pick('送达方式', '直接送达', asked)
  await judge.enterDate('送达日期', '2021-09-30', asked)
  await judge.pick('签收情况', '本人签收', asked)
  await asked.getByLabel('送达人', { exact: true }).fill('田野、苗芳')
  await judge.shot()
  await judge.click('登记送达', asked)
  await judge.stateLine('已送达')
  await judge.sees('回证一.pdf', judge.region('送达经过'))
  await judge.shot()
}

async function postSecond(judge: Desk, caseId: string): Promise<void> {
  await openPapers(judge, caseId)
  await judge.page.getByRole('table', { name: '送达情况' }).getByRole('link', { name: SECOND }).click()
  const asked = await judge.begin('登记发出')
  await judge.pick('送达方式', '邮寄送达', asked)
  await judge.enterDate('发出日期', '2021-09-30', asked)
  await asked.getByLabel('邮件号、受托法院或者电子地址').fill('EMS1234567890')
  await judge.click('登记发出', asked)
  await judge.stateLine('已发出待回执')
  await judge.shot()
}

async function board(judge: Desk): Promise<void> {
  await judge.choose('送达任务')
  const counts = judge.page.getByRole('list', { name: '未办结的送达任务' })
  await counts.getByRole('link', { name: '已发出待回执 1' }).click()
  const table = judge.page.getByRole('table', { name: '送达任务' })
  await judge.sees(SECOND, table)
  assert.equal(await table.locator('tbody').getByRole('row').count(), 1)
  await judge.shot()
}

async function clue(judge: Desk, caseId: string): Promise<void> {
  await judge.open(`/cases/${caseId}`)
  await judge.region('关联事项').getByRole('link', { name: '发起财产线索' }).click()
  await judge.pick('线索来源', '匿名举报')
  await judge.enterDate('收到日期', '2021-09-30')
  await judge.page.getByLabel('线索内容').fill('某街某号的商铺由被执行人收租。')
  await judge.shot()
  await judge.click('发起')
  await judge.stateLine('待核实')
  const asked = await judge.begin('交传统查控')
  await asked.getByLabel('被调查人').fill(SECOND)
  await asked.getByLabel('被询单位').fill('某不动产登记中心')
  await asked.getByLabel('调查要求').fill('查询商铺登记和租赁备案')
  await judge.click('交传统查控', asked)
  await asked.waitFor({ state: 'hidden' })
  await judge.sees('传统查控', judge.region('关联'))
  await judge.shot()
  await judge.choose('传统查控')
  await judge.shot()
}

test('on a phone nothing of serving scrolls sideways', async (t) => {
  const journey = await startJourney(t, 'served-on-phone')
  const caseId = await issueNotice(journey)
  const hand = await journey.server.as('sunhaitao')
  const { items } = await hand.read(`/cases/${caseId}/documents`)
  const made = await hand.do(`/cases/${caseId}/service-tasks`, {
    document: items[0].id,
    receivers: [{ receiver: FIRST }, { receiver: SECOND }],
  })
  const desk = await journey.stranger({ viewport: { width: 390, height: 844 } })
  await desk.signIn('sunhaitao')
  const task = `/service-tasks/${made.items[0].id}`
  for (const path of [
    '/service-tasks',
    task,
    `/cases/${caseId}?tab=papers`,
    '/asset-clues/new',
    '/offline-inquiries',
  ]) {
    await desk.open(path)
    await desk.page.getByRole('heading', { level: 1 }).waitFor()
    await desk.page.getByRole('status', { name: '正在读取' }).waitFor({ state: 'hidden' })
    const width = await desk.page.evaluate(() => document.documentElement.scrollWidth)
    assert.equal(width, 390, `${path} is ${width} wide`)
    await desk.shot()
  }
})
