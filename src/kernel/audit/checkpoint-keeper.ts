import { mkdir, open, readFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Services } from '#kernel/matter/acting.ts'
import { Problem } from '#kernel/problem/problem.ts'
import { dateOf } from '#kernel/time/time.ts'
import {
  type ChainHead,
  type CheckpointPlace,
  checkpointFiles,
  lineOf,
  parseLine,
  type Statement,
  statementText,
} from './checkpoint.ts'
import { openFileSigner, type Signer } from './checkpoint-signer.ts'

// The server signs the heads of its chains every so many entries or minutes, and when it stops. It signs only what goes
// on from what it signed last: a chain that was written anew in between is named in the log instead.

export interface KeeperPace {
  entries: number
  minutes: number
  pollMs: number
}

export interface CheckpointKeeper {
  /** Signs what is due; `force` signs whatever is new. Returns how many courts were signed. */
  keep(force?: boolean): Promise<number>
  /** Signs what is new for the last time. */
  stop(): Promise<void>
}

const PACE: KeeperPace = { entries: 500, minutes: 10, pollMs: 5_000 }

/** Starts keeping checkpoints of every court; makes folders and key where there are none. */
export async function keepCheckpoints(
  services: Pick<Services, 'database' | 'time'>,
  place: CheckpointPlace,
  log: (line: string) => void,
  pace: KeeperPace = PACE,
): Promise<CheckpointKeeper> {
  const signer = await openFileSigner(place.keysFolder)
  const [own = ''] = place.folders
  for (const folder of place.folders) await prepareFolder(folder, log)
  const last = await lastHeads(own)
  let keptAt = services.time.now()
  let running: Promise<unknown> = Promise.resolve()

  async function keep(force = false): Promise<number> {
    const at = services.time.now()
    const { heads, anchors } = await services.database.read({ courtIds: [] }, (tx) => readHeads(tx, last))
    const fresh = heads.filter((head) => head.seq !== (last.get(head.courtId)?.seq ?? 0n))
    const isDue =
      at.getTime() - keptAt.getTime() >= pace.minutes * 60_000 ||
      fresh.some((head) => head.seq - (last.get(head.courtId)?.seq ?? 0n) >= pace.entries)
    if (fresh.length === 0 || !(force || isDue)) return 0
    keptAt = at
    const sound = fresh.filter((head) => goesOn(head, last.get(head.courtId), anchors.get(head.courtId)))
    const broken = fresh.filter((head) => !sound.includes(head)).map((head) => head.courtId)
    if (broken.length > 0) log(`audit: the chains of courts ${broken.join(', ')} do not go on from their checkpoint`)
    if (sound.length === 0) return 0
    await appendCheckpoint(place, signer, { kind: 'kept', at: at.toISOString(), heads: sound }, log)
    for (const head of sound) last.set(head.courtId, head)
    return sound.length
  }

  const turn = (force: boolean): Promise<unknown> => {
    running = running
      .then(() => keep(force))
      .catch((error: unknown) => {
        // A database that is away is said by everything else; the next turn signs what this one could not.
        if (!(error instanceof Problem)) log(`checkpoints: ${String(error)}`)
      })
    return running
  }
  const timer = setInterval(() => void turn(false), pace.pollMs)
  timer.unref()
  return {
    keep,
    async stop() {
      clearInterval(timer)
      await turn(true)
    },
  }
}

/**
 * Appends a signed statement to the month's file in every folder, flushed. Throws where the first one can't take it.
 */
export async function appendCheckpoint(
  place: CheckpointPlace,
  signer: Signer,
  said: Omit<Statement, 'keyId'>,
  log: (line: string) => void,
): Promise<void> {
  const statement: Statement = { ...said, keyId: signer.keyId }
  const line = `${lineOf(statement, await signer.sign(statementText(statement)))}\n`
  const month = `${dateOf(new Date(said.at)).slice(0, 7)}.jsonl`
  for (const [index, folder] of place.folders.entries()) {
    try {
      const file = await open(join(folder, month), 'a', 0o600)
      await file.write(line).then(() => file.sync())
      await file.close()
    } catch (error) {
      if (index === 0) throw error
      log(`checkpoints: ${folder} could not be written: ${String(error)}`)
    }
  }
}

/** A kill in the middle of a line leaves a part of it, which would spoil the next. */
async function prepareFolder(folder: string, log: (line: string) => void): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = (await checkpointFiles([folder])).at(-1)
    if (path === undefined) return
    const bytes = await readFile(path)
    const whole = bytes.lastIndexOf(0x0a) + 1
    if (whole < bytes.length) await truncate(path, whole)
  } catch (error) {
    log(`checkpoints: ${folder} can't be used: ${String(error)}`)
  }
}

/** For each court what was signed last. */
async function lastHeads(folder: string): Promise<Map<number, ChainHead>> {
  const last = new Map<number, ChainHead>()
  for (const file of await checkpointFiles([folder])) {
    for (const line of (await readFile(file, 'utf8')).split('\n')) {
      for (const head of parseLine(line)?.statement.heads ?? []) last.set(head.courtId, head)
    }
  }
  return last
}

interface HeadRow {
  court_id: number
  seq: bigint
  hash: Buffer
}

/** The heads of all chains, and the hashes that stand now where the last checkpoints were taken. */
async function readHeads(tx: Tx, last: ReadonlyMap<number, ChainHead>) {
  await tx.query(sql`select set_config('ecc.court_ids', (select array_agg(id)::text from court), true)`)
  const heads = await tx.query<HeadRow>(sql`select court_id, seq, hash from audit_head where seq > 0 order by court_id`)
  const marks = [...last.values()]
  const anchors = await tx.query<HeadRow>(sql`
    select a.court_id, a.seq, a.hash from audit a
    join unnest(${marks.map(({ courtId }) => courtId)}::int[], ${marks.map(({ seq }) => String(seq))}::bigint[])
      as mark(court_id, seq) on a.court_id = mark.court_id and a.seq = mark.seq`)
  return {
    heads: heads.map((row): ChainHead => ({ courtId: row.court_id, seq: row.seq, hash: row.hash.toString('hex') })),
    anchors: new Map(anchors.map((row) => [row.court_id, row.hash.toString('hex')])),
  }
}

function goesOn(head: ChainHead, before: ChainHead | undefined, anchor: string | undefined): boolean {
  return before === undefined || (head.seq > before.seq && anchor === before.hash)
}
