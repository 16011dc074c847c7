import type { Writable } from 'node:stream'
import type pg from 'pg'
import { isStale, lossIn, translate, unavailable } from './faults.ts'
import type { Sql } from './sql.ts'

// What is done in a transaction: its statements, on the connection that carries it.

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

export interface WriteTx extends Tx {
  /**
   * A part of the transaction that can fail by itself: then nothing of it is left, and the transaction goes on. Throws
   * as `write` does. One part at a time.
   */
  part<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

/** A transaction on its way. */
export interface Course {
  client: pg.PoolClient
  stream: Writable
  kept: Map<string, unknown>
  /** False where it may write. */
  reads: boolean
  isOver: boolean
  /** The first statement's failure; those behind it only say that the transaction is aborted. */
  failure: unknown
  /** Its commit, where that was sent behind its last question. */
  ended: Promise<pg.QueryResult> | undefined
}

export function courseOn(client: pg.PoolClient, kept: Map<string, unknown>, reads: boolean): Course {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  return { client, stream, kept, reads, isOver: false, failure: undefined, ended: undefined }
}

const OVER = 'the transaction is over'

export function isConsequence(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return code === '25P02' || message === OVER
}

/** What is asked in one breath leaves in one packet. */
export function inOnePacket(stream: Writable): void {
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

function txOn(course: Course): Tx {
  const { client, stream, kept } = course
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

export function writeTxOn(course: Course): WriteTx {
  const { client, stream } = course
  return {
    ...txOn(course),
    async part(work) {
      if (course.isOver) throw new Error(OVER)
      const own: Course = { ...course, failure: undefined }
      inOnePacket(stream)
      // Where it fails, so does whatever follows.
      client.query('savepoint part').catch(() => {})
      try {
        const result = await work(txOn(own)).finally(() => {
          own.isOver = true
        })
        // Stands only where all that was sent and not waited for has succeeded.
        await client.query('release savepoint part')
        return result
      } catch (thrown) {
        const failed = await takenBack(client)
        if (failed) throw lossIn(failed) ? unavailable(failed) : translate(course.failure ?? failed)
        // Not this part alone: the whole begins anew on another connection.
        if (isStale(own.failure)) course.failure = own.failure
        throw translate(isConsequence(thrown) ? (own.failure ?? thrown) : thrown)
      }
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

export const rollback = (client: pg.PoolClient) => failureOf(client.query('rollback'))
const takenBack = (client: pg.PoolClient) => failureOf(client.query('rollback to savepoint part'))

async function failureOf(asked: Promise<unknown>): Promise<Error | undefined> {
  return asked.then(
    () => undefined,
    (error: Error) => error,
  )
}
