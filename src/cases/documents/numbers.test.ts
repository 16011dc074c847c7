import assert from 'node:assert/strict'
import { utimes } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { checkBlobs } from '#kernel/housekeeping/blob-check.ts'
import { articleTest } from '#test/articles.ts'
import { startTestServer } from '#test/harness.ts'
import { pdfText } from '#test/pdf-text.ts'
import { holderOf } from '#test/suite/cast.ts'
import { ANSWERS, fileOf, issue, openCase, prepare, withAddresses } from '#test/suite/issuing.ts'

articleTest(['9'], 'numbers: the case’s own, 之一, 之二; 司惩 and 文号 in series of the court, by year', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, president, director, judgeId } = await prepare(server)
  const made = await openCase(clerk, judgeId)
  await withAddresses(judge, made.id)
  const next = async (action: string) => {
    server.time.pass({ minutes: 1 })
    return (await issue(judge, [president, director], made.id, action)).number
  }
  assert.equal(await next('executionNotice'), made.caseNumber)
  assert.equal(await next('executionRuling'), made.caseNumber, 'another class begins anew')
  assert.equal(await next('executionRuling'), `${made.caseNumber}之一`)
  assert.equal(await next('executionRuling'), `${made.caseNumber}之二`)
  assert.equal(await next('proofOfService'), made.caseNumber)
  assert.equal(await next('proofOfService'), made.caseNumber, 'a sheet bears the number of its case')
  assert.equal(await next('fineDecision'), '（2021）吉0193司惩1号')
  assert.equal(await next('detentionDecision'), '（2021）吉0193司惩2号')
  assert.equal(await next('entrustmentLetter'), '长新法委〔2021〕1号')
  server.time.travelTo('2022-01-04T09:00:00+08:00')
  for (const client of [judge, president, director]) await client.signIn()
  assert.equal(await next('entrustmentLetter'), '长新法委〔2022〕1号')
  assert.equal(await next('executionRuling'), `${made.caseNumber}之三`, 'a case’s series goes on')
})

test('a name that no font can draw stops the document by name; it takes no number', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, judgeId } = await prepare(server)
  const made = await openCase(clerk, judgeId)
  await withAddresses(judge, made.id)
  const { version } = await judge.read(`/cases/${made.id}`)
  const unknown = await judge.post(`/cases/${made.id}/executionRuling`, {
    version,
    ...ANSWERS.executionRuling,
    property: '𪚥某的存款',
  })
  assert.equal(unknown.body.code, 'document.characters')
  assert.match(unknown.body.message, /𪚥/)
  const { number } = await issue(judge, [], made.id, 'executionRuling')
  assert.equal(number, made.caseNumber, 'the first of its class')
})

test('many hands at once on one case: one document of each version, numbered without gap or double', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, judgeId } = await prepare(server)
  const made = await openCase(clerk, judgeId)
  await withAddresses(judge, made.id)
  const hands = [judge, judge, judge, judge]
  let issued = 0
  for (let round = 0; round < 5; round += 1) {
    const { version } = await judge.read(`/cases/${made.id}`)
    const body = { version, ...ANSWERS.executionRuling }
    const replies = await Promise.all(hands.map((one) => one.post(`/cases/${made.id}/executionRuling`, body)))
    const codes = replies.map(({ status, body: said }) => (status === 200 ? 'issued' : said.code)).sort()
    assert.deepEqual(codes, ['issued', 'thing.stale', 'thing.stale', 'thing.stale'])
    issued += 1
  }
  const rows = await server.sql<{ number: string }>('select number from issued_document order by serial')
  const after = ['', '之一', '之二', '之三', '之四'].map((end) => `${made.caseNumber}${end}`)
  assert.deepEqual([issued, rows.map(({ number }) => number)], [5, after])
  // And the database itself takes no number twice.
  const copied = `
    insert into issued_document select (jsonb_populate_record(d, '{"id": "00000000-0000-4000-8000-000000000000"}')).*
    from issued_document d where serial = 1`
  await assert.rejects(server.sql(copied), /document_serial|document_number/)
})

