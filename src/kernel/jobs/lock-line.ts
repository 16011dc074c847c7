import pg from 'pg'
import { lossIn } from '#kernel/database/faults.ts'

// A server's line for the locks of its background work: they fall with it, and so with the process.

export interface LockLine {
  /**
   * Does the work while the lock of that name is held; false where another server holds it, or where the line was lost
   * before the work ended. Its signal tells of the loss: then another server may have begun.
   */
  hold(name: string, work: (lost: AbortSignal) => Promise<void>): Promise<boolean>
  close(): Promise<void>
}

interface Line {
  client: pg.Client
  lost: AbortSignal
  drop(): void
}

const LIMITS = { keepAlive: true, pipeline: true, connectionTimeoutMillis: 10_000, query_timeout: 10_000 }

/** Opens the line when the first lock is asked for, and a new one where it broke. */
export function openLockLine(url: string): LockLine {
  let current: Promise<Line> | undefined

  async function connect(): Promise<Line> {
    const client = new pg.Client({ connectionString: url, ...LIMITS })
    const ending = new AbortController()
    const drop = () => {
      if (ending.signal.aborted) return
      ending.abort()
      current = undefined
      client.end().catch(() => {})
    }
    client.on('error', () => {})
    client.on('end', drop)
    try {
      await client.connect()
    } catch (error) {
      drop()
      throw error
    }
    return { client, lost: ending.signal, drop }
  }

  return {
    async hold(name, work) {
      current ??= connect()
      const { client, lost, drop } = await current
      const ask = async (what: string) => {
        const { rows } = await client.query(`select ${what}(hashtext($1), 2) as done`, [name])
        return rows[0]?.done === true
      }
      const isMine = await ask('pg_try_advisory_lock').catch((error: unknown) => {
        drop()
        if (lossIn(error)) return false
        throw error
      })
      if (!isMine || lost.aborted) return false
      try {
        await work(lost)
      } finally {
        // A lock that may still be held falls with the line.
        if (!lost.aborted) await ask('pg_advisory_unlock').catch(drop)
      }
      return !lost.aborted
    },
    async close() {
      const line = await current?.catch(() => undefined)
      line?.client.off('end', line.drop)
      await line?.client.end().catch(() => {})
    },
  }
}
