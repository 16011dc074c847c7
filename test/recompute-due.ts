import { SolarDay, SolarMonth } from 'tyme4ts'

// A due date once more, from the answer of the API alone and with none of the product's code: what is not listed in
// the answer (a day skipped, a suspension, an extension) does not exist here, so an answer that keeps something back
// differs.

/** The fields of an explained due date that decide it. */
export interface Answer {
  startOn: string
  n: number
  unit: 'day' | 'working-day' | 'month'
  skipped: readonly { on: string }[]
  suspensions: readonly { fromOn: string; toOn: string | null; days: number }[]
  extensions: readonly { n: number; unit: 'day' | 'month' }[]
}

/** The due date ('YYYY-MM-DD'), or null where an open suspension is listed. Fails on a list that does not add up. */
export function recomputeDueOn(answer: Answer): string | null {
  if (answer.suspensions.some(({ toOn }) => toOn === null)) return null
  const skipped = new Set(answer.skipped.map(({ on }) => on))
  const isSuspended = (day: SolarDay) =>
    answer.suspensions.some(({ fromOn, toOn }) => fromOn <= textOf(day) && textOf(day) < (toOn ?? ''))
  let day = dayOf(answer.startOn)
  const passed: string[] = []
  const idle = () => {
    let days = 0
    while (isSuspended(day) || skipped.has(textOf(day))) {
      if (isSuspended(day)) days += 1
      else passed.push(textOf(day))
      day = day.next(1)
    }
    return days
  }
  const pass = (days: number, stepsOverSkipped: boolean) => {
    let waited = 0
    for (let left = days; left > 0; ) {
      day = day.next(1)
      if (isSuspended(day)) waited += 1
      else if (stepsOverSkipped && skipped.has(textOf(day))) passed.push(textOf(day))
      else left -= 1
    }
    return waited
  }
  let waited = 0
  if (answer.unit === 'working-day') waited += pass(answer.n, true)
  let end = answer.unit === 'working-day' ? day : later(day, answer.n, answer.unit)
  for (const { n, unit } of answer.extensions) end = later(end, n, unit)
  waited += pass(end.subtract(day), false)
  waited += idle()
  if (passed.length !== answer.skipped.length) throw new Error(`listed as skipped but not passed: ${textOf(day)}`)
  const listed = answer.suspensions.reduce((sum, { days }) => sum + days, 0)
  if (waited !== listed) throw new Error(`${waited} days under suspension, ${listed} listed`)
  return textOf(day)
}

function later(day: SolarDay, n: number, unit: 'day' | 'month'): SolarDay {
  if (unit === 'day') return day.next(n)
  const month = SolarMonth.fromYm(day.getYear(), day.getMonth()).next(n)
  return SolarDay.fromYmd(month.getYear(), month.getMonth(), Math.min(day.getDay(), month.getDayCount()))
}

function dayOf(on: string): SolarDay {
  return SolarDay.fromYmd(Number(on.slice(0, 4)), Number(on.slice(5, 7)), Number(on.slice(8, 10)))
}

function textOf(day: SolarDay): string {
  const pad = (part: number) => String(part).padStart(2, '0')
  return `${day.getYear()}-${pad(day.getMonth())}-${pad(day.getDay())}`
}
