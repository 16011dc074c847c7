import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { identityOf, type Opened, openCaseOf, relatedPair, SISTER } from '#test/related-cases.ts'
import { holderOf, membersOf } from '#test/suite/cast.ts'
import { derivedSuite } from '#test/suite/derived-suite.ts'
import { relatedProposal } from './related-proposal.ts'

const PATH = '/related-proposals'
const ONE_TEAM = '集中至本院同一团队'
const ONE_COURT = '集中至同一法院'
const PAIRS = 12

/** Each use takes cases of its own: no case stands in two open proposals. */
function openingOf(pairs: [Opened, Opened][], rest: object) {
  let [lead, chosen] = pairs[0] as [Opened, Opened]
  return {
    get caseNumber() {
      ;[lead, chosen] = pairs.shift() ?? [lead, chosen]
      return lead.caseNumber
    },
    get chosen() {
      return chosen.caseNumber
    },
    ...rest,
  } as unknown as Record<string, string>
}

derivedSuite(relatedProposal, {
  openings: async ({ server }) => {
    const made = async (court?: string) => {
      const pairs: [Opened, Opened][] = []
      for (let n = 0; n < PAIRS; n += 1) pairs.push(await relatedPair(server, await nextSerial(server), court))
      return pairs
    }
    const designated = await nameOf(server, '吉0193')
    return [
      openingOf(await made(), { way: ONE_TEAM, ground: '同一被执行人' }),
      openingOf(await made(SISTER), { way: ONE_COURT, designated, ground: '同一被执行人' }),
    ]
  },
})

async function nextSerial(server: TestServer): Promise<number> {
  const [row] = await server.sql<{ n: number }>('select count(*)::int as n from enforcement_case')
  return (row?.n ?? 0) + 1
}

async function nameOf(server: TestServer, code: string): Promise<string> {
  const [court] = await server.sql<{ name: string }>('select name from court where code = $1', [code])
  return court?.name ?? ''
}

async function propose(server: TestServer, lead: Opened, chosen: Opened[], changes: object = {}) {
  const body = {
    caseNumber: lead.caseNumber,
    chosen: chosen.map(({ caseNumber }) => caseNumber).join('、'),
    way: ONE_TEAM,
    ground: '同一被执行人，集中办理',
    ...changes,
  }
  return (await server.as('linjing')).post(PATH, body)
}

/** Everything of a case that concentration may not touch. */
async function fixedOf(server: TestServer, ids: string[]) {
  const clocks = await server.sql(
    `select id, name, start_on, due_on, done_on, watched, next_rung, next_rung_at, explanation from clock
     where thing_id = any($1) order by id`,
    [ids],
  )
  const money = await server.sql(
    `select id, amount_fen, arrived_fen, next_node, next_due_on, filed_on, state from enforcement_case
     where id = any($1) order by id`,
    [ids],
  )
  const facts = await server.sql('select * from case_fact where case_id = any($1) order by case_id, seq', [ids])
  return { clocks, money, facts }
}

async function handlersOf(server: TestServer, ids: string[]) {
  return server.sql('select holder_name, team_name from enforcement_case where id = any($1)', [ids])
}

