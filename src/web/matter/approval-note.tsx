import type { ThingView } from '#kernel/matter/wire.ts'
import { moment } from '#web/office/parts/format.ts'
import { ApprovalSteps } from './approval-steps.tsx'
import { DecisionButtons } from './decision.tsx'

/** What waits for approval on a thing, with whom, and the decision where this reader may take it. */
export function ApprovalNote({
  approval,
  number,
  version,
}: {
  approval: ThingView['approval']
  number: string
  version: number
}) {
  if (!approval) return null
  return (
    <div className="approval-note">
      <p>
        <strong>正在审批：{approval.label}</strong>
        <span>
          {approval.proposer} 于 {moment(approval.at)} 呈批，待
          {approval.steps.find(({ by }) => by === null)?.label}审批
        </span>
      </p>
      <ApprovalSteps steps={approval.steps} />
      {approval.mayDecide ? <DecisionButtons {...approval} number={number} version={version} /> : null}
    </div>
  )
}
