import type { Writable } from 'node:stream'
import pg from 'pg'
import { Problem, problem } from '#kernel/problem/problem.ts'
import { listen } from './listen.ts'
import type { Sql } from './sql.ts'

// One pool, two doors: `read` and `write`. Both open a transaction that carries the courts its reader may see
// (row-level security reads them), and give the connection back whatever happens. A connection on which anything
// unexpected happened is thrown away, never returned to the pool.

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => BigInt(text))

export type Row = Record<string, unknown>

export interface Tx {
  query<R = Row>(statement: Sql): Promise<R[]>
  one<R = Row>(statement: Sql): Promise<R>
  maybe<R = Row>(statement: Sql): Promise<R | undefined>
  /** How many rows a statement touched. */
  run(statement: Sql): Promise<number>
  /**
   * Sends a write of which nothing need be known: it leaves with what follows, and where it fails nothing is committed.
   */
  send(statement: Sql): Promise<void>
  /**
   * As `query`, for the last question of a transaction that reads: it ends right behind it, in the same packet, and
   * takes no further statement.
   */
  last<R = Row>(statement: Sql): Promise<R[]>
  /** What the transactions of one pool keep in memory, of tables that hardly ever change. */
  kept: Map<string, unknown>
}

/** The courts whose rows a transaction may see and write; the second net under `may()`. */
export interface Scope {
  courtIds: readonly number[]
}

export interface Database {
  read<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>
  write<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>
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

  async function transaction<T>(begin: string, scope: Scope, work: (tx: Tx) => Promise<T>, from = pool): Promise<T> {
    for (let left = STALE_MOST; ; left -= 1) {
      try {
        return await attempt(begin, scope, work, from)
      } catch (error) {
        if (!isStale(error) || left === 0) throw error
      }
    }
  }

