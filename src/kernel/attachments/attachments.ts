import { randomUUID } from 'node:crypto'
import type { Tx } from '#kernel/database/database.ts'
import { type OwnerOf, type Sql, sql } from '#kernel/database/sql.ts'

export interface AttachmentRow {
  court_id: number
  id: string
  thing_id: string
  document: string
  name: string
  media_type: string
  size_bytes: bigint
  digest: string
  shelf_mark: string | null
  by_name: string
  /** As text where it came as JSON. */
  at: Date | string
}

interface Owner {
  courtId: number
  counterpartCourtId: number | null
  id: string
}

const SHOWN_MOST = 500

/** Names of the documents of which a thing has at least one file. */
export async function attachedDocuments(tx: Tx, thing: Owner): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ document: string }>(documentsAsked(thing))
  return new Set(rows.map((row) => row.document))
}

/** Asks for the names of those documents. */
export function documentsAsked(owner: OwnerOf): Sql {
  return sql`select distinct document from attachment where court_id = ${owner.courtId} and thing_id = ${owner.id}`
}

/** A thing's files, the oldest first, at most 500. */
export async function attachmentsOf(tx: Tx, thing: Pick<Owner, 'courtId' | 'id'>): Promise<AttachmentRow[]> {
  return tx.query<AttachmentRow>(attachmentsAsked(thing))
}

/** Asks for those files. */
export function attachmentsAsked(owner: OwnerOf): Sql {
  return sql`
    select * from attachment where court_id = ${owner.courtId} and thing_id = ${owner.id}
    order by at, id limit ${SHOWN_MOST}`
}

export interface NewAttachment {
  document: string
  name: string
  mediaType: string
  sizeBytes: number
  digest: string
  shelfMark: string | null
  byId: string | null
  byName: string
  at: Date
}

/** Adds a file that lies in the blob store to a thing; returns the row's id. */
export async function attach(tx: Tx, kindId: string, thing: Owner, file: NewAttachment): Promise<string> {
  const id = randomUUID()
  await tx.run(sql`
    insert into attachment (court_id, counterpart_court_id, id, kind, thing_id, document, name, media_type, size_bytes,
      digest, shelf_mark, by_id, by_name, at)
    values (${thing.courtId}, ${thing.counterpartCourtId}, ${id}, ${kindId}, ${thing.id}, ${file.document},
      ${file.name}, ${file.mediaType}, ${file.sizeBytes}, ${file.digest}, ${file.shelfMark}, ${file.byId},
      ${file.byName}, ${file.at})`)
  return id
}

/** Carries the papers of a matter over to another, so that an answer from below goes up with what proves it. */
export async function carryOver(
  tx: Tx,
  from: Pick<Owner, 'courtId' | 'id'>,
  kindId: string,
  to: Owner,
  document: string,
): Promise<void> {
  const present = new Set((await attachmentsOf(tx, to)).map((row) => row.digest))
  for (const row of await attachmentsOf(tx, from)) {
    if (row.document !== document || present.has(row.digest)) continue
    await attach(tx, kindId, to, {
      document,
      name: row.name,
      mediaType: row.media_type,
      sizeBytes: Number(row.size_bytes),
      digest: row.digest,
      shelfMark: row.shelf_mark,
      byId: null,
      byName: row.by_name,
      at: new Date(row.at),
    })
  }
}
