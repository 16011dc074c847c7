import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Client } from '#test/client.ts'
import { startTestServer } from '#test/harness.ts'
import { check, confirm, number } from '#test/http/checked-exports.ts'

/** An imported case whose judge is to change, as the director has it before him. */
async function proposed(t: TestContext) {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  await confirm(clerk, (await check(t, clerk, [{ 案号: number(1) }], '2021-09-28')).id)
  const [{ id }] = (await clerk.read('/cases')).items
  const path = `/cases/${id}`
  const one = await propose(clerk, path)
  return { server, clerk, director: await server.as('maguodong'), path, one }
}

async function propose(clerk: Client, path: string) {
  const { version } = await clerk.read(path)
  return clerk.do(`${path}/changeHandler`, { version, reason: '原承办人调离' })
}

test('an export that changes a case voids what waits for approval on it; it may be asked for again', async (t) => {
  const { clerk, director, path, one } = await proposed(t)
  const same = await check(t, clerk, [{ 案号: number(1) }], '2021-09-29')
  await confirm(clerk, same.id)
  assert.equal((await clerk.read(path)).approval?.id, one.approval.id, 'an export without a change leaves it')
  await confirm(clerk, (await check(t, clerk, [{ 案号: number(1), 案由: '买卖合同纠纷' }])).id)
  assert.deepEqual((await director.read('/approvals')).items, [])
  const late = await director.post(`/approvals/${one.approval.id}/approve`, { version: one.version })
  assert.deepEqual([late.status, late.body.code], [409, 'approval.content-changed'])
  const again = await propose(clerk, path)
  await director.do(`/approvals/${again.approval.id}/approve`, { version: again.version })
  assert.ok((await clerk.read(path)).judge)
})

test('one that was left behind by its content stands in nobody’s way', async (t) => {
  const { server, clerk, director, path, one } = await proposed(t)
  await server.sql('update enforcement_case set version = version + 1')
  const seen = await clerk.read(path)
  assert.equal(seen.approval, null)
  assert.ok(seen.abilities.some(({ name }: { name: string }) => name === 'changeHandler'))
  const again = await propose(clerk, path)
  const rows = await server.sql('select state from approval where id = $1', [one.approval.id])
  assert.deepEqual(rows, [{ state: 'void' }])
  await director.do(`/approvals/${again.approval.id}/approve`, { version: again.version })
})