test('the law of the document’s own day is cited', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, judgeId } = await prepare(server)
  const days = [
    ['2021-12-31T09:00:00+08:00', '第二百四十条'],
    ['2022-01-01T09:00:00+08:00', '第二百四十七条'],
    ['2024-01-01T00:00:01+08:00', '第二百五十一条'],
  ] as const
  for (const [at, article] of days) {
    server.time.travelTo(at)
    for (const client of [clerk, judge]) await client.signIn()
    const made = await openCase(clerk, judgeId)
    const { id } = await issue(judge, [], made.id, 'executionNotice')
    const text = pdfText(await fileOf(server, id, 'pdf'))
    assert.ok(text.includes(`依照《中华人民共和国民事诉讼法》${article}的规定，责令`), text)
  }
})

test('an interpretation that was revised within a year is cited as of its last day and its first', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, judgeId } = await prepare(server)
  const days = [
    ['2022-04-09T23:59:00+08:00', '第五百一十九条'],
    ['2022-04-10T00:00:01+08:00', '第五百一十七条'],
  ] as const
  for (const [at, article] of days) {
    server.time.travelTo(at)
    for (const client of [clerk, judge]) await client.signIn()
    const { id } = await issue(judge, [], (await openCase(clerk, judgeId)).id, 'riskNotice')
    const text = pdfText(await fileOf(server, id, 'pdf'))
    assert.ok(text.includes(`解释》${article}的规定裁定终结本次执行程序`), text)
  }
})

test('proposed in one year and approved in the next: date, law and number are those of the approval', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, director, judgeId } = await prepare(server)
  server.time.travelTo('2021-12-31T16:00:00+08:00')
  for (const client of [clerk, judge]) await client.signIn()
  const made = await openCase(clerk, judgeId)
  const { id, approval, version } = await judge.do(`/cases/${made.id}/entrustmentLetter`, {
    version: made.version,
    ...ANSWERS.entrustmentLetter,
  })
  server.time.travelTo('2022-01-01T09:00:00+08:00')
  for (const client of [judge, director]) await client.signIn()
  await director.do(`/approvals/${approval.id}/approve`, { version })
  const [document] = (await judge.read(`/cases/${id}/documents`)).items
  assert.equal(document.number, '长新法委〔2022〕1号')
  const text = pdfText(await fileOf(server, document.id, 'pdf'))
  assert.ok(text.includes('《中华人民共和国民事诉讼法》第二百三十六条'), text)
  assert.ok(text.includes('2022年1月1日'), text)
})

test('what is missing is named, all of it: data of the case, settings of the court, an address', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, head, judgeId } = await prepare(server)
  const bare = await openCase(clerk, judgeId, { cause: null, basisNumber: null, amountFen: null })
  await head.put('/document-settings', { name: '收款账号', value: '' })
  const draft = await judge.read(`/cases/${bare.id}/documents/executionNotice`)
  assert.deepEqual(draft.missing, ['案由', '执行依据', '申请执行标的', '申请执行标的大写', '收款账号'])
  const refused = await judge.post(`/cases/${bare.id}/executionNotice`, { version: bare.version, within: '立即' })
  assert.equal(refused.status, 422)
  assert.match(refused.body.message, /^缺少：案由、执行依据、申请执行标的/)
  const ruling = await judge.post(`/cases/${bare.id}/executionRuling`, {
    version: bare.version,
    ...ANSWERS.executionRuling,
  })
  assert.equal(ruling.body.code, 'document.missing')
  assert.match(ruling.body.message, /申请执行人甲龘的住址、被执行人𠮷㛃·买买提的住址/)
  const proposed = await judge.post(`/cases/${bare.id}/terminationRuling`, {
    version: bare.version,
    ...ANSWERS.terminationRuling,
  })
  assert.equal(proposed.body.code, 'document.missing', 'nobody is asked to approve what can’t be made')
  assert.match(proposed.body.message, /申请执行人甲龘的住址/)
  assert.equal((await server.sql('select 1 from approval')).length, 0)
  const [{ n } = { n: 0 }] = await server.sql<{ n: number }>('select count(*)::int as n from issued_document')
  assert.equal(n, 0)
  const series = await server.sql(`select 1 from number_series where series like 'document:%'`)
  assert.equal(series.length, 0, 'no number was taken')
  const still = await judge.read(`/cases/${bare.id}`)
  assert.equal(still.version, bare.version)
})

