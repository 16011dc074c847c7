import { App, Button } from 'antd'
import { useState } from 'react'
import type { WarningView } from '#cases/warnings/wire.ts'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { ReasonField } from '#web/office/parts/reason-field.tsx'
import { useSubmission } from '#web/office/submission.ts'

interface Explained {
  id: string
  label: string
  finding: string
}

function ExplainDialog({ id, label, finding, close }: Explained & { close: () => void }) {
  const [reason, setReason] = useState('')
  const { message } = App.useApp()
  const explain = useSubmission<object, WarningView>(
    (body, key) => write('POST', `warnings/${id}/explain`, body, key),
    () => {
      void message.success('已说明')
      close()
    },
  )
  const send = () => {
    if (!explain.isPending && reason.trim() !== '') explain.mutate({ reason: reason.trim() })
  }
  return (
    <Dialog
      title={`说明理由：${label}`}
      onCancel={close}
      onOk={send}
      okText="说明"
      okButtonProps={{ loading: explain.isPending, disabled: reason.trim() === '' }}
    >
      <RefusalNote error={explain.error} />
      <p>{finding}</p>
      <ReasonField id="warning-reason" label="理由" value={reason} change={setReason} send={send} />
      <p className="soft">说明后预警列为“已说明”；所查情况有变动的，重新提示。理由记入办理经过和操作记录。</p>
    </Dialog>
  )
}

/** 说明理由: the warning then stands as explained until what it found changes. */
export function ExplainButton(explained: Explained) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        说明理由
      </Button>
      {isOpen ? <ExplainDialog {...explained} close={() => setOpen(false)} /> : null}
    </>
  )
}
