import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'

test('a view is kept under its name for its owner alone, overwritten by name, and deleted', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const view = { list: 'cases', name: '本周到期', query: { clock: 'soon' }, columns: ['caseNumber'] }
  assert.equal((await clerk.put('/saved-views', view)).status, 200)
  await clerk.put('/saved-views', { ...view, query: { clock: 'overdue' } })
  const { items } = await clerk.read('/saved-views?list=cases')
  assert.deepEqual(
    items.map((one: { name: string; query: unknown }) => [one.name, one.query]),
    [['本周到期', { clock: 'overdue' }]],
  )
  const colleague = await server.as('chensiyu')
  assert.deepEqual((await colleague.read('/saved-views?list=cases')).items, [])
  assert.equal((await colleague.send('DELETE', `/saved-views/${items[0].id}`)).status, 404)
  for (const body of ['1e+21', '[]', '""', '{"a":1}'])
    assert.equal((await clerk.send('DELETE', `/saved-views/${items[0].id}`, body)).status, 400, body)
  assert.equal((await clerk.send('DELETE', `/saved-views/${items[0].id}`)).status, 200)
  assert.deepEqual((await clerk.read('/saved-views?list=cases')).items, [])
})

test('more than thirty are refused, and the thirty stay', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const put = (name: string) => clerk.put('/saved-views', { list: 'cases', name, query: {} })
  for (let n = 1; n <= 30; n += 1) assert.equal((await put(`筛选${n}`)).status, 200)
  assert.equal((await put('筛选31')).body.code, 'view.too-many')
  assert.equal((await clerk.read('/saved-views?list=cases')).items.length, 30)
})
