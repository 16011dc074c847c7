import { Problem } from '#kernel/problem/problem.ts'
import { addDays, type On, weekdayOf } from '#kernel/time/time.ts'

// Days off by the State Council's yearly notices. A year without a notice is refused, never answered as if it had no
// holidays: which days of 2027 are off is not known before the notice of 2027.

/** A day that differs from Monday to Friday: 'off' on a weekday, 'work' (调休上班) on a weekend. */
export interface CalendarDay {
  on: On
  kind: 'off' | 'work'
  /** The holiday it belongs to: 国庆节. */
  name: string
}

export interface Calendar {
  knows(year: number): boolean
  /** Throws CalendarMissing for a year without notice, as the two below do. */
  isOff(on: On): boolean
  /** 国庆节, 周六 …; null for a working day. */
  whyOff(on: On): string | null
  /** The first working day after a date. */
  nextWorkingDay(on: On): On
}

/** Asked about a year whose notice is not in the calendar. */
export class CalendarMissing extends Problem {
  readonly year: number

  constructor(year: number) {
    super('clock.calendar-missing', { year })
    this.year = year
  }
}

const WEEKEND: Readonly<Record<number, string>> = { 6: '周六', 7: '周日' }

/** A calendar that does not change: `years` are those whose notice is known, `days` what differs in them. */
export function makeCalendar(given: { days: readonly CalendarDay[]; years: readonly number[] }): Calendar {
  const years = new Set(given.years)
  const days = new Map(given.days.map((day) => [day.on, { ...day }]))

  function whyOff(on: On): string | null {
    const year = Number(on.slice(0, 4))
    if (!years.has(year)) throw new CalendarMissing(year)
    const day = days.get(on)
    if (day?.kind === 'work') return null
    return day?.name ?? WEEKEND[weekdayOf(on)] ?? null
  }

  function nextWorkingDay(on: On): On {
    const next = addDays(on, 1)
    return whyOff(next) === null ? next : nextWorkingDay(next)
  }

  return Object.freeze({
    knows: (year: number) => years.has(year),
    isOff: (on: On) => whyOff(on) !== null,
    whyOff,
    nextWorkingDay,
  })
}
