import { randomUUID } from 'node:crypto'
import type { Calendar } from '#kernel/calendar/calendar.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { daysBetween, type On } from '#kernel/time/time.ts'
import { explainDue } from './due.ts'
import type { Rule } from './rule.ts'
import { nextRung } from './rungs.ts'
import type { DueExplanation } from './wire.ts'

// Clocks as they are stored: rule and version, start, explanation; the due date and the next rung are derived and
// indexed.

export interface ClockOwner {
  courtId: number
  counterpartCourtId: number | null
  id: string
}

/** The part of an act that a clock needs. */
export interface Timing {
  tx: Tx
  at: Date
  on: On
  kind: { id: string }
  thing: ClockOwner
  services: { law: { now(): { calendar: Calendar } } }
}

export interface ClockStart {
  name: string
  label: string
  rule: Rule
  startFact: string
  startOn: On
  /** A limit that this very matter was given, instead of the rule's days. */
  fixed: { n: number; dueOn: On } | null
}

/** Starts a new round of a clock; rungs already passed at this moment fire at the next sweep. */
export async function startClock(timing: Timing, start: ClockStart): Promise<void> {
  const { tx, thing, kind } = timing
  const { rule } = start
  const explained = explainDue({
    rule,
    startFact: start.startFact,
    startOn: start.startOn,
    suspensions: [],
    extensions: [],
    calendar: timing.services.law.now().calendar,
  })
  const explanation: DueExplanation = start.fixed ? fixedLimit(explained, start.startOn, start.fixed.dueOn) : explained
  const rung = nextRung({ rule, dueOn: explanation.dueOn }, timing.at, new Set())
  await tx.send(sql`
    insert into clock (court_id, counterpart_court_id, id, kind, thing_id, name, round, label, rule_id, rule_version,
      start_on, due_on, next_rung, next_rung_at, note, explanation)
    select ${thing.courtId}, ${thing.counterpartCourtId}, ${randomUUID()}, ${kind.id}, ${thing.id}, ${start.name},
      coalesce((select max(round) from clock where court_id = ${thing.courtId} and thing_id = ${thing.id}
        and name = ${start.name}), 0) + 1,
      ${start.label}, ${rule.id}, ${rule.version}, ${start.startOn}, ${explanation.dueOn}, ${rung?.name ?? null},
      ${rung?.at ?? null}, ${rule.startNote}, ${JSON.stringify(explanation)}`)
}

const FIXED_SOURCE = '发起方指定的期限'

/** A limit set by the issuer: the same account of itself, counted from the start to the day that was named. */
function fixedLimit(explained: DueExplanation, startOn: On, dueOn: On): DueExplanation {
  return {
    ...explained,
    source: FIXED_SOURCE,
    mark: 'C',
    n: daysBetween(startOn, dueOn),
    unit: 'day',
    skipped: [],
    suspensions: [],
    extensions: [],
    dueOn,
  }
}

/** Ends the running round of a clock: it keeps what it met or missed. A term is over on its last day, not after it. */
export async function stopClocks(tx: Tx, thing: ClockOwner, name: string, doneOn: On, isTerm = false): Promise<void> {
  const done = isTerm ? sql`least(due_on, ${doneOn}::date)` : sql`${doneOn}`
  await tx.send(sql`
    update clock set done_on = ${done}, next_rung = null, next_rung_at = null
    where court_id = ${thing.courtId} and thing_id = ${thing.id} and name = ${name} and done_on is null`)
}

/** Moves the limit of a running clock to the day that its issuer now names (延期). */
export async function setLimit(timing: Timing, name: string, dueOn: On): Promise<void> {
  const { tx, thing } = timing
  const clock = await tx.maybe<{
    id: string
    start_on: On
    due_on: On | null
    explanation: DueExplanation
    rule_id: string
  }>(sql`
    select id, start_on, due_on, explanation, rule_id from clock
    where court_id = ${thing.courtId} and thing_id = ${thing.id} and name = ${name} and done_on is null
    for no key update`)
  if (!clock || clock.due_on === dueOn) return
  const explanation = fixedLimit(clock.explanation, clock.start_on, dueOn)
  const rung = nextRung(
    { rule: { unit: 'day', n: Math.max(1, explanation.n), rolls: false }, dueOn },
    timing.at,
    new Set(),
  )
  await tx.send(sql`
    update clock set due_on = ${dueOn}, explanation = ${JSON.stringify(explanation)}, next_rung = ${rung?.name ?? null},
      next_rung_at = ${rung?.at ?? null}
    where court_id = ${thing.courtId} and id = ${clock.id}`)
}

interface AccountedClock {
  id: string
  rule_id: string
  rule_version: number
  due_on: On | null
  explanation: DueExplanation
}

/**
 * Counts clocks of matters again from their own accounts, after a change of the calendar. A day that an issuer named
 * stands. What was overdue and still is has spoken already; every other date that moves speaks anew.
 */
export async function recountClocks(
  {
    tx,
    at,
    on,
    services,
  }: Pick<Timing, 'tx' | 'at' | 'on'> & {
    services: { law: { now(): { calendar: Calendar; rules: readonly Rule[] } } }
  },
  courtId: number,
  clockIds: readonly string[],
): Promise<void> {
  const { calendar, rules } = services.law.now()
  const clocks = await tx.query<AccountedClock>(sql`
    select id, rule_id, rule_version, due_on, explanation from clock
    where court_id = ${courtId} and id = any(${clockIds}) and done_on is null order by id for no key update`)
  for (const { id, explanation, due_on, rule_id, rule_version } of clocks) {
    const rule = rules.find((one) => one.id === rule_id && one.version === rule_version)
    if (!rule || explanation.source === FIXED_SOURCE) continue
    const counted = explainDue({ ...explanation, rule, calendar })
    if (counted.dueOn === due_on) continue
    const isOldNews = due_on !== null && due_on < on && counted.dueOn !== null && counted.dueOn < on
    const rung = isOldNews ? null : nextRung({ rule, dueOn: counted.dueOn }, at, new Set())
    await tx.run(sql`
      update clock set due_on = ${counted.dueOn}, explanation = ${JSON.stringify(counted)},
        next_rung = ${rung?.name ?? null}, next_rung_at = ${rung?.at ?? null}
      where court_id = ${courtId} and id = ${id}`)
  }
}
