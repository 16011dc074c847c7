import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { Go } from '#web/office/parts/go.tsx'
import type { Column } from '#web/office/parts/table.tsx'
import { useKinds } from '#web/office/session.ts'
import { BulkOrders, type OrderedRow, type RaisedOrder } from './bulk-orders.tsx'
import { MOST_AT_ONCE, Raised } from './choice-note.tsx'

/** How orders are asked for from one list: address and name of the ids in the request, and its words. */
export interface Raising {
  path: string
  ids: string
  what: string
  usual: string
}

/** 批量发起督办 from the chosen lines of a list: the button of its head, and what stands and opens below. */
export function useRaising(raising: Raising, rows: OrderedRow[], clear: () => void) {
  const [isAsking, setAsking] = useState(false)
  const [raised, setRaised] = useState<RaisedOrder[]>([])
  const kind = useKinds().data?.find(({ id }) => id === 'supervision-order')
  const orderPath = kind?.path ?? 'supervision-orders'
  const n = rows.length
  const button = (isOff = false): ReactNode => (
    <Button type="primary" disabled={isOff || n === 0 || n > MOST_AT_ONCE} onClick={() => setAsking(true)}>
      {n > 0 ? `批量发起督办（${n}）` : '批量发起督办'}
    </Button>
  )
  const dialog = isAsking ? (
    <BulkOrders
      rows={rows}
      {...raising}
      close={() => setAsking(false)}
      done={(orders) => {
        setRaised(orders)
        setAsking(false)
        clear()
      }}
    />
  ) : null
  const made = raised.length > 0 ? <Raised orders={raised} path={orderPath} close={() => setRaised([])} /> : null
  return { may: kind?.mayOpen ?? false, orderPath, button, raised: made, dialog }
}

/** The case that a line belongs to. */
export const caseColumn: Column<{ caseId: string; caseNumber: string }> = {
  key: 'case',
  title: '案号',
  whole: true,
  lead: true,
  cell: (row) => <Go to={`/cases/${row.caseId}`}>{row.caseNumber}</Go>,
}

/** The order that was raised from a line; one of the court above without its number. */
export const orderColumn = (orderPath: string): Column<{ orderId: string | null; orderNumber: string | null }> => ({
  key: 'order',
  title: '督办',
  whole: true,
  cell: (row) =>
    row.orderId && row.orderNumber ? (
      <Go to={`/${orderPath}/${row.orderId}`}>{row.orderNumber}</Go>
    ) : (
      <span className="soft">{row.orderId ? '上级已督办' : '未督办'}</span>
    ),
})
