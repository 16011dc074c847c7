import type { BlobStore } from '#kernel/attachments/blob-store.ts'
import type { AuditNote } from '#kernel/audit/audit.ts'
import type { Actor } from '#kernel/authorisation/may.ts'
import type { Calendar } from '#kernel/calendar/calendar.ts'
import type { Rule } from '#kernel/clock-rule/rule.ts'
import type { Database, Tx } from '#kernel/database/database.ts'
import type { Renderer } from '#kernel/documents/renderer.ts'
import type { Sealing } from '#kernel/sealing/sealing.ts'
import type { On, Time } from '#kernel/time/time.ts'
import type { FieldValue } from './field.ts'
import type { Kind, Thing } from './matter.ts'

// What an act has in its hands. Made once per transaction by the route, the worker or the importer.

export interface Law {
  rules: readonly Rule[]
  calendar: Calendar
}

export interface Services {
  database: Database
  time: Time
  /** What people's own devices count by: the machine's time, also where a demonstration has its own date. */
  deviceTime: Time
  /** Keeps what must be read again but not in a dump of the database. */
  sealing: Sealing
  blobs: BlobStore
  /** Makes Word files and PDFs beside the server. */
  renderer: Renderer
  kinds: readonly Kind[]
  /** Rules and calendar as they stand; read again when one of them changes. */
  law: { now(): Law; reload(): Promise<void> }
}

/** One transaction of one actor. */
export interface Session {
  tx: Tx
  services: Services
  actor: Actor
  at: Date
  on: On
  /** Entries that go into the audit chain when the transaction ends. */
  audit: AuditNote[]
  /** The bulk act of which this is one. */
  bulkJobId?: string
}

/** Session and the act under way in it. */
export interface Acting extends Session {
  kind: Kind
  /** The thing as it is after the act's own fields were set. */
  thing: Thing
  /** The thing as it was before; null where it was just opened. */
  previous: Thing | null
  /** The state it came from; null where it was just opened. */
  before: string | null
  answers: Readonly<Record<string, FieldValue>>
  /** What the act's own writes found out and the log should tell, under Chinese names. */
  noted: Record<string, string>
}
