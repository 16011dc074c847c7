import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

// Files by the digest of their content: written beside, flushed to disk, then put in place. A row that names a digest
// is committed only after the file is there.

export interface StoredBlob {
  digest: string
  sizeBytes: number
  path: string
}

export interface BlobStore {
  put(content: Readable, limitBytes: number): Promise<StoredBlob>
  read(digest: string): Readable
  pathOf(digest: string): string
}

export class BlobTooLarge extends Error {}

export function openBlobStore(folder: string): BlobStore {
  const pathOf = (digest: string) => join(folder, digest.slice(0, 2), digest)
  return {
    pathOf,
    read: (digest) => createReadStream(pathOf(digest)),
    async put(content, limitBytes) {
      await mkdir(join(folder, 'incoming'), { recursive: true })
      const incoming = join(folder, 'incoming', randomUUID())
      const hash = createHash('sm3')
      let sizeBytes = 0
      const measure = new Transform({
        transform(chunk: Buffer, _, done) {
          sizeBytes += chunk.length
          hash.update(chunk)
          done(sizeBytes > limitBytes ? new BlobTooLarge() : null, chunk)
        },
      })
      try {
        await pipeline(content, measure, createWriteStream(incoming, { mode: 0o600 }))
        const digest = hash.digest('hex')
        const path = pathOf(digest)
        await mkdir(dirname(path), { recursive: true })
        const known = await stat(path).catch(() => null)
        if (known) await rm(incoming)
        else await settle(incoming, path)
        return { digest, sizeBytes, path }
      } catch (error) {
        await rm(incoming, { force: true })
        throw error
      }
    },
  }
}

async function settle(incoming: string, path: string): Promise<void> {
  const file = await open(incoming, 'r+')
  await file.sync()
  await file.close()
  await rename(incoming, path)
  const folder = await open(dirname(path), 'r')
  await folder.sync()
  await folder.close()
}
