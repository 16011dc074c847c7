import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { asOwner } from '#kernel/database/owner.ts'
import { jsonText, sql } from '#kernel/database/sql.ts'
import { percentile } from './figures.ts'
import { ask, getRequest, postRequest } from './keep-alive-client.ts'
import type { Prepared } from './preparation.ts'
import type { RunningServer } from './servers.ts'
import { wordRatio } from './word-files.ts'

// 批量签发: so many 执行通知书 with numbers, Word files and PDFs, while somebody else turns the pages of a list.

export interface DocumentsFigure {
  documents: number
  /** The first document of a server's life, which reads fonts and starts the worker. */
  firstSeconds: number
  /** From the order to the last of them, on a server that has made one before. */
  seconds: number
  /** Of the lists that were asked for meanwhile. */
  listP99Ms: number
  /** Processor time of the product for each, the lists asked for meanwhile included. */
  cpuMsEach: number
  /** Word files a second beside those of docxtemplater alone, on the same template. */
  wordRatio: number
}

const POLL_MS = 100
const LIMIT_SECONDS = 300
/** Between two lists: a court turning pages, not a load for its own sake. */
const PAUSE_MS = 40
/** One by one picked at most; see bulk-routes.ts. */
const MOST = 1_000

/** Issues `count` notices in one bulk act of the court's centre; throws where one of them is refused. */
export async function measureDocuments(
  url: string,
  { port, cpuMs }: RunningServer,
  { courtId, clerk, on }: Prepared,
  count: number,
): Promise<DocumentsFigure> {
  const [first = '', ...ids] = await completeCases(url, courtId, Math.min(count, MOST) + 1)
  const begun = performance.now()
  await endOf(port, await filed(port, [first], clerk.cookie), clerk.cookie)
  const firstSeconds = (performance.now() - begun) / 1_000
  const [started, cpuBefore] = [performance.now(), await cpuMs()]
  const id = await filed(port, ids, clerk.cookie)
  let isOver = false
  const times: number[] = []
  const reading = (async () => {
    const request = getRequest(`/api/cases?scope=own&state=handling&filedTo=${on}&limit=50`, clerk.cookie)
    while (!isOver) {
      const asked = performance.now()
      await ask(port, request)
      times.push(performance.now() - asked)
      await sleep(PAUSE_MS)
    }
  })()
  const job = await endOf(port, id, clerk.cookie)
  const seconds = (performance.now() - started) / 1_000
  isOver = true
  await reading
  if (job.done !== ids.length) throw new Error(`of ${ids.length} documents ${job.done} were issued`)
  return {
    documents: job.done,
    firstSeconds: Math.round(firstSeconds * 10) / 10,
    seconds: Math.round(seconds * 10) / 10,
    listP99Ms: percentile(times, 0.99),
    cpuMsEach: Math.round(((await cpuMs()) - cpuBefore) / job.done),
    wordRatio: wordRatio(),
  }
}

/** Orders a notice for each of these cases. */
async function filed(port: number, ids: readonly string[], cookie: string): Promise<string> {
  const body = { list: 'cases', action: 'executionNotice', answers: { within: '三日内' }, ids, count: ids.length }
  const reply = await ask(port, postRequest('/api/bulk-jobs', body, randomUUID(), cookie))
  const { id } = JSON.parse(reply.body) as { id?: string }
  if (id === undefined) throw new Error(`POST /bulk-jobs: ${reply.status} ${reply.body.slice(0, 300)}`)
  return id
}

async function endOf(port: number, id: string, cookie: string): Promise<{ state: string; done: number }> {
  for (let waited = 0; waited < LIMIT_SECONDS * 1_000; waited += POLL_MS) {
    const { body } = await ask(port, getRequest(`/api/bulk-jobs/${id}`, cookie))
    const job = JSON.parse(body) as { state: string; done: number }
    if (job.state !== 'waiting' && job.state !== 'running') return job
    await sleep(POLL_MS)
  }
  throw new Error('the documents took too long')
}

const SETTINGS = {
  收款户名: '某法院执行款专户',
  开户银行: '某银行某支行',
  收款账号: '6200000000001234567',
  法院地址: '某区某路1号',
  联系电话: '0431-12345678',
}

/** Open cases that lack nothing for a notice: basis, addresses of all parties, what the court says of itself. */
async function completeCases(url: string, courtId: number, count: number): Promise<string[]> {
  return asOwner(url, 'write', async (tx) => {
    const rows = await tx.query<{ id: string }>(sql`
      select id from enforcement_case c
      where court_id = ${courtId} and state = 'handling' and basis_number is not null and amount_fen is not null
        and holder_name is not null
        and exists (select from case_party p where p.court_id = c.court_id and p.case_id = c.id and p.side = 'debtor')
      order by id limit ${count}`)
    const ids = rows.map(({ id }) => id)
    await tx.run(sql`
      insert into party_address (court_id, case_id, seq, party, address, source, recorded_name, recorded_at)
      select court_id, case_id, row_number() over (partition by case_id order by seq), name, '某市某区某街1号',
        '户籍地', '某', now()
      from case_party where court_id = ${courtId} and case_id = any(${ids}::uuid[]) on conflict do nothing`)
    await tx.run(sql`
      insert into document_setting (court_id, name, seq, value, set_by, set_at)
      select ${courtId}, key, 1, value, '某', now() from jsonb_each_text(${jsonText(SETTINGS)}::jsonb)
      on conflict do nothing`)
    return ids
  })
}
