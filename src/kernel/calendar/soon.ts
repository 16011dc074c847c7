import { addDays, type On } from '#kernel/time/time.ts'
import type { Calendar } from './calendar.ts'

const SOON_DAYS = 7

/**
 * The last day of what is due soon (即将到期): a week on, and where that is a day off the working day after it. What falls
 * due when the holidays are over must be seen before they begin.
 */
export function soonUntil(calendar: Calendar, on: On): On {
  const week = addDays(on, SOON_DAYS)
  // A year whose notice is not known yet has no days off to pass over.
  const isOff = (day: On) => calendar.knows(Number(day.slice(0, 4))) && calendar.isOff(day)
  let last = week
  while (isOff(last)) last = addDays(last, 1)
  return last
}
