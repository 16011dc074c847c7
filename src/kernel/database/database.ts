import pg from 'pg'
import { Problem, problem } from '#kernel/problem/problem.ts'
import { isStale, lossIn, translate, unavailable } from './faults.ts'
import { openListening } from './listen.ts'
import { courseOn, inOnePacket, isConsequence, rollback, type Tx, type WriteTx, writeTxOn } from './tx.ts'

export type { Row, Tx, WriteTx } from './tx.ts'

// One pool, two doors: `read` and `write`. Both open a transaction that carries the courts its reader may see
// (row-level security reads them), and give the connection back whatever happens. A connection on which anything
// unexpected happened is thrown away, never returned to the pool.

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => BigInt(text))

/** The courts whose rows a transaction may see and write; the second net under `may()`. */
export interface Scope {
  courtIds: readonly number[]
}

export interface Database {
  read<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>
  write<T>(scope: Scope, work: (tx: WriteTx) => Promise<T>): Promise<T>
  /**
   * A write of its own while another transaction is open. It has connections of its own: else those who wait for the
   * other transaction could hold them all.
   */
  writeBeside<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Calls `hear` for each message on a channel, and with null where messages may have been missed; reconnects by
   * itself; returns how to stop.
   */
  listen(channel: string, hear: (payload: string | null) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** The role under which every statement of the application runs: no owner, no superuser, no TRUNCATE. */
export const APPLICATION_ROLE = 'ecc_app'

export interface PoolOptions {
  maximum?: number
  /** How long a request waits for a connection. */
  waitMs?: number
  /** How long a statement may go without an answer before its connection is given up. */
  answerMs?: number
}

const LIMITS = { maximum: 20, beside: 4, waitMs: 5_000, answerMs: 12_000 }
// The server's own limits lie below ours, so that a statement ends there before it is given up here.
// Every search reads the unsorted end of the names' index: requests keep it short (0053-party-grams.sql).
const SERVER_LIMITS = [
  'statement_timeout=10000',
  'lock_timeout=8000',
  'idle_in_transaction_session_timeout=60000',
  'gin_pending_list_limit=64',
]

/**
 * A pool on a database that `migrate` has brought up to date. `read` and `write` throw Problems of the catalogue for
 * what the database refuses, and for one that can't be reached.
 */
export function openDatabase(url: string, options: PoolOptions = {}): Database {
  const poolOf = (maximum: number) => openPool(url, maximum, options)
  const pool = poolOf(options.maximum ?? LIMITS.maximum)
  const beside = poolOf(LIMITS.beside)
  const kept = new Map<string, unknown>()

  async function transaction<T>(
    begin: string,
    scope: Scope,
    work: (tx: WriteTx) => Promise<T>,
    from = pool,
  ): Promise<T> {
    for (let left = STALE_MOST; ; left -= 1) {
      try {
        return await attempt(begin, scope, work, from)
      } catch (error) {
        if (!isStale(error) || left === 0) throw error
      }
    }
  }

  async function attempt<T>(begin: string, scope: Scope, work: (tx: WriteTx) => Promise<T>, from: pg.Pool): Promise<T> {
    const client = await from.connect().catch((error: unknown) => {
      throw unavailable(error)
    })
    let broken: Error | undefined
    let committing = false
    let ended: Promise<unknown> = Promise.resolve()
    const course = courseOn(client, kept, begin !== WRITING)
    const onError = (error: Error) => {
      broken = error
    }
    client.on('error', onError)
    try {
      const courts = scope.courtIds.map((id) => Math.trunc(id)).join(',')
      // Not waited for: the first statement goes out right behind it. Where it fails, so does whatever follows.
      inOnePacket(course.stream)
      const begun = client.query(`${begin}; set local ecc.court_ids = '{${courts}}'`)
      begun.catch((error: unknown) => {
        course.failure ??= error
      })
      const result = await work(writeTxOn(course)).finally(() => {
        course.isOver = true
      })
      await begun
      if (isStale(course.failure)) throw course.failure
      committing = begin === WRITING
      const commit = course.ended ?? client.query('commit')
      // What was read stands; only what was written must wait until it does.
      if (!committing) ended = commit.catch(onError)
      // Postgres answers ROLLBACK where a statement had failed, whether anybody heard of it or not.
      else if ((await commit).command !== 'COMMIT') throw course.failure ?? new Error('nothing was committed')
      return result
    } catch (thrown) {
      const error = isConsequence(thrown) || isStale(course.failure) ? (course.failure ?? thrown) : thrown
      const lost = broken ?? lossIn(error)
      broken = lost ?? (await rollback(client)) ?? (isStale(error) ? (error as Error) : undefined)
      // A commit whose answer was lost may have been done: only the repeated request can tell.
      if (committing && lost) throw problem('write.unknown', {}, { cause: error })
      throw lost && !(error instanceof Problem) ? unavailable(error) : translate(error)
    } finally {
      void ended.then(() => {
        client.off('error', onError)
        client.release(broken)
      })
    }
  }

  return {
    read: (scope, work) => transaction('begin read only', scope, work),
    write: (scope, work) => transaction(WRITING, scope, work),
    writeBeside: (scope, work) => transaction(WRITING, scope, work, beside),
    listen: openListening(url),
    close: async () => void (await Promise.all([pool.end(), beside.end()])),
  }
}

function openPool(url: string, maximum: number, options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: maximum,
    connectionTimeoutMillis: options.waitMs ?? LIMITS.waitMs,
    query_timeout: options.answerMs ?? LIMITS.answerMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    pipeline: true,
    options: [`role=${APPLICATION_ROLE}`, ...SERVER_LIMITS].map((setting) => `-c ${setting}`).join(' '),
  })
  // Without these handlers a server that loses an idle connection would die, or one before it is handed to its work.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

const WRITING = 'begin'

/** Each connection of the pool may have prepared it. */
const STALE_MOST = 20
