import type { ThingView } from '#kernel/matter/wire.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Word } from '#web/office/parts/page-head.tsx'

/** Things linked to this one, by relation: the order above, the orders below, the case. */
export function Links({ links }: { links: ThingView['links'] }) {
  if (links.length === 0) return <p className="soft">没有关联事项。</p>
  return (
    <ul className="links">
      {links.map(({ relation, path, id, number, stateLabel }) => (
        <li key={`${relation}-${path}-${id}`}>
          <span className="soft">{relation}</span>
          <Go to={`/${path}/${id}`} className="whole">
            {number}
          </Go>
          <Word tone="rest">{stateLabel}</Word>
        </li>
      ))}
    </ul>
  )
}
