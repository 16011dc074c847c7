import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { holderOf, PDF } from '#test/suite/cast.ts'

// Two people for what asks for two: the revocation of an order is proposed by the centre and decided by its head.
// 罗晓明 heads the centre as luoxiaoming and judges as luoxiaoming2: two accounts, one human being.

const HEAD = 'luoxiaoming'

interface Proposed {
  orderId: string
  approvalId: string
  version: number
  proposer: Client
}

/** An order whose revocation the named person has proposed. */
async function proposed(
  server: TestServer,
  by = 'linjing',
  state: 'issued' | 'handling' = 'issued',
): Promise<Proposed> {
  const { personId } = await holderOf(server, '吉0193', 'team.judge')
  const fields = { source: '本院督办', target: '承办人', handler: personId, requirement: '请办理' }
  const proposer = await server.as(by)
  let order = await proposer.do('/supervision-orders', fields)
  if (state === 'handling') {
    const judge = await server.as((await holderOf(server, '吉0193', 'team.judge')).username)
    order = await judge.do(`/supervision-orders/${order.id}/receive`, { version: order.version })
  }
  const { id, version, approval } = await proposer.do(`/supervision-orders/${order.id}/revoke`, {
    version: order.version,
    reason: '重复督办',
  })
  return { orderId: id, approvalId: approval.id, version, proposer }
}

const approve = (client: Client, one: Proposed, version = one.version) =>
  client.post(`/approvals/${one.approvalId}/approve`, { version })
const reject = (client: Client, one: Proposed, version = one.version) =>
  client.post(`/approvals/${one.approvalId}/reject`, { version, reason: '理由不足' })

async function stateOf(server: TestServer, one: Proposed): Promise<{ order: string; approval: string }> {
  const [row] = await server.sql<{ order: string; approval: string }>(
    `select o.state as order, a.state as approval from approval a join matter_supervision_order o on o.id = a.thing_id
     where a.id = $1`,
    [one.approvalId],
  )
  if (!row) throw new Error('no approval')
  return row
}

async function attempts(server: TestServer): Promise<number> {
  const [row] = await server.sql<{ n: number }>(
    `select count(*)::int as n from audit where verb = 'security.four-eyes'`,
  )
  return row?.n ?? 0
}

