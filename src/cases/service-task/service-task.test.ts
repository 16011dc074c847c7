import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { FACTS } from '#cases/case/fact-names.ts'
import { SERVICE_WAYS } from '#rules/service-ways.ts'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { holderOf, PDF } from '#test/suite/cast.ts'
import { derivedSuite } from '#test/suite/derived-suite.ts'
import { issue, openCase, prepare, withAddresses } from '#test/suite/issuing.ts'
import { type Attempt, whyNotAnnounced, whyNotServed } from './rules.ts'
import { SERVICE_EFFECTS } from './service-effects.ts'
import { serviceTask } from './service-task.ts'

const DEBTOR = '𠮷㛃·买买提'
const PHOTO = { name: '现场.png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]) }

/** A case of 吉0193 with an issued document, and the judge whose case it is. */
async function withDocument(server: TestServer, action = 'executionNotice') {
  const { filing, judge, judgeId, head } = await prepare(server)
  const { id: caseId } = await openCase(filing, judgeId, {
    debtors: [{ name: DEBTOR, certificates: ['110105194912310038'] }, { name: '乙公司' }],
  })
  await withAddresses(judge, caseId)
  await judge.do(`/cases/${caseId}/addresses`, { party: '乙公司', address: '长春市某街2号', source: '工商登记地' })
  const document = await issue(judge, [], caseId, action)
  return { judge, head, caseId, document }
}

const factOf = async (client: Client, caseId: string, name: string) =>
  (await client.read(`/cases/${caseId}`)).facts.find((fact: { name: string }) => fact.name === name)?.on

/** Takes an act on a task, with a proof of its own where one is given. */
async function act(client: Client, id: string, name: string, answers: object, proof?: typeof PDF, as = 'proof') {
  const path = `/service-tasks/${id}`
  if (proof) assert.equal((await client.upload(`${path}/attachments`, { document: as }, proof)).status, 201)
  const { version } = await client.read(path)
  return client.post(`${path}/${name}`, { version, ...answers })
}

const SIGNED = { way: '直接送达', servedOn: '2021-09-30', manner: '本人签收', takenBy: '某甲', servers: '田野' }
const NOTICE = { publishedOn: '2021-09-30', medium: '人民法院报', reason: '上门、邮寄均未果' }
const FAILED = { failedOn: '2021-09-30', cause: '无人在家', servers: '田野' }

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

articleTest(
  ['9'],
  'a public notice: only after the others failed, by the law of its day, to its last day',
  async (t) => {
    const server = await startTestServer(t)
    const { judge, caseId, document } = await withDocument(server)
    const { id } = await judge.do('/service-tasks', { document: document.id, receiver: DEBTOR })
    const reused = await judge.post('/service-tasks', { document: document.id, receiver: DEBTOR })
    assert.equal(reused.body.code, 'write.duplicate', 'one open task for a document and its receiver')

    assert.equal((await act(judge, id, 'fail', { ...FAILED, way: '直接送达' }, PHOTO)).status, 200)
    const soon = await act(judge, id, 'announce', NOTICE, PDF, 'notice')
    assert.equal(soon.body.code, 'service.not-exhausted')
    assert.ok(soon.body.message.includes('邮寄送达') && !soon.body.message.includes('直接送达'), soon.body.message)
    const stale = await act(judge, id, 'fail', { ...FAILED, way: '邮寄送达', cause: '退件' })
    assert.equal(stale.body.code, 'service.proof', 'a proof proves one attempt')
    await act(judge, id, 'fail', { ...FAILED, way: '邮寄送达', cause: '退件' }, PDF)
    assert.equal((await act(judge, id, 'announce', NOTICE)).status, 200)
    const running = await judge.read(`/service-tasks/${id}`)
    const term = running.clocks.find(({ name }: { name: string }) => name === '公告期')
    // Sixty days before 2022: 30 September + 60 = 29 November.
    assert.deepEqual([term.due.n, term.due.startOn, term.due.dueOn], [60, '2021-09-30', '2021-11-29'])

    const limitOf = async () =>
      (await judge.read(`/cases/${caseId}`)).clocks.find(({ name }: { name: string }) => name === '执行期限')
    assert.equal((await limitOf()).state, 'suspended', 'the days of the notice are not counted')

    server.time.travelTo('2021-11-29T23:59:59+08:00')
    await judge.signIn()
    await server.app.worker.sweep()
    assert.equal((await judge.read(`/service-tasks/${id}`)).state, 'announced')
    server.time.travelTo('2021-11-30T00:00:00+08:00')
    await judge.signIn()
    await server.app.worker.sweep()
    const served = await judge.read(`/service-tasks/${id}`)
    assert.equal(served.state, 'served')
    assert.equal(served.fields.find(({ name }: { name: string }) => name === 'servedOn').value, '2021-11-29')
    assert.equal(await factOf(judge, caseId, 'notice-served'), '2021-11-29')
    const { due } = await limitOf()
    assert.deepEqual([due.dueOn, due.suspensions[0].days, due.suspensions[0].toOn], ['2022-05-30', 60, '2021-11-29'])
  },
)

articleTest(
  ['9'],
  'whoever is found during a public notice is served, and the limit of the case runs on',
  async (t) => {
    const server = await startTestServer(t)
    const { judge, caseId, document } = await withDocument(server)
    const { id } = await judge.do('/service-tasks', { document: document.id, receiver: DEBTOR })
    await judge.upload(`/service-tasks/${id}/attachments`, { document: 'untraceable' }, PDF)
    assert.equal((await act(judge, id, 'announceMissing', NOTICE, PDF, 'notice')).status, 200)
    server.time.travelTo('2021-10-10T09:00:00+08:00')
    await judge.signIn()
    assert.equal((await act(judge, id, 'serve', { ...SIGNED, servedOn: '2021-10-10' }, PDF)).status, 200)
    const { clocks } = await judge.read(`/cases/${caseId}`)
    const { due } = clocks.find(({ name }: { name: string }) => name === '执行期限')
    assert.deepEqual([due.suspensions[0].days, due.dueOn], [10, '2022-04-08'])
    server.time.travelTo('2021-11-30T00:00:00+08:00')
    await server.app.worker.sweep()
    await judge.signIn()
    const served = await judge.read(`/service-tasks/${id}`)
    assert.equal(served.fields.find(({ name }: { name: string }) => name === 'servedOn').value, '2021-10-10')
    assert.deepEqual(
      served.records[0].rows.map((row: string[]) => [row[0], row[3]]),
      [
        ['公告送达', '未送达'],
        ['直接送达', '已送达'],
      ],
    )
  },
)

articleTest(['9'], 'a public notice of 2022 runs thirty days and moves past a day off', async (t) => {
  const server = await startTestServer(t, { start: '2022-03-04T09:00:00+08:00' })
  const { judge, document } = await withDocument(server)
  const { id } = await judge.do('/service-tasks', { document: document.id, receiver: DEBTOR })
  await judge.upload(`/service-tasks/${id}/attachments`, { document: 'untraceable' }, PDF)
  const published = { ...NOTICE, publishedOn: '2022-03-04' }
  const reply = await act(judge, id, 'announceMissing', published, PHOTO, 'notice')
  assert.equal(reply.status, 200, reply.text)
  const term = reply.body.clocks.find(({ name }: { name: string }) => name === '公告期')
  // 4 March + 30 = 3 April 2022, the first day of the Qingming holiday: 6 April.
  assert.deepEqual([term.due.n, term.due.dueOn, term.due.mark], [30, '2022-04-06', 'V'])
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