articleTest(
  ['11'],
  'in one court: rejected, adjusted, approved; all cases move together, clocks and money stay',
  async (t) => {
    const server = await startTestServer(t)
    const certificates = [identityOf('1980-05-06', 12)]
    const cases = []
    for (let n = 0; n < 3; n += 1) cases.push(await openCaseOf(server, { certificates }))
    const [lead, second, third] = cases as [Opened, Opened, Opened]
    const ids = cases.map(({ id }) => id)
    const members = await membersOf(server, '吉0193', 'team.judge')
    const judge = members.find(({ username }) => username === 'xujianguo')
    const [before, was] = [await fixedOf(server, ids), await handlersOf(server, ids)]
    assert.ok(before.clocks.length > 0)

    const clerk = await server.as('linjing')
    const opened = (await propose(server, lead, [second])).body
    const path = `${PATH}/${opened.id}`
    const asked = await clerk.do(`${path}/concentrate`, { version: opened.version, handler: judge?.personId })
    const director = await server.as('maguodong')
    const [waiting] = (await director.read('/approvals')).items
    assert.ok(JSON.stringify(waiting).includes(second.caseNumber), 'the director sees which cases')
    await director.do(`/approvals/${asked.approval.id}/reject`, { version: asked.version, reason: '还有一案未列入' })
    assert.deepEqual(await handlersOf(server, ids), was)

    const rejected = await clerk.read(path)
    assert.equal(rejected.state, 'verifying')
    const adjusted = await clerk.do(`${path}/adjust`, {
      version: rejected.version,
      chosen: `${second.caseNumber}\n${third.caseNumber}`,
      way: ONE_TEAM,
    })
    const again = await clerk.do(`${path}/concentrate`, { version: adjusted.version, handler: judge?.personId })
    await director.do(`/approvals/${again.approval.id}/approve`, { version: again.version })

    const page = await clerk.read(path)
    assert.equal(page.state, 'concentrated')
    const [table] = page.tables
    assert.deepEqual(
      table.rows.map(({ cells }: { cells: string[] }) => cells[0]).sort(),
      cases.map((one) => one.caseNumber).sort(),
    )
    assert.equal(table.rows[0].path, `/cases/${lead.id}`)
    assert.equal(table.note, null)
    const moved = await handlersOf(server, ids)
    assert.deepEqual(moved, Array(3).fill({ holder_name: '徐建国', team_name: '特执团队' }))
    assert.deepEqual(await fixedOf(server, ids), before)
    const shown = await clerk.read(`/cases/${third.id}`)
    assert.equal(shown.judge, '徐建国')
    assert.ok(shown.log[0].answers.some(({ value }: { value: string }) => value === page.number))
    const previous = (await holderOf(server, '吉0193', 'team.judge')).username
    const told = (await (await server.as(previous)).read('/notices')).items
    assert.equal(told.filter(({ title }: { title: string }) => title.startsWith('变更承办人：')).length, 3)
    assert.equal((await propose(server, lead, [second])).status, 201, 'the cases are free again')
  },
)

articleTest(
  ['11'],
  'of several courts: the director, then the director of the court above; each court is told',
  async (t) => {
    const server = await startTestServer(t)
    const [lead, foreign] = await relatedPair(server, 7, SISTER)
    const designated = await nameOf(server, '吉0193')
    const before = await fixedOf(server, [lead.id, foreign.id])
    const opened = (await propose(server, lead, [foreign], { way: ONE_COURT, designated })).body
    const path = `${PATH}/${opened.id}`
    const clerk = await server.as('linjing')
    const asked = await clerk.do(`${path}/report`, { version: opened.version })
    assert.deepEqual(
      asked.approval.steps.map(({ label }: { label: string }) => label),
      ['执行局长', '上级法院执行局长'],
    )
    const approve = async (username: string) =>
      (await server.as(username)).post(`/approvals/${asked.approval.id}/approve`, { version: asked.version })
    assert.equal((await approve('pengchao')).status, 403, 'not before the own director')
    assert.equal((await approve('maguodong')).status, 200)
    assert.equal((await approve('xiongwei')).status, 404, 'the other court’s director knows of nothing')
    const above = await (await server.as('pengchao')).read(path)
    assert.equal(above.tables[0].rows[1].path, `/cases/${foreign.id}`)
    assert.equal((await approve('pengchao')).status, 200)

    const page = await clerk.read(path)
    assert.equal(page.state, 'agreed')
    assert.match(page.tables[0].note, /指定执行裁定/)
    assert.equal(page.tables[0].rows[1].path, null)
    assert.deepEqual(await fixedOf(server, [lead.id, foreign.id]), before)
    for (const username of ['panlin', 'xiongwei']) {
      const [notice] = (await (await server.as(username)).read('/notices')).items
      assert.ok(notice.title.includes(foreign.caseNumber), notice.title)
      assert.ok(notice.text.includes(designated), notice.text)
      assert.ok(!JSON.stringify(notice).includes(lead.caseNumber), 'the other case stays unnamed')
      assert.equal((await (await server.as(username)).get(path)).status, 404)
    }
  },
)

