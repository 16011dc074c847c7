import assert from 'node:assert/strict'
import { codeOf, stepOf } from '#kernel/second-factor/totp.ts'
import type { Client } from './client.ts'
import type { TestServer } from './harness.ts'

// Somebody's phone, for tests: reads the secret as an authenticator does and shows its codes.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function bytesOf(secret: string): Buffer {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** The code that the phone shows now, or so many steps of half a minute later. */
export function codeNow(server: Pick<TestServer, 'deviceTime'>, secret: string, later = 0): string {
  return codeOf(bytesOf(secret), stepOf(server.deviceTime.now()) + later)
}

/** Enrols somebody who is signed in; the code of this half minute is used up by it. */
export async function enrol(
  server: TestServer,
  client: Client,
): Promise<{ secret: string; link: string; recoveryCodes: string[] }> {
  const { secret, link } = await client.do('/me/second-factor')
  const { recoveryCodes } = await client.do('/me/second-factor/confirm', { code: codeNow(server, secret) })
  assert.equal(recoveryCodes.length, 8)
  return { secret, link, recoveryCodes }
}
