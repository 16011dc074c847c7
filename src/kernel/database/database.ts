import pg from 'pg'
import { Problem, problem } from '#kernel/problem/problem.ts'
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
}

/** The courts whose rows a transaction may see and write; the second net under `may()`. */
export interface Scope {
  courtIds: readonly number[]
}

export interface Database {
  read<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>
  write<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Calls `hear` for each message on a channel; reconnects by itself; returns how to stop. */
  listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** The role under which every statement of the application runs: no owner, no superuser, no TRUNCATE. */
export const APPLICATION_ROLE = 'ecc_app'

export interface PoolOptions {
  maximum?: number
  waitMs?: number
}

export function openDatabase(url: string, options: PoolOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maximum ?? 20,
    connectionTimeoutMillis: options.waitMs ?? 5_000,
    idleTimeoutMillis: 60_000,
    options: `-c role=${APPLICATION_ROLE} -c idle_in_transaction_session_timeout=60000 -c lock_timeout=15000`,
  })
  // Without this handler a server that loses an idle connection would die.
  pool.on('error', () => {})

  async function transaction<T>(begin: string, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await pool.connect().catch((error: unknown) => {
      throw unavailable(error)
    })
    let broken: Error | undefined
    const onError = (error: Error) => {
      broken = error
    }
    client.on('error', onError)
    try {
      const courts = scope.courtIds.map((id) => Math.trunc(id)).join(',')
      await client.query(`${begin}; select set_config('ecc.court_ids', '{${courts}}', true)`)
      const result = await work(txOn(client))
      await client.query('commit')
      return result
    } catch (error) {
      broken ??= await rollback(client)
      throw translate(error)
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  return {
    read: (scope, work) => transaction('begin read only', scope, work),
    write: (scope, work) => transaction('begin', scope, work),
    listen: (channel, hear) => listen(url, channel, hear),
    close: () => pool.end(),
  }
}

function txOn(client: pg.PoolClient): Tx {
  const send = (statement: Sql) =>
    client.query({
      text: statement.text,
      values: statement.values as unknown[],
      ...(statement.name ? { name: statement.name } : {}),
    })
  return {
    query: async <R>(statement: Sql) => (await send(statement)).rows as R[],
    one: async <R>(statement: Sql) => {
      const rows = (await send(statement)).rows as R[]
      if (rows.length !== 1) throw new Error(`expected one row, found ${rows.length}`)
      return rows[0] as R
    },
    maybe: async <R>(statement: Sql) => ((await send(statement)).rows as R[])[0],
    run: async (statement) => (await send(statement)).rowCount ?? 0,
  }
}

async function rollback(client: pg.PoolClient): Promise<Error | undefined> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<Error>((resolve) => {
    timer = setTimeout(() => resolve(new Error('rollback did not answer')), 5_000)
  })
  const done = client.query('rollback').then(
    () => undefined,
    (error: Error) => error,
  )
  const result = await Promise.race([done, limit])
  clearTimeout(timer)
  return result
}

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
  if (
    code.startsWith('08') ||
    code.startsWith('57') ||
    code.startsWith('53') ||
    /ECONN|terminat|timeout exceeded/i.test(String(error))
  )
    return unavailable(error)
  return error
}

const RECONNECT_MS = 1_000

async function listen(url: string, channel: string, hear: (payload: string) => void): Promise<() => Promise<void>> {
  let stopped = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url })
    next.on('notification', (message) => hear(message.payload ?? ''))
    next.on('error', () => {})
    next.on('end', again)
    await next.connect()
    await next.query(`listen ${channel}`)
    client = next
  }
  function again(): void {
    if (stopped) return
    clearTimeout(timer)
    timer = setTimeout(() => void connect().catch(again), RECONNECT_MS)
    timer.unref()
  }
  await connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await client?.end()
  }
}
