import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Group } from './groups.ts'
import type { Place } from './place.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const HOME = join(import.meta.dirname, 'stryker')
const STRYKER = join(HOME, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
// Of the processor, not of the clock on the wall: a mutant that goes round for ever is one on a busy machine, too, and
// one that only has to wait is not.
const PURE_LIMIT_SECONDS = 8
const STORED_LIMIT_SECONDS = 15
const WAIT_LIMIT_MS = 300_000
const KILLED = ['Killed', 'Timeout', 'RuntimeError', 'CompileError']

export interface Mutant {
  folder: string
  file: string
  line: number
  /** `original → replacement`, in one line. */
  text: string
  killed: boolean
}

interface Report {
  files: Record<string, { source: string; mutants: ReportedMutant[] }>
}

interface ReportedMutant {
  status: string
  replacement: string
  location: { start: Position; end: Position }
}

interface Position {
  line: number
  column: number
}

/** Runs Stryker over one group in a copy of the tree. Throws where the tests fail without any mutant. */
export async function mutate(place: Place, group: Group, concurrency: number): Promise<Mutant[]> {
  install()
  const [config, report] = ['stryker.json', 'report.json'].map((name) => join(place.folder, name)) as [string, string]
  await writeFile(config, JSON.stringify(configOf(group, { place, report, concurrency })))
  const child = spawn(process.execPath, [STRYKER, 'run', config], {
    cwd: ROOT,
    env: { ...process.env, ...(place.databaseUrl === null ? {} : { TEST_DATABASE_URL: place.databaseUrl }) },
    stdio: ['ignore', 2, 2],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`Stryker ended with ${code} on ${group.folder}`)
  const { files } = JSON.parse(await readFile(report, 'utf8')) as Report
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status !== 'Ignored')
      .map((mutant) => ({
        folder: group.folder,
        file,
        line: mutant.location.start.line,
        text: `${textAt(source, mutant.location)} → ${mutant.replacement}`.replaceAll(/\s+/g, ' '),
        killed: KILLED.includes(mutant.status),
      })),
  )
}

/** Stryker brings 176 packages that nothing else needs: they stand in a folder of their own, with their own lock. */
function install(): void {
  if (existsSync(STRYKER)) return
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', words, { cwd: HOME, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('npm ci did not install Stryker')
}

function configOf(group: Group, { place, report, concurrency }: { place: Place; report: string; concurrency: number }) {
  return {
    mutate: group.files,
    testRunner: 'command',
    commandRunner: { command: commandOf(group) },
    timeoutMS: WAIT_LIMIT_MS,
    concurrency,
    tempDirName: join(place.folder, 'copies'),
    ignorePatterns: ['data', 'dist', 'shots', 'derived', '*.log'],
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: report },
    allowConsoleColors: false,
    // There is none in the copy that Stryker could rewrite: Node strips the types itself.
    tsconfigFile: 'none',
  }
}

/** A stage runs in one process: starting one for each file would cost more than most tests. */
function commandOf({ stages, isStored }: Group): string {
  const limit = `ulimit -t ${isStored ? STORED_LIMIT_SECONDS : PURE_LIMIT_SECONDS}`
  const own = '--import=./bin/mutation/setup.ts --test-reporter=./bin/mutation/first-failure.ts'
  return stages.map((files) => `(${limit}; node --test --test-isolation=none ${own} ${files.join(' ')})`).join(' && ')
}

function textAt(source: string, { start, end }: ReportedMutant['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  const last = lines.length - 1
  return lines
    .map((line, at) => line.slice(at === 0 ? start.column - 1 : 0, at === last ? end.column - 1 : undefined))
    .join('\n')
}
