import pg from 'pg'
// not for its types alone: it says how dates and big numbers are read, here as there
import './database.ts'
import type { Tx } from './database.ts'
import type { Sql } from './sql.ts'

// The owner's door, for what the application's own role must not do: reference data, the demonstration, the independent
// verifier. One connection, one transaction, in the scope of every court.

const BEGIN = { write: 'begin', read: 'begin isolation level repeatable read read only' } as const

/** Runs `work` in one transaction of the database's owner; 'read' sees one unchanging moment and can write nothing. */
export async function asOwner<T>(url: string, mode: keyof typeof BEGIN, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  // The question under way tells of a loss; without this handler a server that loses it between two would die.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(BEGIN[mode])
    await client.query(
      "select set_config('ecc.court_ids', coalesce((select array_agg(id)::text from public.court), '{}'), true)",
    )
    const result = await work(txOf(client))
    await client.query('commit')
    return result
  } finally {
    // An open transaction dies with its connection.
    await client.end()
  }
}

/** A connection's open transaction, for whoever needs the connection itself beside it. */
export function txOf(client: pg.Client): Tx {
  const rows = async <R>(statement: Sql) => (await client.query(statement.text, [...statement.values])).rows as R[]
  return {
    kept: new Map(),
    query: rows,
    last: rows,
    one: async <R>(statement: Sql) => {
      const [row, ...more] = await rows<R>(statement)
      if (row === undefined || more.length > 0) throw new Error('expected one row')
      return row
    },
    maybe: async <R>(statement: Sql) => (await rows<R>(statement))[0],
    run: async (statement) => (await client.query(statement.text, [...statement.values])).rowCount ?? 0,
    // waited for: whoever holds the connection itself may not look at what its commit says
    send: async (statement) => void (await rows(statement)),
  }
}
