import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { Random } from '#bench/random.ts'
import { checkLines } from '#kernel/audit/checkpoint.ts'
import { type PublicKey, readPublicKeys } from '#kernel/audit/checkpoint-signature.ts'
import { openFileSigner } from '#kernel/audit/checkpoint-signer.ts'
import { type Verification, verifyChain } from '#kernel/audit/verify.ts'
import { verifyCourts } from '#kernel/audit/verify-courts.ts'
import { append, type Chain, COURT_IDS, copyOf, type MadeRecord, makeRecord, memoryChain } from './made-record.ts'
import { type Expected, KINDS, tamper } from './tampering.ts'

// Trials: tamper, ask the verifier, compare what it says with what was done. As many untouched records beside them.

export interface Found {
  courts: readonly Verification[]
  /** Damaged lines of the checkpoints. */
  lines: readonly number[]
}

export interface Counts {
  trials: number
  found: number
  /** Found, and with the court and the position. */
  placed: number
  clean: number
  falseAlarms: number
  /** The first that were not found or not placed. */
  missed: string[]
}

const RECORDS = 24

/** How a record is put before the verifier. */
export type Ask = (record: MadeRecord) => Promise<Found>

/** Runs `count` trials and as many clean runs, all following from `seed`. */
export async function runTrials(
  count: number,
  seed: number,
  records: readonly MadeRecord[],
  ask: Ask,
): Promise<Counts> {
  const counts: Counts = { trials: count, found: 0, placed: 0, clean: count, falseAlarms: 0, missed: [] }
  for (let trial = 0; trial < count; trial += 1) {
    const random = new Random(seed, 1, trial)
    const record = copyOf(random.pick(records))
    const kind = KINDS[trial % KINDS.length] as (typeof KINDS)[number]
    const expected = tamper(kind, record, random)
    const found = await ask(record)
    if (!isClean(found)) counts.found += 1
    if (isPlaced(expected, found)) counts.placed += 1
    else if (counts.missed.length < 20) counts.missed.push(`${trial} ${kind} ${expected.courtId} ${expected.at}`)
    const clean = copyOf(random.pick(records))
    for (let n = random.whole(0, 20); n > 0; n -= 1) append(random.pick(clean.chains), random)
    if (!isClean(await ask(clean))) counts.falseAlarms += 1
  }
  return counts
}

function isClean({ courts, lines }: Found): boolean {
  return lines.length === 0 && courts.every((court) => court.ok)
}

/** The one court, no other; the exact entry, or the shortest range that the checkpoints leave. */
function isPlaced({ courtId, at, seenAt, line }: Expected, { courts, lines }: Found): boolean {
  const broken = courts.flatMap((court) => (court.broken ? [{ courtId: court.courtId, ...court.broken }] : []))
  if (line !== null) return broken.length === 0 && lines[0] === line
  const [only] = broken
  if (!only || broken.length > 1 || lines.length > 0 || only.courtId !== courtId) return false
  return only.seq === String(seenAt) || (BigInt(only.from) <= at && at <= BigInt(only.seq))
}

/** Made records with the key that signed their checkpoints; `work` gets them and the folder of the key. */
export async function withRecords<T>(
  seed: number,
  work: (records: MadeRecord[], keys: readonly PublicKey[], folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tamper-'))
  try {
    const signer = await openFileSigner(join(folder, 'keys'))
    const keys = await readPublicKeys(join(folder, 'keys'))
    const records: MadeRecord[] = []
    for (let n = 0; n < RECORDS; n += 1) records.push(await makeRecord(new Random(seed, 0, n), signer, keys))
    return await work(records, keys, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The verifier on chains in memory. */
export function askInMemory(keys: readonly PublicKey[], records: readonly MadeRecord[]): Ask {
  const known = new Map(records.map(({ file, checkpoints }) => [file, checkpoints]))
  return async ({ chains, file }) => {
    const checkpoints = known.get(file)
    const read = checkpoints ? { checkpoints, faults: [] } : checkLines(file, keys)
    const courts: Verification[] = []
    for (const chain of chains) courts.push(await verifyChain(memoryChain(chain), chain.courtId, read.checkpoints))
    return { courts, lines: read.faults.map(({ line }) => line) }
  }
}

/** The verifier as the command runs it: rows in a real table, checkpoints in a real file. */
export function askDatabase(url: string, folder: string): Ask {
  return async ({ chains, file }) => {
    await storeChains(url, chains)
    const place = { folders: [join(folder, 'checkpoints')], keysFolder: join(folder, 'keys') }
    await mkdir(join(folder, 'checkpoints'), { recursive: true })
    await writeFile(join(folder, 'checkpoints', '2021-09.jsonl'), file)
    const { courts, checkpoints } = await verifyCourts(url, place, null)
    return { courts, lines: checkpoints.faults.map(({ line }) => line) }
  }
}

async function storeChains(url: string, chains: readonly Chain[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    for (const table of ['audit', 'audit_head']) {
      await client.query(`delete from ${table} where court_id = any($1)`, [COURT_IDS])
    }
    for (const { courtId, rows, head } of chains) {
      for (const { is_finer: _, ...row } of rows) {
        const columns = Object.entries({ court_id: courtId, ...row })
        const places = columns.map((_column, index) => `$${index + 1}`).join(', ')
        const names = columns.map(([name]) => name).join(', ')
        const values = columns.map(([, value]) => (typeof value === 'bigint' ? String(value) : value))
        await client.query({ name: 'put', text: `insert into audit (${names}) values (${places})`, values })
      }
      await client.query('insert into audit_head values ($1, $2, $3)', [courtId, String(head.seq), head.hash])
    }
    await client.query('commit')
  } finally {
    await client.end()
  }
}
