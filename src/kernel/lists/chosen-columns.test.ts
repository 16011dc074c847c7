import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'

test('chosen columns are kept for their owner, in his order, and unknown ones are refused', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const before = await clerk.read('/list-columns?list=cases')
  assert.equal(before.chosen, null)
  assert.deepEqual(before.columns[0], { key: 'caseNumber', label: '案号', type: 'text', shown: 'always' })
  const chosen = ['remark', 'caseNumber', 'closedOn']
  assert.deepEqual((await clerk.put('/list-columns', { list: 'cases', columns: chosen })).body.chosen, chosen)
  assert.deepEqual((await clerk.read('/list-columns?list=cases')).chosen, chosen)
  assert.equal((await (await server.as('chensiyu')).read('/list-columns?list=cases')).chosen, null)
  for (const columns of [
    ['caseNumber', 'password'],
    ['caseNumber', 'caseNumber'],
  ]) {
    const refused = await clerk.put('/list-columns', { list: 'cases', columns })
    assert.deepEqual([refused.status, refused.body.fields[0].path], [400, 'columns'])
    const view = await clerk.put('/saved-views', { list: 'cases', name: '试', query: {}, columns })
    assert.deepEqual([view.status, view.body.fields[0].path], [400, 'columns'])
    assert.equal((await clerk.get(`/cases?columns=${columns.join()}`)).status, 400)
  }
  assert.equal((await clerk.put('/list-columns', { list: 'people', columns: ['name'] })).status, 400)
  assert.equal((await clerk.put('/list-columns', { list: 'cases', columns: [] })).body.chosen, null)
})

test('a line carries what a column asks for, and no more', async (t) => {
  const server = await startTestServer(t)
  const filing = await server.as('fangmingyu')
  const parties = { creditors: [{ name: '甲公司' }], debtors: [{ name: '乙某' }] }
  await filing.do('/cases', {
    kind: '首次执行',
    filedOn: '2021-09-01',
    basisNumber: '（2021）吉0193民初1号',
    ...parties,
  })
  const asked = (await filing.read('/cases?columns=caseNumber,basisNumber')).items[0]
  assert.equal(asked.basisNumber, '（2021）吉0193民初1号')
  assert.ok(!('basisNumber' in (await filing.read('/cases')).items[0]))
})

test('a matter’s columns come from its declaration', async (t) => {
  const server = await startTestServer(t)
  const { columns } = await (await server.as('linjing')).read('/list-columns?list=supervision-orders')
  const byKey = new Map(columns.map((one: { key: string; label: string; shown: string }) => [one.key, one]))
  assert.deepEqual(byKey.get('requirement'), { key: 'requirement', label: '督办要求', type: 'text', shown: 'never' })
  assert.deepEqual(byKey.get('court'), { key: 'court', label: '法院', type: 'text', shown: 'wide' })
  assert.equal((byKey.get('caseNumber') as { shown: string }).shown, 'always')
})
