import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { DEMONSTRATION_PASSWORD } from '#kernel/organisation/demonstration.ts'
import { noteAct, noteRead } from './articles.ts'

// A person's browser without the browser: a cookie, an idempotency key for each write, JSON in and out.

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

export interface Reply {
  status: number
  body: Json
  text: string
  headers: Headers
}

interface Sending {
  key?: string
  headers?: Record<string, string>
}

export class Client {
  readonly #address: string
  readonly username: string | null
  #cookie = ''
  #password = ''
  /** Whether a demand for 重新验证身份 is met with the password and the same request sent again, as the office does. */
  provesItself = true

  constructor(address: string, username: string | null) {
    this.#address = address
    this.username = username
  }

  get cookie(): string {
    return this.#cookie
  }

  /** Signs in, unless the session still holds. */
  async signIn(password: string = DEMONSTRATION_PASSWORD): Promise<void> {
    if (this.#cookie && (await this.send('GET', '/me')).status === 200) return
    const reply = await this.send('POST', '/session', { username: this.username, password })
    assert.equal(reply.status, 200, `${this.username} could not sign in: ${reply.text}`)
    this.takeSession(reply, password)
  }

  /** Goes on with the session that an answer to signing in has opened. */
  takeSession(reply: Reply, password: string): void {
    this.#cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    this.#password = password
  }

  /** Forgets the session without ending it: the next sign-in opens a new one. */
  forget(): void {
    this.#cookie = ''
  }

  /** 重新验证身份, by the password of the last sign-in or what is said instead. */
  prove(said: { password?: string; code?: string } = { password: this.#password }): Promise<Reply> {
    return this.post('/me/proof', said)
  }

  get(path: string): Promise<Reply> {
    return this.send('GET', path)
  }

  post(path: string, body: unknown = {}, sending: Sending = {}): Promise<Reply> {
    return this.send('POST', path, body, sending)
  }

  put(path: string, body: unknown, sending: Sending = {}): Promise<Reply> {
    return this.send('PUT', path, body, sending)
  }

  /** As `get`, and the answer is a success. */
  async read(path: string): Promise<Json> {
    const reply = await this.get(path)
    assert.equal(reply.status, 200, `GET ${path}: ${reply.text}`)
    return reply.body
  }

  /** As `post`, and the answer is a success. */
  async do(path: string, body: unknown = {}): Promise<Json> {
    const reply = await this.post(path, body)
    assert.ok(reply.status < 300, `POST ${path}: ${reply.status} ${reply.text}`)
    return reply.body
  }

  /** Posts a file with fields as multipart. */
  async upload(
    path: string,
    fields: Record<string, string>,
    file: { name: string; content: Uint8Array },
  ): Promise<Reply> {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('file', new Blob([Buffer.from(file.content)]), file.name)
    return this.#fetch('POST', path, form, { 'idempotency-key': randomUUID() })
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    { key = randomUUID(), headers = {} }: Sending = {},
  ): Promise<Reply> {
    const content = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
    const all = {
      ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'GET' ? {} : { 'idempotency-key': key }),
      ...headers,
    }
    const reply = await this.#fetch(method, path, content, all)
    if (reply.body?.code !== 'session.proof-required' || !this.provesItself) return reply
    if ((await this.prove()).status !== 200) return reply
    return this.#fetch(method, path, content, all)
  }

  async #fetch(
    method: string,
    path: string,
    content: BodyInit | undefined,
    headers: Record<string, string>,
  ): Promise<Reply> {
    const response = await fetch(`${this.#address}/api${path}`, {
      method,
      headers: { ...headers, ...(this.#cookie ? { cookie: this.#cookie } : {}) },
      ...(content === undefined ? {} : { body: content }),
    })
    const text = await response.text()
    if (response.ok && method === 'GET') noteRead()
    if (response.ok && method !== 'GET' && path !== '/session') noteAct()
    const isJson = (response.headers.get('content-type') ?? '').includes('json')
    return { status: response.status, body: isJson && text ? JSON.parse(text) : null, text, headers: response.headers }
  }
}
