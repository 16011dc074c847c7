import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { checked, identityOf, openCaseOf, SISTER } from '#test/related-cases.ts'
import { relatedCases } from './related-cases.ts'
import type { RelatedCaseView } from './wire.ts'

async function related(server: TestServer, id: string, by = 'linjing'): Promise<RelatedCaseView[]> {
  return (await (await server.as(by)).read(`/cases/${id}/related`)).items
}

const CREDIT = checked('91220101MA0000001')

articleTest(
  ['11'],
  'found across courts by identity number, credit code, birth and judgment; never by name',
  async (t) => {
    const server = await startTestServer(t)
    const zhang = identityOf('1980-05-06', 12)
    const own = await openCaseOf(server, { name: '张伟', certificates: [zhang], basisNumber: '（2020）吉0193民初12号' })
    const expected: [string, string[], number][] = []
    const add = async (facts: Parameters<typeof openCaseOf>[1], reasons: string[], score: number) => {
      const { caseNumber } = await openCaseOf(server, facts)
      expected.push([caseNumber, reasons, score])
    }
    await add({ court: SISTER, name: '张 伟', certificates: [zhang] }, ['被执行人证件号码相同'], 100)
    await add({ basisNumber: ' (2020)吉0193民初0012号民事判决书' }, ['执行依据文号相同'], 90)
    await add(
      { name: '张伟', certificates: ['220104800506123'] },
      ['被执行人姓名、出生日期相同，一方证件号码有误或为旧号'],
      70,
    )
    await add(
      { court: SISTER, name: '张伟', certificates: [identityOf('1980-05-06', 13)] },
      ['被执行人姓名、出生日期相同，证件号码不同'],
      50,
    )
    // Related to nobody: the same name alone, with another birth, with no number; the number as a creditor's.
    await openCaseOf(server, { name: '张伟' })
    await openCaseOf(server, { court: SISTER, name: '张伟', certificates: [identityOf('1981-05-06', 12)] })
    await openCaseOf(server, { name: '李娜', certificates: [identityOf('1980-05-06', 14)] })
    await openCaseOf(server, { more: { creditors: [{ name: '张伟', certificates: [zhang] }] } })
    const found = await related(server, own.id)
    assert.deepEqual(
      found.map(({ caseNumber, reasons, score }) => [caseNumber, reasons, score]),
      expected,
    )
    assert.deepEqual(
      found.map(({ party }) => party),
      ['张 伟', null, '张伟', '张伟'],
    )
    assert.deepEqual(
      found.map(({ id, own: isOwn }) => [id !== null, isOwn]),
      [false, true, true, false].map((here) => [here, here]),
    )
  },
)

test('a firm by its credit code; two reasons in one case count once, with the stronger score', async (t) => {
  const server = await startTestServer(t)
  const facts = { name: '某置业有限公司', certificates: [CREDIT], basisNumber: '长仲字〔2020〕第0007号' }
  const one = await openCaseOf(server, facts)
  const other = await openCaseOf(server, { ...facts, court: SISTER, basisNumber: '长仲字（2020）第7号' })
  const found = await related(server, one.id)
  assert.deepEqual(
    found.map(({ caseNumber, reasons, score }) => [caseNumber, reasons, score]),
    [[other.caseNumber, ['被执行人证件号码相同', '执行依据文号相同'], 100]],
  )
})

test('what stands for no number relates nobody: 无, one digit only, a wrong check character', async (t) => {
  const server = await startTestServer(t)
  const wrong = `${CREDIT.slice(0, 17)}${CREDIT.endsWith('0') ? '1' : '0'}`
  for (const facts of [
    { name: '某甲', certificates: ['000000000000000000'] },
    { name: '某丙公司', certificates: [wrong] },
    { name: '某丁', certificates: ['无'] },
    { name: '某戊', basisNumber: '无' },
    { name: '某己', basisNumber: '民事调解书' },
    { name: '某庚', basisNumber: '（2020）判决' },
  ]) {
    const one = await openCaseOf(server, facts)
    await openCaseOf(server, facts)
    assert.deepEqual(await related(server, one.id), [], JSON.stringify(facts))
  }
})

