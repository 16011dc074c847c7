import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

// Keys lie in the data folder's `keys`, which only its owner reads and every backup takes along.

/** The text of a key file; where there is none yet, `fresh` is kept. Of two servers that start together one is kept. */
export async function keyFile(folder: string, name: string, fresh: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await putOnce(folder, name, fresh)
  return (await readFile(join(folder, name), 'utf8')).trim()
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
