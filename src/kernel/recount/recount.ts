import { randomUUID } from 'node:crypto'
import { writeAudit } from '#kernel/audit/audit.ts'
import type { SystemActor } from '#kernel/authorisation/may.ts'
import type { CalendarChange } from '#kernel/calendar/store.ts'
import { recountClocks } from '#kernel/clock-rule/store.ts'
import type { Tx } from '#kernel/database/database.ts'
import { seeAllCourts } from '#kernel/database/scope.ts'
import { type Sql, sql } from '#kernel/database/sql.ts'
import type { Services, Session } from '#kernel/matter/acting.ts'
import { dateOf, type On } from '#kernel/time/time.ts'
import { tellOfMoved } from './recount-notices.ts'

// A changed day or a new year counts the due dates again that it touches: found by index, court by court, in batches in
// the background. Nothing is shortened silently: each date that moves is a line of 期限变动清单, and its holder is told.

const BATCH = 200

/** Files a change for the background, in the transaction that makes it; returns the id under which it is followed. */
export async function fileRecount(tx: Tx, change: CalendarChange): Promise<string> {
  const id = randomUUID()
  await tx.run(sql`
    insert into calendar_recount (id, from_on, to_on, new_year, reason, by_name, at)
    values (${id}, ${change.fromOn}, ${change.toOn}, ${change.newYear}, ${change.reason}, ${change.by}, ${change.at})`)
  return id
}

interface Recount {
  id: string
  from_on: On
  to_on: On
  new_year: boolean
  state: 'waiting' | 'running'
}

/**
 * Carries out every change that waits, from wherever it was left. Several workers may do it at once: each batch belongs
 * to one of them, and the last to finish tells the holders.
 */
export async function runRecounts(services: Services, signal?: AbortSignal): Promise<void> {
  for (let next = await oldest(services); next && !signal?.aborted; next = await oldest(services)) {
    if (!(await carryOn(services, next, signal))) return
  }
}

async function oldest({ database }: Services): Promise<Recount | undefined> {
  return database.read({ courtIds: [] }, (tx) =>
    tx.maybe<Recount>(sql`
      select id, from_on, to_on, new_year, state from calendar_recount where state <> 'done' order by at, id limit 1`),
  )
}

/** False where another worker still holds a batch: that one brings the change to its end. */
async function carryOn(services: Services, recount: Recount, signal?: AbortSignal): Promise<boolean> {
  const { database, law } = services
  // This server counts by what was changed; what another wrote by the old calendar meanwhile is gathered at the end.
  await law.reload()
  const courts = await database.read({ courtIds: [] }, (tx) =>
    tx.query<{ id: number }>(sql`select id from court order by id`),
  )
  const courtIds = courts.map(({ id }) => id)
  if (recount.state === 'waiting') await gather(services, recount, courtIds)
  for (let turn = 0; turn < 2; turn++) {
    for (const courtId of courtIds) {
      while (!signal?.aborted && (await countBatch(services, recount, courtId))) {}
      if (signal?.aborted) return false
    }
    if (turn === 0) await gather(services, recount, courtIds)
  }
  return finish(services, recount)
}

/** The unfinished clocks that a change touches: those that run across it; for a new year those that lacked it. */
async function gather(services: Services, recount: Recount, courtIds: readonly number[]): Promise<void> {
  const touched: Sql = recount.new_year
    ? sql`due_on is null and not suspended and start_on <= ${recount.to_on}`
    : sql`due_on >= ${recount.from_on} and start_on < ${recount.to_on}`
  const kinds = services.kinds.map(({ id }) => id)
  for (const courtId of courtIds) {
    await services.database.write({ courtIds: [courtId] }, async (tx) => {
      // What another worker has ended meanwhile must not be begun again: nobody would count it.
      const open = await tx.maybe(sql`
        select from calendar_recount where id = ${recount.id} and state <> 'done' for no key update`)
      if (!open) return
      const found = await tx.run(sql`
        insert into due_change (court_id, recount_id, clock_id, old_due_on)
        select court_id, ${recount.id}, id, due_on from clock
        where court_id = ${courtId} and kind = any(${kinds}) and done_on is null and watched and not dropped
          and ${touched}
          and not exists (select from due_change d
            where d.court_id = clock.court_id and d.recount_id = ${recount.id} and d.clock_id = clock.id)
        on conflict do nothing`)
      if (found > 0) await tx.run(sql`update calendar_recount set clocks = clocks + ${found} where id = ${recount.id}`)
    })
  }
  await services.database.write({ courtIds: [] }, (tx) =>
    tx.run(sql`update calendar_recount set state = 'running' where id = ${recount.id} and state = 'waiting'`),
  )
}

