import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// The files of the repository as the checks see them: everything that is not ignored, read once.

export interface TreeFile {
  /** Path from the root of the repository, with '/'. */
  path: string
  sizeBytes: number
  /** Decoded as UTF-8; binary files keep replacement characters. */
  text: string
}

const ROOT = join(import.meta.dirname, '..')

/**
 * All files below the root but those in folders that .gitignore names ('/shots/' at the root only, 'data/' anywhere).
 */
export function readTree(): TreeFile[] {
  const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n')
  return filesBelow('', new Set([...ignored, '/.git/']))
}

function filesBelow(folder: string, ignored: ReadonlySet<string>): TreeFile[] {
  const found: TreeFile[] = []
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (ignored.has(`${entry.name}/`) || ignored.has(`/${path}/`) || entry.name.endsWith('.log')) continue
    if (entry.isDirectory()) found.push(...filesBelow(path, ignored))
    else if (entry.isFile()) found.push(readTreeFile(path))
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function readTreeFile(path: string): TreeFile {
  const bytes = readFileSync(join(ROOT, path))
  return { path, sizeBytes: bytes.length, text: bytes.toString('utf8') }
}
