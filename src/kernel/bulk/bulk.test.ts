import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { ended } from '#test/http/bulk-jobs.ts'
import { holdJobs } from '#test/http/filed-imports.ts'
import { holds, startSecondServer } from '#test/servers/second-server.ts'
import { holderOf, membersOf } from '#test/suite/cast.ts'

const LIMIT_MS = 40_000
const RECORD = { node: '执行通知书发出', on: '2021-09-02' }

/** So many cases of one judge, the newest first. */
async function cases(server: TestServer, n: number): Promise<{ id: string; version: number; caseNumber: string }[]> {
  const head = await server.as((await holderOf(server, '吉0193', 'centre.head')).username)
  const { personId: judgeId } = await holderOf(server, '吉0193', 'team.judge')
  const parties = { creditors: [{ name: '甲公司' }], debtors: [{ name: '乙某' }] }
  const made = []
  for (let at = 0; at < n; at += 1)
    made.push(await head.do('/cases', { kind: '首次执行', filedOn: '2021-09-01', judgeId, ...parties }))
  return made
}

const start = (client: Client, body: object) =>
  client.do('/bulk-jobs', { list: 'cases', action: 'recordNode', answers: RECORD, ...body })

articleTest(
  ['17'],
  'a node for all that matches: done where it can be, refused with its reason elsewhere',
  async (t) => {
    const server = await startTestServer(t)
    const made = await cases(server, 4)
    const clerk = await server.as('linjing')
    const [first] = made
    await clerk.do(`/cases/${first?.id}/recordNode`, { version: first?.version, ...RECORD })
    const { items: offered } = await clerk.read('/bulk-actions?list=cases')
    assert.deepEqual(
      offered.map((one: { name: string; label: string }) => [one.name, one.label]),
      [
        ['assign', '分案'],
        ['recordNode', '登记节点'],
        ['checkFiling', '核查立案信息'],
        ['triage', '呈批繁简分流'],
        ['changeHandler', '呈批变更承办人'],
        ['executionNotice', '签发执行通知书'],
        ['disclosureOrder', '签发报告财产令'],
        ['assetDeclaration', '签发被执行人财产申报表'],
        ['riskNotice', '签发执行风险提示书'],
        ['closingNotice', '签发结案通知书'],
      ],
    )
    const filed = await start(clerk, { filter: { state: 'handling', sort: 'number' }, count: 4 })
    assert.deepEqual(filed.answers[0], { label: '节点', value: '执行通知书发出' })
    const job = await ended(clerk, filed.id)
    assert.deepEqual([job.state, job.done, job.refused], ['done', 3, 1])
    const { items } = await clerk.read(`/bulk-jobs/${filed.id}/items?state=refused`)
    assert.deepEqual([items.length, items[0].number], [1, first?.caseNumber])
    assert.match(items[0].reason, /该节点已有完成日期；如日期有误/)
    for (const { id } of made) {
      const { facts } = await clerk.read(`/cases/${id}`)
      assert.equal(facts.filter((fact: { name: string }) => fact.name === 'notice-sent').length, 1)
    }
    const file = await fetch(`${server.address}/api/bulk-jobs/${filed.id}/export`, {
      headers: { cookie: clerk.cookie },
    })
    const rows = (await readXlsx(new Uint8Array(await file.arrayBuffer()))).sheets[0]?.rows ?? []
    assert.deepEqual(rows[0], ['序号', '编号', '结果', '未办成的原因'])
    assert.deepEqual(
      rows.slice(1, -1).map((row) => row[2]),
      ['未办成', '已办', '已办', '已办'],
    )
    const audit = await server.sql<{ verb: string; actor_name: string; n: number }>(`
    select verb, actor_name, count(*)::int as n from audit
    where summary like '%"批量办理":"登记节点"%' and verb <> 'list.export' group by 1, 2 order by 1`)
    assert.deepEqual(audit, [
      { verb: 'bulk.end', actor_name: '林静', n: 1 },
      { verb: 'bulk.start', actor_name: '林静', n: 1 },
      { verb: 'case.recordNode', actor_name: '林静', n: 3 },
    ])
  },
)

