import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings, type Settings } from '#kernel/database/settings.ts'

const MEMORY_FOLDER = '/dev/shm'
const MEMORY_LEAST = 6 * 2 ** 30

/**
 * Gives `work` a folder for the Postgres of a run of tests; it is gone afterwards. Each test has a database of its own,
 * which is hundreds of files: where there is memory for them, they never see a disk.
 */
export async function withRunFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const memory = await statfs(MEMORY_FOLDER).catch(() => null)
  const isRoomy = memory !== null && Math.min(memory.bavail * memory.bsize, process.availableMemory()) > MEMORY_LEAST
  const folder = await mkdtemp(join(isRoomy ? MEMORY_FOLDER : tmpdir(), 'ecc-run-'))
  // Where we are root, Postgres runs as another user.
  await chmod(folder, 0o711)
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** As `withRunFolder`, with an embedded Postgres in the folder, or with the given one. */
export async function withRunServer<T>(
  asked: Partial<Pick<Settings, 'databaseUrl' | 'sharedBuffers'>>,
  work: (url: string, folder: string) => Promise<T>,
): Promise<T> {
  return withRunFolder(async (folder) => {
    const server = await openDatabaseServer({ ...readSettings({ DATA_DIR: folder }), ...asked }, { durable: false })
    try {
      return await work(server.url, folder)
    } finally {
      await server.release()
    }
  })
}
