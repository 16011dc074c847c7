import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { finish } from './command/say.ts'
import { lostDefects, planted } from './plant/anchors.ts'
import { DEFECTS, type Defect } from './plant/defects.ts'

// npm run plant [-- --only PART]: plants one defect after another into a copy of the tree and runs the tests that must
// notice it. With --check it only says which defect has lost its place. Exit status 1 where one stays unnoticed or has.
// Last line: one JSON object.

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, check: { type: 'boolean', default: false } },
})
if (values.check) {
  const lost = lostDefects()
  await finish(JSON.stringify({ defects: DEFECTS.length, lost }), lost.length === 0 ? 0 : 1)
}
const root = new URL('../', import.meta.url).pathname
const chosen = DEFECTS.filter((defect) => `${defect.name} ${defect.file}`.includes(values.only))
const copy = await mkdtemp(join(tmpdir(), 'ecc-plant-'))
const unnoticed: string[] = []
try {
  await copyTree()
  // Tests that fail without a defect would notice anything.
  const tests = [...new Set(chosen.flatMap((defect) => defect.tests.flatMap(testFiles)))]
  if (!passes(tests, 2)) throw new Error('the tests fail without any defect; nothing can be shown by them')
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
  await writeFile(path, planted(sound, defect))
  const noticed = !passes(defect.tests.flatMap(testFiles))
  await writeFile(path, sound)
  return noticed
}

/** What the tests say goes to `said`: standard error, or nowhere where they are meant to fail. */
function passes(files: readonly string[], said: 2 | 'ignore' = 'ignore'): boolean {
  const args = ['--test', '--test-reporter=dot', '--test-concurrency=2', ...files]
  return spawnSync(process.execPath, args, { cwd: copy, stdio: ['ignore', said, said] }).status === 0
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
