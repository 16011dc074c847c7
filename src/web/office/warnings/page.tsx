import type { WarningRow } from '#cases/warnings/wire.ts'
import { ChoiceNote } from '#web/office/backlog/choice-note.tsx'
import { caseColumn, orderColumn, useRaising } from '#web/office/backlog/raising.tsx'
import { JudgeFilter, TeamFilter, WARNINGS } from '#web/office/cases/filters.tsx'
import { useListing } from '#web/office/listing.ts'
import { useChosenRows } from '#web/office/parts/chosen-rows.ts'
import { FilterBar, FilterSelect } from '#web/office/parts/filter-bar.tsx'
import { moment } from '#web/office/parts/format.ts'
import { PageHead } from '#web/office/parts/page-head.tsx'
import { PaperNote } from '#web/office/parts/paper-note.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useFilters } from '#web/office/session.ts'
import { Counts } from './counts.tsx'
import { ExplainButton } from './explain.tsx'
import { SeverityWord } from './severity.tsx'

const RAISING = {
  path: 'warnings/orders',
  ids: 'warningIds',
  what: '预警',
  usual: '请立即核对并补正，说明原因并报送办理结果。',
}
const STATES: [string, string][] = [
  ['open', '未说明'],
  ['explained', '已说明'],
]
const ORIGINS: [string, string][] = [
  ['new', '新增'],
  ['backlog', '存量（导入）'],
  ['all', '全部'],
]

/** The court stands where the list covers more than one. */
function columnsOf(orderPath: string, isWide: boolean): Column<WarningRow>[] {
  return [
    caseColumn,
    ...(isWide ? [{ key: 'court', title: '法院', cell: (row: WarningRow) => row.courtName }] : []),
    { key: 'severity', title: '等级', whole: true, cell: (row) => <SeverityWord severity={row.severity} /> },
    { key: 'kind', title: '类别', whole: true, cell: (row) => row.kindLabel },
    {
      key: 'label',
      title: '预警',
      cell: (row) => (
        <>
          <strong>{row.label}</strong>
          <br />
          <span className="soft">{row.finding}</span>
        </>
      ),
    },
    {
      key: 'next',
      title: '如何处理',
      cell: (row) =>
        row.explained ? (
          <span className="soft">
            已说明（{row.explained.by}）：{row.explained.reason}
          </span>
        ) : (
          <>
            {row.next} {row.mayExplain ? <ExplainButton id={row.id} label={row.label} finding={row.finding} /> : null}
          </>
        ),
    },
    { key: 'judge', title: '承办', whole: true, cell: (row) => row.judge ?? '未分案' },
    { key: 'at', title: '提示时间', whole: true, cell: (row) => moment(row.openedAt) },
    orderColumn(orderPath),
  ]
}

function Filters({ children }: { children: React.ReactNode }) {
  return (
    <FilterBar>
      <FilterSelect name="kind" label="类别" options={WARNINGS} />
      <FilterSelect name="state" label="是否说明" options={STATES} />
      <FilterSelect name="origin" label="来源：新增" options={ORIGINS} />
      <JudgeFilter />
      <TeamFilter />
      {children}
    </FilterBar>
  )
}

/** Open warnings by kind; the centre raises orders from here. What came with an import is kept apart as 存量. */
export function WarningsPage() {
  const [{ scope, kind, rule, state = 'open', origin = 'new', judge, team }] = useFilters()
  const query = { scope, kind, rule, state, judge, team, origin: origin === 'all' ? undefined : origin }
  const listing = useListing<WarningRow>('warnings', query)
  const chosen = useChosenRows(listing.items, {
    key: (row) => row.id,
    may: (row) => row.orderId === null,
    name: (row) => `${row.caseNumber} ${row.label}`,
  })
  const lines = chosen.rows.map((row) => ({ ...row, key: row.id, node: row.label }))
  const { may, orderPath, ...raising } = useRaising(RAISING, lines, chosen.clear)
  return (
    <>
      <PageHead
        title="办案预警"
        about="信息、文件、节点和结果的异常由系统提示并通知承办人和团队；原因消除后自行撤除，确有理由的可以说明。"
      >
        {may ? raising.button() : null}
      </PageHead>
      <Counts scope={scope} />
      <Filters>
        {may ? <ChoiceNote chosen={lines.length} loaded={listing.items.length} more={listing.hasNextPage} /> : null}
      </Filters>
      <PaperNote
        words={WARNINGS.find(([value]) => value === kind)?.[1] ?? '各类预警'}
        shown={listing.items.length}
        more={listing.hasNextPage}
      />
      {raising.raised}
      <ListingTable
        label="办案预警"
        columns={columnsOf(orderPath, scope === 'subtree')}
        listing={listing}
        rowKey={(row) => row.id}
        pick={may ? chosen.pick : undefined}
        empty={<>没有符合条件的预警。导入带来的预警在来源“存量（导入）”中查看。</>}
      />
      {raising.dialog}
    </>
  )
}
