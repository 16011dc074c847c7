import { randomUUID } from 'node:crypto'
import type { ImportReport } from '#cases/case/wire.ts'
import { writeAudit } from '#kernel/audit/audit.ts'
import { type Actor, personIdOf, type SystemActor } from '#kernel/authorisation/may.ts'
import type { Row, Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Services, Session } from '#kernel/matter/acting.ts'
import { Problem, problem } from '#kernel/problem/problem.ts'
import { dateOf, type On } from '#kernel/time/time.ts'
import { beginChanges, changesStand, compareBatch, endChanges } from './export-changes.ts'
import { checkWorkbook, readExport } from './export-reading.ts'
import { type AcceptedRow, type Written, writeBatch } from './import-writing.ts'
import { WorkbookRefusal } from './refusal.ts'
import { ImportTally } from './tally.ts'

// A run of an import: the file is checked whole, then written in batches, each in one transaction together with the
// run's own progress. A run that was cut off reads the file again from the start and passes over what has been written.

const BATCH_ROWS = 500
/** Notes on single rows that a run keeps; a file may have one for each of a million rows. */
const NOTES_MOST = 500

export interface RunOptions {
  courtId: number
  courtCode: string
  path: string
  fileName: string
  asOfOn: On
  dryRun: boolean
  actor: Actor
  /** What a dry run does with a batch: comparing it with the cases as they stand. */
  compare?: (session: Session, rows: readonly AcceptedRow[]) => Promise<void>
}

export interface Progress {
  rowsDone: number
  written: Written
}

type OnProgress = (tx: Tx | null, progress: Progress) => Promise<boolean>

export interface RunResult {
  report: ImportReport
  notes: string[]
}

const NOTHING: Written = { created: 0, updated: 0, unchanged: 0 }

/** Reads the whole file and, unless it is a dry run, writes it; `onProgress` may stop it by returning false. */
export async function runImport(
  services: Services,
  options: RunOptions,
  onProgress: OnProgress = async () => true,
): Promise<RunResult | null> {
  await checkWorkbook(options.path, options.fileName)
  const reading = readExport(options.path, {
    courtCode: options.courtCode,
    asOfOn: options.asOfOn,
    fileName: options.fileName,
  })
  const tally = new ImportTally()
  const written = { ...NOTHING }
  const flush = (rows: readonly AcceptedRow[], rowsDone: number) => {
    const under = flushBatch(services, options, rows, { rowsDone, written }, onProgress)
    // Its failure is heard of where it is waited for.
    under.catch(() => {})
    return under
  }
  let batch: AcceptedRow[] = []
  let rowsDone = 0
  // While the database writes one batch the next is read; never more than one is under way.
  let underWay = Promise.resolve(true)
  try {
    for await (const row of reading) {
      tally.add(row)
      rowsDone += 1
      if (row.kind === 'accepted') batch.push(row)
      if (rowsDone % BATCH_ROWS !== 0) continue
      if (!(await underWay)) return null
      underWay = flush(batch, rowsDone)
      batch = []
    }
    if (!(await underWay) || !(await flush(batch, rowsDone))) return null
  } finally {
    // Where the reading fails, what is being written is waited for all the same.
    await underWay.catch(() => false)
  }
  await sortNames(services, options)
  return { report: { ...tally.counts(), ...written }, notes: [...reading.notes] }
}

/** Writes a batch and how far the run has come with it; false where the run is to stop. */
async function flushBatch(
  services: Services,
  options: RunOptions,
  rows: readonly AcceptedRow[],
  progress: Progress,
  onProgress: OnProgress,
): Promise<boolean> {
  const { compare } = options
  if (options.dryRun && !compare) return onProgress(null, progress)
  return services.database.write({ courtIds: [options.courtId] }, async (tx) => {
    const session = sessionFor(services, tx, options)
    if (options.dryRun) {
      await compare?.(session, rows)
      return onProgress(tx, progress)
    }
    const part = rows.length === 0 ? NOTHING : await writeBatch(session, rows, options.asOfOn)
    progress.written.created += part.created
    progress.written.updated += part.updated
    progress.written.unchanged += part.unchanged
    if (part.created + part.updated > 0) {
      await writeAudit(tx, options.actor, session.at, [
        {
          verb: 'import.batch',
          summary: { 文件: options.fileName, 至行: rows.at(-1)?.row ?? 0, 新增: part.created, 更新: part.updated },
        },
      ])
    }
    return onProgress(tx, progress)
  })
}

/** The batches left some of the names' index unsorted, which every search would read. */
async function sortNames({ database }: Services, { courtId, dryRun }: RunOptions): Promise<void> {
  if (!dryRun) await database.write({ courtIds: [courtId] }, (tx) => tx.query(sql`select sort_party_grams()`))
}

function sessionFor(services: Services, tx: Tx, options: RunOptions): Session {
  const at = services.time.now()
  const actor = { ...options.actor, courtId: options.courtId } as Actor
  return { tx, services, actor, at, on: dateOf(at), audit: [] }
}

export interface StoredRun {
  courtId: number
  id: string
  fileName: string
  digest: string
  asOfOn: On
  dryRun: boolean
  state: string
  byName: string
  /** The check whose changes were confirmed. */
  checkedId: string | null
  rowsDone: number
}

