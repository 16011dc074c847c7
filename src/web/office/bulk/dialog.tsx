import { useRouter } from '@tanstack/react-router'
import { Form } from 'antd'
import { useState } from 'react'
import type { BulkActionView, BulkJobView } from '#kernel/bulk/wire.ts'
import { onCtrlEnter } from '#web/matter/act.tsx'
import { useAnswerWords } from '#web/matter/answer-words.ts'
import { FieldItems, showFieldProblems, wireValues } from '#web/matter/field-items.tsx'
import { address, write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { count } from '#web/office/parts/format.ts'
import { useSubmission } from '#web/office/submission.ts'
import type { BulkList } from './bar.tsx'

interface BulkDialogProps {
  offer: BulkActionView
  of: BulkList
  /** What was picked by hand; all that matches where absent. */
  ids: string[] | undefined
  n: number
  close: () => void
}

function Summary({ offer, of, ids, n, answers }: Omit<BulkDialogProps, 'close'> & { answers: [string, string][] }) {
  return (
    <div className="summary">
      <p>
        <strong>请核对后确认，将要发生：</strong>
      </p>
      <ul>
        <li>
          对{ids ? '所选' : '全部符合条件的'} {count(n)} 件逐件{offer.label}
        </li>
        {ids ? null : <li>条件：{of.words}</li>}
        {answers.map(([label, value]) => (
          <li key={label}>
            {label}：{value}
          </li>
        ))}
        {offer.approval ? <li>每件分别呈{offer.approval}审批，批准后生效</li> : null}
        <li>逐件核对您的权限和办理条件，不能办的列明原因，其余照办</li>
        <li>在后台办理，可以随时取消；已办的不撤回，逐件记入操作记录</li>
      </ul>
    </div>
  )
}

/** Asks what the act asks, says how many and what, and starts it in the background. */
export function BulkDialog({ offer, of, ids, n, close }: BulkDialogProps) {
  const [form] = Form.useForm()
  const router = useRouter()
  const wordsOf = useAnswerWords()
  const [answers, setAnswers] = useState<Record<string, unknown>>({})
  const [isAgreed, setAgreed] = useState(offer.ask.length === 0)
  const start = useSubmission<object, BulkJobView>(
    (body, key) => write('POST', 'bulk-jobs', body, key),
    (job) => {
      close()
      router.history.push(address('/bulk-jobs', { job: job.id }))
    },
  )
  const send = async () => {
    const values = (await form.validateFields().catch(() => null)) as Record<string, unknown> | null
    if (!values || start.isPending) return
    if (!isAgreed) {
      setAnswers(values)
      setAgreed(true)
      return
    }
    const filter = Object.fromEntries(Object.entries(of.query).filter(([, value]) => value))
    const body = { list: of.list, action: offer.name, answers: wireValues(offer.ask, values), filter, ids, count: n }
    start.mutate(body, {
      onError: (error) => {
        if (showFieldProblems(form, error)) setAgreed(false)
      },
    })
  }
  return (
    <Dialog
      title={`批量${offer.label}（${count(n)} 件）`}
      onCancel={close}
      onOk={() => void send()}
      okText={isAgreed ? '确认开始' : '下一步：核对'}
      okButtonProps={{ loading: start.isPending, disabled: n === 0 }}
      maskClosable={false}
      destroyOnHidden
    >
      <RefusalNote error={start.error} />
      <Form form={form} layout="vertical" className="form" onKeyDown={onCtrlEnter(send)}>
        <div hidden={isAgreed}>
          <FieldItems fields={offer.ask} />
        </div>
      </Form>
      {isAgreed ? <Summary offer={offer} of={of} ids={ids} n={n} answers={wordsOf(offer.ask, answers)} /> : null}
    </Dialog>
  )
}