test('what may start: only declared acts, by who may, over exactly what was confirmed', async (t) => {
  const server = await startTestServer(t)
  const [one] = await cases(server, 2)
  const clerk = await server.as('linjing')
  const body = { list: 'cases', action: 'recordNode', answers: RECORD, filter: {}, count: 2 }
  const refusals: [object, number, string][] = [
    [{ action: 'close' }, 400, 'request.invalid'],
    [{ action: 'hasOwnProperty' }, 400, 'request.invalid'],
    [{ action: '__proto__' }, 400, 'request.invalid'],
    [{ list: 'people' }, 400, 'request.invalid'],
    [{ answers: { ...RECORD, on: '2021-02-30' } }, 400, 'request.invalid'],
    [{ filter: { nothing: '1' } }, 400, 'request.invalid'],
    [{ count: 3 }, 409, 'bulk.changed'],
    [{ filter: { state: 'closed' } }, 422, 'bulk.none'],
    [{ count: 20_001 }, 422, 'bulk.too-many'],
  ]
  for (const [change, status, code] of refusals) {
    const reply = await clerk.post('/bulk-jobs', { ...body, ...change })
    assert.deepEqual([reply.status, reply.body.code], [status, code], JSON.stringify(change))
  }
  const judge = await server.as('sunhaitao')
  const propose = { action: 'changeHandler', answers: { handler: one?.id, reason: '调整' } }
  assert.equal((await judge.post('/bulk-jobs', { ...body, ...propose })).body.code, 'access.denied')
  assert.deepEqual(await server.sql('select * from bulk_job'), [])
  const picked = await start(clerk, { filter: {}, ids: [one?.id], count: 1 })
  assert.equal((await ended(clerk, picked.id)).done, 1)
  const other = await server.as('chensiyu')
  for (const path of ['', '/items', '/export'])
    assert.equal((await other.get(`/bulk-jobs/${picked.id}${path}`)).status, 404)
  assert.equal((await other.post(`/bulk-jobs/${picked.id}/cancel`)).status, 404)
  assert.equal((await clerk.post(`/bulk-jobs/${picked.id}/cancel`)).body.code, 'bulk.ended')
})

articleTest(['36.1'], 'proposals in bulk, approved in bulk by the director, never by the proposer', async (t) => {
  const server = await startTestServer(t)
  const made = await cases(server, 3)
  const clerk = await server.as('linjing')
  const judges = await membersOf(server, '吉0193', 'team.judge')
  const handler = judges.at(-1)
  const proposed = await start(clerk, {
    action: 'changeHandler',
    answers: { handler: handler?.personId, reason: '团队调整' },
    count: 3,
  })
  assert.deepEqual(proposed.answers[0], { label: '承办人', value: handler?.name })
  assert.equal((await ended(clerk, proposed.id)).done, 3)
  const director = await server.as((await holderOf(server, '吉0193', 'director')).username)
  const waiting = (await director.read('/approvals')).items
  assert.deepEqual(
    waiting.map((one: { bulk: boolean }) => one.bulk),
    [true, true, true],
  )
  // One of them changes after it was proposed: its approval is void, and the batch is no longer what was confirmed.
  const [first] = made
  const now = await clerk.read(`/cases/${first?.id}`)
  await clerk.do(`/cases/${first?.id}/recordNode`, { version: now.version, ...RECORD })
  const approve = { list: 'approvals', action: 'approve', answers: {}, filter: {} }
  assert.equal((await director.post('/bulk-jobs', { ...approve, count: 3 })).body.code, 'bulk.changed')
  const filed = await director.do('/bulk-jobs', { ...approve, count: 2 })
  assert.equal((await ended(director, filed.id)).done, 2)
  const held = await Promise.all(made.map(async ({ id }) => (await clerk.read(`/cases/${id}`)).judge))
  assert.deepEqual(held.filter((name) => name === handler?.name).length, 2)
})

test('orders for all old arrears of a filter, one for each', async (t) => {
  const server = await startTestServer(t)
  const made = await cases(server, 3)
  const clerk = await server.as('linjing')
  await server.sql(`update clock set backlog = true, due_on = '2021-09-10' where label = '执行通知书'`)
  const { count } = await clerk.read('/backlog/count')
  assert.equal(count, made.length)
  const filed = await clerk.do('/bulk-jobs', {
    list: 'backlog',
    action: 'order',
    answers: { requirement: '请立即办理' },
    filter: {},
    count,
  })
  assert.equal((await ended(clerk, filed.id)).done, count)
  assert.equal((await clerk.read('/supervision-orders/count')).count, count)
  const again = await clerk.do('/bulk-jobs', {
    list: 'backlog',
    action: 'order',
    answers: { requirement: '请立即办理' },
    filter: {},
    count,
  })
  assert.deepEqual((await ended(clerk, again.id)).refused, count)
})