/** Files an import for the background: the answer comes at once, the work follows. */
export async function fileRun(
  session: Session,
  run: { fileName: string; digest: string; asOfOn: On; dryRun: boolean; checkedId?: string },
): Promise<string> {
  const id = randomUUID()
  const { actor, tx, at } = session
  await tx.run(sql`
    insert into import_run (court_id, id, file_name, digest, as_of_on, dry_run, state, by_id, by_name, at, checked_id)
    values (${actor.courtId}, ${id}, ${run.fileName}, ${run.digest}, ${run.asOfOn}, ${run.dryRun}, 'waiting',
      ${personIdOf(actor)}, ${actor.name}, ${at}, ${run.checkedId ?? null})`)
  session.audit.push({
    verb: run.dryRun ? 'import.check' : 'import.start',
    summary: { 文件: run.fileName, 截至日期: run.asOfOn },
  })
  return id
}

/**
 * Carries out a filed run to its end, from wherever it was left; safe to call again after a crash. Throws what is no
 * refusal of the file, after the run has been marked as failed, and problems of a database that is away. Ends after the
 * batch under way where `signal` says so: whoever takes the run up goes on from there.
 */
export async function carryOut(services: Services, run: StoredRun, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return
  const scope = { courtIds: [run.courtId] }
  const actor: SystemActor = { kind: 'system', name: run.byName, courtId: run.courtId, courtIds: [run.courtId] }
  const courtCode = await services.database.read(scope, async (tx) => {
    const row = await tx.one<{ code: string }>(sql`select code from court where id = ${run.courtId}`)
    return row.code
  })
  await setState(services, run, sql`state = ${run.dryRun ? 'checking' : 'importing'}`)
  const compare = (session: Session, rows: readonly AcceptedRow[]) => compareBatch(session, run, rows, run.asOfOn)
  const options = { ...run, courtCode, path: services.blobs.pathOf(run.digest), actor, compare }
  try {
    await services.database.write(scope, (tx) => (run.dryRun ? beginChanges(tx, run) : holdToChecked(tx, run)))
    const goesOn = async (tx: Tx | null, progress: Progress) =>
      (await saveProgress(services, run, tx, progress)) && !signal?.aborted
    const result = await runImport(services, options, goesOn)
    if (!result) return
    const changes = run.dryRun ? await services.database.write(scope, (tx) => endChanges(tx, run, result.report)) : null
    await setState(
      services,
      run,
      sql`state = ${run.dryRun ? 'checked' : 'done'}, rows_done = ${result.report.rows},
        rows_total = ${result.report.rows}, report = ${JSON.stringify(result.report)},
        changes = ${changes && JSON.stringify(changes)}, notes = ${result.notes.slice(0, NOTES_MOST)}`,
    )
  } catch (error) {
    // While the database is away nothing can be said of the file: the run is taken up again later.
    if (signal?.aborted || (error instanceof Problem && error.status === 503)) throw error
    const isRefusal = error instanceof WorkbookRefusal || error instanceof Problem
    const { code, message } = isRefusal ? error : problem('server.fault')
    await setState(services, run, sql`state = 'failed', problem = ${JSON.stringify({ code, message })}`)
    // A fault of ours goes to the log; the run is over, so that it does not hold up those behind it.
    if (!isRefusal) throw error
  }
}

/** What was confirmed is what is written: refuses where cases have changed before the first of it was. */
async function holdToChecked(tx: Tx, run: StoredRun): Promise<void> {
  if (run.checkedId === null || run.rowsDone > 0) return
  const checked = await tx.one<Row>(
    sql`select * from import_run where court_id = ${run.courtId} and id = ${run.checkedId}`,
  )
  if (!(await changesStand(tx, checked))) throw problem('import.changed')
}

async function saveProgress(services: Services, run: StoredRun, tx: Tx | null, progress: Progress): Promise<boolean> {
  const statement = sql`
    update import_run set rows_done = ${progress.rowsDone}, created = ${progress.written.created},
      updated = ${progress.written.updated}, unchanged = ${progress.written.unchanged}
    where court_id = ${run.courtId} and id = ${run.id} and state <> 'cancelled'`
  if (tx) return (await tx.run(statement)) === 1
  return services.database.write({ courtIds: [run.courtId] }, async (own) => (await own.run(statement)) === 1)
}

async function setState(services: Services, run: StoredRun, change: ReturnType<typeof sql>): Promise<void> {
  await services.database.write({ courtIds: [run.courtId] }, (tx) =>
    tx.run(
      sql`update import_run set ${change} where court_id = ${run.courtId} and id = ${run.id} and state <> 'cancelled'`,
    ),
  )
}

/** Runs that wait or were cut off, the oldest first. The import job's own lock keeps two workers apart. */
export async function unfinishedRuns(tx: Tx): Promise<StoredRun[]> {
  const rows = await tx.query<Row>(sql`
    select * from import_run where state in ('waiting', 'checking', 'importing') order by at limit 20`)
  return rows.map(runOf)
}

function runOf(row: Row): StoredRun {
  return {
    courtId: row.court_id as number,
    id: row.id as string,
    fileName: row.file_name as string,
    digest: row.digest as string,
    asOfOn: row.as_of_on as On,
    dryRun: row.dry_run as boolean,
    state: row.state as string,
    byName: row.by_name as string,
    checkedId: row.checked_id as string | null,
    rowsDone: row.rows_done as number,
  }
}
