import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { personOf, receive } from '#test/suite/assigning.ts'
import { digestOfRules, searchStoredCases } from './search.ts'

// The ledger follows its cases: into triage, into other hands, to their end; and rules that change are asked again.

async function newCase(server: TestServer, name = '某县财政局') {
  return (await server.as('linjing')).do('/cases', {
    kind: '首次执行',
    filedOn: '2021-09-01',
    amountFen: '5000000',
    judgeId: await personOf(server, 'sunhaitao'),
    creditors: [{ name: '某甲公司' }],
    debtors: [{ name }],
  })
}

async function entry(server: TestServer) {
  const clerk = await server.as('linjing')
  const [one] = (await clerk.read('/special-parties')).items
  return clerk.read(`/special-parties/${one.id}`)
}

async function done(server: TestServer, by: string, path: string, name: string, answers: object = {}) {
  const client = await server.as(by)
  const { version } = await client.read(path)
  return client.do(`${path}/${name}`, { version, ...answers })
}

const told = (thing: { fields: { name: string; value: string | null }[] }, name: string) =>
  thing.fields.find((one) => one.name === name)?.value

articleTest(['12', '19'], 'what the ledger holds makes a case special, by whatever name', async (t) => {
  const server = await startTestServer(t)
  const { id, caseNumber } = await newCase(server, '某乙公司')
  const clerk = await server.as('linjing')
  const tracks = async () => (await clerk.read(`/cases/${id}`)).triage.proposal
  assert.equal((await tracks()).words, '简案（速执团队）')
  const ground = '市国资全资企业，工商档案查明'
  await clerk.do('/special-parties', { caseNumber, category: '国有企业', party: '某乙公司', ground })
  assert.equal((await tracks()).words, '简案（速执团队）', 'what is only proposed counts for nothing yet')
  await done(server, 'linjing', `/special-parties/${(await entry(server)).id}`, 'confirm')
  const { words, reasons } = await tracks()
  assert.equal(words, '特案（特执团队）')
  assert.deepEqual(
    reasons.map(({ label, finding }: { label: string; finding: string }) => [label, finding]),
    [['特殊主体台账', '某乙公司（国有企业）']],
  )
  await receive(server, await clerk.read(`/cases/${id}`))
  const proposed = await done(server, 'linjing', `/cases/${id}`, 'triage')
  const director = await server.as('maguodong')
  await director.do(`/approvals/${proposed.approval.id}/approve`, { version: proposed.version })
  const [stored] = await server.sql('select track, track_reason from enforcement_case where id = $1', [id])
  assert.deepEqual(stored, { track: '特案', track_reason: '特殊主体台账（某乙公司（国有企业））' })
})

test('who may not read the ledger does not read it in the triage of a case', async (t) => {
  const server = await startTestServer(t)
  const { id, caseNumber } = await newCase(server, '某乙公司')
  const clerk = await server.as('linjing')
  const ground = '市国资全资企业，工商档案查明'
  await clerk.do('/special-parties', { caseNumber, category: '国有企业', party: '某乙公司', ground })
  const confirmed = await entry(server)
  await done(server, 'linjing', `/special-parties/${confirmed.id}`, 'confirm')
  const others = await Promise.all(['fangmingyu', 'shaoyan', 'duanhong'].map((name) => server.as(name)))
  for (const other of others) {
    assert.equal((await other.get(`/special-parties/${confirmed.id}`)).status, 404)
    const { proposal } = (await other.read(`/cases/${id}`)).triage
    assert.deepEqual([proposal.words, proposal.reasons], ['特案（特执团队）', []])
  }
  await receive(server, await clerk.read(`/cases/${id}`))
  const proposed = await done(server, 'linjing', `/cases/${id}`, 'triage')
  await (await server.as('maguodong')).do(`/approvals/${proposed.approval.id}/approve`, { version: proposed.version })
  for (const other of others) {
    const page = await other.get(`/cases/${id}`)
    assert.equal(page.body.triage.standing.reason, '依据特殊主体台账')
    assert.doesNotMatch(page.text, /国有企业|工商档案/)
  }
  const whole = await clerk.read(`/cases/${id}`)
  assert.equal(whole.triage.standing.reason, '特殊主体台账（某乙公司（国有企业））')
  assert.match(JSON.stringify(whole.log), /某乙公司（国有企业）/)
})

