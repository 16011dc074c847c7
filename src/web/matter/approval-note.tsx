import type { ThingView } from '#kernel/matter/wire.ts'
import { moment } from '#web/office/parts/format.ts'
import { DecisionButtons } from './decision.tsx'
import { roleLabel } from './role-label.ts'

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
          {approval.proposer} 于 {moment(approval.at)} 呈批，待{roleLabel(approval.approverRole)}审批
        </span>
      </p>
      {approval.mayDecide ? (
        <DecisionButtons id={approval.id} label={approval.label} number={number} version={version} />
      ) : null}
    </div>
  )
}
