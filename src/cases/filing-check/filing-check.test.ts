import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { courtIdOf, put } from '#test/access/put.ts'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { fileCase, SOUND_CASE } from '#test/http/filing-writes.ts'
import { personOf } from '#test/suite/assigning.ts'
import { derivedSuite } from '#test/suite/derived-suite.ts'
import { filingCheck } from './filing-check.ts'

const COURT = '吉0193'
const ENOUGH = 60

/** Cases of the court that nobody has checked: each opening takes one, for a case has one check at a time. */
async function uncheckedCases(server: TestServer): Promise<string[]> {
  const court_id = await courtIdOf(server, COURT)
  const numbers: string[] = []
  for (let serial = 5_001; serial <= 5_000 + ENOUGH; serial += 1) {
    const number = `（2021）吉0193执${serial}号`
    await put(server, 'enforcement_case', {
      court_id,
      id: randomUUID(),
      number,
      state: 'handling',
      opened_at: '2021-09-01T09:00:00+08:00',
      opener_name: '某',
      filed_year: 2021,
      type_code: '执',
      serial,
      case_kind: '财产保全执行',
      filed_on: '2021-09-01',
    })
    numbers.push(number)
  }
  return numbers
}

derivedSuite(filingCheck, {
  openings: async ({ server }) => {
    const numbers = await uncheckedCases(server)
    return [Object.defineProperty({}, 'caseNumber', { enumerable: true, get: () => numbers.shift() })]
  },
  answers: { sendBack: async () => ({ requirement: '请补正案由' }) },
})

interface Shown {
  name: string
  value: string | null
}

const shown = ({ fields }: { fields: Shown[] }, name: string) => fields.find((one) => one.name === name)?.value

/** A row of a table of the page, by its first cell. */
const row = ({ tables }: { tables: { rows: { cells: string[] }[] }[] }, first: string) =>
  tables
    .flatMap(({ rows }) => rows)
    .find(({ cells }) => cells[0] === first)
    ?.cells.slice(1)
    .join('|') ?? null

async function act(client: Client, path: string, name: string, answers: object = {}) {
  const { version } = await client.read(path)
  return client.do(`${path}/${name}`, { version, ...answers })
}

async function tried(client: Client, path: string, name: string, answers: object = {}) {
  const { version } = await client.read(path)
  return client.post(`${path}/${name}`, { version, ...answers })
}

const FAULTY = {
  basisNumber: null,
  basisKind: null,
  debtors: [{ name: '乙', certificates: ['110105194912310021'] }],
}

articleTest(
  ['10'],
  'filed with faults, returned with the findings, mended, checked again and received; each side has its time',
  async (t) => {
    const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
    const { id, check } = await fileCase(server, FAULTY)
    const path = `/filing-checks/${check.id}`
    const [clerk, filing] = [await server.as('linjing'), await server.as('fangmingyu')]

    const begun = await clerk.read(path)
    assert.equal(begun.stateLabel, '待审查')
    assert.match(row(begun, '红·证件号码校验错误') ?? '', /^乙的居民身份证校验码不符\|核对证件.*\|GB 11643/)
    assert.match(row(begun, '橙·缺执行依据文号') ?? '', /没有执行依据文号.*执行规定第十八条/)
    assert.match(row(begun, '黄·立案信息不全') ?? '', /未填：执行依据种类/)
    const refused = await tried(clerk, path, 'receive')
    assert.deepEqual([refused.status, refused.body.code], [409, 'filing-check.findings'])
    assert.match(refused.body.message, /证件号码校验错误/)
    assert.equal((await clerk.read(path)).state, 'checking', 'nothing is changed')

    server.time.pass({ hours: 2 })
    await clerk.signIn()
    const returned = await act(clerk, path, 'sendBack', { requirement: '附生效证明' })
    assert.equal(returned.stateLabel, '已退回')
    assert.match(
      shown(returned, 'reasons') ?? '',
      /^1. 红·证件号码校验错误[\s\S]*2. 橙·缺执行依据文号[\s\S]*\n4\. 附生效证明$/,
    )
    const told = await server.sql(`select 1 from outbox where to_role = 'filing' and thing_id = $1`, [check.id])
    assert.equal(told.length, 1)
    await filing.signIn()
    const mine = await filing.read('/filing-checks?state=returned')
    assert.deepEqual(
      mine.items.map((one: { number: string }) => one.number),
      [returned.number],
    )
    assert.equal((await tried(clerk, path, 'receive')).body.code, 'act.wrong-state')

    server.time.pass({ hours: 3 })
    await filing.signIn()
    await act(filing, `/cases/${id}`, 'change', {
      basisNumber: SOUND_CASE.basisNumber,
      basisKind: '判决书',
      reason: '补录',
    })
    const { version } = await filing.read(`/cases/${id}`)
    await filing.do(`/cases/${id}/parties`, {
      version,
      reason: '证件号码笔误',
      parties: [
        { was: 1, side: 'creditor', name: '甲有限公司', certificates: null },
        { was: 2, side: 'debtor', name: '乙', certificates: ['11010519491231002X'] },
      ],
    })
    const again = await act(filing, path, 'resubmit', { reply: '证件号码、执行依据已补录' })
    assert.equal(again.stateLabel, '待重审')
    assert.equal(row(again, '红·证件号码校验错误'), null)

    server.time.pass({ hours: 1 })
    await clerk.signIn()
    const done = await act(clerk, path, 'receive')
    assert.deepEqual([done.stateLabel, shown(done, 'returns')], ['已接收', '1'])
    assert.deepEqual([row(done, '指挥中心核查'), row(done, '立案部门补正')], ['3小时', '3小时'])
    const log = await server.sql<{ to_state: string; answers: Record<string, string> }>(
      'select to_state, answers from act_log where thing_id = $1 order by seq',
      [check.id],
    )
    assert.deepEqual(
      log.map((entry) => entry.to_state),
      ['checking', 'returned', 'rechecking', 'received'],
    )
    assert.match(log[1]?.answers.退回理由 ?? '', /红·证件号码校验错误/)
    assert.equal(log[2]?.answers.仍存在的问题, '无')
    const clocks = await server.sql<{ label: string; done: boolean }>(
      'select label, done_on is not null as done from clock where thing_id = $1 order by label',
      [check.id],
    )
    assert.deepEqual(
      clocks.map(({ label, done }) => [label, done]),
      [
        ['立案信息核查', true],
        ['立案信息补正', true],
        ['立案信息重审', true],
      ],
    )
  },
)