articleTest(['19'], 'an entry goes into other hands with its case, and its follow-up with it', async (t) => {
  const server = await startTestServer(t)
  const { id } = await newCase(server)
  await done(server, 'linjing', `/special-parties/${(await entry(server)).id}`, 'confirm')
  const named = { handler: await personOf(server, 'xujianguo'), reason: '工作调动' }
  const asked = await done(server, 'linjing', `/cases/${id}`, 'changeHandler', named)
  assert.equal((await entry(server)).holder, '孙海涛', 'not before it is approved')
  await (await server.as('maguodong')).do(`/approvals/${asked.approval.id}/approve`, { version: asked.version })
  const now = await entry(server)
  assert.equal(now.holder, '徐建国')
  const note = { on: '2021-09-30', progress: '已约谈', nextOn: '2021-10-20' }
  await done(server, 'xujianguo', `/special-parties/${now.id}`, 'addProgress', note)
})

articleTest(['19'], 'a case that ends tells its entry what is left; it stays until the centre decides', async (t) => {
  const server = await startTestServer(t)
  const { id } = await newCase(server)
  const { id: entryId } = await entry(server)
  const path = `/special-parties/${entryId}`
  await done(server, 'linjing', path, 'confirm')
  const note = { on: '2021-09-30', progress: '已付一部分', nowPaidFen: '100000', nextOn: '2021-10-20' }
  await done(server, 'sunhaitao', path, 'addProgress', note)
  await done(server, 'sunhaitao', `/cases/${id}`, 'close', { on: '2021-09-30', way: '终结执行' })
  const after = await entry(server)
  assert.equal(after.state, 'listed')
  assert.equal(
    told(after, 'progress'),
    '案件已报结（终结执行），台账尚余49000.00元未清偿；请核实后报请清理、移出台账或者继续跟进',
  )
  // Five working days from 30 September, with the holidays between.
  assert.equal(after.dueOn, '2021-10-13')
  assert.deepEqual([after.log[0].label, after.log[0].actor], ['案件报结提示', '系统'])
  for (const username of ['linjing', 'luoxiaoming', 'sunhaitao']) {
    const { items } = await (await server.as(username)).read('/notices')
    assert.ok(
      items.some(({ title }: { title: string }) => title === `案件报结提示：${after.number}`),
      username,
    )
  }
  const standing = await server.sql('select 1 from special_party_open where case_id = $1', [id])
  assert.equal(standing.length, 1, 'it has not left the ledger')
})

test('changed rules are asked of what is stored, in batches, once; what was refused stays refused', async (t) => {
  const server = await startTestServer(t)
  const { services } = server.app
  await searchStoredCases(services)
  const made = []
  for (let n = 0; n < 5; n += 1) made.push(await newCase(server))
  const foreign = await server.sql<{ court_id: number }>('select court_id from enforcement_case limit 1')
  assert.equal(foreign.length, 1)
  const clerk = await server.as('linjing')
  const [refused] = (await clerk.read('/special-parties')).items
  await done(server, 'linjing', `/special-parties/${refused.id}`, 'refuse', { reason: '系企业' })
  const kept = refused.values.caseNumber
  // As under rules that did not know them yet: of four nobody has heard anything.
  await server.sql(
    `delete from special_party_ground g using enforcement_case c where c.id = g.case_id and c.number <> $1`,
    [kept],
  )
  await server.sql(
    `delete from special_party_open o using enforcement_case c where c.id = o.case_id and c.number <> $1`,
    [kept],
  )
  await server.sql('delete from matter_special_party where case_number <> $1', [kept])
  await searchStoredCases(services)
  assert.equal((await clerk.read('/special-parties?state=proposed')).items.length, 0, 'these rules were asked before')
  await server.sql(`update special_party_search set rules = 'before'`)
  const ended = new AbortController()
  ended.abort()
  await searchStoredCases(services, ended.signal, 2)
  await searchStoredCases(services, undefined, 2)
  await searchStoredCases(services, undefined, 2)
  const proposed = (await clerk.read('/special-parties?state=proposed')).items
  assert.deepEqual(
    proposed.map(({ values }: { values: { caseNumber: string } }) => values.caseNumber).sort(),
    made
      .map(({ caseNumber }) => caseNumber)
      .filter((number) => number !== kept)
      .sort(),
  )
  const [row] = await server.sql(
    'select looked_at, proposed, done_at is not null as done from special_party_search where rules = $1',
    [digestOfRules()],
  )
  assert.deepEqual(row, { looked_at: 5, proposed: 4, done: true })
})

test('any change of a rule makes another digest', () => {
  const [first, ...others] = [
    {
      id: 'a',
      category: '军队',
      label: '名',
      sides: ['debtor'],
      name: { has: /部队/u, not: null },
      source: '',
      mark: 'C',
    },
  ] as const
  assert.ok(first)
  assert.notEqual(digestOfRules([first, ...others]), digestOfRules([{ ...first, name: { has: /部队$/u, not: null } }]))
  assert.notEqual(digestOfRules([first]), digestOfRules([{ ...first, sides: ['creditor'] }]))
})
