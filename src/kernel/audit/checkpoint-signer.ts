import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sm2 } from 'sm-crypto-v2'
import { keyIdOf, SM2_FORM } from './checkpoint-signature.ts'

// The port to whatever holds the key: here a file that only its owner reads, in earnest a certified device.

export interface Signer {
  keyId: string
  /** An SM2 signature in the form of `SM2_FORM`, as hex. */
  sign(text: string): string | Promise<string>
}

const PRIVATE = 'checkpoint.key'
const PUBLIC = 'checkpoint.pub'

/** The signer whose key lies in `folder`; the key is made at the first start. */
export async function openFileSigner(folder: string): Promise<Signer> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const fresh = sm2.generateKeyPairHex()
  await putOnce(folder, PRIVATE, fresh.privateKey)
  const privateKey = (await readFile(join(folder, PRIVATE), 'utf8')).trim()
  const publicKey = sm2.getPublicKeyFromPrivateKey(privateKey)
  await putOnce(folder, PUBLIC, publicKey)
  return {
    keyId: keyIdOf(publicKey),
    sign: (text) => sm2.doSignature(text, privateKey, { ...SM2_FORM, publicKey }),
  }
}

/** The file gets its name when it is whole; of two servers that start together the second keeps the first one's key. */
async function putOnce(folder: string, name: string, text: string): Promise<void> {
  const draft = join(folder, `${name}.${randomUUID()}`)
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${text}\n`)
    await file.sync()
    await link(draft, join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await file.close()
    await rm(draft)
  }
}