articleTest(['10'], 'limitation warns and never blocks; a finding that is explained holds nothing up', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const { id, check } = await fileCase(server, {
    basisEffectiveOn: '2019-08-20',
    performBy: '2019-08-31',
    debtors: [{ name: '外籍人', certificates: ['E12345678'] }],
  })
  const clerk = await server.as('linjing')
  const path = `/filing-checks/${check.id}`
  assert.match(row(await clerk.read(path), '黄·超过申请执行时效') ?? '', /时效于2021-08-31届满，2021-09-01申请/)
  const { warnings } = await clerk.read(`/cases/${id}`)
  const limitation = warnings.find((one: { rule: string }) => one.rule === 'filing.limitation')
  assert.deepEqual([limitation.severity, limitation.mark, limitation.kindLabel], ['黄', 'V', '立案信息错误'])
  assert.equal((await tried(clerk, path, 'receive')).body.code, 'filing-check.findings', 'the number is not 18 long')
  const number = warnings.find((one: { rule: string }) => one.rule === 'filing.certificate')
  await clerk.do(`/warnings/${number.id}/explain`, { reason: '外国护照' })
  const back = await tried(clerk, path, 'sendBack')
  assert.equal(back.body.code, 'filing-check.nothing', 'limitation is no reason to return a case')
  const done = await act(clerk, path, 'receive')
  assert.equal(done.stateLabel, '已接收')
  const [stored] = await server.sql<{ state: string }>('select state from matter_filing_check where id = $1', [
    check.id,
  ])
  assert.equal(stored?.state, 'received')
  const received = done.log.find(({ label }: { label: string }) => label === '接收')
  assert.match(JSON.stringify(received.answers), /黄·超过申请执行时效/)
})

test('重复立案: the later of two filings on one basis is told of the earlier; another creditor’s is not', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const basisNumber = SOUND_CASE.basisNumber
  const first = await fileCase(server, { basisNumber })
  const second = await fileCase(server, { basisNumber: '(2021)吉0193民初77号' })
  const clerk = await server.as('linjing')
  const rules = async (id: string) =>
    (await clerk.read(`/cases/${id}`)).warnings
      .filter(({ rule, closedAt }: { rule: string; closedAt: string | null }) => {
        return closedAt === null && rule.startsWith('filing.')
      })
      .map(({ rule, finding }: { rule: string; finding: string }) => `${rule}：${finding}`)
  assert.deepEqual(await rules(second.id), [`filing.duplicate：执行依据和当事人相同的在先案件：${first.caseNumber}`])
  assert.deepEqual(await rules(first.id), [], 'the earlier case stands')
  const other = await fileCase(server, {
    basisNumber,
    creditors: [{ name: '丙', certificates: ['220104198503024564'] }],
  })
  assert.deepEqual(await rules(other.id), [])
  const refused = await tried(clerk, `/filing-checks/${second.check.id}`, 'receive')
  assert.equal(refused.body.code, 'filing-check.findings')
  // The first one is struck from the list: asked again, the second stands alone.
  await act(clerk, `/cases/${first.id}`, 'close', { on: '2021-10-11', way: '销案' })
  await act(clerk, `/cases/${second.id}`, 'checkFiling')
  assert.deepEqual(await rules(second.id), [])
})

