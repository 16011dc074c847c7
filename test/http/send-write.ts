import type { Client, Reply } from '#test/client.ts'
import type { TestServer } from '#test/harness.ts'

export interface Write {
  /** Who sends it: a username of the cast. */
  by: string
  path: string
  body?: Record<string, unknown>
  /** What was held for it is let go when it has been tried. */
  release?: () => Promise<void>
  upload?: { fields: Record<string, string>; file: { name: string; content: Uint8Array } }
}

/** Sends a write with an idempotency key, or, with null, without one. */
export async function send(server: TestServer, route: string, write: Write, key: string | null): Promise<Reply> {
  return sendAs(server.address, await server.as(write.by), route, write, key)
}

/** The same by somebody who is signed in, or was. */
export async function sendAs(
  address: string,
  client: Client,
  route: string,
  write: Write,
  key: string | null,
): Promise<Reply> {
  if (!write.upload) {
    const [method = ''] = route.split(' ')
    return client.send(method, write.path, write.body ?? {}, { key: key ?? '' })
  }
  return sendFile(address, client, write.path, write.upload, key)
}

async function sendFile(
  address: string,
  client: Client,
  path: string,
  { fields, file }: NonNullable<Write['upload']>,
  key: string | null,
): Promise<Reply> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new Blob([Buffer.from(file.content)]), file.name)
  const headers = { cookie: client.cookie, ...(key ? { 'idempotency-key': key } : {}) }
  const response = await fetch(`${address}/api${path}`, { method: 'POST', headers, body: form })
  const text = await response.text()
  return { status: response.status, body: JSON.parse(text), text, headers: response.headers }
}
