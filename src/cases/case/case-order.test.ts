import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { holderOf } from '#test/suite/cast.ts'

const CASE = {
  filedOn: '2021-09-28',
  cause: '金融借款合同纠纷',
  basisNumber: '（2020）吉0193民初5号',
  creditors: [{ name: '某甲银行' }],
  debtors: [{ name: '某乙公司' }],
}

/** Files cases of these numbers, each of the kind of its number. */
async function file(server: TestServer, court: string, numbers: readonly string[]): Promise<void> {
  const { username } = await holderOf(server, court, 'filing')
  const filing = await server.as(username)
  for (const caseNumber of numbers) {
    const kind = caseNumber.includes('执恢') ? '恢复执行' : '首次执行'
    await filing.do('/cases', { ...CASE, kind, caseNumber })
  }
}

/** The numbers of a list, read two by two. */
async function readByPages(client: Client, path: string, key: string): Promise<string[]> {
  const numbers: string[] = []
  for (let after = ''; ; ) {
    const { items, next } = await client.read(`${path}&limit=2${after}`)
    numbers.push(...items.map((item: Record<string, string>) => item[key]))
    if (next === null) return numbers
    after = `&after=${next}`
  }
}

const IN_ORDER = [
  '（2020）吉0193执30号',
  '（2021）吉0193执2号',
  '（2021）吉0193执9号',
  '（2021）吉0193执10号',
  '（2021）吉0193执100号',
  '（2021）吉0193执恢3号',
]

test('by number as people count, over pages; the court above sees court after court', async (t) => {
  const server = await startTestServer(t)
  await file(server, '吉0193', IN_ORDER.toReversed())
  const clerk = await server.as('linjing')
  assert.deepEqual(await readByPages(clerk, '/cases?sort=number', 'caseNumber'), IN_ORDER)
  const elsewhere = ['（2021）吉01执9号', '（2021）吉01执10号']
  await file(server, '吉01', elsewhere)
  const above = await server.as((await holderOf(server, '吉01', 'centre.clerk')).username)
  const all = [...elsewhere, ...IN_ORDER]
  assert.deepEqual(await readByPages(above, '/cases?sort=number&scope=subtree', 'caseNumber'), all)
  const exported = await clerk.get('/case-export?sort=number&format=csv&columns=caseNumber')
  assert.deepEqual(exported.text.match(/（\d{4}）吉0193执恢?\d+号/g), IN_ORDER)
  for (const key of ['', '220193 x 执 1', '220193 2021 执']) {
    const forged = Buffer.from(JSON.stringify([key, '00000000-0000-0000-0000-000000000000'])).toString('base64url')
    assert.equal((await clerk.get(`/cases?sort=number&after=${forged}`)).status, 400)
  }
})

test('matters by number, in the order in which the court numbered them', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const { personId } = await holderOf(server, '吉0193', 'team.judge')
  const order = { source: '本院督办', target: '承办人', handler: personId, requirement: '请办理' }
  const opened: string[] = []
  for (let count = 1; count <= 11; count += 1) {
    server.time.pass({ minutes: 1 })
    opened.push((await clerk.do('/supervision-orders', order)).number)
  }
  assert.match(opened.at(-1) ?? '', /11号$/)
  assert.deepEqual(await readByPages(clerk, '/supervision-orders?sort=number', 'number'), opened)
})

test('a page by number is a place in an index, in which the highest of a series is found too', async (t) => {
  const { url } = await startTestServer(t)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const planOf = async (question: string) => {
    const { rows } = await client.query(`explain ${question}`)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }
  try {
    await client.query('begin')
    await client.query('set local enable_seqscan = off; set local enable_bitmapscan = off')
    const page = await planOf(`select id from enforcement_case where court_id = 1
      and (filed_year, type_code, serial, id) > (2021, '执', 9, '00000000-0000-0000-0000-000000000000')
      order by court_id, filed_year, type_code, serial, id limit 51`)
    assert.match(page, /using case_serial/)
    assert.match(page, /Index Cond: .*ROW\(filed_year/)
    assert.doesNotMatch(page, /Sort|Filter/)
    const highest = await planOf(`select max(serial) from enforcement_case
      where court_id = 1 and type_code = '执' and filed_year = 2021`)
    // Over so few rows Postgres may read the series either way.
    assert.match(highest, /Index Only Scan (Backward )?using case_serial/)
    assert.match(highest, /Index Cond: .*court_id.*filed_year.*type_code/)
    assert.doesNotMatch(highest, /Sort|Filter/)
  } finally {
    await client.end()
  }
})
