import { addDays, endOfDay, type On, startOfDay } from '#kernel/time/time.ts'
import { REMINDER_MINUTE, REMINDERS } from '#rules/reminders.ts'
import type { Rule } from './rule.ts'

// The moments at which a clock speaks: reminders before the last day, the last day, the first instant after it.

export interface Rung {
  /** 'remind' (or 'remind-30', 'remind-15' … where a limit has several), 'due', 'overdue'. */
  name: string
  at: Date
}

export interface TimedClock {
  rule: Pick<Rule, 'n' | 'unit' | 'rolls'>
  /** Null where it can't be known now: such a clock is silent. */
  dueOn: On | null
}

const MINUTE_MS = 60_000
const SHORTEST_MONTH_DAYS = 28

/** All rungs of a clock, in order. A reminder that would fall on the day of the start or before is none. */
export function rungsOf({ rule, dueOn }: TimedClock): Rung[] {
  if (dueOn === null) return []
  const shortest = rule.unit === 'month' ? rule.n * SHORTEST_MONTH_DAYS : rule.n
  const set = REMINDERS.find((reminder) => reminder.fits(rule))?.daysBefore ?? []
  const before = set.filter((days) => days < shortest)
  const reminders = before.map((days) => ({
    name: before.length === 1 ? 'remind' : `remind-${days}`,
    at: morningOf(addDays(dueOn, -days)),
  }))
  return [...reminders, { name: 'due', at: morningOf(dueOn) }, { name: 'overdue', at: endOfDay(dueOn) }]
}

/** The rungs that have passed at an instant, in order. */
export function passedRungs(clock: TimedClock, now: Date): Rung[] {
  return rungsOf(clock).filter(({ at }) => at.getTime() <= now.getTime())
}

/**
 * The rung that speaks next: the last one passed where it has not fired (the earlier ones have nothing left to say),
 * else the first to come. Null where nothing is left.
 */
export function nextRung(clock: TimedClock, now: Date, fired: ReadonlySet<string>): Rung | null {
  const last = passedRungs(clock, now).at(-1)
  if (last && !fired.has(last.name)) return last
  return rungsOf(clock).find(({ name, at }) => !fired.has(name) && at.getTime() > now.getTime()) ?? null
}

function morningOf(on: On): Date {
  return new Date(startOfDay(on).getTime() + REMINDER_MINUTE * MINUTE_MS)
}
