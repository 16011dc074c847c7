import { setPriority } from 'node:os'
import { parseArgs } from 'node:util'
import { finish } from './command/say.ts'
import { GROUPS } from './mutation/groups.ts'
import { withPlace } from './mutation/place.ts'
import { type Mutant, mutate } from './mutation/stryker.ts'
import { SURVIVORS } from './mutation/survivors.ts'

// npm run mutate [-- --only PART --concurrency 2]: Stryker changes the clocks, the permissions and the record in a copy
// of the tree, one small change at a time, and runs the tests that must notice. Every mutant that lives on is printed
// with the reason why it may, from mutation/survivors.ts. Exit status 1 where one has none or a folder stays below the
// goal. Last line: one JSON object.

const GOAL_PERCENT = 85

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, concurrency: { type: 'string', default: '2' } },
})
// Other work on the machine goes first.
setPriority(10)
const groups = GROUPS.filter(({ files }) => files.some((file) => file.includes(values.only)))
const hasDatabase = groups.some(({ isStored }) => isStored)
const mutants = await withPlace(hasDatabase, async (place) => {
  const all: Mutant[] = []
  for (const group of groups) all.push(...(await mutate(place, group, Number(values.concurrency))))
  return all
})

const survivors = mutants.filter(({ killed }) => !killed)
let unexplained = 0
for (const { file, line, text } of survivors) {
  const why = SURVIVORS.find((one) => file.endsWith(one.file) && isText(one.mutant, text))?.why
  if (!why) unexplained += 1
  console.log(`${file}:${line} ${text}\n  ${why ?? '没有说明'}`)
}
const folders = Object.fromEntries(
  [...new Set(mutants.map(({ folder }) => folder))].map((folder) => [
    folder,
    scoreOf(mutants.filter((mutant) => mutant.folder === folder)),
  ]),
)
const ok = unexplained === 0 && Object.values(folders).every(({ score }) => score >= GOAL_PERCENT)
await finish(JSON.stringify({ ok, ...scoreOf(mutants), unexplained, folders }), ok ? 0 : 1)

function isText(mutant: string, text: string): boolean {
  const [head = '', tail] = mutant.split('…')
  return tail === undefined ? text === head : text.startsWith(head) && text.endsWith(tail)
}

function scoreOf(all: readonly Mutant[]) {
  const killed = all.filter((mutant) => mutant.killed).length
  const score = all.length === 0 ? 0 : Math.round((killed / all.length) * 1_000) / 10
  return { mutants: all.length, killed, survived: all.length - killed, score }
}
