import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SystemActor } from '#kernel/authorisation/may.ts'
import { startTestServer } from '#test/harness.ts'
import { writeAudit } from './audit.ts'

// What the auditor asks and what he gets, question by question.

const COURT = 220193

test('the auditor’s questions', async (t) => {
  const server = await startTestServer(t)
  const auditor = await server.as('shenji')
  await server.sql(`delete from audit where court_id = ${COURT}`)
  await server.sql(`delete from audit_head where court_id = ${COURT}`)
  const put = (name: string, at: string, verb: string, summary = {}) => {
    const actor: SystemActor = { kind: 'system', name, courtId: COURT, courtIds: [COURT] }
    const thing = { kind: 'person', id: '9d2a4a52-52a5-4f6b-8f0a-3a4f5a8f1e22', label: '某人' }
    const note = { verb, summary, ...(verb === 'person.stop' ? { thing } : {}) }
    return server.app.services.database.write({ courtIds: [COURT] }, (tx) =>
      writeAudit(tx, actor, new Date(at), [note]),
    )
  }
  await put('甲', '2021-09-27T23:59:59+08:00', 'session.sign-in')
  await put('乙', '2021-09-28T00:00:00+08:00', 'person.stop', { 账号: 'a', id: 'x' })
  await put('乙', '2021-09-28T23:59:59+08:00', 'session.sign-out')
  await put('甲', '2021-09-29T00:00:00+08:00', 'session.sign-in')
  const seqs = async (query: string) =>
    (await auditor.read(`/audit?${query}`)).items.map(({ seq }: { seq: number }) => seq)

  await t.test('the newest first, each in words', async () => {
    const { items, next } = await auditor.read('/audit')
    assert.equal(next, null)
    assert.deepEqual(
      items.map(({ seq }: { seq: number }) => seq),
      [4, 3, 2, 1],
    )
    assert.deepEqual(items[2], {
      seq: 2,
      at: '2021-09-27T16:00:00.000Z',
      actor: '乙',
      verb: 'person.stop',
      verbLabel: '停用账号',
      thing: '某人',
      summary: '账号：a',
    })
    assert.deepEqual([items[3].thing, items[3].summary], ['', ''])
  })

  await t.test('by day, person and kind of act, alone and together', async () => {
    assert.deepEqual(await seqs('from=2021-09-28'), [4, 3, 2])
    assert.deepEqual(await seqs('to=2021-09-28'), [3, 2, 1])
    assert.deepEqual(await seqs('from=2021-09-28&to=2021-09-28'), [3, 2])
    assert.deepEqual(await seqs(`actor=${encodeURIComponent('甲')}`), [4, 1])
    assert.deepEqual(await seqs(`actor=${encodeURIComponent(' 甲 ')}`), [4, 1])
    assert.deepEqual(await seqs('actor='), [4, 3, 2, 1])
    assert.deepEqual(await seqs('verb=session.sign-in'), [4, 1])
    assert.deepEqual(await seqs(`verb=session.sign-in&to=2021-09-28&actor=${encodeURIComponent('甲')}`), [1])
  })

  await t.test('page by page', async () => {
    const first = await auditor.read('/audit?limit=3')
    assert.deepEqual([first.items.length, first.next], [3, '2'])
    const rest = await auditor.read(`/audit?limit=3&after=${first.next}`)
    assert.deepEqual([rest.items.length, rest.items[0].seq, rest.next], [1, 1, null])
    const whole = await auditor.read('/audit?limit=4')
    assert.deepEqual([whole.items.length, whole.next], [4, null])
  })

  await t.test('a question that makes no sense is refused', async () => {
    const long = (length: number) => 'x'.repeat(length)
    for (const query of [
      'from=2021-02-30',
      'to=x',
      'after=0',
      'after=01',
      'after=1x',
      `after=1${'0'.repeat(18)}`,
      'limit=0',
      'limit=201',
      'limit=1.5',
      `actor=${long(101)}`,
      `verb=${long(101)}`,
      'other=1',
    ]) {
      assert.equal((await auditor.get(`/audit?${query}`)).status, 400, query)
    }
    for (const query of [
      'limit=200',
      'limit=1',
      `after=1${'0'.repeat(17)}`,
      `actor=${long(100)}`,
      `verb=${long(100)}`,
    ]) {
      assert.equal((await auditor.get(`/audit?${query}`)).status, 200, query)
    }
    const refused = await auditor.get('/audit?from=x&after=x')
    assert.match(refused.text, /请填写日期/)
    assert.match(refused.text, /位置有误/)
    assert.equal((await (await server.as('xitong')).get('/audit')).status, 403)
    assert.equal((await (await server.as('xitong')).get('/audit/verification')).status, 403)
  })

  await t.test('the chain is verified for him, and that is recorded, whatever comes out', async () => {
    await server.sql(`delete from audit where court_id = ${COURT} and seq > 4`)
    await server.sql(`update audit_head h set seq = 4, hash = a.hash from audit a
      where h.court_id = ${COURT} and a.court_id = ${COURT} and a.seq = 4`)
    const [head] = await server.sql<{ hash: Buffer }>(`select hash from audit_head where court_id = ${COURT}`)
    assert.deepEqual(await auditor.read('/audit/verification'), {
      ok: true,
      entries: 4,
      checkedAt: server.time.now().toISOString(),
      head: { seq: '4', hash: head?.hash.toString('hex') },
      problem: null,
    })
    const last = async () => (await auditor.read('/audit?limit=1')).items[0]
    assert.deepEqual([(await last()).verb, (await last()).summary], ['audit.verify', '结果：通过；条数：4'])
    await server.sql(`update audit set actor_name = '丙' where court_id = ${COURT} and seq = 2`)
    const found = await auditor.read('/audit/verification')
    assert.deepEqual([found.ok, found.entries, found.problem], [false, 1, '第2条与其摘要不符，内容被改动'])
    assert.match((await last()).summary, /^结果：第2条.*；条数：1$/)
  })
})
