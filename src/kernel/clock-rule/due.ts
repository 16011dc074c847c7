import { type Calendar, CalendarMissing } from '#kernel/calendar/calendar.ts'
import { addDays, addMonths, daysBetween, type On } from '#kernel/time/time.ts'
import type { Rule } from './rule.ts'
import type { ClockState, DueExplanation } from './wire.ts'

// How a due date comes about (民事诉讼法第八十五条, 审限规定第九条). The day of the start is not counted. Months end on
// the same day of a later month, or on its last. Extensions are added to the limit, each from where the one before
// ended; days under suspension are not counted; a last day that is off moves to the next working day, and so does one
// that a suspension has meanwhile reached. So every answer can be checked from itself: limit and extensions from the
// start, plus the days under suspension, plus the days skipped, is the due date.

/** Days from `fromOn` up to the day before `toOn` are not counted; open while `toOn` is null. */
export interface Suspension {
  fromOn: On
  toOn: On | null
  ground: string
}

export type Extension = DueExplanation['extensions'][number]

export interface DueQuestion {
  rule: Rule
  /** What starts the clock, in the words of the screen: 立案日期. */
  startFact: string
  startOn: On
  suspensions: readonly Suspension[]
  /** In the order in which they were granted. */
  extensions: readonly Extension[]
  calendar: Calendar
}

/**
 * The due date with its whole account. `dueOn` is null while an open suspension stands before the limit's end (then the
 * open suspension is in the list), and where a year without holiday notice would have to be known.
 */
export function explainDue(question: DueQuestion): DueExplanation {
  const { rule, startFact, startOn, extensions } = question
  const walk = new Walk(startOn, mergeSuspensions(question.suspensions), question.calendar)
  const dueOn = dueOf(walk, rule, extensions)
  return {
    ruleId: rule.id,
    version: rule.version,
    source: rule.source,
    mark: rule.mark,
    startFact,
    startOn,
    n: rule.n,
    unit: rule.unit,
    skipped: walk.skipped,
    suspensions: walk.suspended,
    extensions: extensions.map((one) => ({ ...one })),
    dueOn,
  }
}

/** Whether the due date is open because an unfinished suspension holds the clock. */
export function isHeld(due: Pick<DueExplanation, 'dueOn' | 'suspensions'>): boolean {
  return due.dueOn === null && due.suspensions.some(({ toOn }) => toOn === null)
}

/**
 * How a clock stands on a day. What was done while the clock was held is met: the limit could not pass meanwhile. A due
 * date that is not known makes the clock uncomputed, done or not.
 */
export function clockState(clock: { dueOn: On | null; doneOn: On | null; suspended: boolean }, asOfOn: On): ClockState {
  const { dueOn, doneOn } = clock
  if (dueOn === null) {
    if (!clock.suspended) return 'uncomputed'
    return doneOn === null ? 'suspended' : 'met'
  }
  if (doneOn !== null) return doneOn <= dueOn ? 'met' : 'late'
  return asOfOn <= dueOn ? 'running' : 'overdue'
}

/** The suspensions as they stood on a day: later ones do not exist yet, and one that ended later was still open. */
export function suspensionsAsOf<S extends Suspension>(suspensions: readonly S[], asOfOn: On): S[] {
  return suspensions
    .filter(({ fromOn }) => fromOn <= asOfOn)
    .map((one) => ({ ...one, toOn: one.toOn !== null && one.toOn <= asOfOn ? one.toOn : null }))
}

function dueOf(walk: Walk, rule: Rule, extensions: readonly Extension[]): On | null {
  try {
    return walk.countTo(rule, extensions) ? walk.on : null
  } catch (error) {
    if (error instanceof CalendarMissing) return null
    throw error
  }
}

/** A day that moves forward from the start and keeps what it passed. */
class Walk {
  on: On
  readonly skipped: { on: On; why: string }[] = []
  readonly suspended: DueExplanation['suspensions'] = []
  readonly #suspensions: readonly Suspension[]
  readonly #calendar: Calendar

  constructor(startOn: On, suspensions: readonly Suspension[], calendar: Calendar) {
    this.on = startOn
    this.#suspensions = suspensions
    this.#calendar = calendar
  }

  /** Counts the whole limit; false where an open suspension stands in the way. */
  countTo(rule: Rule, extensions: readonly Extension[]): boolean {
    if (rule.unit === 'working-day') {
      if (!this.#countWorking(rule.n)) return false
      if (!this.#count(daysBetween(this.on, extended(this.on, extensions)))) return false
    } else {
      const end = extended(later(this.on, rule.n, rule.unit), extensions)
      if (!this.#count(daysBetween(this.on, end))) return false
    }
    return !rule.rolls || this.#roll()
  }

  #countWorking(n: number): boolean {
    for (let left = n; left > 0; ) {
      if (!this.#count(1)) return false
      if (!this.#skip()) left -= 1
    }
    return true
  }

  #roll(): boolean {
    while (this.#skip()) if (!this.#count(1)) return false
    return true
  }

  /** Goes on by calendar days, stepping over suspensions. */
  #count(days: number): boolean {
    for (let left = days; left > 0; ) {
      const next = addDays(this.on, 1)
      const ahead = this.#suspensions.find(({ toOn }) => toOn === null || toOn > next)
      const free = ahead ? Math.max(0, daysBetween(next, ahead.fromOn)) : left
      const step = Math.min(left, free)
      this.on = addDays(this.on, step)
      left -= step
      if (left > 0 && ahead && !this.#wait(ahead)) return false
    }
    return true
  }

  /** Stands on the last counted day before a suspension, and goes to its last day. */
  #wait({ fromOn, toOn, ground }: Suspension): boolean {
    const days = toOn === null ? 0 : daysBetween(this.on, toOn) - 1
    this.suspended.push({ fromOn, toOn, days, ground })
    if (toOn === null) return false
    this.on = addDays(this.on, days)
    return true
  }

  /** Notes this day where it is off. */
  #skip(): boolean {
    const why = this.#calendar.whyOff(this.on)
    if (why !== null) this.skipped.push({ on: this.on, why })
    return why !== null
  }
}

function later(on: On, n: number, unit: 'day' | 'month'): On {
  return unit === 'month' ? addMonths(on, n) : addDays(on, n)
}

function extended(on: On, extensions: readonly Extension[]): On {
  return extensions.reduce((end, { n, unit }) => later(end, n, unit), on)
}

/** In order, without overlaps; those that touch become one. */
function mergeSuspensions(suspensions: readonly Suspension[]): Suspension[] {
  const merged: Suspension[] = []
  const real = suspensions.filter(({ fromOn, toOn }) => toOn === null || toOn > fromOn)
  for (const one of real.toSorted((a, b) => (a.fromOn < b.fromOn ? -1 : a.fromOn > b.fromOn ? 1 : 0))) {
    const last = merged.at(-1)
    if (!last || (last.toOn !== null && last.toOn < one.fromOn)) {
      merged.push({ ...one })
      continue
    }
    last.toOn = laterEnd(last.toOn, one.toOn)
    if (!last.ground.split('；').includes(one.ground)) last.ground = `${last.ground}；${one.ground}`
  }
  return merged
}

function laterEnd(a: On | null, b: On | null): On | null {
  if (a === null || b === null) return null
  return a > b ? a : b
}
