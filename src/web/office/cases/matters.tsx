import type { CaseView } from '#cases/case/wire.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Word } from '#web/office/parts/page-head.tsx'

/** Supervision orders and other matters on a case. */
export function CaseMatters({ matters }: { matters: CaseView['matters'] }) {
  if (matters.length === 0) return <p className="soft">没有关联事项。</p>
  return (
    <ul className="links">
      {matters.map(({ path, id, kindTitle, number, stateLabel }) => (
        <li key={`${path}-${id}`}>
          <span className="soft">{kindTitle}</span>
          <Go to={`/${path}/${id}`} className="whole">
            {number}
          </Go>
          <Word tone="rest">{stateLabel}</Word>
        </li>
      ))}
    </ul>
  )
}
