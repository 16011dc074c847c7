import { addDays, weekdayOf } from '#kernel/time/time.ts'
import type { CalendarDay } from '#web/office/wire.ts'

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日']

/** The weeks of a month from Monday to Sunday, with the days of its neighbours that fill the first and the last. */
function weeksOf(month: string): string[][] {
  const first = `${month}-01`
  const weeks: string[][] = []
  for (let monday = addDays(first, 1 - weekdayOf(first)); monday.slice(0, 7) <= month; monday = addDays(monday, 7)) {
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((days) => addDays(monday, days)))
  }
  return weeks
}

interface DayProps {
  on: string
  special: CalendarDay | undefined
  today: string
  edit: ((on: string) => void) | undefined
}

function Day({ on, special, today, edit }: DayProps) {
  const isWeekend = weekdayOf(on) > 5
  const kind = special?.kind ?? (isWeekend ? 'weekend' : 'workday')
  const sign = special ? (special.kind === 'off' ? '休' : '班') : ''
  const words = `${on} ${special ? `${special.name}${sign === '班' ? '（调休上班）' : '（放假）'}` : isWeekend ? '休息日' : '工作日'}`
  const face = (
    <>
      {Number(on.slice(8))}
      {sign ? <span className="day-sign">{sign}</span> : null}
    </>
  )
  const className = ['day', kind, on === today ? 'today' : ''].filter(Boolean).join(' ')
  return (
    <td className={className} title={words}>
      {edit ? (
        <button type="button" onClick={() => edit(on)}>
          {face}
          <span className="unseen">{words}</span>
        </button>
      ) : (
        <span>{face}</span>
      )}
    </td>
  )
}

interface MonthProps {
  year: number
  month: number
  special: ReadonlyMap<string, CalendarDay>
  today: string
  edit: ((on: string) => void) | undefined
}

/** One month with its days off and its working weekends. */
export function Month({ year, month, special, today, edit }: MonthProps) {
  const name = `${year}-${String(month).padStart(2, '0')}`
  return (
    <table className="month">
      <caption>{month} 月</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((day) => (
            <th key={day} scope="col">
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(name).map((week) => (
          <tr key={week[0]}>
            {week.map((on) =>
              on.startsWith(name) ? (
                <Day key={on} on={on} special={special.get(on)} today={today} edit={edit} />
              ) : (
                <td key={on} />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
