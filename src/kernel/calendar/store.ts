import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { problem } from '#kernel/problem/problem.ts'
import { type On, weekdayOf } from '#kernel/time/time.ts'
import { type Calendar, type CalendarDay, makeCalendar } from './calendar.ts'
import { HOLIDAY_NOTICES, seedDays } from './seed.ts'

// The calendar in the database. Each change of a year raises its version and leaves a row that says who and why.

/** Told when calendar or rules change, so that every server reads them again. */
export const LAW_CHANNEL = 'ecc_law'

/** Puts in the years that the database does not have; a year that is there belongs to the court and is left alone. */
export async function seedCalendar(tx: Tx): Promise<void> {
  const days = seedDays()
  for (const { year, notice } of HOLIDAY_NOTICES) {
    const made = await tx.run(
      sql`insert into calendar_year (year, notice) values (${year}, ${notice}) on conflict do nothing`,
    )
    if (made === 1)
      await insertDays(
        tx,
        year,
        days.filter((day) => day.on.startsWith(`${year}-`)),
      )
  }
}

async function insertDays(tx: Tx, year: number, days: readonly CalendarDay[]): Promise<void> {
  await tx.run(sql`
    insert into calendar_day (on_date, year, kind, name)
    select day.on_date, ${year}, day.kind, day.name
    from unnest(${days.map((day) => day.on)}::date[], ${days.map((day) => day.kind)}::text[],
      ${days.map((day) => day.name)}::text[]) as day(on_date, kind, name)`)
}

/** The calendar as the database has it at this moment. */
export async function loadCalendar(tx: Tx): Promise<Calendar> {
  const years = await tx.query<{ year: number }>(sql`select year from calendar_year`)
  const days = await tx.query<CalendarDay>(sql`select on_date as "on", kind, name from calendar_day`)
  return makeCalendar({ years: years.map(({ year }) => year), days })
}

export interface StoredYear {
  notice: string
  version: number
  days: CalendarDay[]
  changes: { version: number; at: Date; by: string; reason: string; on: On }[]
}

/** One year as it stands, with its changes, the newest first; undefined where no notice is known. */
export async function loadYear(tx: Tx, year: number): Promise<StoredYear | undefined> {
  const known = await tx.maybe<{ notice: string; version: number }>(
    sql`select notice, version from calendar_year where year = ${year}`,
  )
  if (!known) return undefined
  const days = await tx.query<CalendarDay>(
    sql`select on_date as "on", kind, name from calendar_day where year = ${year} order by on_date`,
  )
  const changes = await tx.query<StoredYear['changes'][number]>(sql`
    select version, changed_at as at, changed_by as by, reason, on_date as "on" from calendar_change
    where year = ${year} order by version desc, id desc`)
  return { ...known, days, changes }
}

/** What a change of the calendar may touch: a day, or a year that was not known before. */
export interface CalendarChange {
  fromOn: On
  toOn: On
  newYear: boolean
  reason: string
  by: string
  at: Date
}

export interface DayChange {
  on: On
  kind: 'off' | 'work'
  name: string
  reason: string
  by: string
  at: Date
}

/** Changes one day of a known year and raises the year's version, which it returns. */
export async function changeDay(tx: Tx, change: DayChange): Promise<number> {
  const year = Number(change.on.slice(0, 4))
  const known = await tx.maybe<{ version: number }>(
    sql`select version from calendar_year where year = ${year} for no key update`,
  )
  if (!known) throw problem('clock.calendar-missing', { year })
  const isOrdinary = isWorkday(change.on) === (change.kind === 'work')
  const before = await tx.maybe<{ kind: string; name: string }>(
    sql`select kind, name from calendar_day where on_date = ${change.on}`,
  )
  const isSame = isOrdinary ? before === undefined : before?.kind === change.kind && before.name === change.name
  if (isSame) throw problem('calendar.unchanged', { on: change.on, state: change.kind === 'off' ? '休息日' : '工作日' })
  await tx.run(sql`delete from calendar_day where on_date = ${change.on}`)
  if (!isOrdinary) await insertDays(tx, year, [change])
  const version = known.version + 1
  await tx.run(sql`update calendar_year set version = ${version} where year = ${year}`)
  await tx.run(sql`
    insert into calendar_change (year, version, on_date, kind, name, reason, changed_by, changed_at)
    values (${year}, ${version}, ${change.on}, ${isOrdinary ? 'ordinary' : change.kind}, ${change.name},
      ${change.reason}, ${change.by}, ${change.at})`)
  await announceLaw(tx)
  return version
}

/** Enters a year whose notice has come out: the days that differ from Monday to Friday. */
export async function addYear(tx: Tx, year: number, notice: string, days: readonly CalendarDay[]): Promise<void> {
  const made = await tx.run(
    sql`insert into calendar_year (year, notice) values (${year}, ${notice}) on conflict do nothing`,
  )
  if (made === 0) throw problem('calendar.year-known', { year })
  await insertDays(tx, year, days)
  await announceLaw(tx)
}

/** True where a day belongs into the table: off on a weekday, work at a weekend. */
export function differs(day: Pick<CalendarDay, 'on' | 'kind'>): boolean {
  return isWorkday(day.on) === (day.kind === 'off')
}

function isWorkday(on: On): boolean {
  return weekdayOf(on) <= 5
}

async function announceLaw(tx: Tx): Promise<void> {
  await tx.query(sql`select pg_notify(${LAW_CHANNEL}, '')`)
}
