import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { nameOf, ONE_COURT, type Opened, PATH, propose, relatedPair, SISTER } from '#test/related-cases.ts'
import { PDF } from '#test/suite/cast.ts'
import { issue, prepare } from '#test/suite/issuing.ts'

// 指定执行: what the court above has agreed to is carried out by its ruling, and a case goes on in another court.

const RULING = { ruling: '（2021）吉01执辖7号', ruledOn: '2021-09-30' }

/** A case here and one of the sister court, to go to the sister court, or here where that is said. */
async function agreed(server: TestServer, serial: number, court = SISTER) {
  const [lead, foreign] = await relatedPair(server, serial, SISTER)
  return { lead, foreign, id: await agreeTo(server, lead, foreign, court) }
}

async function agreeTo(server: TestServer, lead: Opened, foreign: Opened, court: string): Promise<string> {
  const designated = await nameOf(server, court)
  const { id, version } = (await propose(server, lead, [foreign], { way: ONE_COURT, designated })).body
  const asked = await (await server.as('linjing')).do(`${PATH}/${id}/report`, { version })
  for (const username of ['maguodong', 'pengchao'])
    await (await server.as(username)).do(`/approvals/${asked.approval.id}/approve`, { version: asked.version })
  return id
}

async function order(server: TestServer, id: string, by = 'pengchao', changes: object = {}) {
  const client = await server.as(by)
  const { version } = (await (await server.as('pengchao')).read(`${PATH}/${id}`)) as { version: number }
  return client.post(`${PATH}/${id}/order`, { version, ...RULING, ...changes })
}

const caseOf = async (server: TestServer, id: string) =>
  (
    await server.sql(
      `select c.number, c.state, c.closing_way, c.filed_on, c.amount_fen, c.arrived_fen, c.holder_name, c.notes, t.code
       from enforcement_case c join court t on t.id = c.court_id where c.id = $1`,
      [id],
    )
  )[0] as Record<string, unknown>

/** Every limit of a case that still runs, with its whole account. */
const limits = (server: TestServer, id: string) =>
  server.sql(
    `select label, start_on, due_on, done_on, explanation -> 'suspensions' as suspensions,
       explanation -> 'extensions' as extensions from clock where thing_id = $1 and not dropped order by label`,
    [id],
  )

articleTest(
  ['11'],
  'the court above rules: the case is closed here and goes on there, with its limits and the rest of its money',
  async (t) => {
    const server = await startTestServer(t)
    const { lead, foreign, id } = await agreed(server, 7)
    const judge = await server.as('linjing')
    const act = async (name: string, answers: object) => {
      const { version } = await judge.read(`/cases/${lead.id}`)
      return judge.do(`/cases/${lead.id}/${name}`, { version, ...answers })
    }
    await act('recordNode', { node: '执行通知书发出', on: '2021-09-02' })
    await act('recordNode', { node: '案款到账', on: '2021-09-10', arrivedFen: '23400' })
    const held = await order(server, id)
    assert.deepEqual([held.status, held.body.code], [409, 'related.money-held'])
    assert.equal((await caseOf(server, lead.id)).state, 'handling', 'nothing has moved')
    await act('recordNode', { node: '案款发放', on: '2021-09-20' })
    // As a case that was suspended for a week.
    await server.sql(
      `insert into clock_ledger (court_id, thing_id, seq, entry, from_on, to_on, ground, approved_by, recorded_at)
       select court_id, id, 1, 'suspension', '2021-09-12', '2021-09-19', '和解', '某', now() from enforcement_case
       where id = $1`,
      [lead.id],
    )
    await act('recordNode', { node: '首次网络查控发起', on: '2021-09-21' })
    await judge.do(`/cases/${lead.id}/addresses`, { party: '某7', address: '某市某区某街7号', source: '户籍地' })
    const before = await limits(server, lead.id)

    const done = await order(server, id)
    assert.equal(done.status, 200, done.text)
    assert.equal(done.body.state, 'moved')
    const [row] = await server.sql<{ new_case_id: string }>(
      'select new_case_id from case_transfer where case_id = $1 and ruling = $2',
      [lead.id, RULING.ruling],
    )
    const [old, now] = [await caseOf(server, lead.id), await caseOf(server, row?.new_case_id ?? '')]
    assert.deepEqual(
      [old.state, old.closing_way, old.amount_fen, old.arrived_fen],
      ['closed', '终结执行', 123_400n, 23_400n],
    )
    assert.deepEqual([now.state, now.code, now.filed_on], ['handling', SISTER, '2021-09-01'])
    assert.deepEqual(
      [now.amount_fen, now.arrived_fen],
      [100_000n, null],
      'what is still owed, and what came in but once',
    )
    assert.equal(now.holder_name, (await caseOf(server, foreign.id)).holder_name, 'in the hands of the other case')
    assert.match(String(now.notes), new RegExp(lead.caseNumber))
    assert.match(String(old.notes), new RegExp(String(now.number)))
    const of = (label: string) => (rows: Record<string, unknown>[]) => rows.find((one) => one.label === label)
    const after = await limits(server, row?.new_case_id ?? '')
    for (const label of before.map((one) => String(one.label)).filter((one) => !one.includes('案款')))
      assert.deepEqual(of(label)(after), of(label)(before), label)
    assert.ok(before.length > 5)
    const page = await (await server.as('panlin')).read(`/cases/${row?.new_case_id}`)
    const [sent] = await server.sql('select party, address from party_address where case_id = $1', [page.id])
    assert.deepEqual(sent, { party: '某7', address: '某市某区某街7号' })
    assert.equal(page.parties.length, 2)
    assert.deepEqual(
      page.log.map(({ label }: { label: string }) => label),
      ['变更承办人', '立案登记'],
    )
    assert.equal(
      (await (await server.as('panlin')).get(`/cases/${lead.id}`)).status,
      404,
      'the old file stays closed to it',
    )
    assert.ok(
      page.log[1].answers.some(({ value }: { value: string }) => value === lead.caseNumber),
      'where it came from',
    )
    assert.equal((await judge.get(`/cases/${row?.new_case_id}`)).status, 404)
    const [notice] = (await judge.read('/notices')).items.filter(({ title }: { title: string }) =>
      title.startsWith('指定执行移送'),
    )
    assert.ok(notice.title.includes(lead.caseNumber) && notice.text.includes(now.number), notice.text)
    assert.equal((await order(server, id)).body.code, 'act.wrong-state', 'once')
  },
)

