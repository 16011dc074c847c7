import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { PDF } from '#test/suite/cast.ts'
import { derivedSuite } from '#test/suite/derived-suite.ts'
import { taskOrder } from './task-order.ts'

const AFFAIRS = 'songxinyi'
const GIVER = 'sunhaitao'

/** A case of the court; its number. */
async function newCase(server: TestServer): Promise<{ id: string; caseNumber: string }> {
  const filing = await server.as('fangmingyu')
  return filing.do('/cases', {
    kind: '首次执行',
    filedOn: '2021-09-28',
    creditors: [{ name: '某甲' }],
    debtors: [{ name: '某乙' }],
  })
}

async function idOf(server: TestServer, table: 'team' | 'account', name: string): Promise<string> {
  const question =
    table === 'team'
      ? `select t.id from team t join court c on c.id = t.court_id where c.code = '吉0193' and t.name = $1`
      : 'select person_id as id from account where username = $1'
  const [row] = await server.sql<{ id: string }>(question, [name])
  return row?.id ?? ''
}

async function fieldsFor(server: TestServer) {
  const { caseNumber } = await newCase(server)
  return {
    team: await idOf(server, 'team', '事务集约团队'),
    caseNumber,
    task: '送达',
    requirement: '请向被执行人送达执行通知书',
  }
}

derivedSuite(taskOrder, {
  openings: async ({ server }) => [await fieldsFor(server)],
  answers: { take: async (server) => ({ person: await idOf(server, 'account', AFFAIRS) }) },
})

const path = (one: { id: string }, action = '') => `/task-orders/${one.id}${action && `/${action}`}`

articleTest(['8'], 'given, taken, done, fed back and confirmed, each with its time; shown on the case', async (t) => {
  const server = await startTestServer(t)
  const [giver, affairs] = [await server.as(GIVER), await server.as(AFFAIRS)]
  const fields = await fieldsFor(server)
  const given = await giver.do('/task-orders', fields)
  assert.deepEqual([given.stateLabel, given.holder], ['待领取', '事务集约团队'])
  const person = await idOf(server, 'account', AFFAIRS)
  const taken = await affairs.do(path(given, 'take'), { version: given.version, person })
  assert.equal(taken.fields.find(({ name }: { name: string }) => name === 'taker').value, '宋欣怡')
  const handle = taken.clocks.find(({ name, doneOn }: { name: string; doneOn: unknown }) => name === '办理' && !doneOn)
  assert.equal(handle.due.dueOn, '2021-10-13', 'five working days, the holiday left out')
  const done = await affairs.do(path(given, 'finish'), { version: taken.version, result: '已直接送达本人' })
  const bare = await affairs.post(path(given, 'feedBack'), { version: done.version })
  assert.equal(bare.body.code, 'act.documents-missing')
  assert.equal((await affairs.upload(path(given, 'attachments'), { document: 'proof' }, PDF)).status, 201)
  const fed = await affairs.do(path(given, 'feedBack'), { version: done.version + 1 })
  await giver.do(path(given, 'confirm'), { version: fed.version })
  const after = await giver.read(path(given))
  assert.equal(after.stateLabel, '办结')
  assert.deepEqual(after.log.map(({ label }: { label: string }) => label).toReversed(), [
    '交办',
    '领取',
    '办毕',
    '上传材料',
    '反馈',
    '确认办结',
  ])
  assert.ok(after.clocks.every(({ state }: { state: string }) => state === 'met'))
  const [link] = after.links
  const onCase = await giver.read(`/cases/${link.id}`)
  assert.ok(onCase.matters.some(({ number }: { number: string }) => number === given.number))
})

articleTest(
  ['8'],
  'sent back with the reason, mended and given anew; redone where the result is not enough',
  async (t) => {
    const server = await startTestServer(t)
    const [giver, affairs] = [await server.as(GIVER), await server.as(AFFAIRS)]
    const given = await giver.do('/task-orders', await fieldsFor(server))
    const back = await affairs.do(path(given, 'sendBack'), { version: given.version, reason: '缺送达地址' })
    assert.equal(back.stateLabel, '退回补充')
    const stranger = await server.as('zhouwenjing')
    const mend = { version: back.version, requirement: '地址：长春市某街3号，请送达' }
    assert.equal((await stranger.post(path(given, 'mend'), mend)).status, 403, 'only whoever gave it')
    const mended = await giver.do(path(given, 'mend'), mend)
    const person = await idOf(server, 'account', AFFAIRS)
    const taken = await affairs.do(path(given, 'take'), { version: mended.version, person })
    const done = await affairs.do(path(given, 'finish'), { version: taken.version, result: '已邮寄' })
    await affairs.upload(path(given, 'attachments'), { document: 'proof' }, PDF)
    const fed = await affairs.do(path(given, 'feedBack'), { version: done.version + 1 })
    const redo = await giver.do(path(given, 'redo'), { version: fed.version, reason: '未附回证' })
    assert.equal(redo.stateLabel, '办理中')
    const shown = await giver.read(path(given))
    const requirement = shown.fields.find(({ name }: { name: string }) => name === 'requirement')
    assert.equal(requirement.value, '地址：长春市某街3号，请送达')
  },
)

test('refused: to a team that handles cases, about no case, for a day gone by, to another team’s', async (t) => {
  const server = await startTestServer(t)
  const [giver, affairs] = [await server.as(GIVER), await server.as(AFFAIRS)]
  const fields = await fieldsFor(server)
  const wrongTeam = { ...fields, team: await idOf(server, 'team', '普执团队') }
  assert.equal((await giver.post('/task-orders', wrongTeam)).body.code, 'task-order.team')
  const noCase = await giver.post('/task-orders', { ...fields, caseNumber: '（2021）吉0193执99999号' })
  assert.equal(noCase.body.fields[0].path, 'caseNumber')
  const past = await giver.post('/task-orders', { ...fields, finishOn: '2021-09-29' })
  assert.equal(past.body.fields[0].path, 'finishOn')
  assert.deepEqual(await server.sql('select 1 from matter_task_order'), [], 'nothing stands')
  const given = await giver.do('/task-orders', fields)
  const person = await idOf(server, 'account', GIVER)
  const taken = await affairs.post(path(given, 'take'), { version: given.version, person })
  assert.equal(taken.body.code, 'task-order.taker')
  assert.equal((await affairs.read(path(given))).stateLabel, '待领取')
})

articleTest(['8'], 'overdue: a day that the giver named passes, the head of the centre is told once', async (t) => {
  const server = await startTestServer(t)
  const [giver, affairs] = [await server.as(GIVER), await server.as(AFFAIRS)]
  const given = await giver.do('/task-orders', { ...(await fieldsFor(server)), finishOn: '2021-10-08' })
  const person = await idOf(server, 'account', AFFAIRS)
  await affairs.do(path(given, 'take'), { version: given.version, person })
  server.time.travelTo('2021-10-09T00:00:01+08:00')
  await Promise.all([server.app.worker.sweep(), server.app.worker.sweep()])
  const told = await server.sql(
    `select 1 from outbox where thing_id = $1 and to_role = 'centre.head' and title like '办理已超期%'`,
    [given.id],
  )
  assert.equal(told.length, 1)
  const late = await (await server.as(GIVER)).read(path(given))
  const clock = late.clocks.find(({ name }: { name: string }) => name === '办理')
  assert.deepEqual([clock.state, clock.due.dueOn], ['overdue', '2021-10-08'])
})
