import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { TestServer } from '#test/harness.ts'
import { AT, markOf, type Place } from './marks.ts'
import { put } from './put.ts'

// A template of a court, what it has set for its documents, and a document with an address on a case.

async function digestOf(server: TestServer, text: string): Promise<string> {
  return (await server.app.services.blobs.put(Readable.from([Buffer.from(text)]), 1_000)).digest
}

/** A template that is no longer in use, and a setting. */
export async function plantTemplate(
  server: TestServer,
  place: Place,
  { courtId, byId }: { courtId: number; byId: string },
): Promise<string> {
  const mark = markOf(place, 'private')
  const id = randomUUID()
  const told = place === 'own' ? '本院' : mark
  await put(server, 'document_template', {
    court_id: courtId,
    id,
    form: 'execution-notice',
    version: 1,
    file_name: `${told}.docx`,
    digest: await digestOf(server, `${told} ${id}`),
    size_bytes: 10,
    unknown: [told],
    lacking: [told],
    state: 'retired',
    uploaded_by: byId,
    uploaded_natural: randomUUID(),
    uploaded_name: told,
    uploaded_at: AT,
  })
  const setting = { court_id: courtId, name: '法院地址', seq: 1, value: told, set_by: told, set_at: AT }
  await put(server, 'document_setting', setting)
  return id
}

/** A document of a case that was issued and declared void, and an address of its debtor. */
export async function plantDocument(
  server: TestServer,
  mark: string,
  { courtId, caseId, templateId }: { courtId: number; caseId: string; templateId: string | null },
): Promise<string> {
  const id = randomUUID()
  const digest = await digestOf(server, `%PDF-1.4 ${mark} ${id}`)
  await put(server, 'issued_document', {
    court_id: courtId,
    id,
    kind: 'case',
    thing_id: caseId,
    case_id: caseId,
    action: 'executionNotice',
    form: 'execution-notice',
    title: `${mark}通知书`,
    number: `${mark}号`,
    template_id: templateId,
    template_digest: digest,
    issued_on: '2021-09-01',
    snapshot: { 法院: mark },
    issued_name: mark,
    issued_at: AT,
    voided_at: AT,
    voided_name: mark,
    void_reason: mark,
  })
  for (const format of ['word', 'pdf']) {
    await put(server, 'document_file', { court_id: courtId, document_id: id, format, digest, size_bytes: 10 })
  }
  await put(server, 'party_address', {
    court_id: courtId,
    case_id: caseId,
    seq: 1,
    party: `${mark}被执行人`,
    address: mark,
    phone: mark,
    source: '户籍地',
    recorded_name: mark,
    recorded_at: AT,
  })
  return id
}
