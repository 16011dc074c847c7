import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'

test('a case is filed between 1990 and today', async (t) => {
  const server = await startTestServer(t)
  const filing = await server.as('fangmingyu')
  const file = (filedOn: string) =>
    filing.post('/cases', { kind: '首次执行', filedOn, creditors: [{ name: '某甲公司' }], debtors: [{ name: '某乙' }] })
  for (const filedOn of ['1900-01-01', '1989-12-31', '2021-10-01']) {
    const { status, body } = await file(filedOn)
    assert.deepEqual([status, body.code, body.fields[0].path], [400, 'request.invalid', 'filedOn'], filedOn)
  }
  assert.deepEqual(await server.sql('select 1 from enforcement_case'), [])
  for (const filedOn of ['1990-01-01', '2021-09-30']) assert.equal((await file(filedOn)).status, 201, filedOn)
})
