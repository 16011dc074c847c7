import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { finish } from './command/say.ts'
import { type Place, withPlace } from './mutation/place.ts'
import { lostDefects, planted } from './plant/anchors.ts'
import { DEFECTS, type Defect } from './plant/defects.ts'

// npm run plant [-- --only PART]: plants one defect after another into a copy of the tree and runs the tests that must
// notice it. With --check it only says which defect has lost its place. Exit status 1 where one stays unnoticed or has.
// Last line: one JSON object.

const ROOT = join(import.meta.dirname, '..')

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, check: { type: 'boolean', default: false } },
})
if (values.check) {
  const lost = lostDefects()
  await finish(JSON.stringify({ defects: DEFECTS.length, lost }), lost.length === 0 ? 0 : 1)
}
const chosen = DEFECTS.filter((defect) => `${defect.name} ${defect.file}`.includes(values.only))
if (chosen.length === 0) {
  process.stderr.write(`没有名称或文件含“${values.only}”的缺陷\n`)
  process.exit(2)
}
const unnoticed = await withPlace(true, async (place) => {
  const copy = join(place.folder, 'tree')
  await copyTree(copy)
  // Tests that fail without a defect would notice anything.
  const tests = [...new Set(chosen.flatMap((defect) => defect.tests))]
  if (!(await passes(place, copy, tests))) throw new Error('a test fails without any defect; nothing is shown by it')
  const missed: string[] = []
  for (const defect of chosen) {
    const noticed = await isNoticed(place, copy, defect)
    process.stderr.write(`${noticed ? '✔' : '✖'} ${defect.name}\n`)
    if (!noticed) missed.push(defect.name)
  }
  return missed
})
const noticed = chosen.length - unnoticed.length
await finish(JSON.stringify({ planted: chosen.length, noticed, unnoticed }), unnoticed.length === 0 ? 0 : 1)

async function copyTree(copy: string): Promise<void> {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
  const files = listed.toString('utf8').split('\0')
  for (const file of files.filter((path) => path !== '' && existsSync(join(ROOT, path)))) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await cp(join(ROOT, file), join(copy, file))
  }
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
}

async function isNoticed(place: Place, copy: string, defect: Defect): Promise<boolean> {
  const path = join(copy, defect.file)
  const sound = await readFile(path, 'utf8')
  await writeFile(path, planted(sound, defect))
  const isSilent = await passes(place, copy, defect.tests)
  await writeFile(path, sound)
  return !isSilent
}

/** Up to the first failure, whose name goes to standard error. */
async function passes({ databaseUrl }: Place, copy: string, files: readonly string[]): Promise<boolean> {
  const how = ['--test', '--test-isolation=none', '--test-reporter=./bin/mutation/first-failure.ts']
  const env = { ...process.env, TEST_DATABASE_URL: databaseUrl ?? '' }
  const child = spawn(process.execPath, [...how, ...files], { cwd: copy, env, stdio: ['ignore', 2, 2] })
  const [code] = await once(child, 'exit')
  return code === 0
}
