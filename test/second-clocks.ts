import { LegalHoliday, SolarDay, SolarMonth } from 'tyme4ts'
import type { TruthRow } from './sample.ts'

// The clocks of the sample a second time: from the truth file, with days and holidays of tyme4ts and not a line of the
// product's.

/** As `npm run clocks` prints a clock. */
export interface Clock {
  node: string
  startOn: string
  dueOn: string | null
  doneOn: string | null
  state: string
}

const AS_OF = '2021-09-30'

function solar(on: string): SolarDay {
  const [year = 0, month = 0, day = 0] = on.split('-').map(Number)
  return SolarDay.fromYmd(year, month, day)
}

function text(day: SolarDay): string {
  return [day.getYear(), day.getMonth(), day.getDay()].map((part) => `${part}`.padStart(2, '0')).join('-')
}

function isOff(day: SolarDay): boolean {
  const legal = LegalHoliday.fromYmd(day.getYear(), day.getMonth(), day.getDay())
  return legal ? !legal.isWork() : [0, 6].includes(day.getWeek().getIndex())
}

function rolled(day: SolarDay): string {
  return isOff(day) ? rolled(day.next(1)) : text(day)
}

function daysAfter(on: string, days: number): string {
  return rolled(solar(on).next(days))
}

function monthsAfter(on: string, months: number): string {
  const day = solar(on)
  const month = SolarMonth.fromYm(day.getYear(), day.getMonth()).next(months)
  return rolled(SolarDay.fromYmd(month.getYear(), month.getMonth(), Math.min(day.getDay(), month.getDayCount())))
}

/** All clocks that law and issue give a case, before what its state does to them. */
function limitsOf(row: TruthRow): Clock[] {
  const sent = row.执行通知书发出日期
  const filed = row.立案日期
  const arrived = row.案款到账日期
  const limit = (node: string, startOn: string, dueOn: string, doneOn: string | null) => [
    { node, startOn, dueOn, doneOn, state: '' },
  ]
  const enforcing = /执(恢)?\d+号$/.test(row.案号)
  const months = row.案由 === '行政处罚非诉执行' ? 3 : 6
  return [
    ...(enforcing ? limit('执行通知书', filed, daysAfter(filed, 10), sent) : []),
    ...(enforcing ? limit('执行通知书（内控）', filed, daysAfter(filed, 3), sent) : []),
    ...(enforcing ? limit('首次网络查控', filed, daysAfter(filed, 5), row.首次网络查控发起日期) : []),
    ...(arrived ? limit('案款发放', arrived, daysAfter(arrived, 30), row.案款发放日期) : []),
    ...(enforcing ? limit('执行期限', filed, monthsAfter(filed, months), row.结案日期) : []),
  ]
}

/** The clocks of one case of the truth file as they stand on the day of the export. */
export function secondClocks(row: TruthRow): Clock[] {
  if (row.补正.includes('立案日期晚于导出日期')) return []
  return limitsOf(row).flatMap((clock): Clock[] => {
    const doneOn = clock.doneOn !== null && clock.doneOn <= AS_OF ? clock.doneOn : null
    const dueOn = clock.dueOn ?? ''
    const known = { ...clock, doneOn }
    if (doneOn !== null && doneOn <= dueOn) return [{ ...known, state: 'met' }]
    // The sample has no column 中止日期: what was not met in time before can't be dated.
    if (row.状态 === '中止') return [{ ...known, dueOn: null, state: doneOn ? 'uncomputed' : 'suspended' }]
    if (doneOn !== null) return [{ ...known, state: 'late' }]
    const ended = ['已结', '终本'].includes(row.状态) && clock.node !== '案款发放'
    if (ended && !(row.结案日期 !== null && dueOn < row.结案日期)) return []
    return [{ ...known, state: AS_OF > dueOn ? 'overdue' : 'running' }]
  })
}
