import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { TestServer } from '#test/harness.ts'

/**
 * Postgres ends the connection that carries a transaction, and no other: the server's own jobs stand in transactions,
 * too, and a line of theirs would come back to the pool and break under whoever takes it next.
 */
export async function breakLine(server: TestServer, tx: Tx): Promise<void> {
  const { pid } = await tx.one<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  await server.sql('select pg_terminate_backend($1)', [pid])
}