test('cancelled: what was done stands, the rest stays as it was', async (t) => {
  const server = await startTestServer(t)
  await cases(server, 3)
  const clerk = await server.as('linjing')
  const release = await holdJobs(server, ['bulk'])
  const filed = await start(clerk, { filter: {}, count: 3 })
  const cancelled = await clerk.do(`/bulk-jobs/${filed.id}/cancel`)
  await release()
  assert.equal(cancelled.state, 'cancelled')
  const next = await start(clerk, { filter: {}, count: 3 })
  assert.equal((await ended(clerk, next.id)).done, 3)
  assert.deepEqual(await server.sql(`select count(*)::int as n from bulk_item where state = 'waiting'`), [{ n: 3 }])
})

test('a stopped account ends its job; a post that ended is refused at each thing', async (t) => {
  const server = await startTestServer(t)
  await cases(server, 2)
  const clerk = await server.as('linjing')
  const { personId } = (
    await server.sql<{ personId: string }>(`select person_id as "personId" from account where username = 'linjing'`)
  )[0] as { personId: string }
  const release = await holdJobs(server, ['bulk'])
  const filed = await start(clerk, { filter: {}, count: 2 })
  await server.sql(`update post set to_on = '2021-09-29' where person_id = $1`, [personId])
  await release()
  await holds('ended', LIMIT_MS, async () => {
    const [job] = await server.sql<{ state: string }>('select state from bulk_job where id = $1', [filed.id])
    return job?.state === 'done'
  })
  const refused = await server.sql(`select problem ->> 'code' as code from bulk_item where job_id = $1`, [filed.id])
  assert.deepEqual(refused, [{ code: 'thing.not-found' }, { code: 'thing.not-found' }])
  await server.sql(`update post set to_on = null where person_id = $1`, [personId])
  const releaseAgain = await holdJobs(server, ['bulk'])
  const other = await start(clerk, { filter: {}, count: 2 })
  await (await server.as('xitong')).do(`/people/${personId}/stop`, { reason: '离任' })
  await releaseAgain()
  await holds('stopped', LIMIT_MS, async () => {
    const [job] = await server.sql<{ state: string; why: string }>(
      `select state, problem ->> 'code' as why from bulk_job where id = $1`,
      [other.id],
    )
    return job?.state === 'stopped' && job.why === 'bulk.account-stopped'
  })
  const done = await server.sql(`select 1 from case_fact where name = 'notice-sent'`)
  assert.deepEqual(done, [])
})

test('whoever acts on the same things meanwhile is not turned away', async (t) => {
  const server = await startTestServer(t)
  const made = await cases(server, 18)
  const clerk = await server.as('linjing')
  const filed = await start(clerk, { filter: { state: 'handling', sort: 'number' }, count: made.length })
  // Against the order in which the job takes them.
  const byHand = async ({ id }: { id: string }) => {
    for (;;) {
      const { version } = await clerk.read(`/cases/${id}`)
      const { status } = await clerk.post(`/cases/${id}/recordNode`, { version, node: '约谈申请执行人', on: RECORD.on })
      if (status !== 409) return status
    }
  }
  const statuses = await Promise.all(made.toReversed().map(byHand))
  assert.deepEqual(statuses, Array(made.length).fill(200))
  assert.equal((await ended(clerk, filed.id)).done, made.length)
  const facts = await server.sql(`select name, count(*)::int as n from case_fact
    where name in ('notice-sent', 'creditor-interviewed') group by name order by name`)
  assert.deepEqual(
    facts.map(({ n }) => n),
    [made.length, made.length],
  )
})

test('two servers, one of them stopped in the middle: each thing once', async (t) => {
  const first = await startTestServer(t)
  const n = 40
  await cases(first, n)
  const stopping = await startSecondServer(t, first)
  const clerk = await stopping.as('linjing')
  const release = await holdJobs(first, ['bulk'])
  const filed = await start(clerk, { filter: {}, count: n })
  await release()
  const counts = async () => {
    const [row] = await first.sql<{ done: number; state: string }>('select done, state from bulk_job where id = $1', [
      filed.id,
    ])
    return row ?? { done: 0, state: '' }
  }
  await holds('begun', LIMIT_MS, async () => (await counts()).done > 2)
  await stopping.stop()
  await holds('ended', LIMIT_MS, async () => (await counts()).state === 'done')
  assert.equal((await counts()).done, n)
  const [facts] = await first.sql(
    `select count(*)::int as facts, count(distinct case_id)::int as cases from case_fact where name = 'notice-sent'`,
  )
  assert.deepEqual(facts, { facts: n, cases: n })
  assert.deepEqual(stopping.faults, [])
})
