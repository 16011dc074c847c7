import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { FACTS } from '#cases/case/fact-names.ts'
import { SERVICE_WAYS } from '#rules/service-ways.ts'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer } from '#test/harness.ts'
import { holderOf, PDF } from '#test/suite/cast.ts'
import { derivedSuite } from '#test/suite/derived-suite.ts'
import { act, DEBTOR, factOf, SIGNED, withDocument } from '#test/suite/serving.ts'
import { type Attempt, wayNamed, whyNotAnnounced, whyNotSent, whyNotServed } from './rules.ts'
import { SERVICE_EFFECTS } from './service-effects.ts'
import { serviceTask } from './service-task.ts'

derivedSuite(serviceTask, {
  openings: async ({ server }) => {
    const { document } = await withDocument(server)
    return [{ document: document.id, receiver: DEBTOR, address: '长春市某街1号' }]
  },
  answers: {
    open: async () => ({ receiver: `某${randomUUID()}` }),
    send: async () => ({ way: '邮寄送达', reference: '1234' }),
    serve: async () => SIGNED,
  },
})

articleTest(['9'], 'each receiver of a document: one served in person, one by post; the case follows', async (t) => {
  const server = await startTestServer(t)
  const { judge, caseId, document } = await withDocument(server)
  const receivers = [{ receiver: DEBTOR }, { receiver: '乙公司' }]
  const opened = await judge.do(`/cases/${caseId}/service-tasks`, { document: document.id, receivers })
  const [first, second] = opened.items
  assert.deepEqual(
    opened.items.map((one: { side: string; stateLabel: string }) => [one.side, one.stateLabel]),
    [
      ['被执行人', '待送达'],
      ['被执行人', '待送达'],
    ],
  )
  assert.equal(await factOf(judge, caseId, 'notice-sent'), undefined)

  const bare = await act(judge, first.id, 'serve', SIGNED)
  assert.equal(bare.body.code, 'act.documents-missing')
  const wrong = await act(judge, first.id, 'serve', { ...SIGNED, manner: '到达特定系统' }, PDF)
  assert.equal(wrong.body.code, 'service.manner')
  assert.equal((await judge.read(`/service-tasks/${first.id}`)).state, 'waiting')
  assert.equal((await act(judge, first.id, 'serve', SIGNED)).status, 200)
  assert.equal(await factOf(judge, caseId, 'notice-sent'), '2021-09-30', 'the notice has gone out')
  assert.equal(await factOf(judge, caseId, 'notice-served'), undefined, 'one of two is still to be served')

  await act(judge, second.id, 'send', { way: '邮寄送达', sentOn: '2021-09-30', reference: 'EMS1' })
  server.time.travelTo('2021-10-09T09:00:00+08:00')
  await judge.signIn()
  const early = await act(judge, second.id, 'serve', { ...SIGNED, way: '邮寄送达', servedOn: '2021-10-10' }, PDF)
  assert.equal(early.body.code, 'case.fact-future')
  const other = await act(judge, second.id, 'serve', { ...SIGNED, servedOn: '2021-10-08' })
  assert.equal(other.body.code, 'service.awaited', 'what was posted is answered first')
  const posted = { ...SIGNED, way: '邮寄送达', manner: '单位负责收件的人签收', servedOn: '2021-10-08' }
  assert.equal((await act(judge, second.id, 'serve', posted)).status, 200)
  assert.equal(await factOf(judge, caseId, 'notice-served'), '2021-10-08', 'the last one’s day counts')

  const page = await judge.read(`/service-tasks/${second.id}`)
  const [attempt] = page.records[0].rows
  assert.deepEqual(attempt.slice(0, 5), [
    '邮寄送达',
    '2021-09-30',
    '2021-10-08',
    '已送达',
    '单位负责收件的人签收，某甲',
  ])
  assert.equal(attempt[7], PDF.name, 'the attempt names what proves it')
  const { items } = await judge.read(`/cases/${caseId}/service-tasks`)
  assert.deepEqual(
    items.map((one: { state: string; servedOn: string }) => [one.state, one.servedOn]),
    [
      ['served', '2021-09-30'],
      ['served', '2021-10-08'],
    ],
  )
})

