import { createHmac, timingSafeEqual } from 'node:crypto'

// 动态口令: RFC 6238 with HMAC-SHA1, steps of 30 seconds and six digits, which is what authenticators on phones speak.

export const SECRET_BYTES = 20
const STEP_MS = 30_000
const DIGITS = 6
/** Steps by which the phone's clock may be off, either way. */
const DRIFT = 1
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The number of the step in which an instant lies. */
export function stepOf(at: Date): number {
  return Math.floor(at.getTime() / STEP_MS)
}

/** The code of a step (RFC 4226 5.3). */
export function codeOf(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0x0f
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** The step that a code belongs to, among those around `at` that come after `usedStep`; null where there is none. */
export function stepOfCode(secret: Buffer, code: string, at: Date, usedStep: number): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const now = stepOf(at)
  let found: number | null = null
  for (let step = now - DRIFT; step <= now + DRIFT; step++) {
    const isIt = timingSafeEqual(Buffer.from(codeOf(secret, step)), Buffer.from(code))
    if (isIt && step > usedStep) found ??= step
  }
  return found
}

/** Bytes as authenticators read them: base 32 of RFC 4648, without padding. */
export function base32(bytes: Buffer): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += ALPHABET.charAt((held >>> (bits - 5)) & 31)
    held &= 0xff
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (5 - bits)) & 31) : text
}

/** The address by which an authenticator takes over a secret. */
export function otpauthLink(issuer: string, account: string, secret: Buffer): string {
  const label = encodeURIComponent(`${issuer}:${account}`)
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`
}
