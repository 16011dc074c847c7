import { createHash } from 'node:crypto'

// The chain of one court: each entry's hash covers all its columns and the hash before it. SM3 (GB/T 32905).
// The canonical form is frozen by golden vectors in the tests: a change of it would make every old entry look forged.

export interface AuditEntry {
  courtId: number
  seq: bigint
  at: Date
  actorId: string | null
  actorName: string
  verb: string
  thingKind: string | null
  thingId: string | null
  thingLabel: string | null
  summary: string
}

export const GENESIS = Buffer.alloc(32)

/** The hash of an entry that follows on `previous`: 32 bytes. */
export function hashEntry(previous: Buffer, entry: AuditEntry): Buffer {
  const canonical = JSON.stringify([
    entry.courtId,
    String(entry.seq),
    entry.at.toISOString(),
    entry.actorId,
    entry.actorName,
    entry.verb,
    entry.thingKind,
    entry.thingId,
    entry.thingLabel,
    entry.summary,
  ])
  return createHash('sm3').update(previous).update(canonical, 'utf8').digest()
}
