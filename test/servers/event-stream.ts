import assert from 'node:assert/strict'
import { get, type IncomingMessage } from 'node:http'

// A page that listens, for tests: the titles it has been told so far, and how its stream ended.

export interface EventStream {
  titles: string[]
  /** 'end': the server ended it; 'cut': the line broke off; null: it is open. */
  ended: 'end' | 'cut' | null
  close(): void
}

/** Opens the stream of messages with a session's cookie; resolves when the server has begun it. */
export async function openStream(address: string, cookie: string): Promise<EventStream> {
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${address}/api/stream`, { headers: { cookie } }, resolve).on('error', reject)
  })
  assert.equal(reply.statusCode, 200)
  const stream: EventStream = { titles: [], ended: null, close: () => reply.destroy() }
  let text = ''
  await new Promise<void>((begun) => {
    reply.setEncoding('utf8').on('data', (part: string) => {
      begun()
      text += part
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1]
        if (data) stream.titles.push(JSON.parse(data).title)
      }
    })
  })
  reply.on('end', () => {
    stream.ended ??= 'end'
  })
  reply.on('error', () => {
    stream.ended ??= 'cut'
  })
  return stream
}
