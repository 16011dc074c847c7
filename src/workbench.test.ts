import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client } from '#test/client.ts'
import { startTestServer } from '#test/harness.ts'
import { withSample } from '#test/sample.ts'
import { holderOf, PDF } from '#test/suite/cast.ts'

test('many overdue nodes are all counted and do not push out those that are due soon', async (t) => {
  const server = await startTestServer(t)
  await withSample(server)
  server.time.travelTo('2022-03-01T09:00:00+08:00')
  const [due] = await server.sql<{ today: number; soon: number }>(
    `select count(*) filter (where due_on <= '2022-03-01')::int as today,
       count(*) filter (where due_on > '2022-03-01')::int as soon
     from clock where kind = 'case' and watched and not backlog and due_on <= '2022-03-08'
       and not (label = '执行通知书（内控）' and thing_id in (
         select thing_id from clock where label = '执行通知书' and watched and due_on <= '2022-03-01'))`,
  )
  const bench = await (await server.as('linjing')).read('/workbench')
  assert.ok(due && due.today > 100 && due.soon > 0, JSON.stringify(due))
  assert.deepEqual([bench.counts.mustToday, bench.counts.dueSoon], [due.today, due.soon])
  assert.equal(bench.mustToday.length, 50)
  assert.ok(bench.mustToday.every((one: { dueOn: string }) => one.dueOn <= '2022-03-01'))
  assert.ok(bench.dueSoon.length > 0)
  assert.ok(bench.dueSoon.every((one: { dueOn: string }) => one.dueOn > '2022-03-01' && one.dueOn <= '2022-03-08'))
})

test('an order waits for whom it went to, not for its issuer, until it has been answered', async (t) => {
  const server = await startTestServer(t)
  const judge = await holderOf(server, '吉0193', 'team.judge')
  const [clerk, hand] = [await server.as('linjing'), await server.as(judge.username)]
  const order = await clerk.do('/supervision-orders', {
    source: '本院督办',
    target: '承办人',
    handler: judge.personId,
    requirement: '请立即办理并说明原因',
  })
  const path = `/supervision-orders/${order.id}`
  const waiting = async (client: Client) => {
    const { mustToday, dueSoon } = await client.read('/workbench')
    return [...mustToday, ...dueSoon].filter((one) => one.thingId === order.id).map((one) => one.action)
  }
  assert.deepEqual([await waiting(clerk), await waiting(hand)], [[], ['签收']])
  const received = await hand.do(`${path}/receive`, { version: order.version })
  assert.deepEqual([await waiting(clerk), await waiting(hand)], [[], ['回复']])
  await hand.upload(`${path}/attachments`, { document: 'proof' }, PDF)
  await hand.do(`${path}/answer`, { version: received.version + 1, reply: '已查控' })
  assert.deepEqual([await waiting(clerk), await waiting(hand)], [['办结'], []])
})
