import type { DueChange } from '#kernel/recount/wire.ts'
import { useListing } from '#web/office/listing.ts'
import { moment } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { PageHead } from '#web/office/parts/page-head.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { Recounts } from '#web/office/rules/recounts.tsx'
import { useFilters } from '#web/office/session.ts'

const COLUMNS: Column<DueChange>[] = [
  {
    key: 'number',
    title: '案号或文号',
    whole: true,
    lead: true,
    cell: (row) => <Go to={`/${row.path}/${row.thingId}`}>{row.number}</Go>,
  },
  { key: 'court', title: '法院', cell: (row) => row.courtName },
  { key: 'clock', title: '期限', cell: (row) => row.clock },
  { key: 'old', title: '原届满日', whole: true, cell: (row) => row.oldDueOn ?? '未能计算' },
  {
    key: 'new',
    title: '新届满日',
    whole: true,
    cell: (row) => <strong>{row.newDueOn ?? '未能计算'}</strong>,
  },
  {
    key: 'way',
    title: '变动',
    whole: true,
    cell: (row) =>
      row.oldDueOn === null || row.newDueOn === null ? '—' : row.newDueOn < row.oldDueOn ? '▲ 提前' : '推后',
  },
  { key: 'holder', title: '承办', whole: true, cell: (row) => row.holder ?? '—' },
  { key: 'reason', title: '原因', cell: (row) => `${row.reason}（${moment(row.at)}）` },
]

/** Each due date that a change of the calendar has moved, from when to when. */
export function DueChangesPage() {
  const [{ scope, recount }] = useFilters()
  const listing = useListing<DueChange>('due-changes', { scope, recount })
  return (
    <>
      <PageHead
        title="期限变动清单"
        about="工作日历修改或录入新年度后，所涉未完成期限重新计算；届满日有变动的逐一列出，并已通知承办人。"
      />
      <Recounts />
      <ListingTable
        label="期限变动"
        columns={COLUMNS}
        listing={listing}
        rowKey={(row) => `${row.id}-${row.at}`}
        empty={<>没有因日历变动而变动的期限。</>}
      />
    </>
  )
}
