import { Button } from 'antd'
import { useState } from 'react'
import type { CaseRow } from '#cases/case/wire.ts'
import { DueText } from '#web/matter/clock.tsx'
import { useListing } from '#web/office/listing.ts'
import { yuan } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Icon } from '#web/office/parts/icon.tsx'
import { PageHead, Word } from '#web/office/parts/page-head.tsx'
import { PaperNote } from '#web/office/parts/paper-note.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useFilters, useKinds } from '#web/office/session.ts'
import { CertificateSearch } from './certificate-search.tsx'
import { ExportButton } from './export.tsx'
import { CaseFilters, filterWords } from './filters.tsx'
import { CasePeek } from './peek.tsx'

/** The case's state as a word; what is closed is quiet. */
export function CaseState({ label }: { label: string }) {
  return <Word tone={label === '在执' ? 'state' : label === '中止' ? 'warn' : 'rest'}>{label}</Word>
}

function Flags({ reasons }: { reasons: string[] }) {
  if (reasons.length === 0) return null
  return (
    <span className="flag" title={reasons.join('、')}>
      ▲ 需补正
    </span>
  )
}

/** Names in one line; the whole text on hover. */
function Names({ text }: { text: string }) {
  return (
    <span className="clamp" title={text}>
      {text || '—'}
    </span>
  )
}

const CASE_COLUMNS: Column<CaseRow>[] = [
  {
    key: 'caseNumber',
    title: '案号',
    whole: true,
    lead: true,
    sort: ['number'],
    cell: (row) => <Go to={`/cases/${row.id}`}>{row.caseNumber}</Go>,
  },
  { key: 'creditors', title: '申请执行人', cell: (row) => <Names text={row.creditors} /> },
  { key: 'debtors', title: '被执行人', cell: (row) => <Names text={row.debtors} /> },
  {
    key: 'amount',
    title: '标的额（元）',
    right: true,
    whole: true,
    cell: (row) => yuan(row.amountFen),
  },
  { key: 'judge', title: '承办', whole: true, cell: (row) => row.judge ?? '未分案' },
  { key: 'filedOn', title: '立案日期', whole: true, sort: ['filedOn', '-filedOn'], cell: (row) => row.filedOn },
  {
    key: 'state',
    title: '状态',
    whole: true,
    cell: (row) => (
      <>
        <CaseState label={row.stateLabel} /> <Flags reasons={row.toCorrect} />
      </>
    ),
  },
  {
    key: 'warnings',
    title: '预警',
    right: true,
    whole: true,
    cell: (row) =>
      row.warningsOpen > 0 ? (
        <Go to={`/cases/${row.id}`} className="due warn">
          {row.warningsOpen} 项
        </Go>
      ) : (
        '—'
      ),
  },
  {
    key: 'next',
    title: '最近节点',
    sort: ['dueOn'],
    cell: (row) =>
      row.nextNode ? (
        <span className="next-node">
          <DueText state={row.nextNode.state} dueOn={row.nextNode.dueOn} /> <span>{row.nextNode.name}</span>
        </span>
      ) : (
        '—'
      ),
  },
]

const COURT_COLUMN: Column<CaseRow> = { key: 'court', title: '法院', cell: (row) => <Names text={row.courtName} /> }

/** Columns of the case list; the court shows where the list covers more than one. */
export function caseColumns(scope: string | undefined): Column<CaseRow>[] {
  return scope === 'subtree' ? [...CASE_COLUMNS.slice(0, 1), COURT_COLUMN, ...CASE_COLUMNS.slice(1)] : CASE_COLUMNS
}

const QUERY = 'scope state kind judge team node clock flag warning cause filedFrom filedTo q sort'.split(' ')

/** Cases by filters in the address. */
export function CaseListPage() {
  const [filters] = useFilters()
  const { scope } = filters
  const query = Object.fromEntries(QUERY.map((name) => [name, filters[name]]))
  const listing = useListing<CaseRow>('cases', query)
  const [peeked, setPeeked] = useState<string | null>(null)
  const [isSearching, setSearching] = useState(false)
  const kinds = useKinds().data
  const caseKind = kinds?.find(({ path }) => path === 'cases')
  return (
    <>
      <PageHead title="执行案件">
        <Button onClick={() => setSearching(true)}>按证件号码查</Button>
        <ExportButton query={query} />
        <Button icon={<Icon name="print" size={16} />} onClick={() => window.print()} className="wide-only">
          打印
        </Button>
        {caseKind?.mayOpen ? (
          <Go to="/cases/new" className="link-button">
            新建案件
          </Go>
        ) : null}
      </PageHead>
      <CaseFilters />
      <PaperNote
        words={filterWords(filters, listing.items[0])}
        shown={listing.items.length}
        more={listing.hasNextPage}
      />
      <ListingTable
        label="案件"
        columns={caseColumns(scope)}
        listing={listing}
        order="dueOn"
        rowKey={(row) => row.id}
        peek={(row) => setPeeked(row.id)}
        mark={(row) => (row.nextNode?.state === 'overdue' ? 'overdue-row' : undefined)}
        empty={<>可调整上方条件，或切换法院范围；尚无案件时，可从“案件导入”导入案件明细表。</>}
      />
      <CasePeek id={peeked} close={() => setPeeked(null)} />
      {isSearching ? <CertificateSearch close={() => setSearching(false)} /> : null}
    </>
  )
}
