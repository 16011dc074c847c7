import { Readable } from 'node:stream'
import { type Addressee, isAddressedTo, type OutboxRow } from './notices.ts'

const BUFFER_MOST_BYTES = 1_000_000
const RETRY_MS = 3_000

interface Beginning {
  courtId: number
  accountId: string
  digest: Buffer
  /** Messages above this number are its own to deliver. */
  after: bigint
  /** Some that the reader has not got lie before, and are not sent. */
  isCut: boolean
  begun: () => void
  ended: () => void
}

/** One reader's open stream of server-sent events. It counts as open once somebody really reads it. */
export class NoticeFlow extends Readable {
  readonly accountId: string
  readonly digest: Buffer
  /** Everything up to here has been seen to. */
  floor: bigint
  readonly #sent = new Set<bigint>()
  readonly #beginning: Beginning
  #isBegun = false
  #isOver = false

  constructor(beginning: Beginning) {
    super()
    this.accountId = beginning.accountId
    this.digest = beginning.digest
    this.floor = beginning.after
    this.#beginning = beginning
  }

  override _read(): void {
    if (this.#isBegun) return
    this.#isBegun = true
    // The first line also sends the answer's head, so that the browser knows at once that it is connected.
    this.push(`retry: ${RETRY_MS}\n\n`)
    const { isCut, after } = this.#beginning
    // With its number, so that it is said once.
    if (isCut) this.push(`id: ${after}\nevent: missed\ndata: ${JSON.stringify({ id: String(after) })}\n\n`)
    this.#beginning.begun()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#beginning.ended()
    done(error)
  }

  /** Sends what is addressed to the reader and new; what lies at or below `seenTo` will not be asked for again. */
  deliver(messages: readonly OutboxRow[], reader: Addressee, seenTo: bigint): void {
    if (this.#isOver) return
    for (const message of messages) {
      if (message.id <= this.floor || this.#sent.has(message.id)) continue
      this.#sent.add(message.id)
      if (isAddressedTo(message, reader)) this.#send(message)
    }
    if (seenTo > this.floor) this.floor = seenTo
    for (const id of this.#sent) if (id <= this.floor) this.#sent.delete(id)
    // A reader who takes nothing is let go; it comes back with its last number.
    if (this.readableLength > BUFFER_MOST_BYTES) this.destroy()
  }

  /** A comment now and then, so that nothing on the way takes the silence for a broken line. */
  beat(): void {
    if (this.#isBegun && !this.#isOver) this.push(': 保持连接\n\n')
  }

  /** Ends the stream; the browser comes back with its last number. What it has not taken yet is still sent. */
  finish(): void {
    this.#isOver = true
    this.push(null)
  }

  #send({ id, at, title }: OutboxRow): void {
    const data = JSON.stringify({ id: String(id), at: at.toISOString(), title })
    this.push(`id: ${id}\nevent: notice\ndata: ${data}\n\n`)
  }
}
