import { PAPER_OF_DOCUMENT } from '#cases/documents/case-issuing.ts'
import { refreshClocks } from '#cases/node-watch/case-clock-store.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { PaperEvent, Thing } from '#kernel/matter/matter.ts'

/**
 * 必要文件缺失 (第十七条) follows the papers of a case: what is brought or issued fills its place at once, what is
 * declared void leaves it empty again. The caller holds the case's row.
 */
export async function followPaper(session: Session, thing: Thing, paper: PaperEvent): Promise<void> {
  if (await concerns(session, thing, paper)) await refreshClocks(session, [thing])
}

/** Whether anything can follow: a notice for hundreds of cases is issued before anybody misses it. */
async function concerns({ tx }: Session, thing: Thing, { document, how }: PaperEvent): Promise<boolean> {
  if (how === 'brought') return true
  const paper = PAPER_OF_DOCUMENT[document]
  if (paper === undefined || how === 'voided') return paper !== undefined
  const missed = await tx.maybe(sql`
    select from case_warning
    where court_id = ${thing.courtId} and case_id = ${thing.id} and rule = ${`paper.${paper}`} and closed_at is null`)
  return missed !== undefined
}