test('the court that decides stands above all courts concerned', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  for (const [serial, other, decides] of [
    [1, SISTER, '吉01'],
    [2, '吉0204', '吉'],
  ] as const) {
    const [lead, foreign] = await relatedPair(server, serial, other)
    const opened = (await propose(server, lead, [foreign], { way: ONE_COURT, designated: await nameOf(server, other) }))
      .body
    const { approval } = await clerk.do(`${PATH}/${opened.id}/report`, { version: opened.version })
    const [row] = await server.sql(
      `select c.code from approval a join court c on c.id = (a.steps -> 1 ->> 'courtId')::int where a.id = $1`,
      [approval.id],
    )
    assert.deepEqual(row, { code: decides })
  }
})

test('refused: a name alone, a number of nothing, a closed case, a way that does not fit; and nothing is stored', async (t) => {
  const server = await startTestServer(t)
  const [lead, mate] = await relatedPair(server, 7)
  const namesake = await openCaseOf(server, { name: '某7' })
  const refused = async (chosen: { caseNumber: string }[], changes: object = {}) => {
    const { status, body } = await propose(server, lead, chosen as Opened[], changes)
    assert.ok(status >= 400, JSON.stringify(body))
    return body.fields?.[0]?.path ?? body.code
  }
  assert.equal(await refused([namesake]), 'related.no-ground')
  assert.equal(await refused([mate, { caseNumber: '（2021）吉0193执99999号' }]), 'related.no-ground')
  assert.equal(await refused([{ caseNumber: '无' }]), 'related.no-ground')
  assert.equal(await refused([lead]), 'chosen')
  assert.equal(await refused([mate], { caseNumber: '（2021）吉0193执99999号' }), 'caseNumber')
  assert.equal(await refused([mate], { way: ONE_COURT, designated: await nameOf(server, '吉0193') }), 'related.way')
  assert.equal(await refused([mate], { designated: await nameOf(server, '吉0193') }), 'designated')
  const foreign = await openCaseOf(server, { court: SISTER, certificates: [identityOf('1990-01-01', 7)] })
  assert.equal(await refused([foreign]), 'related.way')
  assert.equal(await refused([foreign], { way: ONE_COURT, designated: '某某人民法院' }), 'designated')
  await (await server.as('linjing')).do(`/cases/${mate.id}/close`, {
    version: mate.version,
    on: '2021-09-20',
    way: '执行完毕',
  })
  assert.equal(await refused([mate]), 'related.closed')
  for (const table of ['related_case', 'matter_related_proposal'])
    assert.deepEqual(await server.sql(`select 1 from ${table}`), [], table)
})

test('refused: a case in another open proposal, of whatever court; two at once: one stands', async (t) => {
  const server = await startTestServer(t)
  const [lead, foreign] = await relatedPair(server, 7, SISTER)
  const designated = await nameOf(server, '吉0193')
  const way = { way: ONE_COURT, designated }
  const both = await Promise.all([propose(server, lead, [foreign], way), propose(server, lead, [foreign], way)])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 409])
  const theirs = await (await server.as('panlin')).post(PATH, {
    caseNumber: foreign.caseNumber,
    chosen: lead.caseNumber,
    ground: '同一被执行人',
    ...way,
  })
  assert.equal(theirs.body.code, 'related.taken')
  const [one] = both.filter(({ status }) => status === 201)
  const clerk = await server.as('linjing')
  const [candidate] = (await clerk.read(`/cases/${lead.id}/related`)).items
  assert.deepEqual(candidate.proposal, { id: one?.body.id, number: one?.body.number })
  await clerk.do(`${PATH}/${one?.body.id}/withdraw`, { version: one?.body.version, reason: '改由对方法院提请' })
  const again = await (await server.as('panlin')).post(PATH, {
    caseNumber: foreign.caseNumber,
    chosen: lead.caseNumber,
    ground: '同一被执行人',
    ...way,
  })
  assert.equal(again.status, 201)
})

