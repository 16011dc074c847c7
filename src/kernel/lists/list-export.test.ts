import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { withoutCertificates } from '#kernel/export/certificate-mask.ts'
import { disarmed } from '#kernel/export/table-file.ts'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { withSample } from '#test/sample.ts'
import { holderOf } from '#test/suite/cast.ts'

async function book(server: TestServer, client: Client, path: string) {
  const response = await fetch(`${server.address}/api${path}`, { headers: { cookie: client.cookie } })
  assert.equal(response.status, 200)
  return (await readXlsx(new Uint8Array(await response.arrayBuffer()))).sheets[0]?.rows ?? []
}

test('a cell that a spreadsheet would run is disarmed; other text stays as it is', () => {
  const risky = ['=1+1', '+86', '-2', '@SUM(A1)', '\t=1', '\r=1', '\tx', '\rx', ' =1', '＝1', '＋1', '－1', '＠x']
  for (const text of risky) assert.equal(disarmed(text), `'${text}`)
  for (const text of ['张三', '（2021）吉0193执1号', '2021-09-30', '1-2', '']) assert.equal(disarmed(text), text)
})

test('a whole identity number leaves in no file, wherever somebody wrote it', () => {
  assert.equal(withoutCertificates('身份证22010419850305001X，电话无'), '身份证220104********001X，电话无')
  assert.equal(withoutCertificates('证件 220104850305001。'), '证件 220104*****5001。')
  for (const text of ['（2021）吉0193执123456789号', '91220101MA0Y12345X', '2021-09-30', '622202200112345678901']) {
    assert.equal(withoutCertificates(text), text)
  }
})

test('the list is exported as it is shown: its columns in their order, text as text, money as numbers', async (t) => {
  const server = await startTestServer(t)
  await withSample(server)
  const clerk = await server.as('linjing')
  const shown = await clerk.read('/cases?state=suspended&limit=200')
  assert.ok(shown.items.length > 10)
  assert.equal((await clerk.read('/case-count?state=suspended')).count, shown.items.length)
  const rows = await book(server, clerk, '/case-export?state=suspended&columns=amount,caseNumber,closingWay')
  assert.deepEqual(rows[0], ['标的额（元）', '案号', '结案方式'])
  assert.deepEqual(
    rows.slice(1, -1).map((row) => row[1]),
    shown.items.map((item: { caseNumber: string }) => item.caseNumber),
  )
  assert.equal(rows[1]?.[0], Number(shown.items[0].amountFen) / 100)
  assert.match(String(rows.at(-1)?.[0]), new RegExp(`^林静 2021.*共${shown.items.length}件`))
  const csv = await clerk.get('/case-export?state=suspended&format=csv')
  assert.ok(csv.text.startsWith('"案号"') || csv.text.startsWith('\ufeff"案号"'))
  assert.equal(csv.text.split('\r\n').length, shown.items.length + 3)
  const entries = await server.sql<{ summary: string }>(`select summary from audit where verb = 'list.export'`)
  const [first] = entries.map(({ summary }) => JSON.parse(summary))
  assert.deepEqual([first.清单, first.行数, first.列], ['执行案件', shown.items.length, '标的额（元）、案号、结案方式'])
  assert.match(first.条件, /"state":"suspended"/)
  assert.equal(entries.length, 2)
})

test('a matter’s list is exported from its declaration, with what this reader sees', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const { personId } = await holderOf(server, '吉0193', 'team.judge')
  const fields = { source: '本院督办', target: '承办人', handler: personId }
  await clerk.do('/supervision-orders', { ...fields, requirement: '=cmd|办理', node: '结案' })
  await clerk.do('/supervision-orders', { ...fields, requirement: '请办理' })
  assert.equal((await clerk.read('/supervision-orders/count')).count, 2)
  assert.equal((await clerk.read('/supervision-orders/count?state=completed')).count, 0)
  const csv = await clerk.get('/supervision-orders/export?format=csv&sort=number&columns=number,requirement,opened')
  const lines = csv.text.split('\r\n')
  assert.deepEqual(lines[0]?.replace('\ufeff', '').split(','), ['"编号"', '"督办要求"', '"发起时间"'])
  assert.match(lines[1] ?? '', /号","'=cmd\|办理","2021-09-30 09:00"$/)
  const rows = await book(server, clerk, '/supervision-orders/export?sort=number&columns=requirement')
  assert.equal(rows[1]?.[0], '=cmd|办理', 'text of a workbook is no formula')
  const refused = await clerk.get('/supervision-orders/export?columns=number,secret')
  assert.deepEqual([refused.status, refused.body.fields[0].path], [400, 'columns'])
})

test('beyond 500 rows: those who oversee, with the purpose on record; nobody for another court', async (t) => {
  const server = await startTestServer(t)
  await withSample(server)
  const clerk = await server.as('linjing')
  const { count } = await clerk.read('/case-count')
  assert.ok(count > 500)
  const bare = await clerk.get('/case-export')
  assert.deepEqual([bare.body.code, bare.body.rule], ['export.purpose', '指导意见第三十条'])
  const judge = await server.as('sunhaitao')
  assert.equal((await judge.get(`/case-export?purpose=${encodeURIComponent('核对')}`)).body.code, 'export.large')
  const csv = await clerk.get(`/case-export?format=csv&purpose=${encodeURIComponent('年度清理核对')}`)
  assert.equal(csv.text.split('\r\n').length, count + 3)
  const [entry] = await server.sql<{ summary: string }>(`select summary from audit where verb = 'list.export'`)
  assert.equal(JSON.parse(entry?.summary ?? '{}').用途, '年度清理核对')
  const above = await (await server.as('zhaoxue')).get(`/case-export?scope=${encodeURIComponent('吉0193')}`)
  assert.equal(above.body.code, 'export.approval')
})
