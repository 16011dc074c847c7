import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { writeExport } from './large-export.ts'
import { memoryOf } from './servers.ts'
import { AS_OF } from './synthetic-case.ts'
import { courtsOf, staffOf } from './synthetic-courts.ts'

export interface ImportFigure {
  rows: number
  accepted: number
  seconds: number
  /** The most memory that the command's process had. */
  peakMiB: number
}

const POLL_MS = 100

/** Makes an export of `rows` rows for a court and imports it with the product's own command. */
export async function measureImport(courtId: number, rows: number, seed: number): Promise<ImportFigure> {
  const court = courtsOf(200, seed).find(({ id }) => id === courtId)
  if (!court) throw new Error(`court ${courtId} is not one of the generator's`)
  const folder = await mkdtemp(join(tmpdir(), 'ecc-bench-import-'))
  try {
    const path = join(folder, '明细表.xlsx')
    await writeExport(path, staffOf(court, seed), rows, seed)
    const script = fileURLToPath(new URL('../bin/bootstrap.mjs', import.meta.url))
    const started = performance.now()
    const child = spawn(process.execPath, [script, 'import', path, '--court', court.code, '--as-of', AS_OF, '--json'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let said = ''
    child.stdout.on('data', (part: Buffer) => (said += part))
    let peakMiB = 0
    while (child.exitCode === null) {
      peakMiB = Math.max(peakMiB, await memoryOf(child.pid ?? 0, 'VmHWM'))
      await sleep(POLL_MS)
    }
    const seconds = Math.round((performance.now() - started) / 100) / 10
    const report = JSON.parse(said.trim().split('\n').at(-1) ?? '{}') as { accepted?: number; error?: object }
    if (report.accepted === undefined) throw new Error(`import: ${JSON.stringify(report.error)}`)
    return { rows, accepted: report.accepted, seconds, peakMiB }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