test('a number of a judgment however it is typed', async (t) => {
  const server = await startTestServer(t)
  const keyOf = async (text: string | null) =>
    (await server.sql<{ key: string | null }>('select basis_key($1) as key', [text]))[0]?.key
  const judgment = '(2020)吉0193民初12号'
  for (const text of [
    '（2020）吉0193民初12号',
    '(2020)吉0193民初12号',
    '〔2020〕吉0193民初012号',
    '【２０２０】吉0193民初12号民事判决书',
    ' （2020） 吉0193 民初 12 号',
    '长春市某法院（2020）吉0193民初12号判决、（2021）吉01民终3号',
  ]) {
    assert.equal(await keyOf(text), judgment, text)
  }
  assert.equal(await keyOf('（2015）长民初字第00123号'), '(2015)长民初字123号')
  assert.notEqual(await keyOf('（2020）吉0193民初120号'), judgment)
  assert.notEqual(await keyOf('（2021）吉0193民初12号'), judgment)
  for (const nothing of [null, '', '无', '调解书', '2020年判决', '（2020）', '吉0193民初12号']) {
    assert.equal(await keyOf(nothing), null, String(nothing))
  }
})

test('a closed case is shown, after the open ones', async (t) => {
  const server = await startTestServer(t)
  const certificates = [identityOf('1980-05-06', 12)]
  const [one, two, three] = [
    await openCaseOf(server, { certificates }),
    await openCaseOf(server, { certificates }),
    await openCaseOf(server, { certificates }),
  ]
  await (await server.as('linjing')).do(`/cases/${two.id}/close`, {
    version: two.version,
    on: '2021-09-20',
    way: '执行完毕',
  })
  const found = await related(server, one.id)
  assert.deepEqual(
    found.map(({ caseNumber, open, stateLabel }) => [caseNumber, open, stateLabel]),
    [
      [three.caseNumber, true, '在执'],
      [two.caseNumber, false, '已结'],
    ],
  )
})

const CANARY = '金丝雀'

/** A case of the sister court in which nothing may be known elsewhere but number, state and the debtor in common. */
async function plantCanary(server: TestServer, certificates: string[]) {
  return openCaseOf(server, {
    court: SISTER,
    name: '某乙',
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
}

test('nothing else of another court’s case is told: no fact, no id; each look at it is on record', async (t) => {
  const server = await startTestServer(t)
  const certificates = [identityOf('1980-05-06', 12)]
  const own = await openCaseOf(server, { certificates })
  const foreign = await plantCanary(server, certificates)
  const { text, body } = await (await server.as('linjing')).get(`/cases/${own.id}/related`)
  assert.equal(body.items.length, 1)
  assert.deepEqual(Object.keys(body.items[0]).sort(), [
    'caseNumber',
    'court',
    'id',
    'open',
    'own',
    'party',
    'proposal',
    'reasons',
    'score',
    'stateLabel',
    'weak',
  ])
  for (const hidden of [CANARY, '77001177', foreign.id, '贾婷']) assert.ok(!text.includes(hidden), hidden)
  assert.equal((await (await server.as('linjing')).get(`/cases/${foreign.id}`)).status, 404)
  assert.equal((await (await server.as('linjing')).get(`/cases/${foreign.id}/related`)).status, 404)
  const looks = await server.sql<{ summary: string }>(`select summary from audit where verb = 'case.related'`)
  assert.deepEqual(
    looks.map(({ summary }) => JSON.parse(summary)),
    [{ 外院案件数: 1 }],
  )
  // Who oversees both courts reads both cases anyway.
  const [above] = await related(server, own.id, 'zhaoxue')
  assert.equal(above?.id, foreign.id)
  assert.equal((await (await server.as('duanhong')).get(`/cases/${own.id}/related`)).status, 403)
})

test('the function answers nobody whose scope does not hold the case that is asked about', async (t) => {
  const server = await startTestServer(t)
  const certificates = [identityOf('1980-05-06', 12)]
  const own = await openCaseOf(server, { certificates })
  await plantCanary(server, certificates)
  const [{ court_id: courtId }] = (await server.sql('select court_id from enforcement_case where id = $1', [
    own.id,
  ])) as [{ court_id: number }]
  const { database } = server.app.services
  const asked = (courtIds: number[]) => database.read({ courtIds }, (tx) => relatedCases(tx, { courtId, id: own.id }))
  assert.equal((await asked([courtId])).candidates.length, 1)
  for (const scope of [[], [courtId + 1]]) assert.deepEqual((await asked(scope)).candidates, [])
})
