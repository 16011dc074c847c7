import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '#kernel/database/settings.ts'
import { startServer } from '#main'

export interface Product {
  url: string
  stop(): Promise<void>
}

/** The product with the demonstration in it, on a data folder and a port of its own; `webFolder` is the built web. */
export async function startProduct(webFolder: string): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'shots-'))
  // Started by root, the embedded database runs as another user, who must be let through.
  await chmod(folder, 0o711)
  const settings = readSettings({ DATA_DIR: folder, HOST: '127.0.0.1', PORT: '0' })
  const started = await startServer(settings, { demonstration: true, webFolder })
  await started.filled
  return {
    url: started.address,
    stop: async () => {
      await started.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
