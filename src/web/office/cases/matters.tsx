import type { CaseView } from '#cases/case/wire.ts'
import { address } from '#web/office/api.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Word } from '#web/office/parts/page-head.tsx'
import { useKinds } from '#web/office/session.ts'

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

/** Links that open a matter on this case: every kind that asks for a case number, but orders, which have a button. */
export function OpenMatters({ caseNumber }: { caseNumber: string }) {
  const kinds = (useKinds().data ?? []).filter(
    ({ id, mayOpen, fields }) =>
      mayOpen && id !== 'supervision-order' && fields.some((one) => one.type === 'caseNumber' && one.atOpening),
  )
  if (kinds.length === 0) return null
  return (
    <p className="inline-links no-paper">
      {kinds.map(({ path, title }) => (
        <Go key={path} to={address(`/${path}/new`, { caseNumber })}>
          发起{title}
        </Go>
      ))}
    </p>
  )
}
