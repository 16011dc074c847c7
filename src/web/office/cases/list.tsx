import { Button } from 'antd'
import { useState } from 'react'
import type { CaseRow } from '#cases/case/wire.ts'
import { DueText } from '#web/matter/clock.tsx'
import { BulkBar } from '#web/office/bulk/bar.tsx'
import { useBulkPicks } from '#web/office/bulk/picks.ts'
import { useListing } from '#web/office/listing.ts'
import { type ShownColumns, useColumns } from '#web/office/parts/columns.ts'
import { yuan } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Icon } from '#web/office/parts/icon.tsx'
import { ExportButton } from '#web/office/parts/list-export.tsx'
import { PageHead, Word } from '#web/office/parts/page-head.tsx'
import { PaperNote } from '#web/office/parts/paper-note.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useFilters, useKinds } from '#web/office/session.ts'
import { CertificateSearch } from './certificate-search.tsx'
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

const text = (value: string | null | undefined) => value || '—'

/** The columns of the case list as they are drawn; which of them stand, and in which order, is chosen. */
const DRAWN: Record<string, Omit<Column<CaseRow>, 'key' | 'title'>> = {
  caseNumber: {
    whole: true,
    lead: true,
    sort: ['number'],
    cell: (row) => <Go to={`/cases/${row.id}`}>{row.caseNumber}</Go>,
  },
  court: { cell: (row) => <Names text={row.courtName} /> },
  creditors: { cell: (row) => <Names text={row.creditors} /> },
  debtors: { cell: (row) => <Names text={row.debtors} /> },
  amount: { right: true, whole: true, cell: (row) => yuan(row.amountFen) },
  judge: { whole: true, cell: (row) => row.judge ?? '未分案' },
  filedOn: { whole: true, sort: ['filedOn', '-filedOn'], cell: (row) => row.filedOn },
  state: {
    whole: true,
    cell: (row) => (
      <>
        <CaseState label={row.stateLabel} /> <Flags reasons={row.toCorrect} />
      </>
    ),
  },
  warnings: {
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
  next: {
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
  nextDue: { whole: true, cell: (row) => text(row.nextNode?.dueOn) },
  kind: { cell: (row) => row.kind },
  track: { whole: true, cell: (row) => text(row.track) },
  cause: { cell: (row) => <Names text={row.cause ?? ''} /> },
  team: { whole: true, cell: (row) => text(row.team) },
  toCorrect: { cell: (row) => text(row.toCorrect.join('、')) },
  basisNumber: { whole: true, cell: (row) => text(row.basisNumber) },
  arrived: { right: true, whole: true, cell: (row) => yuan(row.arrivedFen) },
  closedOn: { whole: true, cell: (row) => text(row.closedOn) },
  closingWay: { cell: (row) => text(row.closingWay) },
  remark: { cell: (row) => <Names text={row.remark ?? ''} /> },
}

/** The columns of these keys in their order, under the titles that the server registers. */
function caseColumns({ all, keys }: Pick<ShownColumns, 'all' | 'keys'>): Column<CaseRow>[] {
  return keys.flatMap((key) => {
    const drawn = DRAWN[key]
    const title = all.find((column) => column.key === key)?.label
    return drawn && title ? [{ key, title, ...drawn }] : []
  })
}

const QUERY = 'scope state kind judge team assigned node clock flag track warning cause filedFrom filedTo q sort'.split(
  ' ',
)

const PATHS = { count: 'case-count', export: 'case-export' }

function Head({ query, shown }: { query: Record<string, string | undefined>; shown: ShownColumns | null }) {
  const [isSearching, setSearching] = useState(false)
  const mayOpen = useKinds().data?.find(({ path }) => path === 'cases')?.mayOpen
  return (
    <PageHead title="执行案件">
      <Button onClick={() => setSearching(true)}>按证件号码查</Button>
      <ExportButton title="执行案件" paths={PATHS} query={query} columns={shown?.keys} />
      <Button icon={<Icon name="print" size={16} />} onClick={() => window.print()} className="wide-only">
        打印
      </Button>
      {mayOpen ? (
        <Go to="/cases/new" className="link-button">
          新建案件
        </Go>
      ) : null}
      {isSearching ? <CertificateSearch close={() => setSearching(false)} /> : null}
    </PageHead>
  )
}

/** Cases by filters in the address. */
export function CaseListPage() {
  const [filters] = useFilters()
  const shown = useColumns('cases')
  const query = Object.fromEntries(QUERY.map((name) => [name, filters[name]]))
  const columns = shown?.isChosen ? shown.keys.join() : undefined
  const listing = useListing<CaseRow>('cases', { ...query, columns }, shown !== null)
  const [peeked, setPeeked] = useState<string | null>(null)
  const { offers, picks, pick } = useBulkPicks('cases', listing.items, query, (row) => row.caseNumber)
  const words = filterWords(filters, listing.items[0])
  return (
    <>
      <Head query={query} shown={shown} />
      <CaseFilters shown={shown} />
      <PaperNote words={words} shown={listing.items.length} more={listing.hasNextPage} />
      <BulkBar
        offers={offers}
        picks={picks}
        of={{ list: 'cases', title: '执行案件', count: PATHS.count, query, words }}
      />
      <ListingTable
        label="案件"
        columns={shown ? caseColumns(shown) : []}
        listing={listing}
        order="dueOn"
        rowKey={(row) => row.id}
        peek={(row) => setPeeked(row.id)}
        mark={(row) => (row.nextNode?.state === 'overdue' ? 'overdue-row' : undefined)}
        pick={pick}
        empty={<>可调整上方条件，或切换法院范围；尚无案件时，可从“案件导入”导入案件明细表。</>}
      />
      <CasePeek id={peeked} close={() => setPeeked(null)} />
    </>
  )
}
