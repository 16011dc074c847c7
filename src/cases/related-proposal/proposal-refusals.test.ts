import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'
import {
  handlersOf,
  identityOf,
  nameOf,
  ONE_COURT,
  type Opened,
  openCaseOf,
  PATH,
  propose,
  relatedPair,
  SISTER,
} from '#test/related-cases.ts'
import { membersOf } from '#test/suite/cast.ts'

// What a proposal is refused for, and what never leaves the other court.

test('refused: a name alone, no number, a closed case, a way that does not fit; nothing is stored', async (t) => {
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
