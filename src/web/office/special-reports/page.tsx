import { useQuery } from '@tanstack/react-query'
import type { ReportEntry, ReportFigures } from '#cases/special-party/wire.ts'
import type { ThingView } from '#kernel/matter/wire.ts'
import { NewThingPage } from '#web/matter/form.tsx'
import { ThingPage } from '#web/matter/page.tsx'
import { address, read } from '#web/office/api.ts'
import { useListing } from '#web/office/listing.ts'
import { Loaded } from '#web/office/parts/condition.tsx'
import { count, yuan } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Box, Facts, Word } from '#web/office/parts/page-head.tsx'
import { type Column, ListingTable, Table } from '#web/office/parts/table.tsx'
import { useFilters } from '#web/office/session.ts'

// 特殊主体月报: the month's figures, each of them the way to its cases; everything else is a matter's page.

const PATH = 'special-reports'
/** 应清理 is told beside the rate. */
const SHOWN = ['opening', 'entered', 'cleared', 'removed', 'closing']
const ALL = '合计'

type FigureRow = ReportFigures['rows'][number]

const categoryOf = ({ category }: FigureRow) => (category === ALL ? undefined : category)

function FigureCell({ id, row, name }: { id: string; row: FigureRow; name: string }) {
  const figure = row.figures.find((one) => one.name === name)
  if (!figure) return null
  return (
    <>
      <Go
        to={address(`/${PATH}/${id}`, { figure: name, category: categoryOf(row) })}
        aria-label={`${row.category}${figure.label}${figure.n}件`}
      >
        {count(figure.n)}
      </Go>
      <div className="soft whole">{yuan(figure.amountFen)}</div>
    </>
  )
}

function RateCell({ id, row }: { id: string; row: FigureRow }) {
  const { percent, numerator, denominator } = row.rate
  const to = (figure: string) => address(`/${PATH}/${id}`, { figure, category: categoryOf(row) })
  return (
    <>
      {percent === null ? '—' : `${percent}%`}
      <div className="soft whole">
        <Go to={to('cleared')} aria-label={`${row.category}清理率的分子${numerator}件`}>
          {count(numerator)}
        </Go>
        {' ÷ '}
        <Go to={to('base')} aria-label={`${row.category}清理率的分母${denominator}件`}>
          {count(denominator)}
        </Go>
      </div>
    </>
  )
}

function columnsOf(id: string, { rows }: ReportFigures): Column<FigureRow>[] {
  const labels = new Map(rows[0]?.figures.map(({ name, label }) => [name, label]))
  return [
    { key: 'category', title: '类别', cell: ({ category }) => category, lead: true, whole: true },
    ...SHOWN.map((name) => ({
      key: name,
      title: labels.get(name) ?? name,
      right: true,
      cell: (row: FigureRow) => <FigureCell id={id} row={row} name={name} />,
    })),
    { key: 'clearedFen', title: '清理金额', right: true, cell: ({ clearedFen }) => yuan(clearedFen) },
    { key: 'rate', title: '清理率', right: true, cell: (row) => <RateCell id={id} row={row} /> },
  ]
}

function Figures({ thing }: { thing: ThingView }) {
  const asked = useQuery({
    queryKey: [PATH, 'figures', thing.id],
    queryFn: ({ signal }) => read<ReportFigures>(`${PATH}/${thing.id}/figures`, signal),
  })
  return (
    <Loaded asked={asked}>
      {(figures) => (
        <Box
          title="统计数字"
          aside={
            <span>
              {figures.monthStartOn} 至 {figures.monthEndOn}，单位：件、元{' '}
              {figures.isFrozen ? <Word tone="good">已核定，数字不再变动</Word> : <Word tone="warn">未核定</Word>}
            </span>
          }
        >
          <div className="list-wide">
            <Table
              label="统计数字"
              columns={columnsOf(thing.id, figures)}
              rows={figures.rows}
              rowKey={({ category }) => category}
            />
          </div>
          <details>
            <summary>数字的含义</summary>
            <Facts pairs={figures.meanings.map(({ label, meaning }) => [label, meaning])} />
          </details>
        </Box>
      )}
    </Loaded>
  )
}

const ENTRY_COLUMNS: Column<ReportEntry>[] = [
  {
    key: 'number',
    title: '台账编号',
    cell: ({ entryId, number }) => <Go to={`/special-parties/${entryId}`}>{number}</Go>,
    lead: true,
  },
  {
    key: 'caseNumber',
    title: '执行案号',
    cell: ({ caseId, caseNumber }) => <Go to={`/cases/${caseId}`}>{caseNumber}</Go>,
  },
  { key: 'category', title: '类别', cell: ({ category }) => category, whole: true },
  { key: 'party', title: '特殊主体', cell: ({ party }) => party },
  { key: 'holder', title: '承办', cell: ({ holder }) => holder ?? '—', whole: true },
  { key: 'listedOn', title: '列入日期', cell: ({ listedOn }) => listedOn, whole: true },
  {
    key: 'left',
    title: '离账',
    cell: ({ leftOn, outcome }) => (outcome === null ? '—' : `${outcome} ${leftOn}`),
    whole: true,
  },
  { key: 'amountFen', title: '涉案金额（元）', cell: ({ amountFen }) => yuan(amountFen), right: true, whole: true },
  {
    key: 'clearedFen',
    title: '清理金额（元）',
    cell: ({ clearedFen, outcome }) => (outcome === null ? '—' : yuan(clearedFen)),
    right: true,
    whole: true,
  },
]

const LIST_TITLES: Readonly<Record<string, string>> = {
  opening: '月初在账',
  entered: '本月新增',
  cleared: '本月清理',
  removed: '本月移出',
  closing: '月末在账',
  base: '应清理',
}

/** The cases behind the figure that the address names. */
function Entries({ id, figure, category }: { id: string; figure: string; category: string | undefined }) {
  const listing = useListing<ReportEntry>(`${PATH}/${id}/entries`, { figure, category })
  return (
    <Box
      title={`${LIST_TITLES[figure] ?? ''}的案件${category ? `（${category}）` : ''}`}
      aside={<Go to={`/${PATH}/${id}`}>收起</Go>}
    >
      <ListingTable
        label="数字对应的案件"
        columns={ENTRY_COLUMNS}
        listing={listing}
        rowKey={({ entryId }) => entryId}
        empty="该数字为零。"
      />
    </Box>
  )
}

function Report({ thing }: { thing: ThingView }) {
  const [{ figure, category }] = useFilters()
  if (thing.state === 'collecting') {
    return (
      <Box title="统计数字">
        <p className="soft">统计月份尚未结束，次月第一个工作日自动生成。</p>
      </Box>
    )
  }
  return (
    <>
      <Figures thing={thing} />
      {figure ? <Entries id={thing.id} figure={figure} category={category} /> : null}
    </>
  )
}

/** One month's report. */
export function SpecialReportPage() {
  return <ThingPage path={PATH} more={(thing) => <Report thing={thing} />} />
}

/** Opens the report of a month by hand, where the clockwork has not. */
export function NewReportPage() {
  return <NewThingPage path={PATH} />
}
