import assert from 'node:assert/strict'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { PDF } from '#test/suite/cast.ts'
import { derivedSuite } from '#test/suite/derived-suite.ts'
import { specialParty } from './special-party.ts'

// 林静 (centre.clerk) keeps the ledger, 罗晓明 (centre.head) decides on clearance, 孙海涛 holds the cases, 马国栋 is the director.

const NEXT_ON = '2021-10-20'

interface Debtor {
  name: string
  certificates?: string[]
}

/** A case of 孙海涛 against this debtor. */
async function newCase(server: TestServer, debtor: Debtor, creditor = '某甲公司') {
  const [judge] = await server.sql<{ id: string }>("select person_id as id from account where username = 'sunhaitao'")
  return (await server.as('linjing')).do('/cases', {
    kind: '首次执行',
    filedOn: '2021-09-01',
    basisNumber: '（2021）吉0193民初1号',
    amountFen: '5000000',
    judgeId: judge?.id,
    creditors: [{ name: creditor }],
    debtors: [debtor],
  })
}

/** The entries of the ledger, the newest first. */
async function entries(client: Client, query = '') {
  return (await client.read(`/special-parties${query}`)).items
}

async function act(server: TestServer, by: string, id: string, name: string, answers: object = {}) {
  const client = await server.as(by)
  const { version } = await client.read(`/special-parties/${id}`)
  return client.post(`/special-parties/${id}/${name}`, { ...answers, version })
}

/** As `act`, and it is done. */
async function done(server: TestServer, by: string, id: string, name: string, answers: object = {}) {
  const reply = await act(server, by, id, name, answers)
  assert.equal(reply.status, 200, `${name}: ${reply.text}`)
  return reply.body
}

/** An entry that the rules proposed and the centre confirmed. */
async function listed(server: TestServer, name = '某县财政局') {
  await newCase(server, { name })
  const [entry] = await entries(await server.as('linjing'))
  return done(server, 'linjing', entry.id, 'confirm')
}

const CLEARED = { clearedOn: '2021-09-29', clearedWay: '列入预算并已支付', clearedFen: '4800000' }

async function reported(server: TestServer, id: string) {
  const judge = await server.as('sunhaitao')
  const attached = await judge.upload(`/special-parties/${id}/attachments`, { document: 'proof' }, PDF)
  assert.equal(attached.status, 201, attached.text)
  return done(server, 'sunhaitao', id, 'reportCleared', CLEARED)
}

const told = (thing: { fields: { name: string; value: string | null }[] }, name: string) =>
  thing.fields.find((one) => one.name === name)?.value

derivedSuite(specialParty, {
  openings: async () => [
    { category: '党政机关', party: '某乙', ground: '县属事业单位', caseNumber: '（2021）吉0193执999号' },
  ],
  answers: {
    open: async (server) => ({ caseNumber: (await newCase(server, { name: '某乙' })).caseNumber }),
    addMeasure: async () => ({ nextOn: NEXT_ON }),
    addProgress: async () => ({ nextOn: NEXT_ON }),
    sendBack: async () => ({ nextOn: NEXT_ON }),
  },
})

articleTest(
  ['19'],
  'a case against an office is proposed, confirmed, worked on, returned once and cleared',
  async (t) => {
    const server = await startTestServer(t)
    const clerk = await server.as('linjing')
    const one = await newCase(server, { name: '某县财政局' })
    const [entry, ...others] = await entries(clerk)
    assert.equal(others.length, 0)
    assert.deepEqual([entry.state, entry.holder], ['proposed', '孙海涛'])
    assert.deepEqual(
      [entry.values.caseNumber, entry.values.category, entry.values.party, entry.values.amountFen],
      [one.caseNumber, '党政机关', '某县财政局', '5000000'],
    )
    assert.match(entry.values.ground, /含“财政局”.*依据：本院设置/)
    const after = await done(server, 'linjing', entry.id, 'confirm')
    assert.deepEqual([after.state, told(after, 'listedOn')], ['listed', '2021-09-30'])
    const measure = { on: '2021-09-29', measure: '发函督促履行', detail: '向该局发出督促函', nextOn: NEXT_ON }
    await done(server, 'sunhaitao', entry.id, 'addMeasure', measure)
    const note = { on: '2021-09-30', progress: '已列入第四季度预算', nowPaidFen: '100000', nextOn: NEXT_ON }
    await done(server, 'sunhaitao', entry.id, 'addProgress', note)
    const noted = await done(server, 'linjing', entry.id, 'addProgress', note)
    assert.equal(told(noted, 'paidFen'), '2,000.00')
    assert.equal(noted.dueOn, NEXT_ON)
    assert.deepEqual(
      noted.log.slice(0, 3).map(({ label, onDate }: { label: string; onDate: string }) => [label, onDate]),
      [
        ['登记进展', '2021-09-30'],
        ['登记进展', '2021-09-30'],
        ['登记措施', '2021-09-29'],
      ],
    )
    await reported(server, entry.id)
    const back = await done(server, 'luoxiaoming', entry.id, 'sendBack', { reason: '缺付款凭证', nextOn: NEXT_ON })
    assert.deepEqual([back.state, told(back, 'clearedWay'), back.dueOn], ['listed', null, NEXT_ON])
    await reported(server, entry.id)
    const cleared = await done(server, 'luoxiaoming', entry.id, 'confirmCleared')
    assert.deepEqual(
      ['clearedOn', 'clearedWay', 'clearedFen', 'leftOn'].map((name) => told(cleared, name)),
      ['2021-09-29', '列入预算并已支付', '48,000.00', '2021-09-30'],
    )
    assert.equal(cleared.state, 'cleared')
    assert.equal((await server.sql('select 1 from special_party_open')).length, 0)
  },
)