articleTest(['11'], 'the file goes along, each paper in its place; what is open stays, and is named', async (t) => {
  const server = await startTestServer(t)
  const { lead, id } = await agreed(server, 11)
  const { clerk, judge, judgeId } = await prepare(server)
  await server.sql(
    `update enforcement_case set cause = '买卖合同纠纷', basis_number = '（2020）吉0193民初9号'
    where id = $1`,
    [lead.id],
  )
  await judge.do(`/cases/${lead.id}/addresses`, { party: '某11', address: '某市某区某街11号', source: '户籍地' })
  const upload = await judge.upload(`/cases/${lead.id}/attachments`, { document: 'interviewRecord' }, PDF)
  assert.equal(upload.status, 201, upload.text)
  const issueOf = (action: string) => {
    // The newest of two documents of one instant is either.
    server.time.pass({ minutes: 1 })
    return issue(judge, [], lead.id, action)
  }
  const spoilt = await issueOf('executionNotice')
  await judge.do(`/documents/${spoilt.id}/void`, { reason: '履行期限写错' })
  const notice = await issueOf('executionNotice')
  const risk = await issueOf('riskNotice')
  const { version } = await judge.read(`/cases/${lead.id}`)
  await judge.do(`/cases/${lead.id}/recordNode`, { version, node: '执行通知书发出', on: '2021-09-30' })
  const asked = { source: '本院督办', target: '承办人', handler: judgeId, requirement: '请办理' }
  const pending = await clerk.do('/supervision-orders', { ...asked, caseNumber: lead.caseNumber })
  await clerk.do('/supervision-orders', asked)

  const done = await order(server, id)
  assert.equal(done.status, 200, done.text)
  const [row] = await server.sql<{ new_case_id: string }>('select new_case_id from case_transfer')
  const there = await server.as('panlin')
  const path = `/cases/${row?.new_case_id}`
  const page = await there.read(path)
  const named = (one: { title: string; number: string }) => `${one.title}${one.number}.pdf`
  const files: { id: string; document: string; name: string }[] = page.attachments
  assert.deepEqual(
    files.map(({ document, name }) => [document, name]).sort(),
    [
      ['案件材料', named(risk)],
      ['执行通知书', named(notice)],
      ['终本约谈笔录', PDF.name],
    ].sort(),
    'what is void stays behind',
  )
  const served = files.find(({ document }) => document === '执行通知书')
  const file = await there.get(`${path}/attachments/${served?.id}`)
  assert.equal(file.status, 200)
  assert.match(file.text, /^%PDF/)
  const missed = page.warnings.map(({ rule }: { rule: string }) => rule)
  assert.ok(!missed.includes('paper.notice'), 'a paper that is there is not missed')
  assert.deepEqual((await there.read(`${path}/documents`)).items, [], 'the register is that of the court that issued')
  const old = await judge.read(`/cases/${lead.id}`)
  assert.equal(old.attachments.length, 1, 'the old file is whole')
  const { items } = await clerk.read('/notices')
  const told = items.find(({ title }: { title: string }) => title === `指定执行移送：${lead.caseNumber}`)
  assert.match(
    told.text,
    new RegExp(`；该案未办结事项由本院办结或者撤回：吉0193立核〔2021〕\\d+号、${pending.number}$`),
  )
})

