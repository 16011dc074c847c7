import { Basis, DueText } from '#web/matter/clock.tsx'
import { address } from '#web/office/api.ts'
import { Go } from '#web/office/parts/go.tsx'
import { useRowKeys } from '#web/office/parts/row-keys.ts'
import type { WorkbenchItem } from '#web/office/wire.ts'

function pageOf(item: WorkbenchItem): string {
  return `/${item.path.replace(/^\//, '')}/${item.thingId}`
}

/** Where the button leads: a case with the form for the node of this very limit, a matter with its next act. */
function actOf(item: WorkbenchItem): string {
  if (item.kind === 'case') return address(pageOf(item), { act: '登记节点', clock: item.id })
  return address(pageOf(item), { act: item.action === '查看' ? undefined : item.action })
}

function WorkRow({ item }: { item: WorkbenchItem }) {
  return (
    <tr className={item.state === 'overdue' ? 'work overdue-row' : 'work'}>
      <td className="work-due">
        <DueText state={item.state} dueOn={item.dueOn} />
      </td>
      <td className="work-what">
        <Go to={pageOf(item)}>
          <span className="whole">{item.number}</span> {item.title}
        </Go>
        <p className="soft">
          {item.from ? <span className="work-from">{item.from}交办。</span> : null}为什么：{item.why}{' '}
          {item.due ? <Basis name={item.title} due={item.due} /> : null}
        </p>
      </td>
      <td className="work-act">
        <Go to={actOf(item)} className="link-button plain" aria-label={`${item.action || '办理'} ${item.number}`}>
          {item.action || '办理'}
        </Go>
      </td>
    </tr>
  )
}

/** Things to do in the order of their urgency: when, what, why, and one action each. */
export function WorkList({ items, label }: { items: WorkbenchItem[]; label: string }) {
  const body = useRowKeys()
  return (
    <table className="work-list" aria-label={label}>
      <thead className="unseen">
        <tr>
          <th scope="col">期限</th>
          <th scope="col">事项和原因</th>
          <th scope="col">办理</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {items.map((item) => (
          <WorkRow key={item.id} item={item} />
        ))}
      </tbody>
    </table>
  )
}
