import assert from 'node:assert/strict'
import type { Client, Reply } from '#test/client.ts'

// What a landing must look like to the person at the screen.

/** Refused as the catalogue says it, with the time after which to come again. */
export function isTypedRefusal(reply: Reply): void {
  assert.equal(reply.status, 503, reply.text)
  assert.match(reply.headers.get('retry-after') ?? '', /^\d+$/)
  assert.ok(['database.unavailable', 'write.unknown', 'write.busy'].includes(reply.body.code), reply.text)
}

export const isServed = (client: Client) => async () => (await client.get('/cases')).status === 200

/** A new case whose cause tells it from all others. */
export function caseOf(cause: string) {
  return { kind: '执行复议', cause, filedOn: '2021-09-30', creditors: [{ name: '某某' }], debtors: [] }
}