test('what has changed by the decision stops it as a whole: a case closed, a number corrected', async (t) => {
  const server = await startTestServer(t)
  const certificates = [identityOf('1980-05-06', 12)]
  const cases = []
  for (let n = 0; n < 3; n += 1) cases.push(await openCaseOf(server, { certificates }))
  const [lead, second, third] = cases as [Opened, Opened, Opened]
  const ids = cases.map(({ id }) => id)
  const clerk = await server.as('linjing')
  const opened = (await propose(server, lead, [second, third])).body
  const judge = (await membersOf(server, '吉0193', 'team.judge')).find(({ username }) => username === 'xujianguo')
  const asked = await clerk.do(`${PATH}/${opened.id}/concentrate`, {
    version: opened.version,
    handler: judge?.personId,
  })
  const was = await handlersOf(server, ids)
  const approve = async () =>
    (await server.as('maguodong')).post(`/approvals/${asked.approval.id}/approve`, { version: asked.version })
  const { parties } = await clerk.read(`/cases/${second.id}`)
  await clerk.do(`/cases/${second.id}/parties`, {
    version: second.version,
    reason: '证件号码录入有误',
    parties: parties.map(({ side, name }: { side: string; name: string }, at: number) => ({
      was: at + 1,
      side,
      name,
      certificates: side === 'debtor' ? [identityOf('1975-05-06', 12)] : null,
    })),
  })
  const unrelated = await approve()
  assert.deepEqual([unrelated.body.code, unrelated.text.includes(second.caseNumber)], ['related.no-ground', true])
  await clerk.do(`/cases/${third.id}/close`, { version: third.version, on: '2021-09-20', way: '执行完毕' })
  const closed = await approve()
  assert.deepEqual([closed.body.code, closed.text.includes(third.caseNumber)], ['related.closed', true])
  assert.deepEqual(await handlersOf(server, ids), was)
  assert.equal((await clerk.read(`${PATH}/${opened.id}`)).approval.id, asked.approval.id, 'it still waits')
})

const CANARY = '金丝雀'

test('no fact of the other court’s case in any answer, refusal, notice, list, export or record', async (t) => {
  const server = await startTestServer(t)
  const certificates = [identityOf('1980-05-06', 12)]
  const lead = await openCaseOf(server, { certificates })
  const foreign = await openCaseOf(server, {
    court: SISTER,
    certificates,
    creditor: `${CANARY}公司`,
    basisNumber: `（2020）${CANARY}判1号`,
    more: {
      cause: `${CANARY}纠纷`,
      remark: `${CANARY}备注`,
      amountFen: '77001177',
      debtors: [{ name: '某乙', certificates }, { name: `${CANARY}某` }],
    },
  })
  const clerk = await server.as('linjing')
  const heard: string[] = []
  const hear = ({ text }: { text: string }) => heard.push(text)
  const designated = await nameOf(server, '吉0193')
  hear(await clerk.get(`/cases/${lead.id}/related`))
  hear(await propose(server, lead, [foreign]))
  const opened = await propose(server, lead, [foreign], { way: ONE_COURT, designated })
  hear(opened)
  hear(await propose(server, lead, [foreign], { way: ONE_COURT, designated }))
  const path = `${PATH}/${opened.body.id}`
  const asked = await clerk.post(`${path}/report`, { version: opened.body.version })
  hear(asked)
  const director = await server.as('maguodong')
  hear(await director.get('/approvals'))
  const body = { version: asked.body.version }
  hear(await director.post(`/approvals/${asked.body.approval.id}/approve`, body))
  await (await server.as('pengchao')).do(`/approvals/${asked.body.approval.id}/approve`, body)
  for (const client of [clerk, director]) {
    for (const asking of [path, PATH, `${PATH}/export?format=csv`, '/notices', '/workbench', `/cases/${lead.id}`]) {
      hear(await client.get(asking))
    }
  }
  hear(await (await server.as('shenji')).get('/audit'))
  assert.ok(heard.some((text) => text.includes(foreign.caseNumber)))
  for (const hidden of [CANARY, '77001177', '770011.77', foreign.id, '贾婷'])
    assert.deepEqual(
      heard.filter((text) => text.includes(hidden)),
      [],
      hidden,
    )
})
