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

/** All files below the root but those in folders that .gitignore names. */
export function readTree(): TreeFile[] {
  const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('/'))
    .map((line) => line.replaceAll('/', ''))
  return filesBelow('', new Set([...ignored, '.git']))
}

function filesBelow(folder: string, skipped: ReadonlySet<string>): TreeFile[] {
  const found: TreeFile[] = []
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (skipped.has(entry.name) || entry.name.endsWith('.log')) continue
    if (entry.isDirectory()) found.push(...filesBelow(path, skipped))
    else if (entry.isFile()) found.push(readTreeFile(path))
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function readTreeFile(path: string): TreeFile {
  const bytes = readFileSync(join(ROOT, path))
  return { path, sizeBytes: bytes.length, text: bytes.toString('utf8') }
}
