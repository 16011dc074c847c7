import { sm2 } from 'sm-crypto-v2'
import { keyFile } from '#kernel/sealing/key-file.ts'
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
  const privateKey = await keyFile(folder, PRIVATE, sm2.generateKeyPairHex().privateKey)
  const publicKey = sm2.getPublicKeyFromPrivateKey(privateKey)
  await keyFile(folder, PUBLIC, publicKey)
  return {
    keyId: keyIdOf(publicKey),
    sign: (text) => sm2.doSignature(text, privateKey, { ...SM2_FORM, publicKey }),
  }
}
