import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sm2 } from 'sm-crypto-v2'

// SM2 with SM3 (GB/T 32918) and the standard's user id; r and s as 128 hex digits, for DER can be written in several
// ways and a changed byte might pass. Never node:crypto's sign(), which is ECDSA on the same curve. Here signatures are
// only checked; who makes them stands in checkpoint-signer.ts.

export const SM2_FORM = { hash: true, der: false, userId: '1234567812345678' } as const

export interface PublicKey {
  /** Half of the SM3 digest of the key. */
  id: string
  holds(text: string, signature: string): boolean
}

/** The name by which statements call a key: 32 hexadecimal digits. */
export function keyIdOf(publicKeyHex: string): string {
  return createHash('sm3').update(publicKeyHex, 'hex').digest('hex').slice(0, 32)
}

/** A public SM2 key of 130 hexadecimal digits, ready to check signatures; a malformed signature does not hold. */
export function publicKeyOf(hex: string): PublicKey {
  // Six times as fast as with the text: an archive holds years of checkpoints.
  const point = sm2.precomputePublicKey(hex)
  return {
    id: keyIdOf(hex),
    holds: (text, signature) => {
      try {
        return sm2.doVerifySignature(text, signature, point, SM2_FORM)
      } catch {
        return false
      }
    },
  }
}

/** Every public key (*.pub) of a folder: the server's own, those of other servers on the same database, former ones. */
export async function readPublicKeys(folder: string): Promise<PublicKey[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.pub')).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.map((text) => publicKeyOf(text.trim()))
}
