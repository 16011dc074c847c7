import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { DEMONSTRATION_PASSWORD } from '#kernel/organisation/demonstration.ts'

// Somebody of the demonstration at work: signed in, each act a request like those of his browser.

interface Reply {
  code?: string
  items?: unknown
}

export interface Hand {
  read<T>(path: string): Promise<T>
  /** Posts, and the answer is a success. */
  do<T>(path: string, body?: object): Promise<T>
  put(path: string, body: object): Promise<void>
  /** Takes an act on a thing as it now stands. */
  act<T>(thing: string, name: string, answers?: object): Promise<T>
  attach(thing: string, document: string, file: { name: string; content: Buffer }): Promise<void>
}

/** Signs somebody in. From the signal on nothing more is asked for. */
export async function signIn(server: FastifyInstance, username: string, signal: AbortSignal): Promise<Hand> {
  let cookie = ''

  async function ask(method: 'GET' | 'POST' | 'PUT', path: string, payload?: object | Buffer, type?: string) {
    signal.throwIfAborted()
    return server.inject({
      method,
      url: `/api${path}`,
      headers: {
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
        ...(type ? { 'content-type': type } : {}),
        cookie,
      },
      ...(payload === undefined ? {} : { payload }),
    })
  }

  async function send<T>(method: 'GET' | 'POST' | 'PUT', path: string, payload?: object): Promise<T> {
    let reply = await ask(method, path, payload)
    if (reply.statusCode === 403 && reply.json<Reply>().code === 'session.proof-required') {
      await send('POST', '/me/proof', { password: DEMONSTRATION_PASSWORD })
      reply = await ask(method, path, payload)
    }
    if (reply.statusCode >= 300) throw new Error(`${username} ${method} ${path}: ${reply.statusCode} ${reply.body}`)
    if (path === '/session') cookie = String(reply.headers['set-cookie']).split(';')[0] ?? ''
    return reply.json<T>()
  }

  await send('POST', '/session', { username, password: DEMONSTRATION_PASSWORD })
  return {
    read: (path) => send('GET', path),
    do: (path, body = {}) => send('POST', path, body),
    put: async (path, body) => void (await send('PUT', path, body)),
    async act(thing, name, answers = {}) {
      const { version } = await send<{ version: number }>('GET', thing)
      return send('POST', `${thing}/${name}`, { version, ...answers })
    },
    async attach(thing, document, { name, content }) {
      const form = new FormData()
      form.set('document', document)
      form.set('shelfMark', '2021-执-卷宗柜1')
      form.set('file', new Blob([new Uint8Array(content)]), name)
      const asSent = new Response(form)
      const type = asSent.headers.get('content-type') ?? ''
      const reply = await ask('POST', `${thing}/attachments`, Buffer.from(await asSent.arrayBuffer()), type)
      if (reply.statusCode >= 300) throw new Error(`${username} attach ${thing}: ${reply.statusCode} ${reply.body}`)
    },
  }
}