  async function attempt<T>(begin: string, scope: Scope, work: (tx: Tx) => Promise<T>, from: pg.Pool): Promise<T> {
    const client = await from.connect().catch((error: unknown) => {
      throw unavailable(error)
    })
    let broken: Error | undefined
    let committing = false
    let ended: Promise<unknown> = Promise.resolve()
    const course: Course = { isOver: false, failure: undefined, reads: begin !== WRITING, ended: undefined }
    const onError = (error: Error) => {
      broken = error
    }
    client.on('error', onError)
    try {
      const courts = scope.courtIds.map((id) => Math.trunc(id)).join(',')
      // Not waited for: the first statement goes out right behind it. Where it fails, so does whatever follows.
      const stream = streamOf(client)
      inOnePacket(stream)
      const begun = client.query(`${begin}; set local ecc.court_ids = '{${courts}}'`)
      begun.catch((error: unknown) => {
        course.failure ??= error
      })
      const result = await work(txOn(client, stream, kept, course)).finally(() => {
        course.isOver = true
      })
      await begun
      committing = begin === WRITING
      const commit = course.ended ?? client.query('commit')
      // What was read stands; only what was written must wait until it does.
      if (!committing) ended = commit.catch(onError)
      // Postgres answers ROLLBACK where a statement had failed, whether anybody heard of it or not.
      else if ((await commit).command !== 'COMMIT') throw course.failure ?? new Error('nothing was committed')
      return result
    } catch (thrown) {
      const error = isConsequence(thrown) ? (course.failure ?? thrown) : thrown
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
    listen: (channel, hear) => listen(url, channel, hear),
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
  // Without this handler a server that loses an idle connection would die.
  pool.on('error', () => {})
  return pool
}

const WRITING = 'begin'

/** A table changed under a prepared statement (another server migrated): a new connection prepares it anew. */
function isStale(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string }
  return code === '0A000' && message.includes('cached plan')
}

/** Each connection of the pool may have prepared it. */
const STALE_MOST = 20

/** How far a transaction has come. */
interface Course {
  isOver: boolean
  /** The first statement's failure; those behind it only say that the transaction is aborted. */
  failure: unknown
  reads: boolean
  /** Its commit, where that was sent behind its last question. */
  ended: Promise<pg.QueryResult> | undefined
}

const OVER = 'the transaction is over'

function isConsequence(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return code === '25P02' || message === OVER
}

function streamOf(client: pg.PoolClient): Writable {
  return (client as unknown as { connection: { stream: Writable } }).connection.stream
}

/** What is asked in one breath leaves in one packet. */
function inOnePacket(stream: Writable): void {
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

function txOn(client: pg.PoolClient, stream: Writable, kept: Map<string, unknown>, course: Course): Tx {
  const send = async ({ text, values }: Sql) => {
    // A part of the work that goes on after another has failed would write outside of it, or into the next one.
    if (course.isOver) throw new Error(OVER)
    inOnePacket(stream)
    const sent = client.query({ text, values: values as unknown[], name: nameOf(text) })
    sent.catch((error: unknown) => {
      course.failure ??= error
    })
    return sent
  }
  // What is not waited for until later may fail before that: the failure is kept, and the commit tells of it.
  const heard = <T>(asked: Promise<T>): Promise<T> => {
    asked.catch(() => {})
    return asked
  }
  return {
    kept,
    query: <R>(statement: Sql) => heard(send(statement).then(({ rows }) => rows as R[])),
    one: <R>(statement: Sql) =>
      heard(
        send(statement).then(({ rows }) => {
          if (rows.length !== 1) throw new Error(`expected one row, found ${rows.length}`)
          return rows[0] as R
        }),
      ),
    maybe: <R>(statement: Sql) => heard(send(statement).then(({ rows }) => rows[0] as R | undefined)),
    run: (statement) => heard(send(statement).then(({ rowCount }) => rowCount ?? 0)),
    send: async (statement) => void send(statement).catch(() => {}),
    last: <R>(statement: Sql) => {
      const asked = heard(send(statement).then(({ rows }) => rows as R[]))
      if (course.reads) {
        course.isOver = true
        course.ended = heard(client.query('commit'))
      }
      return asked
    },
  }
}

// Every statement is prepared once on a connection: parsing and planning cost more than most of them take. Texts are
// the program's own and few; where a list composes its conditions there are some hundreds.
const names = new Map<string, string>()
const NAMES_MOST = 2_000

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= NAMES_MOST) return known
  const name = `s${names.size}`
  names.set(text, name)
  return name
}

async function rollback(client: pg.PoolClient): Promise<Error | undefined> {
  return client.query('rollback').then(
    () => undefined,
    (error: Error) => error,
  )
}

/** The loss of a connection that a failure tells of; undefined where the database answered on it. */
function lossIn(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined
  const code = (error as { code?: string }).code ?? ''
  const isLost = /^(08|57)/.test(code) || LOST.test(code) || (code === '' && LOST.test(error.message))
  return isLost && code !== STATEMENT_ENDED ? error : undefined
}

const STATEMENT_ENDED = '57014'
const LOST = /^E(CONN|PIPE|TIMEDOUT)|Connection terminated|not queryable|Query read timeout|socket has been ended/

function unavailable(error: unknown): Problem {
  return problem('database.unavailable', {}, { cause: error })
}

/** The database's own refusals become problems of the catalogue; what is already one stays itself. */
function translate(error: unknown): unknown {
  if (error instanceof Problem) return error
  const code = (error as { code?: string }).code ?? ''
  if (code === '23505') return problem('write.duplicate', {}, { cause: error })
  if (code === '23503') return problem('write.reference', {}, { cause: error })
  if (code === '23514' || code === '23502' || code.startsWith('22'))
    return problem('write.refused', {}, { cause: error })
  if (code === '55P03' || code === '40P01' || code === '40001') return problem('write.busy', {}, { cause: error })
  if (code.startsWith('57') || code.startsWith('53') || code === READ_ONLY || code === IO_ERROR)
    return unavailable(error)
  return error
}

const READ_ONLY = '25006'
const IO_ERROR = '58030'
