import { PageHead } from '#web/office/parts/page-head.tsx'
import { Tabs } from '#web/office/parts/tabs.tsx'
import { CalendarView } from './calendar.tsx'
import { RuleTable } from './rule-table.tsx'

/** Limits as data, and the calendar by which they are counted. */
export function RulesPage() {
  return (
    <>
      <PageHead
        title="期限规则与日历"
        about="法律规定的期限与本院设置的期限分别标明；每条规则有来源、版本和施行日期。"
      />
      <section className="box" aria-label="期限规则与日历">
        <Tabs
          label="期限规则与日历"
          tabs={[
            { key: 'rules', title: '期限规则', body: <RuleTable /> },
            { key: 'calendar', title: '工作日历', body: <CalendarView /> },
          ]}
        />
      </section>
    </>
  )
}
