import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { type AuditEntry, GENESIS, hashEntry } from './chain.ts'
import type { Checkpoint } from './checkpoint.ts'

// Walks a court's chain, recomputes it and holds it against the signed checkpoints. Shares nothing with the writer but
// the canonical form in chain.ts.

export type Fault = 'altered' | 'missing' | 'out-of-order' | 'head' | 'rewritten' | 'cut'

export interface Broken {
  /** The first bad entry; with `from` before it, the fault lies in this range: no checkpoint was taken within. */
  seq: string
  from: string
  fault: Fault
  message: string
}

export interface Verification {
  courtId: number
  ok: boolean
  /** Entries found sound, in order from the first. */
  entries: number
  head: { seq: string; hash: string }
  /** The last entry that a checkpoint vouches for. */
  vouchedTo: string
  /** Where the first bad entry is and what is wrong with it; null where all is well. */
  broken: Broken | null
  /** Entries that a restore is known to have lost, from its own signed statement. */
  lost: { at: string; from: string; to: string }[]
}

export interface StoredEntry {
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

/** Where the entries of one court come from; all questions are answered of one unchanging moment. */
export interface ChainSource {
  head(): Promise<{ seq: bigint; hash: Buffer } | undefined>
  /** Entries after `after`, not beyond `upTo`, in order. */
  entries(after: bigint, upTo: bigint, most: number): Promise<StoredEntry[]>
  /** Whether anything stands behind the head. */
  hasBeyond(): Promise<boolean>
}

const MESSAGES: Record<Fault, (seq: bigint, from: bigint) => string> = {
  altered: (seq) => `第${seq}条与其摘要不符，内容被改动`,
  missing: (seq) => `缺少第${seq}条`,
  'out-of-order': (seq) => `第${seq}条没有接在前一条之后，顺序被改动`,
  head: (seq) => `链尾与最后一条（第${seq}条）不符`,
  rewritten: (seq, from) => `第${from}条至第${seq}条与签名检查点不符，记录被整体改写`,
  cut: (seq, from) => `第${seq}条起的记录已不在，签名检查点仍有记载（第${from}条起未经核实）`,
}

const BATCH = 2_000

/** Verifies one court's chain from its first entry to its head and against its checkpoints, in batches. */
export async function verifyChain(
  source: ChainSource,
  courtId: number,
  checkpoints: readonly Checkpoint[] = [],
): Promise<Verification> {
  const head = (await source.head()) ?? { seq: 0n, hash: GENESIS }
  const { binding, lost } = bindingOf(checkpoints.filter((one) => one.courtId === courtId))
  let seq = 0n
  let hash: Buffer = GENESIS
  let vouchedTo = 0n
  const answer = (fault: Fault | null, at = 0n, from = at): Verification => ({
    courtId,
    ok: fault === null,
    entries: Number(seq),
    head: { seq: String(head.seq), hash: head.hash.toString('hex') },
    vouchedTo: String(vouchedTo),
    broken: fault && { seq: String(at), from: String(from), fault, message: MESSAGES[fault](at, from) },
    lost,
  })
  for (;;) {
    const rows = await source.entries(seq, head.seq, BATCH)
    for (const row of rows) {
      if (row.seq !== seq + 1n) return answer('missing', seq + 1n)
      if (!row.previous_hash.equals(hash)) return answer(faultOfLink(courtId, row), row.seq)
      if (row.is_finer || !hashEntry(hash, entryOf(courtId, row)).equals(row.hash)) return answer('altered', row.seq)
      const said = binding.get(row.seq)
      if (said?.some((one) => one !== row.hash.toString('hex'))) return answer('rewritten', row.seq, vouchedTo + 1n)
      if (said) vouchedTo = row.seq
      seq = row.seq
      hash = row.hash
    }
    if (rows.length < BATCH) break
  }
  if (seq < head.seq) return answer('missing', seq + 1n)
  if ([...binding.keys()].some((one) => one > seq)) return answer('cut', seq + 1n, vouchedTo + 1n)
  if (!hash.equals(head.hash) || (await source.hasBeyond())) return answer('head', seq)
  return answer(null)
}

/**
 * The hashes that must stand, by entry. A restore took a chain back: what was signed before it of entries that came
 * after the restored head is lost, and said to be.
 */
function bindingOf(checkpoints: readonly Checkpoint[]) {
  const binding = new Map<bigint, string[]>()
  const restores = checkpoints.filter((one) => one.kind === 'restored')
  const farthest = new Map<Checkpoint, bigint>()
  for (const one of checkpoints) {
    const restore = restores.find((other) => one.at <= other.at && one.seq > other.seq)
    if (restore) farthest.set(restore, max(farthest.get(restore) ?? 0n, one.seq))
    else binding.set(one.seq, [...new Set([...(binding.get(one.seq) ?? []), one.hash])])
  }
  const lost = [...farthest].map(([{ at, seq }, to]) => ({ at, from: String(seq + 1n), to: String(to) }))
  return { binding, lost }
}

const max = (one: bigint, other: bigint) => (one > other ? one : other)

/** An entry whose own hash holds was moved or stands after one that was taken out; else it was itself written over. */
function faultOfLink(courtId: number, row: StoredEntry): Fault {
  const holds = hashEntry(row.previous_hash, entryOf(courtId, row)).equals(row.hash)
  return holds ? 'out-of-order' : 'altered'
}

/** A court's chain in the database; `tx` should see one unchanging moment. */
export function storedChain(tx: Pick<Tx, 'query' | 'maybe'>, courtId: number): ChainSource {
  return {
    head: () =>
      tx.maybe<{ seq: bigint; hash: Buffer }>(sql`select seq, hash from audit_head where court_id = ${courtId}`),
    entries: (after, upTo, most) =>
      tx.query<StoredEntry>(sql`
        select seq, at, date_trunc('milliseconds', at) <> at as is_finer, actor_id, actor_name, verb, thing_kind,
          thing_id, thing_label, summary, previous_hash, hash
        from audit where court_id = ${courtId} and seq > ${String(after)}::bigint and seq <= ${String(upTo)}::bigint
        order by seq limit ${most}`),
    hasBeyond: async () => {
      const found = await tx.maybe(sql`
        select 1 from audit where court_id = ${courtId}
          and seq > coalesce((select seq from audit_head where court_id = ${courtId}), 0) limit 1`)
      return found !== undefined
    },
  }
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
