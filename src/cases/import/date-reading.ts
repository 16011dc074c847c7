import { halfWidth, isBlank } from '#cases/case/plain-text.ts'
import { addDays, isRealDate, type On } from '#kernel/time/time.ts'
import type { Cell } from './sheet-rows.ts'

// The dates of an export: 2021-03-05, 2021/3/5, 2021年3月5日, 2021.03.05, the number 20210305 and Excel's own dates. A
// time of day after the date is dropped. A plain number such as 44269 that is not shown as a date is none: nothing
// says it is one.

const SERIAL_MAX = 2_958_465
const TEXT_MAX = 100
const WRITTEN =
  /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:(?:T|(?<=日))\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/

/** The date a cell shows, `null` where it is empty, `'unreadable'` where it holds anything else. */
export function readDate(cell: Cell | undefined, from1904: boolean): On | null | 'unreadable' {
  if (cell === undefined) return null
  if (cell.type === 'number') return numberDate(cell, from1904) ?? 'unreadable'
  if (cell.type === 'boolean' || cell.type === 'error') return 'unreadable'
  if (cell.raw.length > TEXT_MAX) return isBlank(cell.raw) ? null : 'unreadable'
  // A date and a time stand apart by a space; without white space the day would run into the hour.
  const [day = '', ...time] = cell.raw
    .normalize('NFKC')
    .trim()
    .split(/\s+(?=\d{1,2}:)/)
  const plain = halfWidth(day)
  if (plain === '') return null
  return writtenDate(time.length === 0 ? plain : `${plain}T${halfWidth(time.join(' '))}`) ?? 'unreadable'
}

function writtenDate(text: string): On | null {
  if (/^\d{8}$/.test(text)) return joinedDate(text)
  const match = WRITTEN.exec(text)
  if (match === null) return null
  return realDate(Number(match[1]), Number(match[3] ?? match[5]), Number(match[4] ?? match[6]))
}

function joinedDate(digits: string): On | null {
  return realDate(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6)))
}

function realDate(year: number, month: number, day: number): On | null {
  if (year < 1 || !isRealDate(year, month, day)) return null
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function numberDate(cell: Cell, from1904: boolean): On | null {
  const value = Number(cell.raw)
  if (Number.isInteger(value) && value >= 10_000_000 && value <= 99_999_999) return joinedDate(String(value))
  return cell.dateStyled ? serialDate(Math.floor(value), from1904) : null
}

/**
 * Excel's day count. Day 60 of the 1900 system is 29 February 1900, which never was; before it the count is one
 * off.
 */
function serialDate(serial: number, from1904: boolean): On | null {
  if (serial < 1 || serial > SERIAL_MAX) return null
  if (from1904) return serial > SERIAL_MAX - 1462 ? null : addDays('1904-01-01', serial)
  if (serial === 60) return null
  return addDays(serial < 60 ? '1899-12-31' : '1899-12-30', serial)
}
