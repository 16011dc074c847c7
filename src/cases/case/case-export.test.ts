import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { disarmed } from '#kernel/export/table-file.ts'
import { startTestServer } from '#test/harness.ts'
import { withSample } from '#test/sample.ts'

test('a cell that a spreadsheet would run is disarmed; other text stays as it is', () => {
  for (const text of ['=1+1', '+86', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '＋1', '－1', '＠x']) {
    assert.equal(disarmed(text), `'${text}`)
  }
  for (const text of ['张三', '（2021）吉0193执1号', '2021-09-30', '1-2', '']) assert.equal(disarmed(text), text)
})

test('the list is exported as it is shown: text as text, money as numbers, watermarked and on record', async (t) => {
  const server = await startTestServer(t)
  await withSample(server)
  const clerk = await server.as('linjing')
  const shown = await clerk.read('/cases?state=suspended&limit=200')
  assert.ok(shown.items.length > 10)
  const response = await fetch(`${server.address}/api/case-export?state=suspended&format=xlsx`, {
    headers: { cookie: clerk.cookie },
  })
  assert.equal(response.status, 200)
  const book = await readXlsx(new Uint8Array(await response.arrayBuffer()))
  const rows = book.sheets[0]?.rows ?? []
  const numbers = rows.slice(1, -1).map((row) => row[0])
  assert.deepEqual(
    numbers,
    shown.items.map((item: { caseNumber: string }) => item.caseNumber),
  )
  assert.equal(rows[1]?.[6], Number(shown.items[0].amountFen) / 100)
  assert.match(String(rows.at(-1)?.[0]), /^林静 2021/)
  const csv = await clerk.get('/case-export?state=suspended&format=csv')
  assert.equal(csv.text.split('\r\n').length, shown.items.length + 3)
  const entries = await server.sql(`select 1 from audit where verb = 'case.export'`)
  assert.equal(entries.length, 2)
})

test('more than 500 rows, or another court, is refused with the rule', async (t) => {
  const server = await startTestServer(t)
  await withSample(server)
  const all = await (await server.as('linjing')).get('/case-export')
  assert.equal(all.body.code, 'export.too-many')
  assert.equal(all.body.rule, '指导意见第三十条')
  const above = await (await server.as('zhaoxue')).get(`/case-export?scope=${encodeURIComponent('吉0193')}`)
  assert.equal(above.body.code, 'export.approval')
})
