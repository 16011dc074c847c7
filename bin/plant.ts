import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { DEFECTS, type Defect } from './plant/defects.ts'

// npm run plant [-- --only PART]: plants one defect after another into a copy of the tree and runs the tests that must
// notice it. Exit status 1 where one stays unnoticed. Last line: one JSON object.

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
const root = new URL('../', import.meta.url).pathname
const chosen = DEFECTS.filter((defect) => `${defect.name} ${defect.file}`.includes(values.only))
if (chosen.length === 0) {
  process.stderr.write(`没有名称或文件含“${values.only}”的缺陷\n`)
  process.exit(2)
}
const copy = await mkdtemp(join(tmpdir(), 'ecc-plant-'))
const unnoticed: string[] = []
try {
  await copyTree()
  // Tests that fail without a defect would notice anything.
  const tests = [...new Set(chosen.flatMap((defect) => defect.tests.flatMap(testFiles)))]
  if (!passes(tests)) throw new Error('the tests fail without any defect; nothing can be shown by them')
  for (const defect of chosen) {
    const noticed = await plant(defect)
    process.stderr.write(`${noticed ? '✔' : '✖'} ${defect.name}\n`)
    if (!noticed) unnoticed.push(defect.name)
  }
} finally {
  await rm(copy, { recursive: true, force: true })
}
process.exitCode = unnoticed.length === 0 ? 0 : 1
process.stdout.write(
  `${JSON.stringify({ planted: chosen.length, noticed: chosen.length - unnoticed.length, unnoticed })}\n`,
)

async function copyTree(): Promise<void> {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  for (const file of listed
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)))) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await cp(join(root, file), join(copy, file))
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
}

async function plant(defect: Defect): Promise<boolean> {
  const path = join(copy, defect.file)
  const sound = await readFile(path, 'utf8')
  if (sound.split(defect.find).length !== 2)
    throw new Error(`'${defect.name}' does not find its place in ${defect.file}`)
  await writeFile(
    path,
    sound.replace(defect.find, () => defect.put),
  )
  const noticed = !passes(defect.tests.flatMap(testFiles))
  await writeFile(path, sound)
  return noticed
}

function passes(files: readonly string[]): boolean {
  const args = ['--test', '--test-concurrency=2', ...files]
  return spawnSync(process.execPath, args, { cwd: copy, stdio: 'ignore', timeout: 600_000 }).status === 0
}

/** A test file itself, or the test files of a folder. */
function testFiles(path: string): string[] {
  const full = join(copy, path)
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(path, name))
}
