import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import serializerFor from 'fast-json-stringify'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Services } from '#kernel/matter/acting.ts'
import { Problem, problem } from '#kernel/problem/problem.ts'
import { answerCall } from './answer.ts'
import { drainOnClose } from './drain.ts'
import { refuseLine } from './line-errors.ts'
import { REFUSALS, replySchema, requestSchema } from './reply-schema.ts'
import { isWrite, type Route } from './route.ts'
import { parseJson } from './text-guard.ts'
import { serveWeb } from './web-files.ts'

export interface ServerOptions {
  services: Services
  routes: readonly Route[]
  /** Folder of the built web interface; null where only the API is served. */
  webFolder: string | null
  log: (line: string) => void
  /** Routes that come before any session: signing in. */
  mount: (app: FastifyInstance) => void
}

const BODY_LIMIT_BYTES = 1_048_576
const PASSED_OVER_BYTES = 67_108_864
const DRAIN_LIMIT_MS = 10_000

/** The HTTP server of a composed application, not yet listening. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    // Whoever encrypts stands on this machine: without its word all people would have one address, and one lock.
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 200 },
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // What is wrong before any route is found, a path that can't be decoded, is refused like the rest.
    frameworkErrors: (error, request, reply) => void refuse(error, request, reply, options.log),
    clientErrorHandler: refuseLine,
    ajv: { customOptions: { strict: false } },
  })
  // Requests are read by zod in answerCall; Fastify keeps the schemas for the document only.
  app.setValidatorCompiler(() => () => true)
  // Written with the first answer of a route: all of them at once would be a third of the time of a start.
  app.setSerializerCompiler(({ schema }) => {
    let made: ((answer: unknown) => string) | undefined
    return (answer) => {
      made ??= serializerFor(schema as Parameters<typeof serializerFor>[0])
      return made(answer)
    }
  })
  app.removeContentTypeParser('application/json')
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    try {
      ;(request as WithText).bodyText = text as string
      done(null, parseJson(text as string))
    } catch (error) {
      done(error as Error)
    }
  })
  drainOnClose(app, DRAIN_LIMIT_MS)
  await app.register(cookie)
  await app.register(multipart, { limits: { files: 1, fields: 10, fieldSize: 2_000, fieldNameSize: 100 } })
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: '执行指挥中心平台', version: '1' } } })
  app.addHook('onSend', async (request, reply) => void protect(request, reply))
  app.setErrorHandler((error, request, reply) => refuse(error, request, reply, options.log))
  await app.register(async (api) => {
    options.mount(api)
    for (const one of options.routes) mount(api, one, options.services)
  })
  if (options.webFolder) await serveWeb(app, options.webFolder)
  app.setNotFoundHandler((request, reply) => notFound(request, reply, options.webFolder !== null))
  return app
}

export type WithText = FastifyRequest & { bodyText?: string }

function mount(api: FastifyInstance, one: Route, services: Services): void {
  api.route({
    method: one.method,
    url: `/api${one.path}`,
    schema: {
      summary: one.summary,
      ...(one.secrets.length > 0 ? { 'x-not-repeated': one.secrets } : {}),
      ...(one.params ? { params: requestSchema(one.params) } : {}),
      ...(one.query ? { querystring: requestSchema(one.query) } : {}),
      ...(isWrite(one) ? { headers: KEY_HEAD } : {}),
      ...bodyOf(one),
      response: { ...(one.reply ? { [one.status]: replySchema(one.reply as z.ZodType) } : {}), ...REFUSALS },
    },
    handler: (request, reply) => answerCall(services, one, request as WithText, reply),
  })
}

const KEY_HEAD = {
  type: 'object',
  properties: { 'idempotency-key': { type: 'string', minLength: 8, maxLength: 200 } },
  required: ['idempotency-key'],
}

/** What the document says of a request's body: JSON, or fields with a file. */
function bodyOf({ body, documentedBody, uploadLimitBytes }: Route): { body?: object; consumes?: string[] } {
  const said = documentedBody ?? body
  if (!said) return {}
  const schema = requestSchema(said) as { properties?: object; required?: string[] }
  if (uploadLimitBytes === null) return { body: schema }
  const properties = { ...schema.properties, file: { type: 'string', format: 'binary' } }
  return {
    consumes: ['multipart/form-data'],
    body: { ...schema, properties, required: [...(schema.required ?? []), 'file'] },
  }
}

const CONTENT_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

function protect(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('X-Content-Type-Options', 'nosniff')
  reply.header('Referrer-Policy', 'same-origin')
  reply.header('X-Frame-Options', 'DENY')
  reply.header('Content-Security-Policy', CONTENT_POLICY)
  if (request.url.startsWith('/api')) reply.header('Cache-Control', 'no-store')
}

function refuse(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: (line: string) => void,
): FastifyReply {
  const refusal = asProblem(error)
  if (refusal.status >= 500)
    log(`${request.method} ${request.routeOptions.url ?? '-'} ${refusal.code} ${causeOf(error)}`)
  // Fastify would cut the line, and who still sends might lose the answer: what comes is passed over, within reason.
  if (refusal.status === 413 && Number(request.headers['content-length']) <= PASSED_OVER_BYTES)
    reply.removeHeader('Connection')
  if (refusal.retryAfterSeconds !== null) reply.header('Retry-After', refusal.retryAfterSeconds)
  return reply
    .code(refusal.status)
    .type('application/problem+json; charset=utf-8')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(refusal.toJSON())
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const { statusCode = 500, code = '' } = error as { statusCode?: number; code?: string }
  if (statusCode === 413 || code === 'FST_REQ_FILE_TOO_LARGE') return problem('request.too-large')
  if (statusCode === 415 || code === 'FST_INVALID_MULTIPART_CONTENT_TYPE') return problem('request.media-type')
  if (statusCode >= 400 && statusCode < 500) return problem('request.malformed')
  return problem('server.fault', {}, { cause: error })
}

/** What the log may say of a fault: never a request's content. */
function causeOf(error: unknown): string {
  const cause = error instanceof Problem ? error.cause : error
  return cause instanceof Error ? `${cause.name}: ${cause.message}\n${cause.stack ?? ''}` : String(cause ?? '')
}

function notFound(request: FastifyRequest, reply: FastifyReply, hasWeb: boolean): FastifyReply {
  const wantsPage = hasWeb && request.method === 'GET' && !request.url.startsWith('/api')
  const isFile = /\.[a-z0-9]{1,8}$/i.test(request.url.split('?')[0] ?? '')
  if (wantsPage && !isFile) return reply.header('Cache-Control', 'no-cache').sendFile('index.html')
  const refusal = problem('route.not-found')
  return reply.code(404).type('application/problem+json; charset=utf-8').send(JSON.stringify(refusal.toJSON()))
}