test('only the court above all courts concerned rules; a case that was closed since stops the whole', async (t) => {
  const server = await startTestServer(t)
  const { lead, foreign, id } = await agreed(server, 8)
  for (const by of ['maguodong', 'linjing', 'luoxiaoming']) assert.equal((await order(server, id, by)).status, 403, by)
  assert.equal((await order(server, id, 'xiongwei')).status, 404)
  assert.equal((await order(server, id, 'pengchao', { ruling: '' })).status, 400)
  const ahead = await order(server, id, 'pengchao', { ruledOn: '2021-10-01' })
  assert.deepEqual([ahead.body.code, ahead.body.fields[0].path], ['case.fact-future', 'ruledOn'])
  const taken = await propose(server, lead, [foreign], { way: ONE_COURT, designated: await nameOf(server, SISTER) })
  assert.equal(taken.body.code, 'related.taken', 'until the ruling the cases stay with their proposal')
  const clerk = await server.as('linjing')
  const { version } = await clerk.read(`/cases/${lead.id}`)
  await clerk.do(`/cases/${lead.id}/close`, { version, on: '2021-09-20', way: '执行完毕' })
  assert.equal((await order(server, id)).body.code, 'related.closed')
  assert.deepEqual(await server.sql('select 1 from case_transfer'), [])
})

test('a case that names no amount names none there, and no column of a moved case is forgotten', async (t) => {
  const server = await startTestServer(t)
  const { lead, id } = await agreed(server, 10)
  await server.sql(
    `update enforcement_case set amount_fen = null, basis_number = '（2020）吉0193民初9号', basis_kind = '判决书',
       basis_maker = '某法院', basis_effective_on = '2021-01-02', perform_by = '2021-02-03', duty = '金钱给付',
       jurisdiction = '第一审法院', cause = '买卖合同纠纷', remark = '备注', to_correct = '{案由}', track = '普案',
       track_reason = '某', track_on = '2021-09-02' where id = $1`,
    [lead.id],
  )
  const done = await order(server, id)
  assert.equal(done.status, 200, done.text)
  const [old, now] = await server
    .sql<Record<string, unknown>>(
      `select to_jsonb(c) as row from enforcement_case c join case_transfer t on c.id in (t.case_id, t.new_case_id)
     where t.case_id = $1 order by c.id = t.new_case_id`,
      [lead.id],
    )
    .then((rows) => rows.map(({ row }) => row as Record<string, unknown>))
  const differing = Object.keys(old ?? {}).filter(
    (column) => JSON.stringify(old?.[column]) !== JSON.stringify(now?.[column]),
  )
  assert.deepEqual(differing.sort(), [
    ...['closed_on', 'closing_way', 'court_id', 'holder_id', 'holder_name', 'holder_team_id', 'id', 'jurisdiction'],
    ...['next_due_on', 'next_node', 'notes', 'number', 'open_warnings', 'opener_id', 'opener_name', 'serial'],
    'state',
  ])
  assert.equal(now?.amount_fen, null)
})

articleTest(['11'], 'no ruling comes: its limit ends, and who proposed may take the proposal back', async (t) => {
  const server = await startTestServer(t)
  const { lead, foreign, id } = await agreed(server, 9)
  const clerk = await server.as('linjing')
  const waiting = await clerk.read(`${PATH}/${id}`)
  server.time.travelTo(`${waiting.dueOn}T23:59:00+08:00`)
  server.time.pass({ minutes: 2 })
  await server.app.worker.sweep()
  const late = await (await server.as('maguodong')).read('/notices')
  assert.ok(late.items.some(({ title }: { title: string }) => title.startsWith('上级法院指定执行已超期')))
  const again = await server.as('linjing')
  await again.do(`${PATH}/${id}/withdraw`, { version: waiting.version, reason: '债务已清偿' })
  const designated = await nameOf(server, SISTER)
  assert.equal((await propose(server, lead, [foreign], { way: ONE_COURT, designated })).status, 201)
})
