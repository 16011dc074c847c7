import { Button } from 'antd'
import { useState } from 'react'
import type { BacklogRow } from '#cases/case/wire.ts'
import { useListing } from '#web/office/listing.ts'
import { FilterBar, FilterSelect } from '#web/office/parts/filter-bar.tsx'
import { Go } from '#web/office/parts/go.tsx'
import { PageHead } from '#web/office/parts/page-head.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useFilters, useKinds } from '#web/office/session.ts'
import { BulkOrders } from './bulk-orders.tsx'

const NODES = ['执行通知书', '执行通知书（内控）', '首次网络查控', '案款发放', '执行期限'].map(
  (name): [string, string] => [name, name],
)

function columnsOf(orderPath: string): Column<BacklogRow>[] {
  return [
    {
      key: 'case',
      title: '案号',
      whole: true,
      lead: true,
      cell: (row) => <Go to={`/cases/${row.caseId}`}>{row.caseNumber}</Go>,
    },
    { key: 'court', title: '法院', cell: (row) => row.courtName },
    { key: 'node', title: '超期节点', cell: (row) => row.node },
    { key: 'due', title: '届满日', whole: true, cell: (row) => row.dueOn },
    {
      key: 'overdue',
      title: '超期',
      right: true,
      whole: true,
      cell: (row) => <span className="due danger">{row.overdueDays} 天</span>,
    },
    { key: 'judge', title: '承办', cell: (row) => row.judge ?? '未分案' },
    { key: 'team', title: '团队', cell: (row) => row.team ?? '—' },
    {
      key: 'order',
      title: '督办',
      whole: true,
      cell: (row) =>
        row.orderId ? (
          <Go to={`/${orderPath}/${row.orderId}`}>{row.orderNumber}</Go>
        ) : (
          <span className="soft">未督办</span>
        ),
    },
  ]
}

function useChosen(rows: BacklogRow[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const open = rows.filter(({ orderId }) => orderId === null)
  return {
    rows: open.filter(({ clockId }) => chosen.has(clockId)),
    clear: () => setChosen(new Set()),
    pick: {
      chosen,
      toggle: (key: string) =>
        setChosen(new Set(chosen.has(key) ? [...chosen].filter((each) => each !== key) : [...chosen, key])),
      toggleAll: () => setChosen(chosen.size > 0 ? new Set<string>() : new Set(open.map(({ clockId }) => clockId))),
      may: (row: BacklogRow) => row.orderId === null,
      name: (row: BacklogRow) => `${row.caseNumber} ${row.node}`,
    },
  }
}

/** Clocks that were overdue when they were imported: the centre raises orders from here. */
export function BacklogPage() {
  const [{ scope, node }] = useFilters()
  const listing = useListing<BacklogRow>('backlog', { scope, node })
  const chosen = useChosen(listing.items)
  const [isAsking, setAsking] = useState(false)
  const kind = useKinds().data?.find(({ id }) => id === 'supervision-order')
  const may = kind?.mayOpen ?? false
  return (
    <>
      <PageHead
        title="存量超期清单"
        about="导入时已经超期的节点，由指挥中心逐件或成批发起督办；此后新超期的节点由系统自行督办。"
      >
        {may ? (
          <Button type="primary" disabled={chosen.rows.length === 0} onClick={() => setAsking(true)}>
            {chosen.rows.length > 0 ? `批量发起督办（${chosen.rows.length}）` : '批量发起督办'}
          </Button>
        ) : null}
      </PageHead>
      <FilterBar>
        <FilterSelect name="node" label="超期节点" options={NODES} />
      </FilterBar>
      <ListingTable
        label="存量超期"
        columns={columnsOf(kind?.path ?? 'supervision-orders')}
        listing={listing}
        rowKey={(row) => row.clockId}
        pick={may ? chosen.pick : undefined}
        empty={<>没有导入时已超期而未处理的节点。</>}
      />
      {isAsking ? (
        <BulkOrders
          rows={chosen.rows}
          close={() => setAsking(false)}
          done={() => {
            setAsking(false)
            chosen.clear()
          }}
        />
      ) : null}
    </>
  )
}
