import { createHash } from 'node:crypto'
import { FOLDERS, MANIFEST, MANIFEST_DIGEST, type Manifest, manifest, tableOfEntry } from './manifest.ts'
import { ArchiveRefusal, damaged, readTar, type TarEntry } from './tar.ts'

const MANIFEST_MOST_BYTES = 1 << 28

export interface CheckedArchive {
  manifest: Manifest
  /** Of the manifest, and by it of all that the archive holds. */
  digest: string
}

/** Reads a backup from the first byte to the last against its own manifest. Throws ArchiveRefusal. */
export async function checkArchive(path: string): Promise<CheckedArchive> {
  const texts = new Map<string, Buffer[]>()
  const entries = await readTar(path, ({ name, size }) => {
    if (name !== MANIFEST && name !== MANIFEST_DIGEST) return null
    if (size > MANIFEST_MOST_BYTES || texts.has(name)) throw damaged(name)
    const pieces: Buffer[] = []
    texts.set(name, pieces)
    return (piece) => void pieces.push(piece)
  })
  const textOf = (name: string) => Buffer.concat(texts.get(name) ?? [])
  const digest = createHash('sm3').update(textOf(MANIFEST)).digest('hex')
  if (textOf(MANIFEST_DIGEST).toString('latin1') !== digest) throw damaged(MANIFEST)
  const told = manifest.safeParse(JSON.parse(textOf(MANIFEST).toString('utf8')))
  if (!told.success) throw new ArchiveRefusal('备份文件不是本系统的格式')
  compareEntries(entries, told.data)
  return { manifest: told.data, digest }
}

/** Throws ArchiveRefusal where what was read is not what the manifest lists, entry by entry. */
export function compareEntries(entries: readonly TarEntry[], told: Manifest): void {
  for (const [index, entry] of told.entries.entries()) {
    const found = entries[index]
    const isKnown = tableOfEntry(entry.name) !== null || FOLDERS.some((folder) => entry.name.startsWith(`${folder}/`))
    if (!isKnown || found?.name !== entry.name || found.size !== entry.size || found.digest !== entry.digest) {
      throw damaged(entry.name)
    }
  }
  if (entries.length !== told.entries.length + 2) throw new ArchiveRefusal('备份文件中有清单以外的内容')
}
