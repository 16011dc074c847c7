import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readZip, type ZipPart, zipOf, zipStream } from '#kernel/documents/zip-file.ts'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { ended } from '#test/http/bulk-jobs.ts'
import { pdfText } from '#test/pdf-text.ts'
import { openCase, prepare, withAddresses } from '#test/suite/issuing.ts'

const LIMITS = { parts: 100, unpackedBytes: 100_000_000 }

async function zipOfJob(server: TestServer, client: Client, id: string, format: 'pdf' | 'word') {
  const reply = await fetch(`${server.address}/api/bulk-jobs/${id}/documents?format=${format}`, {
    headers: { cookie: client.cookie },
  })
  assert.equal(reply.status, 200)
  return readZip(Buffer.from(await reply.arrayBuffer()), LIMITS)
}

articleTest(
  ['9'],
  'notices for all that matches: each of its case, in one file; what lacks data is told',
  async (t) => {
    const server = await startTestServer(t)
    const { clerk, judge, judgeId } = await prepare(server)
    const made: { id: string; caseNumber: string }[] = []
    for (let n = 0; n < 12; n += 1) {
      const one = await openCase(clerk, judgeId)
      made.push(one)
      // The fifth has no basis: its notice can't say what is enforced.
      if (n === 4) await server.sql('update enforcement_case set basis_number = null where id = $1', [one.id])
      await withAddresses(judge, one.id)
    }
    const job = await judge.do('/bulk-jobs', {
      list: 'cases',
      action: 'executionNotice',
      answers: { within: '三日内' },
      filter: { state: 'handling', sort: 'number' },
      count: made.length,
    })
    const after = await ended(judge, job.id)
    assert.deepEqual([after.state, after.done, after.refused, after.documents], ['done', 11, 1, 11])
    const { items } = await judge.read(`/bulk-jobs/${job.id}/items?state=refused`)
    assert.equal(items[0].number, made[4]?.caseNumber)
    assert.match(items[0].reason, /执行依据/)
    const pdfs = await zipOfJob(server, judge, job.id, 'pdf')
    const { items: done } = await judge.read(`/bulk-jobs/${job.id}/items?state=done`)
    assert.deepEqual(
      [...pdfs.keys()].map((name) => made.find(({ caseNumber }) => name.includes(caseNumber))?.caseNumber),
      done.map(({ number }: { number: string }) => number),
      'in the order of the list',
    )
    for (const [name, content] of pdfs) {
      const one = made.find(({ caseNumber }) => name.includes(caseNumber))
      assert.ok(one, name)
      assert.match(name, /^\d\d .*执行通知书\.pdf$/)
      const text = pdfText(content)
      assert.ok(text.includes(one.caseNumber), `${name} is of its case`)
      assert.ok(text.includes('𠮷㛃·买买提'))
    }
    assert.equal((await zipOfJob(server, judge, job.id, 'word')).size, 11)
    assert.equal((await clerk.get(`/bulk-jobs/${job.id}/documents`)).status, 404, 'another’s job')
    const [{ n } = { n: 0 }] = await server.sql<{ n: number }>(
      `select count(*)::int as n from audit where verb = 'document.read' and summary like '%"份数":11%'`,
    )
    assert.equal(n, 2)
  },
)

test('two under way at a time: what a job counts is what it issued, also when it is cancelled', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, judgeId } = await prepare(server)
  for (let n = 0; n < 10; n += 1) await withAddresses(judge, (await openCase(clerk, judgeId)).id)
  const body = { list: 'cases', action: 'riskNotice', answers: {}, filter: { state: 'handling' }, count: 10 }
  const job = await judge.do('/bulk-jobs', body)
  await judge.post(`/bulk-jobs/${job.id}/cancel`)
  const first = await ended(judge, job.id)
  assert.ok(['cancelled', 'done'].includes(first.state))
  const second = await ended(judge, (await judge.do('/bulk-jobs', body)).id)
  assert.equal(second.done, 10)
  const rows = await server.sql<{ done: number; documents: number }>(
    `select j.done, (select count(*)::int from issued_document d where d.bulk_job_id = j.id) as documents
     from bulk_job j`,
  )
  for (const { done, documents } of rows) assert.equal(done, documents)
})

test('a zip that is written part after part is the one written whole', async () => {
  const parts: ZipPart[] = Array.from({ length: 30 }, (_, n) => ({
    name: `${n} 文书.pdf`,
    content: Buffer.from('内容'.repeat(n * 100)),
  }))
  const bytes: Buffer[] = []
  for await (const part of zipStream(
    (async function* () {
      yield* parts
    })(),
  ))
    bytes.push(part)
  assert.deepEqual(Buffer.concat(bytes), zipOf(parts))
  const read = [...readZip(zipOf(parts), LIMITS)].map(([name, content]) => ({ name, content }))
  assert.deepEqual(read, parts)
})