articleTest(
  ['10'],
  'a case is drawn for nobody until its filing is received: under check, returned, withdrawn, received',
  async (t) => {
    const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
    const { id, check, caseNumber } = await fileCase(server)
    const clerk = await server.as('linjing')
    const refused = async (name: string, answers: object = {}) => {
      const { status, body } = await tried(clerk, `/cases/${id}`, name, answers)
      return [status, body.code, body.rule]
    }
    const waits = [409, 'assignment.unreceived', '指导意见第十条']
    assert.deepEqual(await refused('assign'), waits)
    assert.deepEqual(await refused('changeHandler', { reason: '指定' }), waits)
    await act(clerk, `/filing-checks/${check.id}`, 'sendBack', { requirement: '请补录送达地址' })
    assert.deepEqual(await refused('assign'), waits)
    const held = await server.sql('select 1 from enforcement_case where id = $1 and holder_id is not null', [id])
    assert.deepEqual(held, [])
    const filing = await server.as('fangmingyu')
    const judgeId = await personOf(server, 'sunhaitao')
    const named = await filing.post('/cases', { ...SOUND_CASE, judgeId })
    assert.deepEqual([named.status, named.body.code, named.body.fields[0].path], [409, waits[1], 'judgeId'])
    await act(filing, `/filing-checks/${check.id}`, 'withdraw', { reason: '材料不齐' })
    assert.deepEqual(await refused('assign'), waits, 'who withdraws a check has not received the case')
    const triage = await tried(clerk, `/cases/${id}`, 'triage')
    assert.deepEqual([triage.status, triage.body.code], [409, 'filing-check.open'])
    const again = await filing.do('/filing-checks', { caseNumber })
    await act(clerk, `/filing-checks/${again.id}`, 'sendBack', { requirement: '请补录送达地址' })
    await act(filing, `/filing-checks/${again.id}`, 'resubmit', { reply: '已补录' })
    await act(clerk, `/filing-checks/${again.id}`, 'receive')
    assert.ok((await act(clerk, `/cases/${id}`, 'assign')).judge)
  },
)

test('refusals: nothing to mend; a case that is unknown, another court’s, under check already, or ended', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const { id, check, caseNumber } = await fileCase(server)
  const [clerk, filing] = [await server.as('linjing'), await server.as('fangmingyu')]
  const nothing = await tried(clerk, `/filing-checks/${check.id}`, 'sendBack')
  assert.deepEqual([nothing.status, nothing.body.code], [422, 'filing-check.nothing'])
  const twice = await filing.post('/filing-checks', { caseNumber })
  assert.deepEqual([twice.status, twice.body.code], [409, 'matter.open-already'])
  const unknown = await filing.post('/filing-checks', { caseNumber: '（2021）吉0193执99999号' })
  assert.deepEqual([unknown.status, unknown.body.fields[0].path], [400, 'caseNumber'])
  const above = await server.as('zhaoxue')
  const foreign = await above.post('/filing-checks', { caseNumber })
  assert.deepEqual([foreign.status, foreign.body.fields[0].path], [400, 'caseNumber'])
  await act(filing, `/filing-checks/${check.id}`, 'withdraw', { reason: '申请人撤回申请' })
  await act(clerk, `/cases/${id}`, 'close', { on: '2021-10-11', way: '销案' })
  const ended = await filing.post('/filing-checks', { caseNumber })
  assert.deepEqual([ended.status, ended.body.code], [409, 'filing-check.ended'])
  const rows = await server.sql('select 1 from matter_filing_check where case_id = $1', [id])
  assert.equal(rows.length, 1)
})

test('two who open a check for one case at once: one has it', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const [caseNumber] = await uncheckedCases(server)
  const [clerk, filing] = [await server.as('linjing'), await server.as('fangmingyu')]
  const both = await Promise.all([clerk, filing].map((one) => one.post('/filing-checks', { caseNumber })))
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409])
})

test('核查立案信息 on an imported case opens its check once; with the filing division overdue, it is told', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const [caseNumber] = await uncheckedCases(server)
  const clerk = await server.as('linjing')
  const found = await clerk.read(`/cases?q=${encodeURIComponent(caseNumber ?? '')}`)
  const { id } = found.items[0]
  const checked = await act(clerk, `/cases/${id}`, 'checkFiling')
  assert.equal(checked.matters.length, 1)
  const once = await act(clerk, `/cases/${id}`, 'checkFiling')
  assert.equal(once.matters.length, 1)
  const path = `/filing-checks/${checked.matters[0].id}`
  await act(clerk, path, 'sendBack', { requirement: '请补录案由' })
  server.time.travelTo('2021-10-15T09:00:00+08:00')
  await server.app.worker.sweep()
  const told = await server.sql(`select 1 from outbox where to_role = 'filing' and title like '立案信息补正已超期%'`)
  assert.equal(told.length, 1)
})
