import { connect, type Socket } from 'node:net'

// One connection kept open, one request after the other, written as it stands: what no HTTP library would send can be
// sent here, and an answer of every form is read.

export interface Answer {
  status: number
  /** Its media type, without parameters. */
  type: string
  head: string
  body: string
}

const ANSWER_LIMIT_MS = 30_000

export class Line {
  readonly #port: number
  readonly #from: string
  #socket: Socket | null = null
  #bytes = Buffer.alloc(0)
  #heard: () => void = () => {}
  #ended: Error | null = null

  /** `from` is the address of this machine that the server sees. */
  constructor(port: number, from = '127.0.0.1') {
    this.#port = port
    this.#from = from
  }

  /** Throws where no answer comes. */
  async ask(request: Buffer, isBodiless = false): Promise<Answer> {
    if (!this.#socket || this.#socket.destroyed || this.#ended) this.#open()
    const socket = this.#socket as Socket
    socket.write(request)
    const timer = setTimeout(() => socket.destroy(new Error('no answer in time')), ANSWER_LIMIT_MS)
    try {
      for (;;) {
        const answer = readAnswer(this.#bytes, isBodiless, this.#ended !== null)
        if (answer) {
          this.#bytes = this.#bytes.subarray(answer.length)
          if (answer.isLast) this.close()
          return answer
        }
        if (this.#ended) throw this.#ended
        await new Promise<void>((resolve) => {
          this.#heard = resolve
        })
      }
    } finally {
      clearTimeout(timer)
    }
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = null
  }

  #open(): void {
    this.#bytes = Buffer.alloc(0)
    this.#ended = null
    const socket = connect({ port: this.#port, host: '127.0.0.1', localAddress: this.#from, noDelay: true })
    this.#socket = socket
    const end = (error: Error) => {
      if (this.#socket !== socket) return
      this.#ended ??= error
      this.#heard()
    }
    socket.on('data', (part) => {
      if (this.#socket !== socket) return
      this.#bytes = this.#bytes.length === 0 ? part : Buffer.concat([this.#bytes, part])
      this.#heard()
    })
    socket.on('error', end)
    socket.on('close', () => end(new Error('the connection was closed without an answer')))
  }
}

const HEAD_END = Buffer.from('\r\n\r\n')

interface Read extends Answer {
  /** Bytes that it took. */
  length: number
  /** Nothing more comes on this connection. */
  isLast: boolean
}

/** The first answer among these bytes; null where it is not whole yet. */
function readAnswer(bytes: Buffer, isBodiless: boolean, isOver: boolean): Read | null {
  const end = bytes.indexOf(HEAD_END)
  if (end < 0) return null
  const head = bytes.toString('latin1', 0, end)
  const start = end + HEAD_END.length
  const status = Number(head.slice(9, 12))
  const type = (/\r\ncontent-type: *([^\r;]*)/i.exec(head)?.[1] ?? '').trim()
  const isLast = /\r\nconnection: *close/i.test(head)
  const made = (body: Buffer, length: number, last = isLast): Read => ({
    status,
    type,
    head,
    body: body.toString('utf8'),
    length,
    isLast: last,
  })
  // A stream of events never ends.
  if (type === 'text/event-stream') return made(Buffer.alloc(0), bytes.length, true)
  if (isBodiless || status === 204 || status === 304) return made(Buffer.alloc(0), start)
  const size = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (size !== undefined) {
    const whole = start + Number(size)
    return bytes.length < whole ? null : made(bytes.subarray(start, whole), whole)
  }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    const read = readChunks(bytes, start)
    return read && made(read.body, read.length)
  }
  return isOver ? made(bytes.subarray(start), bytes.length, true) : null
}

function readChunks(bytes: Buffer, start: number): { body: Buffer; length: number } | null {
  const parts: Buffer[] = []
  for (let at = start; ; ) {
    const line = bytes.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    const next = line + 2 + size + 2
    if (bytes.length < next) return null
    if (size === 0) return { body: Buffer.concat(parts), length: next }
    parts.push(bytes.subarray(line + 2, next - 2))
    at = next
  }
}