/** Counts one batch of a court; false where nothing waits there that nobody else has in hand. */
async function countBatch(services: Services, recount: Recount, courtId: number): Promise<boolean> {
  return services.database.write({ courtIds: [courtId] }, async (tx) => {
    const waiting = await tx.query<{ clock_id: string; kind: string; thing_id: string }>(sql`
      select d.clock_id, k.kind, k.thing_id from due_change d
      join clock k on k.court_id = d.court_id and k.id = d.clock_id
      where d.recount_id = ${recount.id} and d.court_id = ${courtId} and d.state = 'waiting'
      order by k.thing_id, d.clock_id limit ${BATCH} for no key update of d skip locked`)
    if (waiting.length === 0) return false
    const session = sessionFor(services, tx, courtId)
    for (const [kindId, own] of Map.groupBy(waiting, ({ kind }) => kind)) {
      const kind = services.kinds.find(({ id }) => id === kindId)
      const things = [...new Set(own.map((one) => one.thing_id))]
      if (kind?.recount) await kind.recount(session, courtId, things)
      else
        await recountClocks(
          session,
          courtId,
          own.map((one) => one.clock_id),
        )
    }
    await settle(
      tx,
      recount,
      courtId,
      waiting.map((one) => one.clock_id),
    )
    if (session.audit.length > 0) await writeAudit(tx, session.actor, session.at, session.audit)
    return true
  })
}

async function settle(tx: Tx, recount: Recount, courtId: number, clockIds: readonly string[]): Promise<void> {
  const own = sql`d.court_id = ${courtId} and d.recount_id = ${recount.id} and d.clock_id = any(${clockIds})`
  const moved = await tx.run(sql`
    update due_change d set state = 'moved', new_due_on = k.due_on from clock k
    where ${own} and k.court_id = d.court_id and k.id = d.clock_id and k.due_on is distinct from d.old_due_on`)
  await tx.run(sql`update due_change d set state = 'same' where ${own} and d.state = 'waiting'`)
  await tx.run(sql`
    update calendar_recount set checked = checked + ${clockIds.length}, moved = moved + ${moved}
    where id = ${recount.id}`)
}

/** Ends a change once nothing of it waits; in the same transaction those whose dates moved are told, so only once. */
async function finish(services: Services, recount: Recount): Promise<boolean> {
  return services.database.write({ courtIds: [] }, async (tx) => {
    await seeAllCourts(tx)
    const at = services.time.now()
    const ended = await tx.run(sql`
      update calendar_recount set state = 'done', finished_at = ${at}
      where id = ${recount.id} and state = 'running'
        and not exists (select from due_change where recount_id = ${recount.id} and state = 'waiting')`)
    if (ended === 1) {
      await tx.run(sql`delete from due_change where recount_id = ${recount.id} and state = 'same'`)
      await tellOfMoved(tx, at, services.kinds, recount.id)
    }
    const row = await tx.one<{ state: string }>(sql`select state from calendar_recount where id = ${recount.id}`)
    return row.state === 'done'
  })
}

function sessionFor(services: Services, tx: Tx, courtId: number): Session {
  const actor: SystemActor = { kind: 'system', name: '系统', courtId, courtIds: [courtId] }
  const at = services.time.now()
  return { tx, services, actor, at, on: dateOf(at), audit: [] }
}
