import assert from 'node:assert/strict'
import { test } from 'node:test'
import { field } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'

// A kind with the longest chain: the head of the centre; from 100,000 yuan the director; from a million the president
// himself; and the director of the court above.

const payment = matter('test-payment', {
  title: '试付',
  articles: ['15'],
  number: '{court}试付〔{year}〕{serial}号',
  opens: { by: 'centre.clerk', to: 'drafting' },
  ends: ['paid'],
  fields: { amountFen: field.money('金额') },
  states: { drafting: '起草', paid: '已付' },
  actions: {
    pay: {
      label: '付款',
      from: ['drafting'],
      to: 'paid',
      by: 'centre.clerk',
      approval: [
        'centre.head',
        { role: 'director', from: { field: 'amountFen', fen: 10_000_000n } },
        { role: 'president', personal: true, from: { field: 'amountFen', fen: 100_000_000n } },
        { role: 'director', above: true, from: { field: 'amountFen', fen: 100_000_000n } },
      ],
    },
  },
})

const PATH = '/test-payments'

const start = (t: Parameters<typeof startTestServer>[0]) => startTestServer(t, { kinds: [payment] })

async function proposed(server: TestServer, amountFen: string) {
  const clerk = await server.as('linjing')
  const { id, version } = await clerk.do(PATH, { amountFen })
  return clerk.do(`${PATH}/${id}/pay`, { version })
}

async function decide(server: TestServer, username: string, one: { version: number; approval: { id: string } }) {
  return (await server.as(username)).post(`/approvals/${one.approval.id}/approve`, { version: one.version })
}

articleTest(['4', '15'], 'a chain goes from step to step, as far as its amount asks', async (t) => {
  const server = await start(t)
  const hands = await handsOf(server)
  for (const [amount, steps] of [
    ['9999999', 1],
    ['10000000', 2],
    ['100000000', 4],
  ] as const) {
    const one = await proposed(server, amount)
    assert.equal(one.approval.steps.length, steps)
    for (const [index, username] of hands.slice(0, steps).entries()) {
      const client = await server.as(username)
      const inbox = await client.read('/approvals')
      assert.ok(
        inbox.items.some(({ id }: { id: string }) => id === one.approval.id),
        `${username} sees it`,
      )
      for (const other of hands.filter((name) => name !== username)) {
        assert.equal((await decide(server, other, one)).status, 403, `${other} at step ${index + 1}`)
      }
      assert.equal((await client.read(`${PATH}/${one.id}`)).state, 'drafting')
      assert.equal((await decide(server, username, one)).status, 200, username)
    }
    const page = await (await server.as('linjing')).read(`${PATH}/${one.id}`)
    assert.deepEqual([page.state, page.approval], ['paid', null])
    const acts = page.log.map(({ action }: { action: string }) => action)
    assert.deepEqual(acts, ['pay', ...Array(steps - 1).fill('approve:pay'), 'propose:pay', 'open'])
  }
})

test('rejected in the middle ends the chain; a changed content voids it', async (t) => {
  const server = await start(t)
  const [first = '', second = ''] = await handsOf(server)
  const one = await proposed(server, '10000000')
  await decide(server, first, one)
  const no = await (await server.as(second)).post(`/approvals/${one.approval.id}/reject`, {
    version: one.version,
    reason: '金额有误',
  })
  assert.equal(no.status, 200)
  assert.equal((await (await server.as('linjing')).read(`${PATH}/${one.id}`)).state, 'drafting')
  assert.equal((await decide(server, second, one)).body.code, 'approval.decided')
})

test('one natural person has one hand in a chain, whatever posts he holds; the database holds it too', async (t) => {
  const server = await start(t)
  const [first = '', second = ''] = await handsOf(server)
  const [one] = await server.sql<{ id: string }>('select person_id as id from account where username = $1', [first])
  await (await server.as('anquan')).do(`/people/${one?.id}/posts`, { role: 'director', fromOn: '2021-09-30' })
  const paying = await proposed(server, '10000000')
  assert.equal((await decide(server, first, paying)).status, 200)
  const again = await decide(server, first, paying)
  assert.deepEqual([again.status, again.body.code], [403, 'access.four-eyes'])
  const inbox = await (await server.as(first)).read('/approvals')
  assert.deepEqual(inbox.items, [])
  await assert.rejects(
    server.sql(
      `insert into approval_step select court_id, counterpart_court_id, approval_id, 2, person_court_id, person_id,
         natural_id, name, null, at from approval_step where approval_id = $1 and step = 1`,
      [paying.approval.id],
    ),
    { code: '23505' },
  )
  assert.equal((await decide(server, second, paying)).status, 200)
})

test('what is asked of the president himself does not go to his deputy', async (t) => {
  const server = await start(t)
  const [first = '', second = '', president = ''] = await handsOf(server)
  const [deputy] = await server.sql<{ id: string }>("select person_id as id from account where username = 'chensiyu'")
  await (await server.as(president)).do('/approval-deputies', {
    handler: deputy?.id,
    fromOn: '2021-09-30',
    toOn: '2021-10-10',
    reason: '出差',
  })
  const paying = await proposed(server, '100000000')
  for (const username of [first, second]) assert.equal((await decide(server, username, paying)).status, 200)
  assert.equal((await decide(server, 'chensiyu', paying)).status, 403)
  assert.deepEqual((await (await server.as('chensiyu')).read('/approvals')).items, [])
  assert.equal((await decide(server, president, paying)).status, 200)
})

test('two who decide the same step at once: one does, and the next step is not taken with it', async (t) => {
  const server = await start(t)
  const [first = '', second = ''] = await handsOf(server)
  const [one] = await server.sql<{ id: string }>("select person_id as id from account where username = 'chensiyu'")
  await (await server.as('anquan')).do(`/people/${one?.id}/posts`, { role: 'centre.head', fromOn: '2021-09-30' })
  for (let round = 0; round < 10; round += 1) {
    const paying = await proposed(server, '10000000')
    const replies = await Promise.all([decide(server, first, paying), decide(server, 'chensiyu', paying)])
    assert.equal(replies.filter(({ status }) => status === 200).length, 1, replies.map(({ text }) => text).join('\n'))
    assert.equal((await (await server.as('linjing')).read(`${PATH}/${paying.id}`)).state, 'drafting')
    assert.equal((await decide(server, second, paying)).status, 200)
  }
})

async function handsOf(server: TestServer): Promise<string[]> {
  const find = async (role: string, court: string) => {
    const [one] = await server.sql<{ username: string }>(
      `select a.username from post p join account a using (court_id, person_id) join court c on c.id = p.court_id
       where p.role = $1 and c.code = $2 order by a.username limit 1`,
      [role, court],
    )
    if (!one) throw new Error(`nobody is ${role} of ${court}`)
    return one.username
  }
  return [
    await find('centre.head', '吉0193'),
    await find('director', '吉0193'),
    await find('president', '吉0193'),
    await find('director', '吉01'),
  ]
}
