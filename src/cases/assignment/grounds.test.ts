import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'
import { assign, DEBTOR, ground, newCase, personOf } from '#test/suite/assigning.ts'

test('weights are dated: they count from their day on, and stand in the record', async (t) => {
  const server = await startTestServer(t)
  const head = await server.as('luoxiaoming')
  const clerk = await server.as('linjing')
  const body = { kind: '首次执行', hundredths: 50, fromOn: '2021-10-08', source: '本院分案办法' }
  assert.equal((await clerk.post('/assignment-weights', body)).status, 403)
  assert.equal((await head.post('/assignment-weights', { ...body, fromOn: '2021-09-29' })).status, 400)
  await head.do('/assignment-weights', body)
  const of = async (on: string) => {
    const { items } = await clerk.read(`/assignment-weights?on=${on}`)
    return items.find(({ kind }: { kind: string }) => kind === '首次执行').hundredths
  }
  assert.deepEqual([await of('2021-10-07'), await of('2021-10-08')], [100, 50])
  await assign(clerk, await newCase(server))
  const judges = async () => (await clerk.read('/judge-loads')).judges[0].loadHundredths
  assert.equal(await judges(), 100)
  server.time.travelTo('2021-10-08T09:00:00+08:00')
  assert.equal(await (await server.as('linjing')).read('/judge-loads').then((one) => one.judges[0].loadHundredths), 50)
  const later = await newCase(server)
  await assign(await server.as('linjing'), later)
  const { items } = await (await server.as('linjing')).read(`/cases/${later.id}/assignments`)
  assert.deepEqual(items[0].draw.weights, [{ kind: '首次执行', hundredths: 50 }])
})

test('what a judge declares of himself is his own, and read by those who answer for assignments', async (t) => {
  const server = await startTestServer(t)
  const declared = { kind: 'relation', about: DEBTOR, reason: '系近亲属' }
  const made = await ground(server, 'sunhaitao', 'sunhaitao', declared)
  const other = await server.as('zhouwenjing')
  const sunId = await personOf(server, 'sunhaitao')
  const forged = await other.post('/assignment-grounds', { personId: sunId, fromOn: '2021-09-30', ...declared })
  assert.equal(forged.status, 403)
  const twice = await (await server.as('sunhaitao')).post('/assignment-grounds', {
    personId: sunId,
    fromOn: '2021-10-01',
    ...declared,
  })
  assert.equal(twice.body.code, 'ground.known')
  const seen = async (username: string) => (await (await server.as(username)).read('/assignment-grounds')).items.length
  assert.deepEqual([await seen('zhouwenjing'), await seen('linjing'), await seen('luoxiaoming')], [0, 0, 1])
  assert.equal((await other.post(`/assignment-grounds/${made.id}/end`, { reason: '无' })).status, 404)
  const hand = await server.as('sunhaitao')
  const ended = await hand.do(`/assignment-grounds/${made.id}/end`, { reason: '关系已消除' })
  assert.deepEqual(ended.ended, { by: '孙海涛', reason: '关系已消除' })
  assert.equal((await hand.post(`/assignment-grounds/${made.id}/end`, { reason: '又' })).body.code, 'ground.ended')
  const again = await hand.post('/assignment-grounds', { personId: sunId, fromOn: '2021-09-30', ...declared })
  assert.equal(again.status, 201, 'what has ended may be declared anew')
})
