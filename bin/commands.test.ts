import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readTruth, SAMPLE_PATH } from '#test/sample.ts'
import { type Clock, secondClocks } from '#test/second-clocks.ts'

// The commands as a person calls them, on an empty data folder of their own.

interface Ended {
  status: number
  lines: number
  // biome-ignore lint/suspicious/noExplicitAny: the last line of any command
  last: any
}

function run(name: string, dataDir: string, args: string[]): Promise<Ended> {
  const path = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
  const { DATABASE_URL: _, ...env } = process.env
  return new Promise((resolve) => {
    const options = { env: { ...env, DATA_DIR: dataDir }, maxBuffer: 64 * 1024 * 1024 }
    const child = execFile(process.execPath, [path, ...args], options, (_error, stdout) => {
      const lines = stdout.trimEnd().split('\n')
      resolve({ status: child.exitCode ?? -1, lines: lines.length, last: JSON.parse(lines.at(-1) ?? '') })
    })
  })
}

async function emptyFolder(t: { after(done: () => Promise<void>): void }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ecc-commands-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test('the sample, imported twice, and its clocks equal the truth file and a second computation', async (t) => {
  const folder = await emptyFolder(t)
  const truth = await readTruth()
  const args = [SAMPLE_PATH, '--court', '吉0193', '--as-of', '2021-09-30', '--json']
  const dry = await run('import', folder, [...args, '--dry-run'])
  assert.equal(dry.last.created, 0)
  assert.deepEqual((await run('clocks', folder, ['--court', '吉0193', '--as-of', '2021-09-30', '--json'])).last, [])
  const first = await run('import', folder, args)
  assert.equal(first.status, 0)
  const firstRefused = truth.行.filter((row) => row.拒收)
  assert.deepEqual(
    first.last.refused.map(({ row, reason }: { row: number; reason: string }) => [row, reason]),
    firstRefused.map((row) => [row.行号, row.拒收]),
  )
  const flagged = truth.行.filter((row) => !row.拒收 && !row.重复 && row.补正.length > 0)
  assert.deepEqual(
    first.last.toCorrect,
    flagged.map((row) => ({ caseNumber: row.案号, reasons: row.补正 })),
  )
  const { rows, duplicates, accepted, created, updated, unchanged, amountFen } = first.last
  assert.deepEqual(
    { rows, duplicates, accepted, created, updated, unchanged, amountFen },
    {
      rows: truth.行数,
      duplicates: truth.重复行,
      accepted: truth.可入库案件数,
      created: truth.可入库案件数,
      updated: 0,
      unchanged: 0,
      amountFen: String(truth.标的合计分),
    },
  )
  const second = await run('import', folder, args)
  assert.deepEqual(second.last, { ...first.last, created: 0, unchanged: truth.可入库案件数 })

  const printed = (await run('clocks', folder, ['--court', '吉0193', '--as-of', '2021-09-30', '--json'])).last
  const expected = truth.行
    .filter((row) => row.状态 === '在执' && !row.拒收 && !row.重复)
    .flatMap((row) => secondClocks(row).map((clock) => ({ caseNumber: row.案号, ...clock })))
  const byName = (one: Clock & { caseNumber: string }) => `${one.caseNumber} ${one.node}`
  const sorted = (all: (Clock & { caseNumber: string })[]) => all.sort((a, b) => (byName(a) < byName(b) ? -1 : 1))
  assert.ok(expected.length > 1_000)
  assert.deepEqual(sorted(printed), sorted(expected))
})

test('what can not be read is refused with status 2 and one object', async (t) => {
  const folder = await emptyFolder(t)
  const broken = join(folder, '坏.xlsx')
  await writeFile(broken, 'no workbook')
  const court = ['--court', '吉0193', '--as-of', '2021-09-30', '--json']
  for (const [args, code] of [
    [[broken, ...court], 'import.broken'],
    [[join(folder, '无.xlsx'), ...court], 'import.missing'],
    [[SAMPLE_PATH, '--court', '吉9999', '--as-of', '2021-09-30', '--json'], 'command.court'],
    [[SAMPLE_PATH, '--court', '吉0193', '--as-of', '2021-02-30', '--json'], 'command.as-of'],
  ] as const) {
    const ended = await run('import', folder, [...args])
    assert.equal(ended.status, 2)
    assert.equal(ended.last.error.code, code)
    assert.match(ended.last.error.message, /[一-鿿]/)
  }
})

/** These speak to a person alone. */
const WORDS_ONLY = ['start', 'test', 'check', 'setup', 'derive']
/** These end so too, but need more than a test may take: a browser, kills under load, other tests many times over. */
const TOO_LONG = ['shots', 'crash', 'plant', 'fuzz', 'mutate']

test('every command that measures or counts ends in one line of JSON, whatever it says before', async (t) => {
  const folder = await emptyFolder(t)
  const file = join(folder, '备份.tar')
  const [from, into] = [join(folder, 'from'), join(folder, 'into')]
  const court = ['--court', '吉0193', '--as-of', '2021-09-30']
  const small = ['--courts', '4', '--cases', '40']
  const quick = ['--only', '按编号', '--rounds', '1', '--seconds', '0.05', '--connections', '2']
  // In this order: each finds what those before it left.
  const runs: Record<string, { figures: string[]; dataDir: string; args: string[] }> = {
    generate: { dataDir: from, args: small, figures: ['courts', 'cases', 'seconds', 'clock'] },
    import: { dataDir: from, args: [SAMPLE_PATH, ...court], figures: ['rows', 'accepted', 'created', 'amountFen'] },
    clocks: { dataDir: from, args: court, figures: ['cases', 'clocks', 'states'] },
    'audit:verify': { dataDir: from, args: [], figures: ['ok', 'courts', 'checkpoints'] },
    bench: { dataDir: from, args: [...small, ...quick], figures: ['figures', 'startMs', 'idleMiB', 'machine'] },
    backup: { dataDir: from, args: ['--to', file], figures: ['ok', 'rows', 'digest', 'seconds'] },
    restore: { dataDir: into, args: ['--from', file], figures: ['ok', 'rows', 'verification', 'seconds'] },
    tamper: { dataDir: into, args: ['--trials', '20', '--database', '1'], figures: ['ok', 'memory', 'database'] },
  }
  const { scripts } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  const stated = [...Object.keys(runs), ...WORDS_ONLY, ...TOO_LONG]
  assert.deepEqual(Object.keys(scripts).toSorted(), stated.toSorted(), 'say here how a new command ends')
  for (const [name, { dataDir, args, figures }] of Object.entries(runs)) {
    const ended = await run(scripts[name].split(' ').at(-1), dataDir, args)
    assert.equal(ended.status, 0, name)
    for (const figure of figures) assert.ok(figure in ended.last, `${name} does not tell ${figure}`)
    assert.ok(ended.lines > 1, `${name} has no words for a reader`)
  }
})