articleTest(['19'], 'what was refused is not proposed again on the same ground, but on another', async (t) => {
  const server = await startTestServer(t)
  const filing = await server.as('fangmingyu')
  const { id } = await newCase(server, { name: '某园管理委员会' })
  const clerk = await server.as('linjing')
  const [entry] = await entries(clerk)
  assert.equal((await act(server, 'linjing', entry.id, 'refuse')).status, 400, 'a refusal says why')
  await done(server, 'linjing', entry.id, 'refuse', { reason: '系公司内设机构' })
  const correct = async (certificates: string[]) => {
    const { version } = await filing.read(`/cases/${id}`)
    const parties = [
      { was: 1, side: 'creditor', name: '某甲公司', certificates: null },
      { was: 2, side: 'debtor', name: '某园管理委员会', certificates },
    ]
    await filing.do(`/cases/${id}/parties`, { version, reason: '补正', parties })
  }
  await correct(['220104199001011234'])
  assert.equal((await entries(clerk)).length, 1)
  await correct(['11220100MB0000001Y'])
  const again = await entries(clerk, '?state=proposed')
  assert.equal(again.length, 1)
  assert.match(again[0].values.ground, /GB 32100/)
  await correct(['11220100MB0000001Y'])
  assert.equal((await entries(clerk)).length, 2)
})

articleTest(['19'], 'by hand: a reason, a party of the case, a case of the court, once in a category', async (t) => {
  const server = await startTestServer(t)
  const { caseNumber: number } = await newCase(server, { name: '某乙公司' })
  const clerk = await server.as('linjing')
  const entry = { caseNumber: number, category: '国有企业', party: '某乙公司', ground: '市国资全资企业，工商档案查明' }
  const refused = async (changes: object) => {
    const reply = await clerk.post('/special-parties', { ...entry, ...changes })
    return [reply.body.code, reply.body.fields[0]?.path]
  }
  assert.deepEqual(await refused({ ground: '' }), ['request.invalid', 'ground'])
  assert.deepEqual(await refused({ party: '某丙公司' }), ['request.invalid', 'party'])
  assert.deepEqual(await refused({ caseNumber: '（2021）吉0193执999号' }), ['case.unknown', 'caseNumber'])
  assert.deepEqual(await entries(clerk), [])
  const opened = await clerk.do('/special-parties', entry)
  assert.deepEqual([opened.state, opened.opener], ['proposed', '林静'])
  assert.deepEqual(await refused({}), ['special-party.listed-already', undefined])
  const both = await Promise.all([0, 1].map(() => clerk.post('/special-parties', { ...entry, category: '军队' })))
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 409])
  assert.equal((await entries(clerk, '?category=国有企业')).length, 1)
  assert.equal((await entries(clerk, '?category=党政机关')).length, 0)
  assert.equal((await clerk.get('/special-parties?category=其他')).status, 400)
  const table = await clerk.get('/special-parties/export?format=csv&category=国有企业')
  assert.ok(table.text.includes(number) && !table.text.includes('军队'), table.text)
})

articleTest(
  ['19'],
  'days: not to come, not before the filing; the next look within the limit, or it is overdue',
  async (t) => {
    const server = await startTestServer(t)
    const { id } = await listed(server)
    const measure = { on: '2021-09-30', measure: '约谈负责人', detail: '约谈', nextOn: NEXT_ON }
    const refused = async (changes: object) => {
      const reply = await act(server, 'sunhaitao', id, 'addMeasure', { ...measure, ...changes })
      return [reply.body.code, reply.body.fields[0]?.path]
    }
    assert.deepEqual(await refused({ on: '2021-10-01' }), ['case.fact-future', 'on'])
    assert.deepEqual(await refused({ on: '2021-08-31' }), ['request.invalid', 'on'])
    assert.deepEqual(await refused({ nextOn: '2021-09-30' }), ['request.invalid', 'nextOn'])
    // One month from 30 September ends on a Saturday and moves to Monday.
    assert.deepEqual(await refused({ nextOn: '2021-11-02' }), ['special-party.next-late', 'nextOn'])
    await done(server, 'sunhaitao', id, 'addMeasure', { ...measure, nextOn: '2021-11-01' })
    server.time.travelTo('2021-11-02T00:00:00+08:00')
    await server.app.worker.sweep()
    const head = await server.as('luoxiaoming')
    assert.ok(
      (await head.read('/notices')).items.some(({ title }: { title: string }) => title.startsWith('跟进已超期')),
    )
    assert.equal((await head.read(`/special-parties/${id}`)).clockState, 'overdue')
  },
)

articleTest(
  ['19'],
  'taken out with a reason and the consent of the director; another team has no hand in it',
  async (t) => {
    const server = await startTestServer(t)
    const { id } = await listed(server)
    assert.equal((await act(server, 'zhouwenjing', id, 'addMeasure')).status, 403)
    const early = await act(server, 'luoxiaoming', id, 'confirmCleared')
    assert.equal(early.body.code, 'act.wrong-state')
    const proposed = await done(server, 'linjing', id, 'remove', { reason: '该局已撤销，债务由公司承继' })
    assert.equal(proposed.state, 'listed')
    const director = await server.as('maguodong')
    await director.do(`/approvals/${proposed.approval.id}/approve`, { version: proposed.version })
    const removed = await director.read(`/special-parties/${id}`)
    assert.deepEqual([removed.state, told(removed, 'leftOn')], ['removed', '2021-09-30'])
  },
)
