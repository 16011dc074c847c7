import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { weekdayOf } from '#kernel/time/time.ts'
import type { CalendarDay } from './calendar.ts'

// What the calendar begins with. Only the package's data is read, keyed by 'YYYY-MM-DD': its functions answer by the
// machine's time zone, and answer "working day" for years that have no notice.

export interface HolidayNotice {
  year: number
  /** The notices that fix the year's days off, the later ones change the first. */
  notice: string
  /** V: the number was checked against a text; M: by title only. */
  mark: 'V' | 'M'
}

const yearly = (year: number, number: string, later = '') =>
  `国务院办公厅关于${year}年部分节假日安排的通知（国办发明电${number}）${later}`

export const HOLIDAY_NOTICES: readonly HolidayNotice[] = [
  { year: 2014, notice: yearly(2014, '〔2013〕28号'), mark: 'V' },
  {
    year: 2015,
    notice: yearly(2015, '〔2014〕28号', '；抗战胜利70周年纪念日调休放假的通知（国发明电〔2015〕1号）'),
    mark: 'V',
  },
  { year: 2016, notice: yearly(2016, '〔2015〕18号'), mark: 'V' },
  { year: 2017, notice: yearly(2017, '〔2016〕17号'), mark: 'V' },
  { year: 2018, notice: yearly(2018, '〔2017〕12号'), mark: 'V' },
  {
    year: 2019,
    notice: yearly(2019, '〔2018〕15号', '；关于调整2019年劳动节假期安排的通知（国办发明电〔2019〕3号）'),
    mark: 'V',
  },
  { year: 2020, notice: yearly(2020, '〔2019〕16号', '；国务院办公厅关于延长2020年春节假期的通知'), mark: 'M' },
  { year: 2021, notice: yearly(2021, '〔2020〕27号'), mark: 'V' },
  { year: 2022, notice: yearly(2022, '〔2021〕11号'), mark: 'V' },
  { year: 2023, notice: yearly(2023, '〔2022〕16号'), mark: 'V' },
  { year: 2024, notice: yearly(2024, '〔2023〕7号'), mark: 'V' },
  { year: 2025, notice: yearly(2025, '〔2024〕12号'), mark: 'V' },
  { year: 2026, notice: yearly(2026, '〔2025〕7号'), mark: 'V' },
]

/** As the notices write them; the package leaves the 节 of these three out. */
const FULL_NAMES: Readonly<Record<string, string>> = { 清明: '清明节', 端午: '端午节', 中秋: '中秋节' }

/** The days of 2014–2026 that differ from Monday to Friday, in order. */
export function seedDays(): CalendarDay[] {
  const years = new Set(HOLIDAY_NOTICES.map(({ year }) => String(year)))
  const read = (table: Readonly<Record<string, string>>, kind: CalendarDay['kind']) =>
    Object.entries(table)
      .filter(([on]) => years.has(on.slice(0, 4)) && weekdayOf(on) > 5 === (kind === 'work'))
      .map(([on, text]) => ({ on, kind, name: nameIn(text) }))
  return [...read(chineseDays.holidays, 'off'), ...read(chineseDays.workdays, 'work')].sort((a, b) =>
    a.on < b.on ? -1 : 1,
  )
}

/** 'National Day,国庆节,3' → '国庆节'. */
function nameIn(text: string): string {
  const name = text.split(',')[1] ?? text
  return FULL_NAMES[name] ?? name
}
