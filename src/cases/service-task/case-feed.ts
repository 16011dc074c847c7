import { currentFacts, type FactRow } from '#cases/case/case-facts.ts'
import { enterFacts } from '#cases/case/case-of-matter.ts'
import { lockCases } from '#cases/case/lock-cases.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import type { On } from '#kernel/time/time.ts'
import { SERVICE_EFFECTS, type ServiceEffect } from './service-effects.ts'

// Serving a document enters the dated facts of its case that the rule names (service-effects.ts); clocks and warnings
// of the case follow from them.

const REGISTERED = '送达登记'

/**
 * Enters what follows from an event on a day; null asks only how the receivers stand by now. The last one's day follows
 * whatever is handed over, served or stopped later; what a person or an import said of it stands.
 */
export async function feedCase(acting: Acting, event: ServiceEffect['event'], on: On | null): Promise<void> {
  const { tx, thing } = acting
  const document = await tx.one<{ form: string; title: string; number: string }>(sql`
    select form, title, number from issued_document
    where court_id = ${thing.courtId} and id = ${thing.values.document as string}`)
  const effect = SERVICE_EFFECTS.find(
    (one) => one.form === document.form && one.side === thing.values.side && one.event === event,
  )
  if (!effect || !thing.caseId) return
  // Two who serve the last two receivers at once would each see the other's still open.
  await lockCases(tx, sql`court_id = ${thing.courtId} and id = ${thing.caseId}`)
  const known = (await currentFacts(tx, { courtId: thing.courtId, id: thing.caseId })).get(effect.fact)
  if (known?.on && (effect.counts === 'first' || !isEnteredHere(known))) return
  const day = effect.counts === 'first' ? on : await lastServed(acting, effect)
  if (day !== undefined)
    await enterFacts(acting, { [effect.fact]: day }, `${document.title}${document.number}${REGISTERED}`)
}

const isEnteredHere = ({ source, reason }: FactRow) => source === 'hand' && reason?.endsWith(REGISTERED) === true

/**
 * The day on which the last receiver of that side was served with one of the case's documents of that form, each of
 * them for the first time; null while one of them is still to be served, undefined where there is nobody.
 */
async function lastServed({ tx, kind, thing }: Acting, { form, side }: ServiceEffect): Promise<On | null | undefined> {
  const row = await tx.one<{ open: boolean; last: On | null }>(sql`
    select coalesce(bool_or(is_open and served_on is null), false) as open, max(served_on)::text as last from (
      select bool_or(t.state <> all(${[...kind.ends]})) as is_open, min(t.served_on) as served_on
      from matter_service_task t join issued_document d on d.court_id = t.court_id and d.id = t.document
      where t.court_id = ${thing.courtId} and t.case_id = ${thing.caseId} and t.side = ${side} and d.form = ${form}
        and d.voided_at is null
      group by t.receiver) receiver`)
  return row.open ? null : (row.last ?? undefined)
}
