import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImportChange } from '#cases/case/wire.ts'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { changesOf, check, confirm, number, type Told } from '#test/http/checked-exports.ts'
import type { MadeCell } from './made-workbook.ts'

// What the changes of a check say is what its import then does: cases, hand and export changing at random in between.

/** Numbers from a seed: a failure can be repeated. */
function chanceFrom(seed: number) {
  let state = seed
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  return {
    below: (n: number) => Math.floor(next() * n),
    one: <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T,
    is: (share: number) => next() < share,
  }
}
type Chance = ReturnType<typeof chanceFrom>

const CASES = 14
const COLUMNS: { [column: string]: readonly MadeCell[] } = {
  案由: ['民间借贷纠纷', '买卖合同纠纷', '离婚纠纷', null],
  执行依据文号: ['（2020）吉0193民初1号', '（2020）吉0193民初2号', ' '],
  '申请执行标的(元)': [100, 250.5, 'x', null],
  承办人: ['孙海涛', '某人', null],
  被执行人: ['乙某', '丙某', '丙某', '乙某、丙某'],
  被执行人证件号码: ['11010519491231002X', '110105194912310038', null],
  执行通知书发出日期: ['2021-03-08', '2021-03-09', null],
  '案款到账金额(元)': [10, 20, null],
  备注: ['材料齐备', null],
}

/** What the export says of a case after some time. */
function told(chance: Chance, row: Told): Told {
  const changed: Told = { ...row }
  for (const [column, values] of Object.entries(COLUMNS)) {
    if (chance.is(0.12)) changed[column as keyof Told] = chance.one(values)
  }
  if (chance.is(0.15)) changed.案件状态 = chance.one(['在执', '中止'])
  if (chance.is(0.15)) Object.assign(changed, { 案件状态: '已结', 结案日期: chance.one(['2021-09-20', '2021-09-21']) })
  if (changed.案件状态 !== '已结') changed.结案日期 = null
  return changed
}

/** Something that a person does to a case in between; what the case's state refuses does not matter. */
async function byHand(chance: Chance, clerk: Client, id: string): Promise<void> {
  const { version } = await clerk.read(`/cases/${id}`)
  const reason = '核对卷宗'
  const person = (side: string, name: string) => ({ was: null, side, name, certificates: ['11010519491231002X'] })
  const acts: [string, object][] = [
    ['change', { cause: '离婚纠纷', reason }],
    ['change', { remark: '手工备注', basisNumber: '（2020）吉0193民初2号', amountFen: '25050', reason }],
    ['correctDate', { fact: '执行通知书发出', on: chance.one(['2021-03-09', '2021-03-11', null]), reason }],
    ['recordNode', { node: '执行通知书发出', on: '2021-03-10' }],
    ['close', { on: '2021-09-20', way: '执行完毕' }],
    ['parties', { reason, parties: [person('creditor', '甲某'), person('debtor', '丙某')] }],
    ['parties', { reason, parties: [person('creditor', '甲某'), person('debtor', '丙某')] }],
  ]
  const [act, answers] = chance.one(acts)
  await clerk.post(`/cases/${id}/${act}`, { version, ...answers })
}

interface Stored {
  version: number
  columns: Record<string, string | null>
  facts: Record<string, string>
  parties: string
}

async function stored(server: TestServer): Promise<Map<string, Stored>> {
  const rows = await server.sql<Stored & { number: string }>(`
    select c.number, c.version, jsonb_build_object('state', state, 'case_kind', case_kind, 'cause', cause,
      'filed_on', filed_on::text, 'basis_number', basis_number, 'amount_fen', amount_fen::text,
      'arrived_fen', arrived_fen::text, 'holder_id', holder_id, 'holder_name', holder_name,
      'holder_team_id', holder_team_id, 'team_name', team_name, 'closed_on', closed_on::text,
      'closing_way', closing_way, 'remark', remark, 'to_correct', array_to_string(to_correct, '、'),
      'creditor_names', creditor_names, 'debtor_names', debtor_names) as columns,
    coalesce((select jsonb_object_agg(name, concat(fact_on::text, '/', amount_fen)) from (
      select distinct on (name) name, fact_on, amount_fen from case_fact f
      where f.court_id = c.court_id and f.case_id = c.id order by name, seq desc) last), '{}') as facts,
    (select string_agg(concat(side, name, (select string_agg(number, ',' order by seq) from case_certificate x
      where x.court_id = p.court_id and x.case_id = p.case_id and x.party_seq = p.seq)), ';' order by seq)
      from case_party p where p.court_id = c.court_id and p.case_id = c.id) as parties
    from enforcement_case c`)
  return new Map(rows.map((row) => [row.number, row]))
}

