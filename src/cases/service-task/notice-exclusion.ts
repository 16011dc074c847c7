import { refreshClocks } from '#cases/node-watch/case-clock-store.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import type { On } from '#kernel/time/time.ts'
import { NOTICE_EXCLUSION } from './service-effects.ts'

// 公告期间不计入执行期限: the days of a public notice are held out of the case's limit, as far as the notice has run.

const groundOf = ({ thing }: Acting) => `公告送达（${thing.number}，${NOTICE_EXCLUSION.source}）`

/** The last day of the running notice; null where it can't be known yet. */
export async function lastDayOf({ tx, thing }: Acting): Promise<On | null> {
  const term = await tx.maybe<{ due_on: On | null }>(sql`
    select due_on from clock where court_id = ${thing.courtId} and thing_id = ${thing.id} and name = 'notice'
    order by round desc limit 1`)
  return term?.due_on ?? null
}

/** The notice has begun: as many days as it runs are held out, from the day of its publication on. */
export async function excludeNotice(acting: Acting, publishedOn: On): Promise<void> {
  const { tx, thing, actor, at } = acting
  const lastOn = await lastDayOf(acting)
  await tx.run(sql`
    select 1 from enforcement_case where court_id = ${thing.courtId} and id = ${thing.caseId} for no key update`)
  await tx.run(sql`
    insert into clock_ledger (court_id, thing_id, seq, entry, clock_name, from_on, to_on, ground, approved_by,
      recorded_at)
    select ${thing.courtId}, ${thing.caseId}, coalesce(max(seq), 0) + 1, 'suspension', ${NOTICE_EXCLUSION.clock},
      ${publishedOn}, ${lastOn}, ${groundOf(acting)}, ${actor.name}, ${at}
    from clock_ledger where court_id = ${thing.courtId} and thing_id = ${thing.caseId}`)
  await refresh(acting)
}

/** The notice is over, by its end or before it. */
export async function endExclusion(acting: Acting, lastOn: On): Promise<void> {
  const { tx, thing } = acting
  const changed = await tx.run(sql`
    update clock_ledger set to_on = greatest(from_on, least(to_on, ${lastOn}::date))
    where court_id = ${thing.courtId} and thing_id = ${thing.caseId} and entry = 'suspension'
      and clock_name = ${NOTICE_EXCLUSION.clock} and ground = ${groundOf(acting)}`)
  if (changed > 0) await refresh(acting)
}

async function refresh(acting: Acting): Promise<void> {
  const { courtId, caseId } = acting.thing
  if (caseId) await refreshClocks(acting, [{ courtId, id: caseId }])
}
