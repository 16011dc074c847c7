import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GENESIS, hashEntry } from './chain.ts'
import type { Checkpoint } from './checkpoint.ts'
import { type ChainSource, type StoredEntry, type Verification, verifyChain } from './verify.ts'

// The walk itself, over chains that stand in memory: each fault with its place, its range and its words.

const COURT = 220193

function entry(seq: bigint, previous: Buffer, summary = `{"n":${seq}}`): StoredEntry {
  const at = new Date(Date.UTC(2021, 8, 30) + Number(seq) * 1_000)
  const hash = hashEntry(previous, {
    courtId: COURT,
    seq,
    at,
    actorId: null,
    actorName: '某',
    verb: 'person.create',
    thingKind: null,
    thingId: null,
    thingLabel: null,
    summary,
  })
  const told = { actor_id: null, actor_name: '某', verb: 'person.create', thing_kind: null, thing_id: null }
  return { seq, at, is_finer: false, ...told, thing_label: null, summary, previous_hash: previous, hash }
}

function chainOf(length: number, after: readonly StoredEntry[] = [], summary?: string): StoredEntry[] {
  const chain = [...after]
  while (chain.length < length) {
    chain.push(entry(BigInt(chain.length + 1), chain.at(-1)?.hash ?? GENESIS, summary))
  }
  return chain
}

/** A court's record: its entries, and where its head says that they end. */
function sourceOf(chain: readonly StoredEntry[], head = chain.at(-1)): ChainSource {
  return {
    head: async () => head && { seq: head.seq, hash: head.hash },
    entries: async (after, upTo, most) => chain.filter(({ seq }) => seq > after && seq <= upTo).slice(0, most),
    hasBeyond: async () => chain.some(({ seq }) => seq > (head?.seq ?? 0n)),
  }
}

const at = (minute: number) => new Date(Date.UTC(2021, 9, 1, 0, minute)).toISOString()

function signed(chain: readonly StoredEntry[], seq: number, more: Partial<Checkpoint> = {}): Checkpoint {
  const hash = chain[seq - 1]?.hash.toString('hex') ?? 'f'.repeat(64)
  return { courtId: COURT, seq: BigInt(seq), hash, kind: 'kept', at: at(0), ...more }
}

const FIVE = chainOf(5)
const changed = (index: number, change: Partial<StoredEntry>) =>
  FIVE.map((row, at) => (at === index ? { ...row, ...change } : row))

/** What was found, in one line: entries found sound, then place, range and fault. */
function line({ entries, broken, vouchedTo }: Verification): string {
  const place = broken ? `${broken.from}–${broken.seq} ${broken.fault}: ${broken.message}` : 'sound'
  return `${entries} to ${vouchedTo} ${place}`
}

const walk = async (chain: readonly StoredEntry[], head?: StoredEntry, checkpoints: readonly Checkpoint[] = []) =>
  line(await verifyChain(sourceOf(chain, head), COURT, checkpoints))

test('a chain that is whole, and one that never began', async () => {
  const head = FIVE.at(-1)
  assert.deepEqual(await verifyChain(sourceOf(FIVE), COURT), {
    courtId: COURT,
    ok: true,
    entries: 5,
    head: { seq: '5', hash: head?.hash.toString('hex') },
    vouchedTo: '0',
    broken: null,
    lost: [],
  })
  const empty = await verifyChain(sourceOf([]), COURT)
  assert.deepEqual([empty.ok, empty.entries, empty.head], [true, 0, { seq: '0', hash: '00'.repeat(32) }])
  const broken = await verifyChain(sourceOf(changed(1, { verb: 'x' }), head), COURT)
  assert.deepEqual([broken.ok, broken.head.seq, broken.courtId], [false, '5', COURT])
})

test('chains longer than a batch, ending on its boundary and beside it', async () => {
  const long = chainOf(4_001)
  for (const length of [1_999, 2_000, 2_001, 4_000, 4_001]) {
    assert.equal(await walk(long.slice(0, length)), `${length} to 0 sound`)
  }
  const holed = long.filter(({ seq }) => seq !== 2_001n)
  assert.equal(await walk(holed), '2000 to 0 2001–2001 missing: 缺少第2001条')
})

