import { Button } from 'antd'
import { Go } from '#web/office/parts/go.tsx'
import { Word } from '#web/office/parts/page-head.tsx'
import type { RaisedOrder } from './bulk-orders.tsx'

export const MOST_AT_ONCE = 200

/** How many rows are chosen, and what the choice of all means. */
export function ChoiceNote({ chosen, loaded, more }: { chosen: number; loaded: number; more: boolean }) {
  if (chosen > MOST_AT_ONCE) return <Word tone="warn">▲ 一次最多 {MOST_AT_ONCE} 条，请减少选择</Word>
  return (
    <span className="soft" role="status">
      {chosen > 0 ? `已选 ${chosen} 条。` : ''}
      {more ? `表头的全选只选已载入的 ${loaded} 条；要选更多，请先在末尾加载更多（一次最多 ${MOST_AT_ONCE} 条）。` : ''}
    </span>
  )
}

/** The orders that were just raised, each a link. */
export function Raised({ orders, path, close }: { orders: RaisedOrder[]; path: string; close: () => void }) {
  return (
    <section className="box raised no-paper" aria-label="本次发起的督办">
      <div className="box-head">
        <h2>✓ 本次发起 {orders.length} 件督办</h2>
        <Button size="small" onClick={close}>
          收起
        </Button>
      </div>
      <ul className="raised-list">
        {orders.map(({ id, number }) => (
          <li key={id} className="whole">
            <Go to={`/${path}/${id}`}>{number}</Go>
          </li>
        ))}
      </ul>
    </section>
  )
}
