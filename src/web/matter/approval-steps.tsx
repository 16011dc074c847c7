import type { ThingView } from '#kernel/matter/wire.ts'
import { moment } from '#web/office/parts/format.ts'

type Step = NonNullable<ThingView['approval']>['steps'][number]

/** The way of an approval: who has agreed, who is next, who follows. A single step needs no list. */
export function ApprovalSteps({ steps }: { steps: readonly Step[] }) {
  if (steps.length < 2) return null
  const next = steps.findIndex(({ by }) => by === null)
  return (
    <ol className="approval-steps" aria-label="审批环节">
      {steps.map(({ label, by, at }, index) => (
        <li key={label} aria-current={index === next ? 'step' : undefined}>
          <strong>{label}</strong>{' '}
          {by ? (
            <span className="soft">
              ✓ {by} 于 {moment(at ?? '')} 同意
            </span>
          ) : (
            <span className="soft">{index === next ? '待审批' : '尚未轮到'}</span>
          )}
        </li>
      ))}
    </ol>
  )
}
