import assert from 'node:assert/strict'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { nameOf, openCaseOf, SISTER } from '#test/related-cases.ts'

const RULE = 'filing.duplicate-elsewhere'
const basisNumber = '（2020）吉01民初31号'

const standing = (server: TestServer, id: string) =>
  server.sql<{ finding: string }>(
    'select finding from case_warning where case_id = $1 and rule = $2 and closed_at is null',
    [id, RULE],
  )

articleTest(
  ['10', '11'],
  'filed in another court before: told by court and number, holds nothing up; the earlier court hears nothing',
  async (t) => {
    const server = await startTestServer(t)
    const certificates = ['11010519491231002X']
    const debtors = [{ name: '某乙', certificates }, { name: '金丝雀某' }]
    const first = await openCaseOf(server, {
      court: SISTER,
      basisNumber,
      more: { debtors, filedOn: '2021-08-01', cause: '金丝雀纠纷', amountFen: '77001177' },
    })
    const one = await openCaseOf(server, { basisNumber: '(2020)吉01民初031号民事判决书', name: '某 乙', certificates })
    const { text, body } = await (await server.as('linjing')).get(`/cases/${one.id}`)
    const warning = body.warnings.find(({ rule }: { rule: string }) => rule === RULE)
    const told = `执行依据和当事人相同、立案不晚于本案的外院案件：${await nameOf(server, SISTER)}${first.caseNumber}`
    assert.equal(warning.finding, told)
    assert.deepEqual(
      (await standing(server, one.id)).map(({ finding }) => finding),
      [told],
    )
    for (const hidden of ['金丝雀', '77001177', first.id]) assert.ok(!text.includes(hidden), hidden)
    const link = body.matters.find(({ path }: { path: string }) => path === 'filing-checks')
    const check = await (await server.as('linjing')).read(`/filing-checks/${link.id}`)
    const [row] = check.tables[0].rows.filter(({ cells }: { cells: string[] }) =>
      cells[0]?.endsWith('其他法院立案在先'),
    )
    assert.match(row.cells[0], /^橙/)
    assert.deepEqual(await standing(server, first.id), [], 'the earlier case stands')
    // Another creditor's part of the judgment, another debtor, another basis: no duplicate.
    for (const changes of [
      { creditor: '某丙' },
      { name: '某丁' },
      { basisNumber: '（2020）吉01民初32号' },
      { more: { kind: '恢复执行' } },
    ]) {
      const other = await openCaseOf(server, { basisNumber, name: '某乙', ...changes })
      assert.deepEqual(await standing(server, other.id), [], JSON.stringify(changes))
    }
    const clerk = await server.as('linjing')
    for (const way of ['执行完毕', '终结执行']) {
      await server.sql('update enforcement_case set closing_way = $2 where id = $1', [first.id, way])
      const { version } = await clerk.read(`/cases/${one.id}`)
      await clerk.do(`/cases/${one.id}/checkFiling`, { version })
      assert.equal((await standing(server, one.id)).length, way === '执行完毕' ? 1 : 0, way)
    }
  },
)
