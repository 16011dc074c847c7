import { randomUUID } from 'node:crypto'
import { isStorageFault } from '#kernel/attachments/blob-store.ts'
import { personIdOf } from '#kernel/authorisation/may.ts'
import type { Row, Tx } from '#kernel/database/database.ts'
import { jsonText, sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { courtOf } from '#kernel/organisation/courts.ts'
import { problem } from '#kernel/problem/problem.ts'
import { citationsOn, plainDate, writtenDate } from './court-words.ts'
import { numberAt, takePlace } from './document-number.ts'
import { type Settings, settingsOf } from './document-setting.ts'
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

/** Numbers, makes and stores one document; returns its id. Throws document.missing, document.characters. */
export async function issueDocument(session: Session, order: DocumentOrder): Promise<string> {
  const { tx, services, actor, at, on } = session
  const { form, subject } = order
  const bearer = {
    court: await courtOf(tx, subject.courtId),
    number: subject.number,
    id: subject.caseId ?? subject.id,
  }
  // The number last: while its series is held, every other document of it waits for this one.
  const [template, settings, place] = await Promise.all([
    templateInUse(session, subject.courtId, form),
    settingsOf(tx, subject.courtId),
    takePlace(tx, form, bearer, Number(on.slice(0, 4))),
  ])
  const number = numberAt(place, form, bearer, settings.发文机关代字)
  const data = complete(session, order, { court: bearer.court.name, settings, number })
  const made = await services.renderer.render({ template: template.file, data, at })
  const [word, pdf] = await keep(session, made)
  const id = randomUUID()
  await tx.send(sql`
    insert into issued_document (court_id, counterpart_court_id, id, kind, thing_id, case_id, action, form, title,
      number, series, year, serial, template_id, template_digest, issued_on, snapshot, issued_by, issued_name,
      issued_at, bulk_job_id)
    values (${subject.courtId}, ${subject.counterpartCourtId}, ${id}, ${subject.kind}, ${subject.id},
      ${subject.caseId}, ${order.action}, ${form.id}, ${form.title}, ${number}, ${place?.series ?? null},
      ${place?.year ?? null}, ${place?.serial ?? null}, ${template.id}, ${template.digest}, ${on},
      ${jsonText(data)}, ${personIdOf(actor)}, ${actor.name}, ${at}, ${session.bulkJobId ?? null})`)
  await tx.send(sql`
    insert into document_file (court_id, counterpart_court_id, document_id, format, digest, size_bytes)
    values (${subject.courtId}, ${subject.counterpartCourtId}, ${id}, 'word', ${word.digest}, ${word.sizeBytes}),
      (${subject.courtId}, ${subject.counterpartCourtId}, ${id}, 'pdf', ${pdf.digest}, ${pdf.sizeBytes})`)
  session.audit.push({
    verb: 'document.issue',
    thing: { kind: subject.kind, id: subject.id, label: subject.number },
    summary: { 文书: form.title, 编号: number },
  })
  return id
}

/** The fields of a document that nothing fills yet. */
export async function missingIn(session: Session, order: DocumentOrder): Promise<string[]> {
  const { template, data } = await draft(session, order)
  return session.services.renderer.missing({ template, data, at: session.at })
}

/** Throws document.missing for a document that could not be issued as things stand. */
export async function refuseIncomplete(session: Session, order: DocumentOrder): Promise<void> {
  const missing = await missingIn(session, order)
  if (missing.length > 0) throw problem('document.missing', { fields: missing.join('、') })
}

/** The PDF as it would be issued now, without a number. */
export async function previewDocument(session: Session, order: DocumentOrder): Promise<Buffer> {
  const { template, data } = await draft(session, order)
  return (await session.services.renderer.render({ template, data, at: session.at })).pdf
}

const TO_COME = '（签发时编号）'

async function draft(session: Session, order: DocumentOrder) {
  const { courtId } = order.subject
  const [{ file }, settings, { name }] = await Promise.all([
    templateInUse(session, courtId, order.form),
    settingsOf(session.tx, courtId),
    courtOf(session.tx, courtId),
  ])
  return { template: file, data: complete(session, order, { court: name, settings, number: TO_COME }) }
}

interface Said {
  /** The name of the court that issues it. */
  court: string
  settings: Settings
  number: string
}

function complete({ on }: Session, { form, data }: DocumentOrder, { court, settings, number }: Said): Data {
  return {
    ...citationsOn(on),
    ...settings,
    法院: court,
    日期: form.family === 'court' ? writtenDate(on) : plainDate(on),
    今日: plainDate(on),
    ...data,
    文书编号: number,
  }
}

/** Both files, or a refusal when neither is being written any more. */
async function keep({ services }: Session, { word, pdf }: { word: Buffer; pdf: Buffer }) {
  const kept = [services.blobs.putWhole(word), services.blobs.putWhole(pdf)] as const
  await Promise.allSettled(kept)
  try {
    return await Promise.all(kept)
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
