import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '#bench/random.ts'
import { DEMONSTRATION_PASSWORD } from '#kernel/organisation/demonstration.ts'
import type { Outcome, Write, WriteLog } from './write-log.ts'

// One person at one screen: asks whichever server answers, and sends a write whose fate is unknown again with its key.

const HANG_LIMIT_MS = 30_000
const GIVE_UP_MS = 60_000
const AGAIN_MS = 50
const UNAVAILABLE = 503
/** The server says of these that nothing was changed. */
const WITHOUT_EFFECT = ['database.unavailable', 'write.busy', 'storage.unavailable', 'server.stopping']

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any

export interface Content {
  path: string
  body?: unknown
  /** A file with its fields, as multipart. */
  form?: { fields: Readonly<Record<string, string>>; name: string; bytes: Buffer }
}

interface Answer {
  status: number
  text: string
  cookie: string
}

export class WritingClient {
  readonly username: string
  readonly random: Random
  readonly #servers: readonly { address: string }[]
  readonly #log: WriteLog
  #cookie = ''
  #at: number

  constructor(username: string, servers: readonly { address: string }[], random: Random, log: WriteLog) {
    this.username = username
    this.random = random
    this.#servers = servers
    this.#log = log
    this.#at = random.whole(0, servers.length - 1)
  }

  async signIn(): Promise<void> {
    const body = { username: this.username, password: DEMONSTRATION_PASSWORD }
    const answer = await this.#until('POST', { path: '/session', body }, ({ status }) => status === 200)
    this.#cookie = answer.cookie
  }

  /** Reads, from whichever server can answer. */
  async read(path: string): Promise<Json> {
    const answer = await this.#until('GET', { path }, ({ status }) => status === 200)
    return JSON.parse(answer.text)
  }

  /** True where the server with this number answers a read now. */
  async isServedBy(number: number): Promise<boolean> {
    const answer = await this.#send('GET', { path: '/me' }, null, number)
    return answer?.status === 200
  }

  /** Sends a write until its fate is known, logs it, and returns what was answered; null where it was refused. */
  async write(write: Write, content: Content): Promise<Json> {
    let wasUnknown = false
    let tries = 0
    for (const began = performance.now(); ; await sleep(AGAIN_MS)) {
      tries += 1
      const answer = await this.#send('POST', content, write.key, this.#at)
      const outcome = answer && this.#outcomeOf(answer)
      // A refusal that promises no effect is taken at its word half of the time: the final reads see whether it is
      // kept.
      const again = outcome?.result === 'refused' && outcome.status === UNAVAILABLE && this.random.chance(0.5)
      if (outcome && !again && !(outcome.result === 'refused' && outcome.status === UNAVAILABLE && wasUnknown)) {
        this.#log.add({ ...write, outcome, tries, wasUnknown })
        return outcome.result === 'acknowledged' ? JSON.parse(outcome.text) : null
      }
      wasUnknown ||= !outcome
      this.#at = (this.#at + 1) % this.#servers.length
      if (performance.now() - began > GIVE_UP_MS) {
        this.#log.violation(`写操作 ${write.action} 一分钟内没有确定结果（${write.key}）`)
        return null
      }
    }
  }

  /** What an answer settles; null where the write's fate stays unknown. */
  #outcomeOf({ status, text }: Answer): Outcome | null {
    if (status < 300) return { result: 'acknowledged', status, text }
    const code = codeOf(text)
    if (status === UNAVAILABLE) {
      if (code !== 'write.unknown' && !WITHOUT_EFFECT.includes(code)) this.#log.violation(`503 没有规定的代码：${text}`)
      return WITHOUT_EFFECT.includes(code) ? { result: 'refused', status, code } : null
    }
    if (status >= 500 || status === 401) this.#log.violation(`意外的答复 ${status}：${text}`)
    return { result: 'refused', status, code }
  }

  async #until(method: string, content: Content, good: (answer: Answer) => boolean): Promise<Answer> {
    for (const began = performance.now(); performance.now() - began < GIVE_UP_MS; await sleep(AGAIN_MS)) {
      const answer = await this.#send(method, content, null, this.#at)
      if (answer && good(answer)) return answer
      if (answer && answer.status !== UNAVAILABLE) {
        throw new Error(`${method} ${content.path}: ${answer.status} ${answer.text}`)
      }
      this.#at = (this.#at + 1) % this.#servers.length
    }
    throw new Error(`${method} ${content.path} 一分钟内没有答复`)
  }

  /** One attempt; null where the line broke off before the whole answer was there. */
  async #send(method: string, content: Content, key: string | null, number: number): Promise<Answer | null> {
    const headers: Record<string, string> = { cookie: this.#cookie }
    if (key !== null) headers['idempotency-key'] = key
    if (content.body !== undefined) headers['content-type'] = 'application/json'
    const began = performance.now()
    try {
      const response = await fetch(`${this.#servers[number]?.address}/api${content.path}`, {
        method,
        headers,
        body: bodyOf(content),
        signal: AbortSignal.timeout(HANG_LIMIT_MS),
      })
      const text = await response.text()
      if (response.status === UNAVAILABLE && response.headers.get('retry-after') === null)
        this.#log.violation(`503 没有 Retry-After：${content.path}`)
      return { status: response.status, text, cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '' }
    } catch {
      if (performance.now() - began >= HANG_LIMIT_MS)
        this.#log.violation(`${method} ${content.path} ${HANG_LIMIT_MS / 1_000} 秒没有答复`)
      return null
    }
  }
}

function bodyOf({ body, form }: Content): BodyInit | null {
  if (!form) return body === undefined ? null : JSON.stringify(body)
  const parts = new FormData()
  for (const [name, value] of Object.entries(form.fields)) parts.set(name, value)
  parts.set('file', new Blob([new Uint8Array(form.bytes)]), form.name)
  return parts
}

function codeOf(text: string): string {
  try {
    return String((JSON.parse(text) as { code?: unknown }).code)
  } catch {
    return ''
  }
}
