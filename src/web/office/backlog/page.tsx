import type { BacklogRow } from '#cases/case/wire.ts'
import { useNodeNames } from '#web/matter/rule-names.ts'
import { BulkBar } from '#web/office/bulk/bar.tsx'
import { useOffers, usePicks } from '#web/office/bulk/picks.ts'
import { useListing } from '#web/office/listing.ts'
import { useChosenRows } from '#web/office/parts/chosen-rows.ts'
import { FilterBar, FilterSelect } from '#web/office/parts/filter-bar.tsx'
import { Go } from '#web/office/parts/go.tsx'
import { ExportButton } from '#web/office/parts/list-export.tsx'
import { PageHead } from '#web/office/parts/page-head.tsx'
import { PaperNote } from '#web/office/parts/paper-note.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useFilters } from '#web/office/session.ts'
import { ChoiceNote } from './choice-note.tsx'
import { caseColumn, orderColumn, useRaising } from './raising.tsx'

const RAISING = {
  path: 'backlog/orders',
  ids: 'clockIds',
  what: '节点',
  usual: '请立即办理超期节点，说明超期原因并报送办理结果。',
}
const PATHS = { count: 'backlog/count', export: 'backlog/export' }

function columnsOf(orderPath: string): Column<BacklogRow>[] {
  return [
    caseColumn,
    { key: 'court', title: '法院', cell: (row) => row.courtName },
    { key: 'node', title: '超期节点', cell: (row) => row.node },
    { key: 'due', title: '届满日', whole: true, cell: (row) => row.dueOn },
    {
      key: 'overdue',
      title: '超期',
      right: true,
      whole: true,
      sort: ['dueOn', '-dueOn'],
      cell: (row) => <span className="due danger">{row.overdueDays} 天</span>,
    },
    { key: 'judge', title: '承办', cell: (row) => row.judge ?? '未分案' },
    { key: 'team', title: '团队', cell: (row) => row.team ?? '—' },
    orderColumn(orderPath),
  ]
}

/** Clocks that were overdue when they were imported: the centre raises orders from here. */
export function BacklogPage() {
  const [{ scope, node, sort }] = useFilters()
  const nodes = useNodeNames()
  const listing = useListing<BacklogRow>('backlog', { scope, node, sort })
  const chosen = useChosenRows(listing.items, {
    key: (row) => row.clockId,
    may: (row) => row.orderId === null,
    name: (row) => `${row.caseNumber} ${row.node}`,
  })
  const offers = useOffers('backlog')
  const picks = usePicks([], JSON.stringify({ scope, node, sort }))
  const all = {
    ...picks,
    ids: chosen.pick.chosen,
    clear: () => {
      picks.clear()
      chosen.clear()
    },
  }
  const query = { scope, node, sort }
  const of = { list: 'backlog', title: '存量超期', count: 'backlog/count', query, words: node ?? '全部节点' }
  // Who ticks single rows has left the whole.
  const alone =
    <A extends unknown[]>(act: (...given: A) => void) =>
    (...given: A) => {
      picks.clear()
      act(...given)
    }
  const pick = { ...chosen.pick, toggle: alone(chosen.pick.toggle), toggleAll: alone(chosen.pick.toggleAll) }
  const lines = chosen.rows.map((row) => ({ ...row, key: row.clockId }))
  const { may, orderPath, ...raising } = useRaising(RAISING, lines, chosen.clear)
  return (
    <>
      <PageHead
        title="存量超期清单"
        about="导入时已经超期的节点，由指挥中心逐件或成批发起督办；此后新超期的节点由系统自行督办。"
      >
        <ExportButton title="存量超期" paths={PATHS} query={query} columns={undefined} />
        {may ? raising.button(picks.isAll) : null}
      </PageHead>
      <FilterBar>
        <FilterSelect name="node" label="超期节点" options={nodes} />
        {may ? <ChoiceNote chosen={lines.length} loaded={listing.items.length} more={listing.hasNextPage} /> : null}
      </FilterBar>
      <PaperNote words={node ?? '全部节点'} shown={listing.items.length} more={listing.hasNextPage} />
      {may ? <BulkBar offers={offers} picks={all} of={of} isForAllOnly /> : null}
      {raising.raised}
      <ListingTable
        label="存量超期"
        columns={columnsOf(orderPath)}
        listing={listing}
        order="dueOn"
        rowKey={(row) => row.clockId}
        pick={may ? pick : undefined}
        empty={
          <>
            没有导入时已超期而未处理的节点。日常到期和超期的节点见<Go to="/">工作台</Go>。
          </>
        }
      />
      {raising.dialog}
    </>
  )
}
