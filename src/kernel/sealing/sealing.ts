import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { keyFile } from './key-file.ts'

// What must be read again but not in a dump of the database: SM4-CTR, then HMAC-SM3 over all of it, each with its own
// key. The context (whose it is, and what for) is bound in: a value copied to another row does not open there. The port
// to whatever holds the keys: here a file, in earnest a certified device.

export interface Sealing {
  seal(context: string, plain: Buffer): Buffer
  /** What was sealed under this context; null where a byte of it or its context is another. */
  open(context: string, sealed: Buffer): Buffer | null
  /** A digest that nobody can try guesses against without the key. */
  digest(context: string, text: string): Buffer
}

const FORM = 1
const CIPHER = 'sm4-ctr'
const [CIPHER_KEY_BYTES, MAC_KEY_BYTES, IV_BYTES, MAC_BYTES] = [16, 32, 16, 32]
const KEY_FILE = 'sealing.key'

/** The sealing whose keys lie in `folder`; they are made at the first start. */
export async function openFileSealing(folder: string): Promise<Sealing> {
  const fresh = randomBytes(CIPHER_KEY_BYTES + MAC_KEY_BYTES).toString('hex')
  return sealingOf(Buffer.from(await keyFile(folder, KEY_FILE, fresh), 'hex'))
}

/** A sealing by 48 bytes of key; throws for another length. */
export function sealingOf(keys: Buffer): Sealing {
  if (keys.length !== CIPHER_KEY_BYTES + MAC_KEY_BYTES) throw new Error('a sealing key has 48 bytes')
  const cipherKey = keys.subarray(0, CIPHER_KEY_BYTES)
  const mac = (use: string, context: string, content: Buffer) =>
    createHmac('sm3', keys.subarray(CIPHER_KEY_BYTES))
      .update(JSON.stringify([use, context, content.length]))
      .update(content)
      .digest()
  return {
    seal(context, plain) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(CIPHER, cipherKey, iv)
      const body = Buffer.concat([Buffer.of(FORM), iv, cipher.update(plain), cipher.final()])
      return Buffer.concat([body, mac('seal', context, body)])
    },
    open(context, sealed) {
      const body = sealed.subarray(0, -MAC_BYTES)
      if (body.length <= IV_BYTES || body[0] !== FORM) return null
      if (!timingSafeEqual(sealed.subarray(-MAC_BYTES), mac('seal', context, body))) return null
      const decipher = createDecipheriv(CIPHER, cipherKey, body.subarray(1, 1 + IV_BYTES))
      return Buffer.concat([decipher.update(body.subarray(1 + IV_BYTES)), decipher.final()])
    },
    digest: (context, text) => mac('digest', context, Buffer.from(text)),
  }
}
