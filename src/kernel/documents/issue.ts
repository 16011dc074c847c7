import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { isStorageFault } from '#kernel/attachments/blob-store.ts'
import { personIdOf } from '#kernel/authorisation/may.ts'
import type { Row, Tx } from '#kernel/database/database.ts'
import { jsonText, sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { problem } from '#kernel/problem/problem.ts'
import { citationsOn, plainDate, writtenDate } from './court-words.ts'
import { type DocumentNumber, takeNumber } from './document-number.ts'
import { settingsOf } from './document-setting.ts'
import type { Data } from './fill.ts'
import type { Form } from './form.ts'
import { templateInUse } from './template-store.ts'

// A document is issued in the transaction of the act that issues it: number, snapshot of its data, Word file and PDF
// stand together or not at all.

export interface Subject {
  courtId: number
  counterpartCourtId: number | null
  kind: string
  id: string
  /** The number of the case or of the matter. */
  number: string
  caseId: string | null
}

export interface DocumentOrder {
  form: Form
  action: string
  subject: Subject
  /** What the subject and the answers say; what is common to all documents is added here. */
  data: Data
}

const DOCUMENT_LIMIT_BYTES = 50 * 1024 * 1024

/** Numbers, makes and stores one document; returns its id. Throws document.missing, document.characters. */
export async function issueDocument(session: Session, order: DocumentOrder): Promise<string> {
  const { tx, services, actor, at, on } = session
  const { form, subject } = order
  const template = await templateInUse(session, subject.courtId, form)
  const draft = await complete(session, order, TO_COME)
  // Asked before the number is taken: from then on every other document of the series waits for this one.
  const missing = await services.renderer.missing({ template: template.file, data: draft, at })
  if (missing.length > 0) throw problem('document.missing', { fields: missing.join('、') })
  const number = await numberFor(session, order)
  const data = { ...draft, 文书编号: number.number }
  const made = await services.renderer.render({ template: template.file, data, at })
  const [word, pdf] = await Promise.all([keep(session, made.word), keep(session, made.pdf)])
  const id = randomUUID()
  await tx.run(sql`
    insert into issued_document (court_id, counterpart_court_id, id, kind, thing_id, case_id, action, form, title,
      number, series, year, serial, template_id, template_digest, issued_on, snapshot, issued_by, issued_name,
      issued_at, bulk_job_id)
    values (${subject.courtId}, ${subject.counterpartCourtId}, ${id}, ${subject.kind}, ${subject.id},
      ${subject.caseId}, ${order.action}, ${form.id}, ${form.title}, ${number.number}, ${number.place?.series ?? null},
      ${number.place?.year ?? null}, ${number.place?.serial ?? null}, ${template.id}, ${template.digest}, ${on},
      ${jsonText(data)}, ${personIdOf(actor)}, ${actor.name}, ${at}, ${session.bulkJobId ?? null})`)
  const files = { word, pdf }
  for (const [format, { digest, sizeBytes }] of Object.entries(files)) {
    await tx.run(sql`
      insert into document_file (court_id, counterpart_court_id, document_id, format, digest, size_bytes)
      values (${subject.courtId}, ${subject.counterpartCourtId}, ${id}, ${format}, ${digest}, ${sizeBytes})`)
  }
  session.audit.push({
    verb: 'document.issue',
    thing: { kind: subject.kind, id: subject.id, label: subject.number },
    summary: { 文书: form.title, 编号: number.number },
  })
  return id
}

/** The fields of a document that nothing fills yet. */
export async function missingIn(session: Session, order: DocumentOrder): Promise<string[]> {
  const template = await templateInUse(session, order.subject.courtId, order.form)
  const data = await complete(session, order, TO_COME)
  return session.services.renderer.missing({ template: template.file, data, at: session.at })
}

const TO_COME = '（签发时编号）'

/** The PDF as it would be issued now, without a number. */
export async function previewDocument(session: Session, order: DocumentOrder): Promise<Buffer> {
  const template = await templateInUse(session, order.subject.courtId, order.form)
  const data = await complete(session, order, TO_COME)
  return (await session.services.renderer.render({ template: template.file, data, at: session.at })).pdf
}

async function numberFor(session: Session, { form, subject }: DocumentOrder): Promise<DocumentNumber> {
  const court = await session.tx.one<{ id: number; code: string }>(
    sql`select id, code from court where id = ${subject.courtId}`,
  )
  const settings = form.numbering.by === 'letter' ? await settingsOf(session.tx, subject.courtId) : null
  return takeNumber(session.tx, form, {
    court,
    number: subject.number,
    id: subject.caseId ?? subject.id,
    letterWord: settings?.发文机关代字 ?? null,
    year: Number(session.on.slice(0, 4)),
  })
}

async function complete(session: Session, { form, subject, data }: DocumentOrder, number: string): Promise<Data> {
  const { tx, on } = session
  const [court, settings] = await Promise.all([
    tx.one<{ name: string }>(sql`select name from court where id = ${subject.courtId}`),
    settingsOf(tx, subject.courtId),
  ])
  return {
    ...citationsOn(on),
    ...settings,
    法院: court.name,
    日期: form.family === 'court' ? writtenDate(on) : plainDate(on),
    今日: plainDate(on),
    ...data,
    文书编号: number,
  }
}

async function keep({ services }: Session, content: Buffer) {
  try {
    return await services.blobs.put(Readable.from([content]), DOCUMENT_LIMIT_BYTES)
  } catch (error) {
    if (isStorageFault(error)) throw problem('storage.unavailable', {}, { cause: error })
    throw error
  }
}

export interface IssuedRow extends Row {
  court_id: number
  id: string
  kind: string
  thing_id: string
  case_id: string | null
  action: string
  form: string
  title: string
  number: string
  issued_on: string
  issued_name: string
  issued_at: Date
  voided_at: Date | null
  voided_name: string | null
  void_reason: string | null
}

const SHOWN_MOST = 200

/** Documents issued on a thing, the newest first. */
export async function documentsOf(tx: Tx, thing: { courtId: number; id: string }): Promise<IssuedRow[]> {
  return tx.query<IssuedRow>(sql`
    select * from issued_document where court_id = ${thing.courtId} and thing_id = ${thing.id}
    order by issued_at desc, id limit ${SHOWN_MOST}`)
}
