import type { AuditNote } from '#kernel/audit/audit.ts'
import type { Tx } from '#kernel/database/database.ts'
import { jsonText, sql } from '#kernel/database/sql.ts'
import { problem } from '#kernel/problem/problem.ts'

// Work that was under way when the backup was made went on after it, and nobody can say how far: taken up by itself it
// would issue and write a second time. A person looks at what is there, and starts it again.

interface Stopped {
  court_id: number
  note: AuditNote
}

/** Ends every bulk job and import that would go on; gives what the record of each court says of it. */
export async function stopWork(tx: Tx, at: Date): Promise<readonly Stopped[]> {
  const why = jsonText(problem('restore.stopped').toJSON())
  const jobs = await tx.query<{ court_id: number; title: string; total: number; done: number; refused: number }>(sql`
    update bulk_job set state = 'stopped', ended_at = ${at}, problem = ${why} where state in ('waiting', 'running')
    returning court_id, title, total, done, refused`)
  const runs = await tx.query<{ court_id: number; id: string }>(sql`
    update import_run set state = 'cancelled', problem = ${why} where state in ('waiting', 'checking', 'importing')
    returning court_id, id`)
  return [
    ...jobs.map(({ court_id, title, total, done, refused }): Stopped => {
      const summary = { 批量办理: title, 共: total, 已办: done, 未办成: refused }
      return { court_id, note: { verb: 'bulk.stop', summary } }
    }),
    ...runs.map(({ court_id, id }): Stopped => ({ court_id, note: { verb: 'import.cancel', summary: { 导入: id } } })),
  ]
}