test('four eyes', async (t) => {
  const server = await startTestServer(t)
  const head = await server.as(HEAD)

  await t.test('as many attempts at once as there are connections: each is refused and recorded', async () => {
    const one = await proposed(server, HEAD)
    const before = await attempts(server)
    const replies = await Promise.all(Array.from({ length: 24 }, () => approve(head, one)))
    assert.deepEqual([...new Set(replies.map(({ status }) => status))], [403])
    assert.equal(await attempts(server), before + 24)
  })

  await t.test(
    'the proposer does not decide, though he holds the post: refused, recorded, not even offered',
    async () => {
      const one = await proposed(server, HEAD)
      const before = await attempts(server)
      for (const decide of [approve, reject]) {
        const reply = await decide(head, one)
        assert.deepEqual([reply.status, reply.body.code], [403, 'access.four-eyes'])
      }
      assert.deepEqual(await stateOf(server, one), { order: 'issued', approval: 'pending' })
      assert.equal(await attempts(server), before + 2, 'each attempt is recorded')
      assert.equal((await head.read(`/supervision-orders/${one.orderId}`)).approval.mayDecide, false)
      const inbox = await head.read('/approvals')
      assert.ok(!inbox.items.some((item: { id: string }) => item.id === one.approvalId))
    },
  )

  await t.test('nor under a second account of the same human being', async () => {
    await givePost(server, 'luoxiaoming2', 'centre.clerk')
    const one = await proposed(server, 'luoxiaoming2')
    const before = await attempts(server)
    const reply = await approve(head, one)
    assert.deepEqual([reply.status, reply.body.code], [403, 'access.four-eyes'])
    assert.equal(await attempts(server), before + 1)
    assert.equal((await stateOf(server, one)).approval, 'pending')
  })

  await t.test('the database refuses one hand too, whatever the program does', async () => {
    const one = await proposed(server)
    const same = `
      update approval set state = 'approved', decider_id = proposer_id, decider_natural_id = proposer_natural_id
      where id = $1`
    await assert.rejects(server.sql(same, [one.approvalId]), { code: '23514' })
    await assert.rejects(server.sql(`update approval set state = 'approved' where id = $1`, [one.approvalId]), {
      code: '23514',
    })
  })

  await t.test('another post does not decide: neither a superior one, nor the same one of another court', async () => {
    const one = await proposed(server)
    for (const [username, status] of [
      ['maguodong', 403],
      ['liangzhiyuan', 403],
      ['fengdawei', 403],
      ['dujuan', 404],
    ] as const) {
      const reply = await approve(await server.as(username), one)
      assert.equal(reply.status, status, `${username}: ${reply.text}`)
    }
    assert.equal((await stateOf(server, one)).approval, 'pending')
  })

  await t.test('a version that was not the one proposed is not decided on', async () => {
    const one = await proposed(server)
    for (const version of [one.version - 1, one.version + 1]) {
      const reply = await approve(head, one, version)
      assert.deepEqual([reply.status, reply.body.code], [409, 'approval.content-changed'])
    }
    assert.deepEqual(await stateOf(server, one), { order: 'issued', approval: 'pending' })
    assert.equal((await approve(head, one)).status, 200)
    assert.deepEqual(await stateOf(server, one), { order: 'revoked', approval: 'approved' })
  })

  await t.test('a decision is made once', async () => {
    const one = await proposed(server)
    assert.equal((await reject(head, one)).status, 200)
    for (const decide of [approve, reject]) {
      const reply = await decide(head, one)
      assert.deepEqual([reply.status, reply.body.code], [409, 'approval.decided'])
    }
    assert.deepEqual(await stateOf(server, one), { order: 'issued', approval: 'rejected' })
  })

  await t.test('the approval dies when the content changes: by an act, by a new paper', async () => {
    const judge = await server.as((await holderOf(server, '吉0193', 'team.judge')).username)
    const changes = {
      issued: (one: Proposed) => judge.post(`/supervision-orders/${one.orderId}/receive`, { version: one.version }),
      handling: (one: Proposed) =>
        judge.upload(`/supervision-orders/${one.orderId}/attachments`, { document: 'proof' }, PDF),
    }
    for (const state of ['issued', 'handling'] as const) {
      const one = await proposed(server, 'linjing', state)
      const changed = await changes[state](one)
      assert.ok(changed.status < 300, changed.text)
      assert.equal((await stateOf(server, one)).approval, 'void')
      for (const version of [one.version, one.version + 1]) {
        const reply = await approve(head, one, version)
        assert.deepEqual([reply.status, reply.body.code], [409, 'approval.content-changed'])
      }
      assert.notEqual((await stateOf(server, one)).order, 'revoked')
      const inbox = await head.read('/approvals')
      assert.ok(!inbox.items.some((item: { id: string }) => item.id === one.approvalId))
    }
  })

  await t.test('approve and reject at once: exactly one wins, twenty times', async () => {
    await givePost(server, 'chensiyu', 'centre.head')
    const second = await server.as('chensiyu')
    for (let round = 0; round < 20; round += 1) {
      const one = await proposed(server)
      const hands = round % 2 ? [approve(head, one), reject(second, one)] : [reject(second, one), approve(head, one)]
      const replies = await Promise.all(hands)
      assert.deepEqual(replies.map(({ status }) => status).toSorted(), [200, 409])
      const winner = replies.find(({ status }) => status === 200)
      const { order, approval } = await stateOf(server, one)
      assert.equal(approval, winner?.body.state)
      assert.equal(order, approval === 'approved' ? 'revoked' : 'issued')
      const acts = await server.sql(
        `select 1 from act_log where thing_id = $1 and action in ('revoke', 'reject:revoke')`,
        [one.orderId],
      )
      assert.equal(acts.length, 1)
    }
  })

  await t.test('decided and acted on at once: one of the two, and no one is turned away by a deadlock', async () => {
    const judge = await server.as((await holderOf(server, '吉0193', 'team.judge')).username)
    for (let round = 0; round < 20; round += 1) {
      const one = await proposed(server)
      const act = judge.post(`/supervision-orders/${one.orderId}/receive`, { version: one.version })
      const replies = await Promise.all([approve(head, one), act])
      assert.deepEqual(
        replies.map(({ status }) => status).toSorted(),
        [200, 409],
        replies.map(({ text }) => text).join('\n'),
      )
      const { order, approval } = await stateOf(server, one)
      assert.deepEqual(
        { order, approval },
        replies[0]?.status === 200
          ? { order: 'revoked', approval: 'approved' }
          : { order: 'handling', approval: 'void' },
      )
    }
  })

  await t.test('a post that ends between opening the page and deciding decides nothing', async () => {
    const one = await proposed(server)
    const second = await server.as('chensiyu')
    const seen = await second.read('/approvals')
    assert.ok(seen.items.some((item: { id: string }) => item.id === one.approvalId))
    const [post] = await server.sql<{ id: string; person: string }>(
      `select p.id, p.person_id as person from post p join account a using (court_id, person_id)
       where a.username = 'chensiyu' and p.role = 'centre.head'`,
    )
    const keeper = await server.as('anquan')
    await keeper.do(`/people/${post?.person}/end-post`, { postId: post?.id, toOn: '2021-09-30' })
    const reply = await approve(second, one)
    assert.deepEqual([reply.status, reply.body.code], [403, 'access.denied'])
    assert.equal((await stateOf(server, one)).approval, 'pending')
  })

  await t.test('a second proposal waits for the first', async () => {
    const one = await proposed(server)
    const again = await one.proposer.post(`/supervision-orders/${one.orderId}/revoke`, {
      version: one.version,
      reason: '再次',
    })
    assert.deepEqual([again.status, again.body.code], [409, 'act.approval-pending'])
  })
})

async function givePost(server: TestServer, username: string, role: string): Promise<void> {
  const [one] = await server.sql<{ id: string }>('select person_id as id from account where username = $1', [username])
  const keeper = await server.as('anquan')
  await keeper.do(`/people/${one?.id}/posts`, { role, fromOn: '2021-09-30' })
}
