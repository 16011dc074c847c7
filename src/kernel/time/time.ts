// Time enters the system here and nowhere else. Instants are Date, dates are 'YYYY-MM-DD' strings of Asia/Shanghai.
// No module above this one calls `new Date()` without an argument or `Date.now()`.

/** A calendar date of Asia/Shanghai, 'YYYY-MM-DD'. */
export type On = string

export interface Time {
  /** The instant that counts as now: the machine's, the demonstration's or a test's. */
  now(): Date
}

const SHANGHAI_OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
/** 1970-01-01. */
const THURSDAY = 4

export const machineTime: Time = { now: () => new Date() }

/** A clock that stood at `startsAt` when the machine's stood at `startedAt`, and moves on with it (演示日期). */
export function shiftedTime(startedAt: Date, startsAt: Date, machine: Time = machineTime): Time {
  const shift = startsAt.getTime() - startedAt.getTime()
  return { now: () => new Date(machine.now().getTime() + shift) }
}

/** The date in Asia/Shanghai at an instant. China has kept UTC+8 without summer time since 1991. */
export function dateOf(instant: Date): On {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10)
}

/** Today's date in Asia/Shanghai. */
export function todayOf(time: Time): On {
  return dateOf(time.now())
}

/** The first instant of a date in Asia/Shanghai. */
export function startOfDay(on: On): Date {
  return new Date(Date.parse(`${on}T00:00:00Z`) - SHANGHAI_OFFSET_MS)
}

/** The first instant after a date in Asia/Shanghai. */
export function endOfDay(on: On): Date {
  return startOfDay(addDays(on, 1))
}

/** The date so many calendar days later; earlier where `days` is negative. */
export function addDays(on: On, days: number): On {
  return onOf(dayOf(on) + days)
}

// Counting a limit asks for the same few thousand days again and again; reading and writing them as text would be most
// of its cost.
const DAYS = new Map<On, number>()
const DATES = new Map<number, On>()
const KEPT_MOST = 50_000

/** Days since 1970-01-01; NaN for what is no date. */
function dayOf(on: On): number {
  const known = DAYS.get(on)
  if (known !== undefined) return known
  const day = Date.parse(`${on}T00:00:00Z`) / DAY_MS
  if (DAYS.size < KEPT_MOST) DAYS.set(on, day)
  return day
}

function onOf(day: number): On {
  const known = DATES.get(day)
  if (known !== undefined) return known
  const on = new Date(day * DAY_MS).toISOString().slice(0, 10)
  if (DATES.size < KEPT_MOST) DATES.set(day, on)
  return on
}

/** The same day of the month `months` later, or that month's last day where it has no such day. */
export function addMonths(on: On, months: number): On {
  const [year, month, day] = on.split('-').map(Number) as [number, number, number]
  const index = year * 12 + (month - 1) + months
  const targetYear = Math.floor(index / 12)
  const targetMonth = index - targetYear * 12
  const lastDay = new Date(Date.UTC(targetYear, targetMonth + 1, 0)).getUTCDate()
  return new Date(Date.UTC(targetYear, targetMonth, Math.min(day, lastDay))).toISOString().slice(0, 10)
}

/** Whole days from `from` to `to`; negative where `to` is earlier. */
export function daysBetween(from: On, to: On): number {
  return dayOf(to) - dayOf(from)
}

/** True for a date that exists: 2021-02-30 does not. */
export function isRealDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** True for a string that is a real 'YYYY-MM-DD'. */
export function isOn(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return match !== null && isRealDate(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** Monday = 1 … Sunday = 7. */
export function weekdayOf(on: On): number {
  const fromThursday = (dayOf(on) + THURSDAY) % 7
  return (fromThursday + 7) % 7 || 7
}
