import pg from 'pg'

// COPY … FROM STDIN with pg alone: a query that, when the server asks for data, hands it over.

interface CopyConnection {
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

class CopyIn extends pg.Query {
  readonly #bytes: Buffer

  constructor(text: string, bytes: Uint8Array<ArrayBuffer>) {
    super({ text })
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(this.#bytes)
    connection.endCopyFrom()
  }
}

/**
 * Copies rows in the text format into a table; the promise settles when the server has taken them. Frozen: into a table
 * that this transaction has truncated.
 */
export async function copyIn(
  client: pg.Client,
  { table, columns, frozen }: { table: string; columns: readonly string[]; frozen: boolean },
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  if (bytes.length === 0) return
  const names = columns.map((name) => `"${name}"`).join(', ')
  const copy = new CopyIn(`copy "${table}" (${names}) from stdin${frozen ? ' with (freeze)' : ''}`, bytes)
  await new Promise<void>((resolve, reject) => {
    Object.assign(copy, { callback: (error: Error | null) => (error ? reject(error) : resolve()) })
    client.query(copy)
  })
}
