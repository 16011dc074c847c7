import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import {
  handlersOf,
  identityOf,
  nameOf,
  ONE_COURT,
  ONE_TEAM,
  type Opened,
  openCaseOf,
  PATH,
  propose,
  relatedPair,
  SISTER,
} from '#test/related-cases.ts'
import { holderOf, membersOf } from '#test/suite/cast.ts'
import { derivedSuite } from '#test/suite/derived-suite.ts'
import { relatedProposal } from './related-proposal.ts'

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
