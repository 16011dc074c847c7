import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { lstat, mkdir, readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { underLock } from '#kernel/database/folder-lock.ts'
import { StartRefusal } from '#kernel/database/settings.ts'

// The built web interface. dist/office is a link to dist/office-<digest>, so that a new build takes the place of the
// old in one step; the one before stays for the server that still serves it.

const ROOT = join(import.meta.dirname, '..', '..')
const DIST = join(ROOT, 'dist')
const LINK = join(DIST, 'office')
const RECORD = join(DIST, 'office.json')
const ALWAYS = ['vite.config.ts', 'package-lock.json']

/** Digests of what a build was made of, by path from the root; and the folder it is in. */
interface BuildRecord {
  folder: string
  sources: Record<string, string>
}

/**
 * The folder with the web interface as the sources have it now, built where that is not there yet. Throws StartRefusal.
 */
export async function officeFolder(): Promise<string> {
  await mkdir(DIST, { recursive: true }).catch((error: unknown) => {
    throw new StartRefusal(`不能写入 ${DIST}：请检查该文件夹的归属和权限。`, { cause: error })
  })
  return (await freshFolder()) ?? underLock(`${LINK}.lock`, async () => (await freshFolder()) ?? buildFolder())
}

async function freshFolder(): Promise<string | null> {
  const record = await readRecord()
  if (record === null) return null
  const now = await digestsOf([...Object.keys(record.sources), ...(await webFiles())])
  const same = JSON.stringify(now) === JSON.stringify(record.sources)
  const folder = join(DIST, record.folder)
  return same && (await lstat(join(folder, 'index.html')).catch(() => null)) ? folder : null
}

async function buildFolder(): Promise<string> {
  process.stderr.write('正在生成网页……\n')
  const draft = join(DIST, 'office.new')
  await rm(draft, { recursive: true, force: true })
  const before = await digestsOf(await webFiles())
  const modules = await runBuild(draft)
  const own = modules.filter((path) => path.startsWith(ROOT) && !path.includes('node_modules'))
  const after = await digestsOf([
    ...own.map((path) => relative(ROOT, path.replace(/\?.*$/, ''))),
    ...Object.keys(before),
  ])
  // A file that changed meanwhile keeps its old digest, so that the next look finds the build stale.
  const sources = { ...after, ...before }
  const name = `office-${digest(JSON.stringify(sources)).slice(0, 12)}`
  await rm(join(DIST, name), { recursive: true, force: true })
  await rename(draft, join(DIST, name))
  const previous = await pointTo(name)
  await writeFile(`${RECORD}.new`, JSON.stringify({ folder: name, sources }))
  await rename(`${RECORD}.new`, RECORD)
  for (const old of await readdir(DIST)) {
    if (old.startsWith('office-') && old !== name && old !== previous) await rm(join(DIST, old), { recursive: true })
  }
  return join(DIST, name)
}

async function runBuild(outDir: string): Promise<string[]> {
  const words = [join(import.meta.dirname, 'build.ts'), outDir]
  const run = await promisify(execFile)(process.execPath, words, { maxBuffer: 64_000_000 }).catch((error: Error) => {
    throw new StartRefusal(`网页没有生成：${error.message}`, { cause: error })
  })
  return JSON.parse(run.stdout.trimEnd().split('\n').at(-1) ?? '[]') as string[]
}

/** Makes dist/office a link to `name` in one step; returns what it pointed to. */
async function pointTo(name: string): Promise<string | null> {
  const previous = await readlink(LINK).catch(() => null)
  if (previous === null) await rm(LINK, { recursive: true, force: true })
  await rm(`${LINK}.link`, { force: true })
  await symlink(name, `${LINK}.link`)
  await rename(`${LINK}.link`, LINK)
  return previous
}

/** Every source below src/web, also one that nothing imports yet. */
async function webFiles(): Promise<string[]> {
  const entries = await readdir(join(ROOT, 'src', 'web'), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
  return [...ALWAYS, ...files.map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))]
}

async function digestsOf(paths: readonly string[]): Promise<Record<string, string>> {
  const names = [...new Set(paths)].sort()
  const read = async (path: string) => [path, digest(await readFile(join(ROOT, path)).catch(() => ''))] as const
  return Object.fromEntries(await Promise.all(names.map(read)))
}

async function readRecord(): Promise<BuildRecord | null> {
  return readFile(RECORD, 'utf8').then(
    (text) => JSON.parse(text) as BuildRecord,
    () => null,
  )
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
