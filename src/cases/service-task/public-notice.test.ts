import assert from 'node:assert/strict'
import { articleTest } from '#test/articles.ts'
import { startTestServer } from '#test/harness.ts'
import { PDF } from '#test/suite/cast.ts'
import { act, DEBTOR, FAILED, factOf, NOTICE, PHOTO, SIGNED, withDocument } from '#test/suite/serving.ts'

articleTest(
  ['9'],
  'a public notice: only after the others failed, by the law of its day, to its last day',
  async (t) => {
    const server = await startTestServer(t)
    const { judge, caseId, document } = await withDocument(server)
    const { id } = await judge.do('/service-tasks', { document: document.id, receiver: DEBTOR })
    const reused = await judge.post('/service-tasks', { document: document.id, receiver: DEBTOR })
    assert.equal(reused.body.code, 'matter.open-already', 'one open task for a document and its receiver')

    assert.equal((await act(judge, id, 'fail', { ...FAILED, way: '直接送达' }, PHOTO)).status, 200)
    const soon = await act(judge, id, 'announce', NOTICE, PDF, 'notice')
    assert.equal(soon.body.code, 'service.not-exhausted')
    assert.ok(soon.body.message.includes('邮寄送达') && !soon.body.message.includes('直接送达'), soon.body.message)
    const stale = await act(judge, id, 'fail', { ...FAILED, way: '邮寄送达', cause: '退件' })
    assert.equal(stale.body.code, 'service.proof', 'a proof proves one attempt')
    await act(judge, id, 'fail', { ...FAILED, way: '邮寄送达', cause: '退件' }, PDF)
    const early = await act(judge, id, 'announce', { ...NOTICE, publishedOn: '1900-01-01' })
    assert.deepEqual([early.status, early.body.fields[0].path], [400, 'publishedOn'], 'before any rule of its term')
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
