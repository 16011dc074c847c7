import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { address, read } from '#web/office/api.ts'
import { Loaded } from '#web/office/parts/condition.tsx'
import { moment } from '#web/office/parts/format.ts'
import { useFilters, useMe, useToday } from '#web/office/session.ts'
import type { CalendarYear } from '#web/office/wire.ts'
import { DayDialog } from './day-dialog.tsx'
import { Month } from './month.tsx'
import { Recounts } from './recounts.tsx'
import { YearDialog } from './year-dialog.tsx'

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

function Versions({ versions }: { versions: CalendarYear['versions'] }) {
  if (versions.length === 0) return null
  return (
    <>
      <h3>修改记录</h3>
      <ul className="note-list">
        {versions.map(({ version, at, by, reason }) => (
          <li key={version}>
            第 {version} 版 · {by} {moment(at)}：{reason}
          </li>
        ))}
      </ul>
    </>
  )
}

function YearBody({ calendar }: { calendar: CalendarYear }) {
  const today = useToday()
  const mayEnter = useMe().data?.posts.some(({ role }) => role === 'administrator.security') ?? false
  const [edited, setEdited] = useState<string | null>(null)
  const [isEntering, setEntering] = useState(false)
  const special = new Map(calendar.days.map((day) => [day.on, day]))
  return (
    <>
      {calendar.known ? (
        <p className="soft">
          {calendar.notice ? `依据：${calendar.notice}。` : null}
          “休”为放假，“班”为调休上班。{calendar.mayEdit ? '点某一天可以修改。' : null}
        </p>
      ) : (
        <div className="refusal" role="alert">
          <strong>▲ {calendar.year} 年的放假安排尚未录入</strong>
          <span>届满日落在该年度的期限不能计算，显示为“期限待定”，直到录入国务院办公厅的放假通知。</span>
          {mayEnter ? (
            <span>
              <Button type="primary" onClick={() => setEntering(true)}>
                录入 {calendar.year} 年放假安排
              </Button>
            </span>
          ) : (
            <span>请联系本院安全管理员录入。</span>
          )}
        </div>
      )}
      {isEntering ? <YearDialog year={calendar.year} close={() => setEntering(false)} /> : null}
      <div className="year">
        {MONTHS.map((month) => (
          <Month
            key={month}
            year={calendar.year}
            month={month}
            special={special}
            today={today}
            edit={calendar.mayEdit ? setEdited : undefined}
          />
        ))}
      </div>
      <Versions versions={calendar.versions} />
      <Recounts />
      {edited ? <DayDialog on={edited} special={special.get(edited)} close={() => setEdited(null)} /> : null}
    </>
  )
}

/** The court's calendar of a year. */
export function CalendarView() {
  const today = useToday()
  const [{ year: asked }, change] = useFilters()
  const year = Number(asked ?? today.slice(0, 4))
  const calendar = useQuery({
    queryKey: ['calendar', year],
    queryFn: ({ signal }) => read<CalendarYear>(address('calendar', { year }), signal),
    enabled: year > 0,
  })
  return (
    <>
      <div className="year-switch">
        <Button className="no-paper" onClick={() => change({ year: String(year - 1) })}>
          上一年
        </Button>
        <h2>{year} 年</h2>
        <Button className="no-paper" onClick={() => change({ year: String(year + 1) })}>
          下一年
        </Button>
      </div>
      <Loaded asked={calendar} rows={10}>
        {(data) => <YearBody calendar={data} />}
      </Loaded>
    </>
  )
}
