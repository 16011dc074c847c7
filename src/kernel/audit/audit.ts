import { type Actor, personIdOf } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { GENESIS, hashEntry } from './chain.ts'

// Audit is written by the act itself, in its transaction: an act whose entry can't be written does not happen.

export interface AuditNote {
  verb: string
  thing?: { kind: string; id: string; label: string }
  /** What a reader must know of it; never a certificate number, a password or a file's content. */
  summary?: Record<string, unknown>
}

/** Appends entries to the chain of the actor's court. The head row's lock orders the court's writers. */
export async function writeAudit(tx: Tx, actor: Actor, at: Date, notes: readonly AuditNote[]): Promise<void> {
  const courtId = actor.courtId
  let { seq, hash } = await lockHead(tx, courtId)
  const rows = notes.map((note) => {
    seq += 1n
    const previous = hash
    const entry = {
      courtId,
      seq,
      at,
      actorId: personIdOf(actor),
      actorName: actor.name,
      verb: note.verb,
      thingKind: note.thing?.kind ?? null,
      thingId: note.thing?.id ?? null,
      thingLabel: note.thing?.label ?? null,
      summary: JSON.stringify(note.summary ?? {}),
    }
    hash = hashEntry(previous, entry)
    return { ...entry, previous, hash }
  })
  const entered = tx.send(sql`
    insert into audit (court_id, seq, at, actor_id, actor_name, verb, thing_kind, thing_id, thing_label, summary,
      previous_hash, hash)
    select ${courtId}, e.seq, ${at}, e.actor_id, e.actor_name, e.verb, e.thing_kind, e.thing_id, e.thing_label,
      e.summary, e.previous_hash, e.hash
    from unnest(${rows.map((row) => String(row.seq))}::bigint[], ${rows.map((row) => row.actorId)}::uuid[],
      ${rows.map((row) => row.actorName)}::text[], ${rows.map((row) => row.verb)}::text[],
      ${rows.map((row) => row.thingKind)}::text[], ${rows.map((row) => row.thingId)}::uuid[],
      ${rows.map((row) => row.thingLabel)}::text[], ${rows.map((row) => row.summary)}::text[],
      ${rows.map((row) => row.previous)}::bytea[], ${rows.map((row) => row.hash)}::bytea[])
      as e(seq, actor_id, actor_name, verb, thing_kind, thing_id, thing_label, summary, previous_hash, hash)`)
  const headed = tx.send(sql`update audit_head set seq = ${String(seq)}, hash = ${hash} where court_id = ${courtId}`)
  await Promise.all([entered, headed])
}

/** The end of a court's chain, locked; made where the court has none yet. */
async function lockHead(tx: Tx, courtId: number): Promise<{ seq: bigint; hash: Buffer }> {
  const statement = sql`select seq, hash from audit_head where court_id = ${courtId} for no key update`
  const head = await tx.maybe<{ seq: bigint; hash: Buffer }>(statement)
  if (head) return head
  await tx.run(sql`
    insert into audit_head (court_id, seq, hash) values (${courtId}, 0, ${GENESIS}) on conflict do nothing`)
  return tx.one(statement)
}
