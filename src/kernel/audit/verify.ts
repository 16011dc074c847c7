import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { type AuditEntry, GENESIS, hashEntry } from './chain.ts'

// Walks a court's chain and recomputes it. Shares nothing with the writer but the canonical form in chain.ts.

export type Fault = 'altered' | 'missing' | 'out-of-order' | 'head'

export interface Verification {
  courtId: number
  ok: boolean
  /** Entries found sound, in order from the first. */
  entries: number
  head: { seq: string; hash: string }
  /** The first bad entry and what is wrong with it; null where all is well. */
  broken: { seq: string; fault: Fault; message: string } | null
}

interface StoredEntry {
  seq: bigint
  at: Date
  /** Parts of a millisecond, which the writer never stores. */
  is_finer: boolean
  actor_id: string | null
  actor_name: string
  verb: string
  thing_kind: string | null
  thing_id: string | null
  thing_label: string | null
  summary: string
  previous_hash: Buffer
  hash: Buffer
}

const MESSAGES: Record<Fault, (seq: bigint) => string> = {
  altered: (seq) => `第${seq}条与其摘要不符，内容被改动`,
  missing: (seq) => `缺少第${seq}条`,
  'out-of-order': (seq) => `第${seq}条没有接在前一条之后，顺序被改动`,
  head: (seq) => `链尾与最后一条（第${seq}条）不符`,
}

const BATCH = 1_000

/**
 * Verifies one court's chain from its first entry to its head, in batches. `tx` should see one unchanging moment;
 * entries that are written meanwhile are left to the next verification.
 */
export async function verifyChain(tx: Pick<Tx, 'query' | 'maybe'>, courtId: number): Promise<Verification> {
  const stored = await tx.maybe<{ seq: bigint; hash: Buffer }>(
    sql`select seq, hash from audit_head where court_id = ${courtId}`,
  )
  const head = stored ?? { seq: 0n, hash: GENESIS }
  let seq = 0n
  let hash: Buffer = GENESIS
  const answer = (fault: Fault | null, at = 0n): Verification => ({
    courtId,
    ok: fault === null,
    entries: Number(seq),
    head: { seq: String(head.seq), hash: head.hash.toString('hex') },
    broken: fault && { seq: String(at), fault, message: MESSAGES[fault](at) },
  })
  for (;;) {
    const rows = await entriesAfter(tx, courtId, seq, head.seq)
    for (const row of rows) {
      if (row.seq !== seq + 1n) return answer('missing', seq + 1n)
      if (!row.previous_hash.equals(hash)) return answer(faultOfLink(courtId, row), row.seq)
      if (row.is_finer || !hashEntry(hash, entryOf(courtId, row)).equals(row.hash)) return answer('altered', row.seq)
      seq = row.seq
      hash = row.hash
    }
    if (rows.length < BATCH) break
  }
  if (seq < head.seq) return answer('missing', seq + 1n)
  if (!hash.equals(head.hash) || (await hasBeyond(tx, courtId))) return answer('head', seq)
  return answer(null)
}

/** An entry whose own hash holds was moved or stands after one that was taken out; else it was itself written over. */
function faultOfLink(courtId: number, row: StoredEntry): Fault {
  const holds = hashEntry(row.previous_hash, entryOf(courtId, row)).equals(row.hash)
  return holds ? 'out-of-order' : 'altered'
}

async function entriesAfter(
  tx: Pick<Tx, 'query'>,
  courtId: number,
  after: bigint,
  upTo: bigint,
): Promise<StoredEntry[]> {
  return tx.query<StoredEntry>(sql`
    select seq, at, date_trunc('milliseconds', at) <> at as is_finer, actor_id, actor_name, verb, thing_kind, thing_id,
      thing_label, summary, previous_hash, hash
    from audit where court_id = ${courtId} and seq > ${String(after)}::bigint and seq <= ${String(upTo)}::bigint
    order by seq limit ${BATCH}`)
}

/** Entries behind the head, both seen in one moment. */
async function hasBeyond(tx: Pick<Tx, 'maybe'>, courtId: number): Promise<boolean> {
  const found = await tx.maybe(sql`
    select 1 from audit where court_id = ${courtId}
      and seq > coalesce((select seq from audit_head where court_id = ${courtId}), 0) limit 1`)
  return found !== undefined
}

function entryOf(courtId: number, row: StoredEntry): AuditEntry {
  return {
    courtId,
    seq: row.seq,
    at: row.at,
    actorId: row.actor_id,
    actorName: row.actor_name,
    verb: row.verb,
    thingKind: row.thing_kind,
    thingId: row.thing_id,
    thingLabel: row.thing_label,
    summary: row.summary,
  }
}
