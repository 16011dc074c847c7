import { connect, type Socket } from 'node:net'

// Load on a server of this machine: so many connections, each with one request under way, over and over. The requests
// are whole HTTP messages, so that the client costs as little of the machine as it can.

export interface Load {
  port: number
  connections: number
  seconds: number
  /** The next request of a connection, and how many it has sent before. */
  request: (connection: number, turn: number) => string
}

export interface Measured {
  requests: number
  /** Answers that were no success, and connections that broke. */
  failures: number
  perSecond: number
  /** Milliseconds of every request. */
  times: number[]
}

/** Runs the load and measures each request. */
export async function runLoad(load: Load): Promise<Measured> {
  const times: number[] = []
  const until = performance.now() + load.seconds * 1_000
  const started = performance.now()
  const failures = await Promise.all(
    Array.from({ length: load.connections }, (_, connection) => runConnection(load, connection, until, times)),
  )
  const seconds = (performance.now() - started) / 1_000
  const failed = failures.reduce((sum, count) => sum + count, 0)
  return { requests: times.length, failures: failed, perSecond: times.length / seconds, times }
}

async function runConnection(load: Load, connection: number, until: number, times: number[]): Promise<number> {
  const socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true })
  const answers = new Answers(socket)
  let failures = 0
  try {
    for (let turn = 0; performance.now() < until; turn += 1) {
      const sent = performance.now()
      socket.write(load.request(connection, turn))
      const { status } = await answers.next()
      times.push(performance.now() - sent)
      if (status >= 300) failures += 1
    }
  } catch {
    failures += 1
  } finally {
    socket.destroy()
  }
  return failures
}

/** One request and its answer. */
export async function ask(port: number, request: string): Promise<{ status: number; body: string }> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  try {
    const answers = new Answers(socket)
    socket.write(request)
    return await answers.next()
  } finally {
    socket.destroy()
  }
}

const HEAD_END = Buffer.from('\r\n\r\n')

/** Reads answers that say their length, one after the other. */
class Answers {
  #parts: Buffer[] = []
  #size = 0
  /** Bytes of head and body together, once the head has been read. */
  #wanted: number | null = null
  #headSize = 0
  #status = 0
  #resolve: ((answer: { status: number; body: string }) => void) | null = null
  #reject: ((error: Error) => void) | null = null

  constructor(socket: Socket) {
    socket.on('data', (part: Buffer) => this.#take(part))
    socket.on('error', (error) => this.#reject?.(error))
    socket.on('close', () => this.#reject?.(new Error('the connection was closed')))
  }

  next(): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  #take(part: Buffer): void {
    this.#parts.push(part)
    this.#size += part.length
    if (this.#wanted === null) this.#readHead()
    if (this.#wanted === null || this.#size < this.#wanted) return
    const body = Buffer.concat(this.#parts).toString('utf8', this.#headSize, this.#wanted)
    const status = this.#status
    this.#parts = []
    this.#size = 0
    this.#wanted = null
    this.#resolve?.({ status, body })
  }

  #readHead(): void {
    const bytes = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts)
    const end = bytes.indexOf(HEAD_END)
    if (end < 0) return
    const head = bytes.toString('latin1', 0, end)
    this.#status = Number(head.slice(9, 12))
    this.#headSize = end + HEAD_END.length
    this.#wanted = this.#headSize + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
  }
}

/** A request that reads. */
export function getRequest(path: string, cookie = ''): string {
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${cookieLine(cookie)}\r\n`
}

/** A request that writes; `key` is its idempotency key. */
export function postRequest(path: string, body: unknown, key: string, cookie = ''): string {
  const text = JSON.stringify(body)
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${cookieLine(cookie)}Idempotency-Key: ${key}\r\n`
  return `${head}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
}

function cookieLine(cookie: string): string {
  return cookie === '' ? '' : `Cookie: sid=${cookie}\r\n`
}
