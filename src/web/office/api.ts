import { isAttended, noteUse } from './activity.ts'
import type { FieldProblem } from './wire.ts'

// The only place that talks to the server. Pages name an address and a body; refusals come back as Refusal.

/** A refusal of the server: what happened, what to do next, and which fields are wrong. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly next: string | null
  readonly rule: string | null
  readonly fields: FieldProblem[]

  constructor(
    status: number,
    body: Partial<{ code: string; message: string; next: string; rule: string; fields: FieldProblem[] }>,
  ) {
    super(body.message ?? '服务器没有给出说明')
    this.status = status
    this.code = body.code ?? 'unknown'
    this.next = body.next ?? null
    this.rule = body.rule ?? null
    this.fields = body.fields ?? []
  }
}

const UNREACHABLE = {
  code: 'unreachable',
  message: '无法连接服务器',
  next: '请检查网络后重试；已填写的内容仍保留在页面上。',
}

const PROOF_REQUIRED = 'session.proof-required'

let leaveForSignIn: () => void = () => undefined

/** Says what happens when a session has ended: the router shows the sign-in page. */
export function onSessionEnd(leave: () => void): void {
  leaveForSignIn = leave
}

let askForProof: () => Promise<boolean> = () => Promise.resolve(false)
let proving: Promise<boolean> | null = null

/** Says how 重新验证身份 is asked for: resolves to whether the person proved himself. */
export function onProofNeeded(ask: () => Promise<boolean>): void {
  askForProof = ask
}

/** Asks once for all requests that wait for it. */
function isProved(): Promise<boolean> {
  proving ??= askForProof().finally(() => {
    proving = null
  })
  return proving
}

/** What a page asks by itself, with nobody there, does not keep the session alive. */
function marked(init: RequestInit): RequestInit {
  const headers = { ...(init.headers as Record<string, string>), ...(isAttended() ? {} : { 'x-unattended': '1' }) }
  return { credentials: 'same-origin', ...init, headers }
}

/** A fresh idempotency key. Court intranets often serve plain http, where randomUUID does not exist. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(`/api/${path}`, marked(init))
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new Refusal(0, UNREACHABLE)
  }
  if (response.ok && isAttended()) noteUse()
  if (response.status === 204) return undefined as T
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  const body: unknown = isJson ? await response.json() : {}
  if (response.ok && isJson) return body as T
  if (response.ok)
    throw new Refusal(response.status, { message: '服务器的答复无法识别', next: '请重试；仍不行请联系系统管理员。' })
  if (response.status === 401 && path !== 'session') leaveForSignIn()
  const refusal = new Refusal(response.status, body as object)
  // The very same request again, under the same key.
  if (refusal.code === PROOF_REQUIRED && (await isProved())) return request(path, init)
  throw refusal
}

/** An address with a query; empty values are left out. */
export function address(path: string, query: Record<string, string | number | undefined | null> = {}): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? path : `${path}?${text}`
}

/** Reads an answer. Throws Refusal. */
export function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request<T>(path, signal ? { signal } : {})
}

/** Fetches a file and hands it to the browser under a name. Throws Refusal. */
export async function download(path: string, name: string): Promise<void> {
  const response = await fetch(`/api/${path}`, marked({})).catch(() => {
    throw new Refusal(0, UNREACHABLE)
  })
  if (!response.ok) {
    if (response.status === 401) leaveForSignIn()
    const refusal = new Refusal(response.status, (await response.json().catch(() => ({}))) as object)
    if (refusal.code === PROOF_REQUIRED && (await isProved())) return download(path, name)
    throw refusal
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Sends a write under an idempotency key: the same key may be sent again without a second effect. Throws Refusal. */
export function write<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown, key: string): Promise<T> {
  const headers: Record<string, string> = { 'idempotency-key': key }
  if (body instanceof FormData) return request<T>(path, { method, headers, body })
  if (body !== undefined) headers['content-type'] = 'application/json'
  return request<T>(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
}

/** True where a repeat may succeed: the network or the server failed, not the request. */
export function isTransient(error: unknown): boolean {
  return error instanceof Refusal && (error.status === 0 || error.status >= 500)
}
