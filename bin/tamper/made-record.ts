import type { Random } from '#bench/random.ts'
import { GENESIS, hashEntry } from '#kernel/audit/chain.ts'
import { type Checkpoint, checkLines, lineOf, type Statement, statementText } from '#kernel/audit/checkpoint.ts'
import type { PublicKey } from '#kernel/audit/checkpoint-signature.ts'
import type { Signer } from '#kernel/audit/checkpoint-signer.ts'
import type { ChainSource, StoredEntry } from '#kernel/audit/verify.ts'

// A made record: the chains of three courts as their rows stand in the table, and the signed checkpoints beside them.

export const COURT_IDS = [22, 2201, 220193] as const
const STARTS_AT = Date.parse('2021-09-30T08:30:00+08:00')
const VERBS = ['session.sign-in', 'person.create', 'case.open', 'supervision-order.issue', 'import.done']

export interface Chain {
  courtId: number
  rows: StoredEntry[]
  head: { seq: bigint; hash: Buffer }
}

export interface MadeRecord {
  chains: Chain[]
  /** The file of checkpoints. */
  file: string
  checkpoints: readonly Checkpoint[]
}

/** The entry that follows in a chain, with made content. */
function nextEntry(chain: Chain, random: Random): StoredEntry {
  const row: StoredEntry = {
    seq: chain.head.seq + 1n,
    at: new Date(STARTS_AT + Number(chain.head.seq) * 60_000 + random.whole(0, 59_999)),
    is_finer: false,
    actor_id: random.chance(0.2) ? null : `3f0e3b1c-6f0e-4c63-9d35-${hex(random, 12)}`,
    actor_name: random.pick(['林静', '罗晓明', '孙海涛', '系统']),
    verb: random.pick(VERBS),
    thing_kind: random.chance(0.3) ? null : 'case',
    thing_id: random.chance(0.3) ? null : `9d2a4a52-52a5-4f6b-8f0a-${hex(random, 12)}`,
    thing_label: random.chance(0.3) ? null : `（2021）吉0193执${random.whole(1, 9_999)}号`,
    summary: JSON.stringify({ 操作: '签收', 序号: random.whole(1, 9_999) }),
    previous_hash: chain.head.hash,
    hash: GENESIS,
  }
  return { ...row, hash: hashOf(chain.courtId, row) }
}

/** Appends an entry as the writer would. */
export function append(chain: Chain, random: Random): void {
  const row = nextEntry(chain, random)
  chain.rows.push(row)
  chain.head = { seq: row.seq, hash: row.hash }
}

export function hex(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => random.whole(0, 15).toString(16)).join('')
}

/** The hash that a row must have after the hash that it names. */
export function hashOf(courtId: number, row: StoredEntry): Buffer {
  return hashEntry(row.previous_hash, {
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
  })
}

/** Three chains of 12 to 60 entries; checkpoints of all three now and then, and at the end. */
export async function makeRecord(random: Random, signer: Signer, keys: readonly PublicKey[]): Promise<MadeRecord> {
  const chains: Chain[] = COURT_IDS.map((courtId) => ({ courtId, rows: [], head: { seq: 0n, hash: GENESIS } }))
  let file = ''
  const sign = async (minute: number) => {
    const heads = chains.map(({ courtId, head }) => ({ courtId, seq: head.seq, hash: head.hash.toString('hex') }))
    const at = new Date(STARTS_AT + minute * 60_000).toISOString()
    const statement: Statement = { kind: 'kept', at, keyId: signer.keyId, heads: heads.filter(({ seq }) => seq > 0n) }
    file += `${lineOf(statement, await signer.sign(statementText(statement)))}\n`
  }
  const rounds = random.whole(3, 6)
  for (let round = 1; round <= rounds; round += 1) {
    for (const chain of chains) for (let n = random.whole(4, 10); n > 0; n -= 1) append(chain, random)
    await sign(round * 10)
  }
  return { chains, file, checkpoints: checkLines(file, keys).checkpoints }
}

/** Rows are never changed in place, so a copy of the lists is a copy of the record. */
export function copyOf({ chains, file, checkpoints }: MadeRecord): MadeRecord {
  return { chains: chains.map((chain) => ({ ...chain, rows: [...chain.rows] })), file, checkpoints }
}

/** A chain in memory, asked as the table would be. */
export function memoryChain({ rows, head }: Chain): ChainSource {
  const sorted = rows.toSorted((one, other) => (one.seq < other.seq ? -1 : 1))
  return {
    head: async () => head,
    entries: async (after, upTo, most) => sorted.filter(({ seq }) => seq > after && seq <= upTo).slice(0, most),
    hasBeyond: async () => sorted.some(({ seq }) => seq > head.seq),
  }
}
