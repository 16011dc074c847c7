import type { Random } from '#bench/random.ts'
import type { StoredEntry } from '#kernel/audit/verify.ts'
import { append, type Chain, hashOf, hex, type MadeRecord } from './made-record.ts'

// What somebody who may write to the database (or to the file of checkpoints) can do to the record.

export const KINDS = [
  'byte',
  'delete',
  'delete-and-close-up',
  'insert',
  'insert-fitting',
  'swap',
  'tail-cut',
  'tail-cut-with-head',
  'rewrite',
  'rewrite-whole',
  'old-backup',
  'old-backup-goes-on',
  'checkpoint-byte',
] as const
export type TamperKind = (typeof KINDS)[number]

/** What the verifier must say: the court and the entry, or the line of the checkpoints. */
export interface Expected {
  kind: TamperKind
  courtId: number | null
  /** The first entry that is not what it was. */
  at: bigint
  /** An entry that fits in itself is seen where the next one no longer follows it. */
  seenAt: bigint
  /** The damaged line, counted from 1. */
  line: number | null
}

/** Tampers with a record in place. */
export function tamper(kind: TamperKind, record: MadeRecord, random: Random): Expected {
  if (kind === 'checkpoint-byte') return damageCheckpoint(record, random)
  const chain = random.pick(record.chains)
  const last = chain.rows.length
  const k = random.whole(1, last)
  const found = (at: number, seenAt = at): Expected => ({
    kind,
    courtId: chain.courtId,
    at: BigInt(at),
    seenAt: BigInt(seenAt),
    line: null,
  })
  if (kind === 'byte') return alterOne(chain, k, random, found)
  if (kind === 'delete' || kind === 'delete-and-close-up') {
    chain.rows.splice(k - 1, 1)
    if (kind === 'delete-and-close-up') renumber(chain, k)
    return found(k)
  }
  if (kind === 'insert' || kind === 'insert-fitting') return found(k, insertAt(chain, k, kind, random))
  if (kind === 'swap') {
    const other = random.whole(1, last - 1)
    const [low, high] = other < k ? [other, k] : [k, other + 1]
    const [a, b] = [rowAt(chain, low), rowAt(chain, high)]
    chain.rows[low - 1] = { ...b, seq: a.seq }
    chain.rows[high - 1] = { ...a, seq: b.seq }
    return found(low)
  }
  if (kind === 'rewrite' || kind === 'rewrite-whole') {
    const from = kind === 'rewrite' ? k : 1
    rewriteFrom(chain, from, random)
    return found(from)
  }
  chain.rows.length = k - 1
  if (kind === 'tail-cut') return found(k)
  endAt(chain)
  if (kind === 'old-backup-goes-on') for (let n = random.whole(1, 12); n > 0; n -= 1) append(chain, random)
  return found(k)
}

function rowAt(chain: Chain, seq: number): StoredEntry {
  return chain.rows[seq - 1] as StoredEntry
}

function endAt(chain: Chain): void {
  const end = chain.rows.at(-1)
  chain.head = { seq: end?.seq ?? 0n, hash: end?.hash ?? Buffer.alloc(32) }
}

/** Gives the rows from `k` on the numbers of their places; the head follows in number alone. */
function renumber(chain: Chain, k: number): void {
  for (let at = k; at <= chain.rows.length; at += 1) chain.rows[at - 1] = { ...rowAt(chain, at), seq: BigInt(at) }
  chain.head = { seq: BigInt(chain.rows.length), hash: chain.head.hash }
}

type Say = (at: number, seenAt?: number) => Expected

/** One column of one entry, by as little as can be. */
function alterOne(chain: Chain, k: number, random: Random, found: Say): Expected {
  const row = rowAt(chain, k)
  const column = random.pick(Object.keys(row).filter((name) => name !== 'seq' && name !== 'is_finer'))
  chain.rows[k - 1] = { ...row, ...altered(column as keyof StoredEntry, row, random) }
  return found(k)
}

function altered(column: keyof StoredEntry, row: StoredEntry, random: Random): Partial<StoredEntry> {
  const value = row[column]
  if (value === null) return { [column]: column.endsWith('_id') ? '00000000-0000-4000-8000-000000000000' : '案' }
  if (value instanceof Date) return { at: new Date(value.getTime() + random.pick([-1, 1])) }
  if (Buffer.isBuffer(value)) {
    const copy = Buffer.from(value)
    const place = random.whole(0, copy.length - 1)
    copy[place] = (copy[place] ?? 0) ^ (1 << random.whole(0, 7))
    return { [column]: copy }
  }
  const text = String(value)
  if (column.endsWith('_id')) return { [column]: text.slice(0, -1) + (text.endsWith('0') ? '1' : '0') }
  const place = random.whole(0, text.length - 1)
  return { [column]: text.slice(0, place) + (text[place] === '执' ? '热' : '执') + text.slice(place + 1) }
}

/** Returns where the forged entry is seen: by its own hash, or by the next one's. */
function insertAt(chain: Chain, k: number, kind: TamperKind, random: Random): number {
  const after = rowAt(chain, k)
  const forged: StoredEntry = { ...after, actor_name: '别人', summary: `{"伪造":"${hex(random, 8)}"}` }
  const isFitting = kind === 'insert-fitting'
  chain.rows.splice(k - 1, 0, { ...forged, hash: isFitting ? hashOf(chain.courtId, forged) : after.hash })
  renumber(chain, k)
  return isFitting ? k + 1 : k
}

/** Another entry at `k`, and a sound chain from there on. */
function rewriteFrom(chain: Chain, k: number, random: Random): void {
  let previous = rowAt(chain, k).previous_hash
  for (let at = k; at <= chain.rows.length; at += 1) {
    const row = { ...rowAt(chain, at), previous_hash: previous }
    if (at === k) row.summary = `{"改写":"${hex(random, 8)}"}`
    previous = hashOf(chain.courtId, row)
    chain.rows[at - 1] = { ...row, hash: previous }
  }
  endAt(chain)
}

/**
 * One bit of the file, but for its last newline: a file that ends one line earlier is what the second folder is for.
 */
function damageCheckpoint(record: MadeRecord, random: Random): Expected {
  const bytes = Buffer.from(record.file, 'utf8')
  const place = random.whole(0, bytes.length - 2)
  const line = bytes.subarray(0, place).toString('latin1').split('\n').length
  bytes[place] = (bytes[place] ?? 0) ^ (1 << random.whole(0, 7))
  record.file = bytes.toString('utf8')
  return { kind: 'checkpoint-byte', courtId: null, at: 0n, seenAt: 0n, line }
}
