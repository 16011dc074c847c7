import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { BUSINESS_ROLES } from '#kernel/authorisation/roles.ts'
import type { Row } from '#kernel/database/database.ts'
import { identifier, sql } from '#kernel/database/sql.ts'
import { type ZipPart, zipStream } from '#kernel/documents/zip-file.ts'
import { type Call, type FileAnswer, type Route, route } from '#kernel/http/route.ts'
import type { Services } from '#kernel/matter/acting.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import { isReadable } from '#kernel/matter/readable.ts'
import { thingOf } from '#kernel/matter/store.ts'
import { problem } from '#kernel/problem/problem.ts'
import { ownJob } from './job-view.ts'

// 批量制发的文书: all documents of one bulk act in one file, in the order of the list, for printing (第九条).

const ENDINGS = { pdf: 'pdf', word: 'docx' } as const

export function bulkDocumentsRoute(kinds: readonly Kind[]): Route {
  return route({
    method: 'GET',
    path: '/bulk-jobs/:id/documents',
    summary: '下载批量制发的文书（压缩包）',
    articles: ['9'],
    access: BUSINESS_ROLES,
    params: z.strictObject({ id: z.uuid('编号格式有误') }),
    query: z.strictObject({ format: z.enum(['pdf', 'word']).default('pdf') }),
    handle: (call) => documentsOfJob(call, kinds),
  })
}

interface Issued {
  digest: string
  name: string
}

async function documentsOfJob(
  call: Call<{ id: string }, { format: keyof typeof ENDINGS }, unknown>,
  kinds: readonly Kind[],
): Promise<FileAnswer> {
  const { format } = call.query
  const job = await ownJob(call, call.params.id)
  const rows = await call.tx.query<Row & { kind: string; thing_id: string; digest: string; title: string }>(sql`
    select d.kind, d.thing_id, d.title, f.digest from issued_document d
    join document_file f on f.court_id = d.court_id and f.document_id = d.id and f.format = ${format}
    left join bulk_item i on i.court_id = d.court_id and i.job_id = d.bulk_job_id and i.thing_id = d.thing_id
    where d.court_id = ${job.courtId} and d.bulk_job_id = ${job.id} and d.voided_at is null
    order by i.seq, d.issued_at, d.id`)
  const numbers = await readableNumbers(call, kinds, rows)
  const issued = rows.flatMap(({ thing_id, title, digest }): Issued[] => {
    const number = numbers.get(thing_id)
    return number === undefined ? [] : [{ digest, name: `${number} ${title}` }]
  })
  if (issued.length === 0) throw problem('bulk.no-documents')
  call.audit.push({
    verb: 'document.read',
    summary: { 批量办理: job.title, 份数: issued.length, 格式: format === 'pdf' ? 'PDF' : 'Word 文件' },
  })
  const file = Readable.from(zipStream(partsOf(call.services, issued, ENDINGS[format])))
  return { file, name: `${job.title}（${issued.length}份）.zip`, mediaType: 'application/zip' }
}

/** The numbers of what they were issued on, as far as the reader still reads it. */
async function readableNumbers(
  call: Call<unknown, unknown, unknown>,
  kinds: readonly Kind[],
  rows: readonly { kind: string; thing_id: string }[],
): Promise<Map<string, string>> {
  const numbers = new Map<string, string>()
  for (const [id, of] of Map.groupBy(rows, (row) => row.kind)) {
    const kind = kinds.find((one) => one.id === id)
    if (!kind) continue
    const things = await call.tx.query<Row>(sql`
      select * from ${identifier(kind.table)} where id = any(${of.map((row) => row.thing_id)}::uuid[])`)
    for (const row of things) {
      const thing = thingOf(kind, row)
      if (isReadable(call, kind, thing)) numbers.set(thing.id, thing.number)
    }
  }
  return numbers
}

async function* partsOf({ blobs }: Services, issued: readonly Issued[], ending: string): AsyncGenerator<ZipPart> {
  const width = String(issued.length).length
  for (const [index, { digest, name }] of issued.entries()) {
    const place = String(index + 1).padStart(width, '0')
    yield { name: `${place} ${name}.${ending}`, content: await buffer(blobs.read(digest)) }
  }
}
