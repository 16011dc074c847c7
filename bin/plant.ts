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
// notice it. With --check it only says which defect has lost its place. Exit status 1 where one stays unnoticed,
// was not tried because its tests fail by themselves, or has lost its place. Last line: one JSON object.

const ROOT = join(import.meta.dirname, '..')

type Outcome = 'noticed' | 'unnoticed' | 'untried'
const MARKS: Readonly<Record<Outcome, string>> = { noticed: '✔', unnoticed: '✖', untried: '?' }

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
// Test files that fail without a defect would notice anything: each is tried on the sound tree first.
const sound = new Map<string, boolean>()
const results = await withPlace(true, async (place) => {
  const copy = join(place.folder, 'tree')
  await copyTree(copy)
  const told: { name: string; outcome: Outcome }[] = []
  for (const defect of chosen) {
    const outcome = await tryDefect(place, copy, defect)
    process.stderr.write(`${MARKS[outcome]} ${defect.name}\n`)
    told.push({ name: defect.name, outcome })
  }
  return told
})
const named = (wanted: Outcome) => results.filter(({ outcome }) => outcome === wanted).map(({ name }) => name)
const noticed = named('noticed').length
await finish(
  JSON.stringify({ planted: chosen.length, noticed, unnoticed: named('unnoticed'), untried: named('untried') }),
  noticed === chosen.length ? 0 : 1,
)

async function tryDefect(place: Place, copy: string, defect: Defect): Promise<Outcome> {
  for (const file of defect.tests) {
    if (!sound.has(file)) sound.set(file, (await passes(place, copy, [file])) || (await passes(place, copy, [file])))
  }
  if (!defect.tests.every((file) => sound.get(file))) return 'untried'
  return (await isNoticed(place, copy, defect)) ? 'noticed' : 'unnoticed'
}

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
