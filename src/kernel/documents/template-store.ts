import type { Row, Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { type Form, shippedTemplate } from './form.ts'

export interface TemplateRow extends Row {
  court_id: number
  id: string
  form: string
  version: number
  file_name: string
  digest: string
  size_bytes: number
  unknown: string[]
  lacking: string[]
  state: 'waiting' | 'active' | 'retired'
  uploaded_natural: string
  uploaded_name: string
  uploaded_at: Date
  decided_name: string | null
  decided_at: Date | null
}

/** The template that a court uses for a form: its own, else the one that comes with the product. */
export async function templateInUse(
  { tx, services }: Pick<Session, 'tx' | 'services'>,
  courtId: number,
  form: Form,
): Promise<{ id: string | null; digest: string; file: Uint8Array }> {
  const own = await tx.maybe<TemplateRow>(sql`
    select * from document_template where court_id = ${courtId} and form = ${form.id} and state = 'active'`)
  if (!own) return { id: null, ...shippedTemplate(form) }
  const pieces: Buffer[] = []
  for await (const piece of services.blobs.read(own.digest)) pieces.push(piece as Buffer)
  return { id: own.id, digest: own.digest, file: Buffer.concat(pieces) }
}

/** A court's templates, form by form, the newest version first. */
export async function templatesOf(tx: Tx, courtId: number): Promise<TemplateRow[]> {
  return tx.query<TemplateRow>(
    sql`select * from document_template where court_id = ${courtId} order by form, version desc limit 500`,
  )
}