const PARTIES = ['creditor_names', 'debtor_names', 'parties']

/** Everything that an import did to a case, under the names of entries. */
function done(before: Stored, after: Stored): string[] {
  const columns = Object.keys(after.columns).filter(
    (name) => (before.columns[name] ?? '') !== (after.columns[name] ?? ''),
  )
  const facts = Object.keys(after.facts).filter((name) => before.facts[name] !== after.facts[name])
  const parties = before.parties === after.parties ? [] : ['the parties']
  return [
    ...columns.filter((name) => !PARTIES.includes(name)),
    ...facts.map((name) => `fact:${name}`),
    ...parties,
  ].sort()
}

function announced({ entries }: ImportChange): string[] {
  const changing = entries.filter(({ effect }) => effect === 'change').map(({ name }) => name)
  const others = changing.filter((name) => !PARTIES.includes(name))
  return [...others, ...(others.length < changing.length ? ['the parties'] : [])].sort()
}

/** What an entry says will stand, against what stands. */
function assertValues(change: ImportChange, after: Stored): void {
  for (const { name, was, said, effect } of change.entries) {
    const stands = effect === 'change' ? said : was
    if (name.endsWith('_fen'))
      assert.equal(after.columns[name] ?? null, stands?.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '') ?? null)
    else if (
      ['cause', 'basis_number', 'remark', 'holder_name', 'closed_on', 'to_correct', 'debtor_names'].includes(name)
    )
      assert.equal(after.columns[name] || null, stands, `${change.caseNumber} ${name}`)
    else if (name.startsWith('fact:'))
      assert.equal(after.facts[name.slice(5)]?.split('/')[0] || null, stands?.split(' ')[0] ?? null)
  }
}

for (const seed of [7, 20_210_930]) {
  test(`what the changes say is what the import does (seed ${seed})`, async (t) => {
    const server = await startTestServer(t)
    const clerk = await server.as('linjing')
    const chance = chanceFrom(seed)
    let rows: Told[] = Array.from({ length: CASES }, (_, at) => told(chance, { 案号: number(at + 1) }))
    let changedInAll = 0
    let standing = 0
    for (let round = 1; round <= 5; round += 1) {
      const run = await check(t, clerk, rows, `2021-09-2${round}`)
      const changes = await changesOf(clerk, run.id)
      const before = await stored(server)
      const { report } = await confirm(clerk, run.id)
      const after = await stored(server)
      const of = (kind: string) => changes.filter((one) => one.kind === kind)
      assert.deepEqual(
        [report.created, report.updated, report.unchanged],
        [of('new').length, of('changed').length, run.changes.unchanged],
      )
      const numbers = (all: readonly ImportChange[]) => all.map(({ caseNumber }) => caseNumber).sort()
      assert.deepEqual(numbers(of('new')), [...after.keys()].filter((each) => !before.has(each)).sort())
      const inFile = new Set(rows.map((row) => String(row.案号)))
      assert.deepEqual(numbers(of('missing')), [...before.keys()].filter((each) => !inFile.has(each)).sort())
      for (const [each, was] of before) {
        const is = after.get(each) as Stored
        const change = of('changed').find(({ caseNumber }) => caseNumber === each)
        if (!change) assert.deepEqual(is, was, `${each} is not announced and stays as it was`)
        else {
          assert.deepEqual(announced(change), done(was, is), `${each} in round ${round}`)
          assertValues(change, is)
          changedInAll += 1
          standing += change.entries.filter(({ effect }) => effect === 'stands').length
        }
      }
      for (const { id } of (await clerk.read('/cases?limit=200')).items) {
        if (chance.is(0.5)) await byHand(chance, clerk, id)
      }
      rows = rows.filter(() => !chance.is(0.1)).map((row) => told(chance, row))
      rows.push(told(chance, { 案号: number(CASES + round) }))
    }
    assert.ok(changedInAll > 20 && standing > 5, `the seed asks for too little: ${changedInAll}, ${standing}`)
  })
}