articleTest(['9'], 'electronic service only with the receiver’s consent, on the day it arrives', async (t) => {
  const server = await startTestServer(t)
  const { judge, caseId, document } = await withDocument(server)
  const { id } = await judge.do('/service-tasks', { document: document.id, receiver: DEBTOR })
  const sent = { way: '电子送达', sentOn: '2021-09-30', reference: '13800000000' }
  for (const answers of [sent, { ...sent, consent: false }]) {
    const refused = await act(judge, id, 'send', answers)
    assert.deepEqual([refused.status, refused.body.code], [422, 'service.consent'])
  }
  const untouched = await judge.read(`/service-tasks/${id}`)
  assert.deepEqual([untouched.state, untouched.records[0].rows], ['waiting', []])
  assert.equal(await factOf(judge, caseId, 'notice-sent'), undefined)
  assert.equal((await act(judge, id, 'send', { ...sent, consent: true })).status, 200)
  const arrived = { ...SIGNED, way: '电子送达', manner: '到达特定系统' }
  assert.equal((await act(judge, id, 'serve', arrived, PDF)).status, 200)
  const { state, records } = await judge.read(`/service-tasks/${id}`)
  assert.equal(state, 'served')
  assert.deepEqual(records[0].rows[0].slice(0, 4), ['电子送达', '2021-09-30', '2021-09-30', '已送达'])
})

articleTest(['9', '17'], 'a disclosure order that was served starts the debtor’s limit to report', async (t) => {
  const server = await startTestServer(t)
  const { judge, caseId, document } = await withDocument(server, 'disclosureOrder')
  for (const receiver of [DEBTOR, '乙公司']) {
    const { id } = await judge.do('/service-tasks', { document: document.id, receiver })
    assert.equal((await act(judge, id, 'serve', SIGNED, PDF)).status, 200)
  }
  const one = await judge.read(`/cases/${caseId}`)
  const clock = one.clocks.find(({ name }: { name: string }) => name === '被执行人报告财产')
  assert.deepEqual([clock.due.startOn, clock.due.dueOn, clock.state], ['2021-09-30', '2021-10-11', 'running'])
  assert.equal(await factOf(judge, caseId, 'disclosure-ordered'), '2021-09-30')
})

/** The limit to report and the day of service from which it runs; none of either while somebody is to be served. */
async function reporting(judge: Client, caseId: string) {
  const one = await judge.read(`/cases/${caseId}`)
  const { due } = one.clocks.find(({ name }: { name: string }) => name === '被执行人报告财产') ?? {}
  return [await factOf(judge, caseId, 'disclosure-served'), due?.startOn ?? null]
}

articleTest(['9', '17'], 'a debtor who is handed over later moves the day of service', async (t) => {
  const server = await startTestServer(t)
  const { judge, caseId, document } = await withDocument(server, 'disclosureOrder')
  const open = async (receiver: string) => (await judge.do('/service-tasks', { document: document.id, receiver })).id
  const serve = async (id: string, servedOn: string) =>
    assert.equal((await act(judge, id, 'serve', { ...SIGNED, servedOn }, PDF)).status, 200)
  await serve(await open(DEBTOR), '2021-09-30')
  assert.deepEqual(await reporting(judge, caseId), ['2021-09-30', '2021-09-30'])
  const stopped = await open('乙公司')
  assert.deepEqual(await reporting(judge, caseId), [null, null], 'one is still to be served')
  assert.equal((await act(judge, stopped, 'stop', { reason: '已注销' })).status, 200)
  assert.deepEqual(await reporting(judge, caseId), ['2021-09-30', '2021-09-30'])

  server.time.travelTo('2021-10-21T09:00:00+08:00')
  await judge.signIn()
  const later = await open('乙公司')
  const again = await open(DEBTOR)
  await serve(later, '2021-10-20')
  assert.deepEqual(await reporting(judge, caseId), ['2021-10-20', '2021-10-20'])
  await serve(again, '2021-10-21')
  assert.deepEqual(await reporting(judge, caseId), ['2021-10-20', '2021-10-20'], 'who was served is served')
})

