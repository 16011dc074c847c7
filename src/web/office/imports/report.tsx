import type { ImportReport } from '#cases/case/wire.ts'
import { address } from '#web/office/api.ts'
import { Nothing } from '#web/office/parts/condition.tsx'
import { count, yuan } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { type Column, Table } from '#web/office/parts/table.tsx'
import { Tabs } from '#web/office/parts/tabs.tsx'

type Refused = ImportReport['refused'][number]
type ToCorrect = ImportReport['toCorrect'][number]

const REFUSED: Column<Refused>[] = [
  { key: 'row', title: '行号', right: true, whole: true, cell: ({ row }) => `第 ${row} 行` },
  { key: 'number', title: '文件中的案号', lead: true, cell: ({ caseNumber }) => caseNumber ?? '（空）' },
  { key: 'reason', title: '拒收原因', cell: ({ reason }) => reason },
]

const TO_CORRECT: Column<ToCorrect>[] = [
  {
    key: 'number',
    title: '案号',
    whole: true,
    lead: true,
    cell: ({ caseNumber }) => <Go to={address('/cases', { q: caseNumber })}>{caseNumber}</Go>,
  },
  { key: 'reasons', title: '需补正事项', cell: ({ reasons }) => reasons.join('、') },
]

/** Before the import there is no case yet to lead to. */
function unlinked(column: Column<ToCorrect>): Column<ToCorrect> {
  return column.key === 'number' ? { ...column, cell: ({ caseNumber }) => caseNumber } : column
}

/** What to do after an import. */
function NextSteps({ report }: { report: ImportReport }) {
  return (
    <section className="box next-steps no-paper" aria-label="接下来">
      <h2>接下来</h2>
      <Go to="/backlog">查看存量超期清单，分批发起督办</Go>
      {report.toCorrect.length > 0 ? <Go to="/cases?flag=any">补正 {count(report.toCorrect.length)} 件案件</Go> : null}
      <Go to="/">回工作台看今天必须办的</Go>
    </section>
  )
}

function Figures({ report, isDone }: { report: ImportReport; isDone: boolean }) {
  const figures: [string, string][] = [
    ['数据行', count(report.rows)],
    ['可入库', count(report.accepted)],
    ['拒收', count(report.refused.length)],
    ['重复', count(report.duplicates)],
    ['需补正', count(report.toCorrect.length)],
    ['标的合计（元）', yuan(report.amountFen)],
    // A check writes nothing, and so doesn't know which cases are new.
    ...(isDone
      ? ([
          ['新增案件', count(report.created)],
          ['更新案件', count(report.updated)],
          ['无变化', count(report.unchanged)],
        ] as [string, string][])
      : []),
  ]
  return (
    <dl className="figures">
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="whole">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function reasonsOf(refused: Refused[]): string {
  const counts = new Map<string, number>()
  for (const { reason } of refused) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].map(([reason, n]) => `${reason} ${n} 行`).join('，')
}

/** The report of a check or an import, row by row. */
export function Report({ report, notes, isDone }: { report: ImportReport; notes: string[]; isDone: boolean }) {
  const tabs = [
    {
      key: 'refused',
      title: `拒收 ${report.refused.length}`,
      body:
        report.refused.length === 0 ? (
          <Nothing title="没有拒收的行" />
        ) : (
          <>
            <p className="soft">{reasonsOf(report.refused)}。行号是 Excel 中的行号；请在原系统更正后重新导出。</p>
            <Table label="拒收的行" columns={REFUSED} rows={report.refused} rowKey={({ row }) => String(row)} />
          </>
        ),
    },
    {
      key: 'correct',
      title: `需补正 ${report.toCorrect.length}`,
      body:
        report.toCorrect.length === 0 ? (
          <Nothing title="没有需补正的案件" />
        ) : (
          <Table
            label="需补正的案件"
            columns={isDone ? TO_CORRECT : TO_CORRECT.map(unlinked)}
            rows={report.toCorrect}
            rowKey={({ caseNumber }) => caseNumber}
          />
        ),
    },
    {
      key: 'notes',
      title: `说明 ${notes.length}`,
      body:
        notes.length === 0 ? (
          <Nothing title="没有其他说明" />
        ) : (
          <ul className="note-list">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        ),
    },
  ]
  return (
    <>
      <Figures report={report} isDone={isDone} />
      {isDone ? <NextSteps report={report} /> : null}
      <section className="box" aria-label="逐行结果">
        <Tabs label="逐行结果" tabs={tabs} />
      </section>
    </>
  )
}
