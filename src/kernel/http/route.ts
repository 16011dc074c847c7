import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { PersonActor } from '#kernel/authorisation/may.ts'
import type { Role } from '#kernel/authorisation/roles.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { SessionToken } from '#kernel/organisation/sessions.ts'

// A route is declared once; validation, permission, transaction, idempotency, OpenAPI and the access tests derive from
// it.

/** Who may call a route at all: anyone, whoever is signed in, or the holders of these roles. */
export type Access = 'anyone' | 'signed-in' | readonly Role[]

export interface StoredUpload {
  digest: string
  sizeBytes: number
  path: string
  fileName: string
  fields: Record<string, string>
}

export interface Call<P, Q, B> extends Session {
  actor: PersonActor
  params: P
  query: Q
  body: B
  upload: StoredUpload | null
  /** The session under which the call is made. */
  token: SessionToken
  /** Whether its person has proved lately who he is. */
  isProved: boolean
  /** The last event that a reader of a stream got before it broke off. */
  lastEventId: string | null
}

export interface FileAnswer {
  file: Readable
  name: string
  mediaType: string
}

export interface Route<P = unknown, Q = unknown, B = unknown, R = unknown> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below /api, e.g. '/cases/:id'. */
  path: string
  summary: string
  articles: readonly string[]
  access: Access
  /** Whether the thing behind the id decides further (generic things, cases). */
  perThing: boolean
  /** One of the gravest acts: asks that password or code were proved within the last minutes (重新验证身份). */
  reauth: boolean
  /** Open also to whoever must have a second factor and has none yet. */
  beforeFactor: boolean
  /** Asked by the page without a hand: does not keep the session alive. */
  unattended: boolean
  params: z.ZodType<P> | null
  query: z.ZodType<Q> | null
  body: z.ZodType<B> | null
  /** What the document says of the body, where `body` reads it loosely and the thing's declaration decides later. */
  documentedBody: z.ZodType | null
  reply: z.ZodType<R> | null
  status: number
  /** A file of at most so many bytes comes with the request as multipart. */
  uploadLimitBytes: number | null
  /** Names in body and answer that are never stored with the idempotency key (passwords). */
  secrets: readonly string[]
  /** Refuses, before a byte of a file is kept, whom the thing behind the id does not let in. */
  admit: ((call: Session & { params: P }) => Promise<unknown>) | null
  handle: (call: Call<P, Q, B>) => Promise<R | FileAnswer>
}

type Declared<P, Q, B, R> = Pick<Route<P, Q, B, R>, 'method' | 'path' | 'summary' | 'access' | 'handle'> &
  Partial<
    Pick<
      Route<P, Q, B, R>,
      | 'articles'
      | 'perThing'
      | 'reauth'
      | 'beforeFactor'
      | 'unattended'
      | 'params'
      | 'query'
      | 'body'
      | 'documentedBody'
      | 'reply'
      | 'status'
      | 'uploadLimitBytes'
      | 'secrets'
      | 'admit'
    >
  >

/** Declares a route; what is left out is the common case: no parts, no perThing, status 200. */
export function route<P = Record<string, never>, Q = Record<string, never>, B = undefined, R = unknown>(
  declared: Declared<P, Q, B, R>,
): Route {
  const complete: Route<P, Q, B, R> = {
    articles: [],
    perThing: false,
    reauth: false,
    beforeFactor: false,
    unattended: false,
    params: null,
    query: null,
    body: null,
    documentedBody: null,
    reply: null,
    status: 200,
    uploadLimitBytes: null,
    secrets: [],
    admit: null,
    ...declared,
  }
  return complete as unknown as Route
}

/** A write needs an idempotency key and runs in a write transaction. */
export function isWrite(one: Pick<Route, 'method'>): boolean {
  return one.method !== 'GET'
}