test('each fault of a chain by itself, at its place and in words', async () => {
  const head = FIVE.at(-1)
  const altered = (seq: number) => `${seq - 1} to 0 ${seq}–${seq} altered: 第${seq}条与其摘要不符，内容被改动`
  assert.equal(await walk(changed(2, { summary: '{}' })), altered(3))
  assert.equal(await walk(changed(0, { is_finer: true })), altered(1))
  assert.equal(await walk(changed(3, { previous_hash: GENESIS })), altered(4))
  const moved = entry(4n, GENESIS)
  assert.equal(
    await walk(changed(3, { previous_hash: moved.previous_hash, hash: moved.hash })),
    '3 to 0 4–4 out-of-order: 第4条没有接在前一条之后，顺序被改动',
  )
  const without = (seq: bigint) => FIVE.filter((row) => row.seq !== seq)
  assert.equal(await walk(without(1n), head), '0 to 0 1–1 missing: 缺少第1条')
  assert.equal(await walk(without(3n), head), '2 to 0 3–3 missing: 缺少第3条')
  assert.equal(await walk(without(5n), head), '4 to 0 5–5 missing: 缺少第5条')
  const last = '链尾与最后一条'
  assert.equal(await walk(FIVE, { ...FIVE[4], hash: GENESIS } as StoredEntry), `5 to 0 5–5 head: ${last}（第5条）不符`)
  assert.equal(await walk(FIVE, FIVE[3]), `4 to 0 4–4 head: ${last}（第4条）不符`)
})

test('a checkpoint vouches for what it names, and for no other court', async () => {
  assert.equal(await walk(FIVE, FIVE[4], [signed(FIVE, 2)]), '5 to 2 sound')
  assert.equal(await walk(FIVE, FIVE[4], [signed(FIVE, 4), signed(FIVE, 2), signed(FIVE, 4)]), '5 to 4 sound')
  assert.equal(await walk(FIVE, FIVE[4], [signed(FIVE, 5)]), '5 to 5 sound', 'its very last entry')
  assert.equal(await walk(FIVE, FIVE[4], [signed(FIVE, 9, { courtId: 2201 })]), '5 to 0 sound')
})

test('a chain that was written anew or cut is told with the range that nothing vouches for', async () => {
  const anew = chainOf(5, FIVE.slice(0, 3), '{"anew":true}')
  const rewritten = '3 to 2 3–4 rewritten: 第3条至第4条与签名检查点不符，记录被整体改写'
  assert.equal(await walk(anew, anew[4], [signed(FIVE, 2), signed(FIVE, 4)]), rewritten)
  assert.equal(await walk(FIVE, FIVE[4], [signed(FIVE, 2), signed(FIVE, 4), signed(anew, 4)]), rewritten)
  const cut = '5 to 2 3–6 cut: 第6条起的记录已不在，签名检查点仍有记载（第3条起未经核实）'
  assert.equal(await walk(FIVE, FIVE[4], [signed(FIVE, 2), signed(FIVE, 6)]), cut)
  assert.equal(
    await walk([], undefined, [signed(FIVE, 5)]),
    '0 to 0 1–1 cut: 第1条起的记录已不在，签名检查点仍有记载（第1条起未经核实）',
  )
})

test('a restore says what it lost, and only what was signed before it', async () => {
  const restored = signed(FIVE, 3, { kind: 'restored', at: at(10) })
  const found = async (...checkpoints: Checkpoint[]) => {
    const chain = chainOf(4, FIVE.slice(0, 3), '{"after":true}')
    const verified = await verifyChain(sourceOf(chain), COURT, checkpoints)
    return [line(verified), ...verified.lost.map(({ at, from, to }) => `${from}–${to} lost at ${at}`)]
  }
  const lost = (to: number) => ['4 to 3 sound', `4–${to} lost at ${at(10)}`]
  assert.deepEqual(await found(restored), ['4 to 3 sound'])
  assert.deepEqual(await found(signed(FIVE, 5), signed(FIVE, 7), restored), lost(7))
  assert.deepEqual(await found(restored, signed(FIVE, 7), signed(FIVE, 5)), lost(7))
  assert.deepEqual(await found(signed(FIVE, 5, { at: at(10) }), restored), lost(5), 'signed at the same moment')
  assert.deepEqual(await found(signed(FIVE, 3), restored), ['4 to 3 sound'], 'the entry of the restore itself stands')
  const later = await found(signed(FIVE, 5, { at: at(11) }), restored)
  assert.match(later[0] ?? '', /^4 to 3 4–5 cut/)
  assert.equal(later.length, 1)
})
