import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assetKey } from '#cases/case/case-assets.ts'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { identityOf, type Opened, openCaseOf, propose, SISTER } from '#test/related-cases.ts'
import { PDF } from '#test/suite/cast.ts'
import type { RelatedCaseView } from './wire.ts'

// Related by who represents a firm, and by an asset: what a search by the debtors themselves does not find.

const JUDGES: Readonly<Record<string, string>> = { 吉0193: 'fangmingyu', [SISTER]: 'panlin' }
const HEAD = identityOf('1970-02-03', 21)

async function related(server: TestServer, id: string): Promise<RelatedCaseView[]> {
  return (await (await server.as('linjing')).read(`/cases/${id}/related`)).items
}

async function represent(server: TestServer, one: Opened, court: string, firm: string, identity = HEAD) {
  const client = await server.as(JUDGES[court] ?? '')
  const body = { version: one.version, firm, representative: '某总', identity }
  return client.post(`/cases/${one.id}/noteLegalRepresentative`, body)
}

articleTest(['11'], 'firms of one legal representative: a hint by itself, of whatever court', async (t) => {
  const server = await startTestServer(t)
  const own = await openCaseOf(server, { name: '某甲置业有限公司' })
  const foreign = await openCaseOf(server, { court: SISTER, name: '金丝雀商贸有限公司' })
  const same = await openCaseOf(server, { name: '某甲置业有限公司' })
  assert.equal((await represent(server, own, '吉0193', '某甲置业有限公司')).status, 200)
  assert.deepEqual(await related(server, own.id), [], 'nobody else of him yet')
  assert.equal((await represent(server, foreign, SISTER, '金丝雀商贸有限公司')).status, 200)
  // The same firm once more is not another firm of his.
  assert.equal((await represent(server, same, '吉0193', '某甲 置业有限公司')).status, 200)
  const [found, ...others] = await related(server, own.id)
  assert.deepEqual(others, [])
  assert.deepEqual(
    [found?.caseNumber, found?.reasons, found?.score, found?.weak, found?.party, found?.id],
    [foreign.caseNumber, ['被执行单位法定代表人相同'], 30, true, null, null],
  )
  const { text } = await (await server.as('linjing')).get(`/cases/${own.id}/related`)
  for (const hidden of ['金丝雀', '某总', HEAD]) assert.ok(!text.includes(hidden), hidden)
  const page = await (await server.as('linjing')).get(`/cases/${own.id}`)
  assert.equal(page.body.parties[1].representative, '某总')
  assert.ok(!page.text.includes(HEAD), 'the number is masked wherever it is shown')
  const stored = await server.sql(
    `select 1 from act_log where answers::text like $1 union all
     select 1 from audit where summary::text like $1 union all select 1 from idempotency where answer like $1`,
    [`%${HEAD}%`],
  )
  assert.deepEqual(stored, [], 'and it stands in no record')
})

test('a legal representative is of a firm of the case, with a number that holds', async (t) => {
  const server = await startTestServer(t)
  const own = await openCaseOf(server, { name: '某甲置业有限公司' })
  const refused = async (firm: string, identity: string) => {
    const { status, body } = await represent(server, own, '吉0193', firm, identity)
    return [status, body.fields?.[0]?.path]
  }
  assert.deepEqual(await refused('某乙公司', HEAD), [400, 'firm'])
  assert.deepEqual(await refused('某甲置业有限公司', `${HEAD.slice(0, 17)}${HEAD.endsWith('1') ? '2' : '1'}`), [
    400,
    'identity',
  ])
  assert.deepEqual(await server.sql('select 1 from case_legal_representative'), [])
})

const CLUE = { source: '匿名举报', receivedOn: '2021-09-30', detail: '某街商铺由被执行人收租' }

async function clueOn(server: TestServer, caseNumber: string, assetNumber: string, by = 'sunhaitao') {
  return (await server.as(by)).post('/asset-clues', { ...CLUE, caseNumber, assetNumber })
}

articleTest(
  ['11', '13'],
  'cases about one asset, however its number was typed, until the clue proves false',
  async (t) => {
    const server = await startTestServer(t)
    const own = await openCaseOf(server)
    const mate = await openCaseOf(server)
    const other = await openCaseOf(server)
    const clerk = await server.as('linjing')
    await clerk.do('/asset-clues', {
      ...CLUE,
      caseNumber: own.caseNumber,
      assetNumber: '吉（2020）长春市不动产权第0012345号',
    })
    const clue = await clerk.do('/asset-clues', {
      ...CLUE,
      caseNumber: mate.caseNumber,
      assetNumber: ' 吉(2020)长春市 不动产权第００12345号',
    })
    await clerk.do('/asset-clues', { ...CLUE, caseNumber: other.caseNumber, assetNumber: '吉A12345' })
    const found = await related(server, own.id)
    assert.deepEqual(
      found.map(({ caseNumber, reasons, score, weak }) => [caseNumber, reasons, score, weak]),
      [[mate.caseNumber, ['涉及同一财产'], 80, false]],
    )
    assert.equal((await propose(server, own, [mate])).status, 201)
    const [{ by }] = (await server.sql<{ by: string }>(
      `select a.username as by from enforcement_case c join account a on a.person_id = c.holder_id where c.id = $1`,
      [mate.id],
    )) as [{ by: string }]
    const judge = await server.as(by)
    await judge.upload(`/asset-clues/${clue.id}/attachments`, { document: 'proof' }, PDF)
    const { version } = await judge.read(`/asset-clues/${clue.id}`)
    await judge.do(`/asset-clues/${clue.id}/verify`, {
      version,
      verifiedOn: '2021-09-30',
      outcome: '不属实',
      finding: '登记在他人名下',
    })
    assert.deepEqual(await related(server, own.id), [])
    assert.equal((await propose(server, own, [mate])).body.code, 'related.no-ground')
  },
)

test('what tells no asset from another is refused, and nothing is stored', async (t) => {
  const server = await startTestServer(t)
  const own = await openCaseOf(server)
  for (const nothing of ['无', '不详', '00000000', '商铺一间'])
    assert.deepEqual(
      (await clueOn(server, own.caseNumber, nothing, 'linjing')).body.fields?.[0]?.path,
      'assetNumber',
      nothing,
    )
  assert.deepEqual(await server.sql('select 1 from case_asset union all select 1 from matter_asset_clue'), [])
  assert.equal(assetKey('吉A·12345'), '吉A12345')
  assert.equal(assetKey('吉Ａ12345'), '吉A12345')
  assert.equal(assetKey('6222 0212 3456 7890'), '6222021234567890')
})