articleTest(
  ['9'],
  'voided with a reason: the number stays used, the register shows both; others may not',
  async (t) => {
    const server = await startTestServer(t)
    const { clerk, judge, president, judgeId } = await prepare(server)
    const made = await openCase(clerk, judgeId)
    const wrong = await issue(judge, [], made.id, 'executionNotice')
    assert.equal(wrong.mayVoid, true)
    const stranger = await server.as((await holderOf(server, '吉01', 'team.judge')).username)
    assert.equal((await stranger.post(`/documents/${wrong.id}/void`, { reason: '无关' })).status, 404)
    assert.equal((await stranger.get(`/documents/${wrong.id}/pdf`)).status, 404)
    assert.equal((await president.post(`/documents/${wrong.id}/void`, { reason: '无权' })).status, 403)
    const voided = await judge.do(`/documents/${wrong.id}/void`, { reason: '履行期限写错' })
    assert.equal(voided.voided.reason, '履行期限写错')
    assert.equal((await judge.post(`/documents/${wrong.id}/void`, { reason: '再次' })).body.code, 'document.voided')
    server.time.pass({ minutes: 1 })
    const right = await issue(judge, [], made.id, 'executionNotice')
    assert.equal(right.number, `${made.caseNumber}之一`)
    const register = await judge.read('/documents')
    assert.deepEqual(
      register.items.map((one: { number: string; voided: object | null }) => [one.number, one.voided !== null]),
      [
        [`${made.caseNumber}之一`, false],
        [made.caseNumber, true],
      ],
    )
    const file = await judge.get(`/documents/${right.id}/pdf`)
    assert.equal(file.headers.get('content-type'), 'application/pdf')
    const read = await server.sql(`select 1 from audit where verb = 'document.read'`)
    assert.equal(read.length, 1, 'the reading of a document is on record')
  },
)

test('what nobody names any more is cleared away; templates and documents that were issued stay', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, judgeId } = await prepare(server)
  const made = await openCase(clerk, judgeId)
  const { id } = await issue(judge, [], made.id, 'executionNotice')
  const { services } = server.app
  const stray = await services.blobs.put(Readable.from([Buffer.from('nobody')]), 100)
  const files = await server.sql<{ digest: string }>('select digest from document_file')
  assert.equal(files.length, 2)
  const longAgo = new Date('2001-01-01')
  for (const { digest } of [...files, stray]) await utimes(services.blobs.pathOf(digest), longAgo, longAgo)
  assert.deepEqual(await checkBlobs(services), { removed: 1, missing: [] })
  assert.ok(pdfText(await fileOf(server, id, 'pdf')).includes('执行通知书'))
})

test('a preview is the PDF without a number and with masked certificate numbers; nothing is stored', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, judgeId } = await prepare(server)
  const made = await openCase(clerk, judgeId)
  await withAddresses(judge, made.id)
  const { pdfBase64 } = await judge.do(`/cases/${made.id}/documents/executionRuling/preview`, ANSWERS.executionRuling)
  const text = pdfText(Buffer.from(pdfBase64, 'base64'))
  assert.ok(text.includes('（签发时编号）'))
  assert.ok(text.includes('公民身份号码110105********0038'), text)
  assert.equal((await judge.read(`/cases/${made.id}/documents`)).items.length, 0)
  const finance = await server.as((await holderOf(server, '吉0193', 'finance')).username)
  const refused = await finance.post(`/cases/${made.id}/documents/executionRuling/preview`, ANSWERS.executionRuling)
  assert.equal(refused.status, 403)
})
