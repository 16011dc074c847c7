import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
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
  /** As `put`, for what is whole in memory. */
  putWhole(content: Buffer): Promise<StoredBlob>
  read(digest: string): Readable
  /** Removes what uploads left behind whose server was killed. Never throws: a full or closed folder stops no start. */
  clearAbandoned(): Promise<void>
  pathOf(digest: string): string
  /** The files whose digest begins with these two characters; `isOld`: kept for a day at least. */
  filesIn(prefix: string): Promise<{ digest: string; isOld: boolean }[]>
  /** Removes an old file unless a row names it by now; false where it stays. */
  removeUnless(digest: string, isNamed: () => Promise<boolean>): Promise<boolean>
}

const ABANDONED_AFTER_MS = 3_600_000
const OLD_AFTER_MS = 24 * 3_600_000

/** More bytes came than were allowed; nothing of them is kept. */
export class BlobTooLarge extends Error {}

// Full, over its quota, read-only, closed to us, broken, out of handles: nothing that the sender of a file could mend.
const STORAGE_FAULTS = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EMFILE', 'ENFILE']
// The folder's place is taken by something else, or was taken away under us.
const FOLDER_FAULTS = ['ENOTDIR', 'EEXIST', 'ENOENT']

/** Whether a file could not be kept because of the place where it is kept. */
export function isStorageFault(error: unknown): boolean {
  return [...STORAGE_FAULTS, ...FOLDER_FAULTS].includes((error as { code?: string } | null)?.code ?? '')
}

/**
 * The store in a folder of the data directory. `put` throws BlobTooLarge; `read` fails with ENOENT where there is none.
 */
export function openBlobStore(folder: string): BlobStore {
  const pathOf = (digest: string) => join(folder, digest.slice(0, 2), digest)
  return {
    pathOf,
    // Opened when it is read: before that nobody would hear that it is missing, and an error unheard ends the server.
    read: (digest) => Readable.from(contentOf(pathOf(digest)), { objectMode: false }),
    clearAbandoned: () => clearOld(join(folder, 'incoming')).catch(() => undefined),
    async filesIn(prefix) {
      const names = await readdir(join(folder, prefix)).catch(() => [])
      const now = names.length === 0 ? 0 : await timeIn(folder)
      return Promise.all(
        names.map(async (digest) => ({ digest, isOld: now - (await ageMark(pathOf(digest))) > OLD_AFTER_MS })),
      )
    },
    async removeUnless(digest, isNamed) {
      const aside = join(folder, 'incoming', randomUUID())
      await mkdir(dirname(aside), { recursive: true })
      await rename(pathOf(digest), aside)
      // Taken away first and looked at then: whoever stores the same content in between puts it there anew.
      const isOld = (await timeIn(folder)) - (await ageMark(aside)) > OLD_AFTER_MS
      const stays = !isOld || (await isNamed())
      if (stays) await rename(aside, pathOf(digest))
      else await rm(aside)
      return !stays
    },
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
        // Also where it is there already: it may be about to be removed as one that nobody names.
        await settle(incoming, path)
        return { digest, sizeBytes, path }
      } catch (error) {
        await rm(incoming, { force: true })
        throw error
      }
    },
    async putWhole(content) {
      const incoming = join(folder, 'incoming', randomUUID())
      const digest = createHash('sm3').update(content).digest('hex')
      const path = pathOf(digest)
      try {
        const file = await withFolder(incoming, () => open(incoming, 'wx', 0o600))
        try {
          await file.writeFile(content)
          await file.sync()
        } finally {
          await file.close()
        }
        await withFolder(path, () => rename(incoming, path))
        await syncFolder(path)
        return { digest, sizeBytes: content.length, path }
      } catch (error) {
        await rm(incoming, { force: true })
        throw error
      }
    },
  }
}

/** Does what needs the folder of a file, which is made where it is not there: it nearly always is. */
async function withFolder<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
    await mkdir(dirname(path), { recursive: true })
    return work()
  }
}

async function clearOld(folder: string): Promise<void> {
  const names = await readdir(folder)
  const now = await timeIn(folder)
  for (const name of names) {
    const path = join(folder, name)
    if (now - (await ageMark(path)) > ABANDONED_AFTER_MS) await rm(path, { force: true })
  }
}

/** The folder's own time, which may not be this machine's. */
async function timeIn(folder: string): Promise<number> {
  const probe = join(folder, `probe-${randomUUID()}`)
  await writeFile(probe, '')
  const { mtimeMs } = await stat(probe)
  await rm(probe, { force: true })
  return mtimeMs
}

/** When a file was written; one that has just gone is as young as can be. */
async function ageMark(path: string): Promise<number> {
  const found = await stat(path).catch(() => null)
  return found?.mtimeMs ?? Number.POSITIVE_INFINITY
}

async function* contentOf(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path)
}

async function settle(incoming: string, path: string): Promise<void> {
  const file = await open(incoming, 'r+')
  await file.sync()
  await file.close()
  await rename(incoming, path)
  await syncFolder(path)
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r')
  await folder.sync()
  await folder.close()
}
