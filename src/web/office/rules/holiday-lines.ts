import { addDays, isOn, weekdayOf } from '#kernel/time/time.ts'
import type { CalendarDay } from '#web/office/wire.ts'

// The State Council's notice names spans of days off and single working weekends. One line for each:
// 名称 第一天 最后一天, and 上班 日期.

const LONGEST_DAYS = 30

export interface HolidayLines {
  days: CalendarDay[]
  /** What could not be read, by line counted from 1. */
  faults: { line: number; message: string }[]
}

function dateIn(text: string, year: number): string | null {
  const match = /^(?:(\d{4})[-年./])?(\d{1,2})[-月./](\d{1,2})日?$/.exec(text)
  if (!match) return null
  const on = `${match[1] ?? year}-${String(match[2]).padStart(2, '0')}-${String(match[3]).padStart(2, '0')}`
  return isOn(on) ? on : null
}

function daysOfLine(line: string, year: number): CalendarDay[] | string {
  const [name = '', first = '', last = first] = line.trim().split(/[\s,，、至到]+/)
  const from = dateIn(first, year)
  const to = dateIn(last, year)
  if (!from || !to) return '日期写成“10-1”或“10月1日”，名称与日期之间空一格'
  if (from > to) return '最后一天早于第一天'
  const days: CalendarDay[] = []
  for (let on = from; on <= to; on = addDays(on, 1)) {
    if (days.length >= LONGEST_DAYS) return `一个假期不超过 ${LONGEST_DAYS} 天`
    days.push({ on, kind: name === '上班' ? 'work' : 'off', name: name === '上班' ? '调休上班' : name })
  }
  const outside = days.find(({ on }) => !on.startsWith(`${year}-`))
  if (outside) return `${outside.on} 不在 ${year} 年内`
  const wrong = days.find(({ kind, on }) => kind === 'work' && weekdayOf(on) <= 5)
  return wrong ? `${wrong.on} 是周一至周五，不必列为上班` : days
}

/** Reads the lines of a year's notice. Saturdays and Sundays inside a span are off anyway and are left out. */
export function readHolidayLines(text: string, year: number): HolidayLines {
  const days = new Map<string, CalendarDay>()
  const faults: HolidayLines['faults'] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const read = daysOfLine(line, year)
    if (typeof read === 'string') faults.push({ line: index + 1, message: read })
    else for (const day of read) if (day.kind === 'work' || weekdayOf(day.on) <= 5) days.set(day.on, day)
  }
  return { days: [...days.values()].sort((one, other) => one.on.localeCompare(other.on)), faults }
}
