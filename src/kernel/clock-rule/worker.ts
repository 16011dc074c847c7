import { writeAudit } from '#kernel/audit/audit.ts'
import type { SystemActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { seeAllCourts } from '#kernel/database/scope.ts'
import { identifier, sql } from '#kernel/database/sql.ts'
import type { Services, Session } from '#kernel/matter/acting.ts'
import { Problem } from '#kernel/problem/problem.ts'
import { dateOf, type On } from '#kernel/time/time.ts'
import { nextRung, passedRungs } from './rungs.ts'

// The clockwork. Nothing scans open matters: the worker asks for the earliest stored rung, claims it by a unique
// insert, acts, and stores the next. After a standstill a clock's passed rungs are all marked, and only the last one
// acts: three days late, a reminder would only be noise beside the order.

export interface PassedRung {
  session: Session
  clock: StoredClock
  rung: string
}

export interface StoredClock {
  courtId: number
  counterpartCourtId: number | null
  id: string
  kind: string
  thingId: string
  name: string
  label: string
  dueOn: On | null
}

/** What a passed rung leads to; given by app.ts, which knows the kinds. */
export type RungHandler = (passed: PassedRung) => Promise<void>

const BATCH = 200
const LONGEST_SLEEP_MS = 30_000
const RETRY_MS = 2_000

export interface ClockWorker {
  /** Fires every rung that is due now; returns how many acted. */
  sweep(): Promise<number>
  start(): void
  stop(): Promise<void>
}

/** The clockwork of one server: sweeps when the earliest rung is due, at the latest after half a minute. */
export function clockWorker(services: Services, handle: RungHandler, log: (line: string) => void): ClockWorker {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  let stopped = false

  async function sweep(): Promise<number> {
    let acted = 0
    const skip = new Set<string>()
    for (;;) {
      const due = (await dueClocks(services, BATCH + skip.size)).filter((clock) => !skip.has(clock.id))
      if (due.length === 0) return acted
      for (const clock of due) {
        if (stopped) return acted
        try {
          if (await fire(services, clock, handle)) acted += 1
          // Another worker has it in hand; where that one dies, the next sweep finds it again.
          else skip.add(clock.id)
        } catch (error) {
          // Without a database no other clock could act either.
          if (error instanceof Problem && error.status === 503 && error.code !== 'write.busy') throw error
          // One clock that can't act must not hold up the others; it is tried again at the next sweep.
          skip.add(clock.id)
          log(`clock ${clock.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
        }
      }
    }
  }

  async function turn(): Promise<void> {
    if (stopped) return
    let sleepMs = LONGEST_SLEEP_MS
    try {
      await sweep()
      const next = await earliest(services)
      if (next) sleepMs = Math.min(LONGEST_SLEEP_MS, Math.max(1_000, next.getTime() - services.time.now().getTime()))
    } catch (error) {
      log(`clock worker: ${error instanceof Error ? error.message : String(error)}`)
      sleepMs = RETRY_MS
    }
    if (!stopped) timer = setTimeout(begin, sleepMs)
  }

  function begin(): void {
    running = turn()
  }

  return {
    sweep,
    start: begin,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

interface DueRow {
  court_id: number
  id: string
}

async function dueClocks(services: Services, most: number): Promise<{ courtId: number; id: string }[]> {
  return services.database.read({ courtIds: [] }, async (tx) => {
    await seeAllCourts(tx)
    const rows = await tx.query<DueRow>(sql`
      select court_id, id from clock where next_rung_at <= ${services.time.now()} order by next_rung_at limit ${most}`)
    return rows.map((row) => ({ courtId: row.court_id, id: row.id }))
  })
}

async function earliest(services: Services): Promise<Date | null> {
  return services.database.read({ courtIds: [] }, async (tx) => {
    await seeAllCourts(tx)
    const row = await tx.one<{ at: Date | null }>(
      sql`select min(next_rung_at) as at from clock where next_rung_at is not null`,
    )
    return row.at
  })
}

/** Claims a clock's passed rungs and acts on the last, in one transaction; false where there was nothing to do. */
async function fire(services: Services, due: { courtId: number; id: string }, handle: RungHandler): Promise<boolean> {
  return services.database.write({ courtIds: [due.courtId] }, async (tx) => {
    const at = services.time.now()
    if (!(await lockThingOf(services, tx, due))) return false
    const row = await tx.maybe<Record<string, unknown>>(sql`
      select * from clock where court_id = ${due.courtId} and id = ${due.id} and next_rung_at <= ${at}
      for no key update skip locked`)
    if (!row) return false
    const law = services.law.now()
    const rule = law.rules.find((one) => one.id === row.rule_id && one.version === row.rule_version)
    if (!rule) throw new Error(`rule ${String(row.rule_id)} is not in force here`)
    const timed = { rule, dueOn: row.due_on as On | null }
    const before = await tx.query<{ rung: string }>(sql`
      select rung from clock_rung
      where court_id = ${due.courtId} and clock_id = ${due.id} and due_on = ${timed.dueOn}`)
    const fired = new Set(before.map((one) => one.rung))
    const passed = passedRungs(timed, at).filter((rung) => !fired.has(rung.name))
    for (const rung of passed) {
      await tx.run(sql`insert into clock_rung (court_id, clock_id, rung, due_on, fired_at)
        values (${due.courtId}, ${due.id}, ${rung.name}, ${timed.dueOn}, ${at})`)
      fired.add(rung.name)
    }
    const next = nextRung(timed, at, fired)
    await tx.run(sql`
      update clock set next_rung = ${next?.name ?? null}, next_rung_at = ${next?.at ?? null}
      where court_id = ${due.courtId} and id = ${due.id}`)
    const last = passed.at(-1)
    if (!last) return false
    const actor: SystemActor = { kind: 'system', name: '系统', courtId: due.courtId, courtIds: [due.courtId] }
    const session: Session = { tx, services, actor, at, on: dateOf(at), audit: [] }
    await handle({ session, clock: clockOf(row), rung: last.name })
    if (session.audit.length > 0) await writeAudit(tx, actor, at, session.audit)
    return true
  })
}

/**
 * The thing before its clock, as every act takes them: the other way round the two would wait for each other. False
 * where somebody has the thing in hand just now.
 */
async function lockThingOf(services: Services, tx: Tx, due: { courtId: number; id: string }): Promise<boolean> {
  const about = await tx.maybe<{ kind: string; thing_id: string }>(
    sql`select kind, thing_id from clock where court_id = ${due.courtId} and id = ${due.id}`,
  )
  const kind = services.kinds.find((one) => one.id === about?.kind)
  if (!about || !kind) return true
  const thing = sql`from ${identifier(kind.table)} where court_id = ${due.courtId} and id = ${about.thing_id}`
  if (await tx.maybe(sql`select 1 ${thing} for no key update skip locked`)) return true
  return (await tx.maybe(sql`select 1 ${thing}`)) === undefined
}

function clockOf(row: Record<string, unknown>): StoredClock {
  return {
    courtId: row.court_id as number,
    counterpartCourtId: row.counterpart_court_id as number | null,
    id: row.id as string,
    kind: row.kind as string,
    thingId: row.thing_id as string,
    name: row.name as string,
    label: row.label as string,
    dueOn: row.due_on as On | null,
  }
}
