import { datedFacts, enterFacts } from '#cases/case/case-of-matter.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import type { On } from '#kernel/time/time.ts'
import { SERVICE_EFFECTS, type ServiceEffect } from './service-effects.ts'

// Serving a document enters the dated facts of its case that the rule names (service-effects.ts); clocks and warnings
// of the case follow from them.

/** Enters what follows from an event on a day; null asks only whether the last receiver has been served by now. */
export async function feedCase(acting: Acting, event: ServiceEffect['event'], on: On | null): Promise<void> {
  const { tx, thing } = acting
  const document = await tx.one<{ form: string; title: string; number: string }>(sql`
    select form, title, number from issued_document
    where court_id = ${thing.courtId} and id = ${thing.values.document as string}`)
  const effect = SERVICE_EFFECTS.find(
    (one) => one.form === document.form && one.side === thing.values.side && one.event === event,
  )
  if (!effect || (await datedFacts(acting)).has(effect.fact)) return
  const day = effect.counts === 'first' ? on : await lastServed(acting)
  if (day !== null) await enterFacts(acting, { [effect.fact]: day }, `${document.title}${document.number}送达登记`)
}

/** The day on which the last receiver of that side was served; null while one of them is still to be served. */
async function lastServed({ tx, kind, thing }: Acting): Promise<On | null> {
  const row = await tx.one<{ open: boolean; last: On | null }>(sql`
    select coalesce(bool_or(state <> all(${[...kind.ends]})), false) as open, max(served_on)::text as last
    from matter_service_task
    where court_id = ${thing.courtId} and document = ${thing.values.document as string}
      and side = ${thing.values.side as string}`)
  return row.open ? null : row.last
}
