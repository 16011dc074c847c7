import { App, Button } from 'antd'
import { useState } from 'react'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { ReasonField } from '#web/office/parts/reason-field.tsx'
import { useSubmission } from '#web/office/submission.ts'
import { PreviewButton } from './document-preview.tsx'

type ApprovalStep = { label: string; by: string | null }

/** Who decides after the step that is to be taken now; undefined where it is the last one. */
function followingStep(steps: readonly ApprovalStep[]): string | undefined {
  return steps[steps.findIndex(({ by }) => by === null) + 1]?.label
}

interface Decided {
  id: string
  label: string
  number: string
  version: number | undefined
  /** The steps of the chain: what follows is said before somebody agrees. */
  steps: readonly ApprovalStep[]
  /** Where the document is looked at that would be issued; null where there is none. */
  preview: string | null
}

function DecisionDialog({
  id,
  label,
  number,
  version,
  steps,
  verdict,
  close,
}: Omit<Decided, 'preview'> & { verdict: 'approve' | 'reject'; close: () => void }) {
  const [reason, setReason] = useState('')
  const { message } = App.useApp()
  const isApproval = verdict === 'approve'
  const next = followingStep(steps)
  const decide = useSubmission<object, unknown>(
    (body, key) => write('POST', `approvals/${id}/${verdict}`, body, key),
    () => {
      void message.success(isApproval ? (next ? `已同意，转${next}审批` : '已批准') : '已退回')
      close()
    },
  )
  const send = () => {
    if (decide.isPending || (!isApproval && reason.trim() === '')) return
    decide.mutate({ ...(version === undefined ? {} : { version }), ...(isApproval ? {} : { reason: reason.trim() }) })
  }
  return (
    <Dialog
      title={isApproval ? `批准：${label}` : `不予批准：${label}`}
      onCancel={close}
      onOk={send}
      okText={isApproval ? '批准' : '不予批准'}
      okButtonProps={{ loading: decide.isPending, disabled: !isApproval && reason.trim() === '' }}
    >
      <RefusalNote error={decide.error} />
      <p>
        {isApproval
          ? `批准后，${number} 的“${label}”${next ? `转${next}审批` : '立即生效'}，并记入操作记录。`
          : `${number} 的“${label}”将退回呈批人。`}
      </p>
      {isApproval ? null : (
        <ReasonField id="reject-reason" label="不予批准的理由" value={reason} change={setReason} send={send} />
      )}
    </Dialog>
  )
}

/** 批准 and 不予批准, each asked once more before it happens; beside them a look at the document that is approved. */
export function DecisionButtons(decided: Decided) {
  const [verdict, setVerdict] = useState<'approve' | 'reject' | null>(null)
  return (
    <div className="act-bar no-paper">
      <Button type="primary" onClick={() => setVerdict('approve')}>
        批准
      </Button>
      <Button onClick={() => setVerdict('reject')}>不予批准</Button>
      {decided.preview ? <PreviewButton path={decided.preview} /> : null}
      {verdict ? <DecisionDialog {...decided} verdict={verdict} close={() => setVerdict(null)} /> : null}
    </div>
  )
}
