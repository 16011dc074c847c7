import pg from 'pg'

// COPY with pg alone: a query that takes what the server sends, or hands over what it asks for.

const CHUNK = 4 << 20

interface CopyConnection {
  stream: { pause(): void; resume(): void }
  sendCopyFromChunk(chunk: Uint8Array): void
  endCopyFrom(): void
}

type Callback = (error: Error | null) => void

/** Runs a query that speaks COPY; settles when the server is done with it. */
function send(client: pg.Client, query: pg.Query): Promise<void> {
  return new Promise((resolve, reject) => {
    const callback: Callback = (error) => (error ? reject(error) : resolve())
    Object.assign(query, { callback })
    client.query(query)
  })
}

class CopyIn extends pg.Query {
  readonly #bytes: Buffer

  constructor(text: string, bytes: Buffer) {
    super({ text })
    this.#bytes = bytes
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(this.#bytes)
    connection.endCopyFrom()
  }
}

/** Loads whole rows in the text format by a `copy … from stdin`. */
export async function copyIn(client: pg.Client, text: string, bytes: Buffer): Promise<void> {
  await send(client, new CopyIn(text, bytes))
}

class CopyOut extends pg.Query {
  readonly #take: (row: Buffer, connection: CopyConnection) => void

  constructor(text: string, take: (row: Buffer, connection: CopyConnection) => void) {
    super({ text })
    this.#take = take
  }

  handleCopyData({ chunk }: { chunk: Buffer }, connection: CopyConnection): void {
    this.#take(chunk, connection)
  }
}

export interface CopiedChunk {
  bytes: Buffer
  rows: number
}

/** What a `copy … to stdout` sends, in chunks of whole rows; the server waits while nobody takes the next. */
export async function* copyOut(client: pg.Client, text: string): AsyncGenerator<CopiedChunk> {
  let rows: Buffer[] = []
  let size = 0
  let isDone = false
  let failure: Error | undefined
  let connection: CopyConnection | undefined
  let wake = () => {}
  const query = new CopyOut(text, (row, from) => {
    connection = from
    // the parser uses its buffer again
    rows.push(Buffer.from(row))
    size += row.length
    if (size < CHUNK) return
    from.stream.pause()
    wake()
  })
  const ended = send(client, query)
    .catch((error: Error) => {
      failure = error
    })
    .finally(() => {
      isDone = true
      wake()
    })
  try {
    while (!isDone || size > 0) {
      if (!isDone && size < CHUNK) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      if (failure) throw failure
      const chunk = { bytes: Buffer.concat(rows), rows: rows.length }
      rows = []
      size = 0
      connection?.stream.resume()
      if (chunk.rows > 0) yield chunk
    }
  } finally {
    connection?.stream.resume()
    await ended
  }
}