test('a day of service that a person corrected stands, whoever is served later', async (t) => {
  const server = await startTestServer(t)
  const { judge, caseId, document } = await withDocument(server, 'disclosureOrder')
  for (const [receiver, expected] of [
    [DEBTOR, '2021-09-30'],
    ['乙公司', '2021-09-29'],
  ]) {
    const { id } = await judge.do('/service-tasks', { document: document.id, receiver })
    assert.equal((await act(judge, id, 'serve', SIGNED, PDF)).status, 200)
    assert.equal(await factOf(judge, caseId, 'disclosure-served'), expected)
    const { version } = await judge.read(`/cases/${caseId}`)
    const corrected = { version, fact: '报告财产令送达', on: '2021-09-29', reason: '以回证为准' }
    if (receiver === DEBTOR) await judge.do(`/cases/${caseId}/correctDate`, corrected)
  }
})

articleTest(['9'], 'voiding a document ends what is open of its service, and nothing else', async (t) => {
  const server = await startTestServer(t)
  const { judge, caseId, document } = await withDocument(server)
  const receivers = [{ receiver: DEBTOR }, { receiver: '乙公司' }]
  const { items } = await judge.do(`/cases/${caseId}/service-tasks`, { document: document.id, receivers })
  assert.equal((await act(judge, items[0].id, 'serve', SIGNED, PDF)).status, 200)
  await act(judge, items[1].id, 'send', { way: '邮寄送达', sentOn: '2021-09-30', reference: 'EMS1' })
  assert.equal((await judge.post(`/documents/${document.id}/void`, { reason: '姓名写错' })).status, 200)
  const after = await judge.read(`/cases/${caseId}/service-tasks`)
  assert.deepEqual(
    after.items.map(({ state }: { state: string }) => state),
    ['served', 'stopped'],
  )
  const stopped = await judge.read(`/service-tasks/${items[1].id}`)
  assert.deepEqual(stopped.records[0].rows[0].slice(0, 4), ['邮寄送达', '2021-09-30', '2021-09-30', '未送达'])
  const again = await judge.post('/service-tasks', { document: document.id, receiver: DEBTOR })
  assert.equal(again.body.code, 'document.voided')
})

articleTest(
  ['9'],
  'what is not yet served: filtered by state, way and limit, counted, overdue told once',
  async (t) => {
    const server = await startTestServer(t)
    const { judge, document } = await withDocument(server)
    const first = await judge.do('/service-tasks', { document: document.id, receiver: DEBTOR })
    const second = await judge.do('/service-tasks', { document: document.id, receiver: '乙公司' })
    const sent = { way: '邮寄送达', sentOn: '2021-09-30', reference: 'EMS1' }
    const placeless = await judge.do('/service-tasks', { document: document.id, receiver: '某单位' })
    assert.equal((await act(judge, placeless.id, 'send', sent)).body.code, 'service.address')
    await act(judge, second.id, 'send', sent)
    const ids = async (query: string) =>
      (await judge.read(`/service-tasks?${query}`)).items.map(({ id }: { id: string }) => id).sort()
    assert.deepEqual(await ids('state=waiting'), [first.id, placeless.id].sort())
    assert.deepEqual(await ids(`way=${encodeURIComponent('邮寄送达')}`), [second.id])
    assert.deepEqual(await ids('due=overdue'), [])
    // Three working days from 30 September: 8, 9 and 11 October.
    server.time.travelTo('2021-10-12T00:00:00+08:00')
    await judge.signIn()
    await server.app.worker.sweep()
    assert.deepEqual(await ids('due=overdue'), [first.id, placeless.id].sort())
    assert.equal((await judge.read('/service-tasks/count?due=overdue')).count, 2)
    const told = await server.sql(
      `select 1 from outbox where title like '首次送达已超期%' and to_role = 'centre.clerk'`,
    )
    assert.equal(told.length, 2)
  },
)

articleTest(['9'], 'another team serves nothing of this case, unless it was handed over', async (t) => {
  const server = await startTestServer(t)
  const { judge, document } = await withDocument(server)
  const outside = await server.as('qiaobin')
  const refused = await outside.post('/service-tasks', { document: document.id, receiver: DEBTOR })
  assert.equal(refused.body.code, 'access.denied')
  assert.equal((await server.sql('select 1 from matter_service_task')).length, 0)
  const { id } = await judge.do('/service-tasks', { document: document.id, receiver: DEBTOR })
  assert.equal((await act(outside, id, 'stop', { reason: '试' })).body.code, 'access.denied')
  const clerk = await server.as('linjing')
  const { personId } = await holderOf(server, '吉0193', 'team.assistant')
  assert.equal((await act(clerk, id, 'handOver', { handler: personId })).status, 200)
  const helper = await server.as((await holderOf(server, '吉0193', 'team.assistant')).username)
  assert.equal((await act(helper, id, 'serve', SIGNED, PDF)).status, 200)
})

test('what may be sent by which way', () => {
  const codes = SERVICE_WAYS.map(({ way }) => {
    const codeOf = (address: string | null, consent: boolean) => whyNotSent(wayNamed(way), address, consent)?.code
    return [way, codeOf('某街1号', true), codeOf('某街1号', false), codeOf(null, true)]
  })
  assert.deepEqual(codes, [
    ['直接送达', 'service.at-once', 'service.at-once', 'service.at-once'],
    ['留置送达', 'service.at-once', 'service.at-once', 'service.at-once'],
    ['电子送达', undefined, 'service.consent', undefined],
    ['邮寄送达', undefined, undefined, 'service.address'],
    ['委托送达', undefined, undefined, undefined],
  ])
})

test('what counts as served by which way', () => {
  const base = { way: '直接送达', manner: '本人签收', witness: null, isPictured: false }
  const codeOf = (more: object, awaited?: Attempt) => whyNotServed({ ...base, ...more }, awaited)?.code ?? null
  for (const { way, manners, sent, witnessed } of SERVICE_WAYS) {
    const awaited: Attempt | undefined = sent ? { seq: 1, way, sentOn: '2021-09-01', outcome: null } : undefined
    for (const manner of manners) {
      const witness = witnessed || manner === '留置住所' ? '居委会某人' : null
      assert.equal(codeOf({ way, manner, witness }, awaited), null, `${way} ${manner}`)
    }
    assert.equal(codeOf({ way, manner: '公告期满', witness: '某人' }, awaited), 'service.manner', way)
  }
  assert.equal(codeOf({ way: '电子送达', manner: '到达特定系统' }), 'service.consent')
  assert.equal(codeOf({ way: '留置送达', manner: '留置住所' }), 'service.witness')
  assert.equal(codeOf({ way: '留置送达', manner: '留置住所', isPictured: true }), null)
  const posted = { seq: 1, way: '邮寄送达', sentOn: '2021-09-01', outcome: null }
  assert.equal(codeOf({}, posted), 'service.awaited')
  assert.equal(codeOf({}, { ...posted, way: '公告送达' }), null, 'whoever is found during the notice is served')
  const failed = (way: string): Attempt => ({ seq: 1, way, sentOn: null, outcome: 'failed' })
  assert.equal(whyNotAnnounced([])?.code, 'service.not-exhausted')
  assert.equal(whyNotAnnounced([failed('直接送达'), posted])?.code, 'service.not-exhausted')
  assert.equal(whyNotAnnounced([failed('直接送达'), failed('邮寄送达')]), null)
})

test('every effect names a fact of cases and a form that cases issue', async () => {
  const { caseDocuments } = await import('#cases/documents/case-issuing.ts')
  const forms = Object.values(caseDocuments).map(({ form }) => form?.id)
  for (const { fact, form } of SERVICE_EFFECTS) {
    assert.ok(FACTS[fact], fact)
    assert.ok(forms.includes(form), form)
  }
})
