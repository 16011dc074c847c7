import { useQuery } from '@tanstack/react-query'
import { App, Button, Form } from 'antd'
import { useState } from 'react'
import type { DraftView, PreviewView } from '#kernel/documents/wire.ts'
import { type Ability, onCtrlEnter } from '#web/matter/act.tsx'
import { openPdf } from '#web/matter/document-preview.tsx'
import { FieldItems, showFieldProblems, wireValues } from '#web/matter/field-items.tsx'
import { read, write } from '#web/office/api.ts'
import { Loaded, RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { useSubmission } from '#web/office/submission.ts'
import { PartyAddress } from './party-address.tsx'

const ADDRESS = /^(?:申请执行人|被执行人)(.+)的住址$/

interface Subject {
  path: string
  id: string
  version: number
  number: string
}

/** What the case leaves open, before anything is asked: addresses are entered here, the rest where it belongs. */
function MissingFields({ draft, subject }: { draft: DraftView; subject: Subject }) {
  const parties = draft.missing.flatMap((name) => ADDRESS.exec(name)?.[1] ?? [])
  const others = draft.missing.filter((name) => !ADDRESS.test(name))
  if (draft.missing.length === 0) return null
  return (
    <div className="refusal" role="status">
      <strong>签发前还缺：{draft.missing.join('、')}</strong>
      {others.length > 0 ? (
        <span>案件信息请用“补正信息”补齐；账户、电话等请指挥中心主任在“文书模板”中设置。</span>
      ) : null}
      {parties.map((party) => (
        <PartyAddress key={party} base={`${subject.path}/${subject.id}`} party={party} />
      ))}
    </div>
  )
}

/** Issues one document: what is missing, what is asked, a look at the PDF, then 签发 or 呈批. */
export function IssueDialog({ ability, subject, close }: { ability: Ability; subject: Subject; close: () => void }) {
  const [form] = Form.useForm()
  const { message } = App.useApp()
  const [isSeen, setSeen] = useState(false)
  const base = `${subject.path}/${subject.id}`
  const draft = useQuery({
    queryKey: [base, 'draft', ability.name],
    queryFn: ({ signal }) => read<DraftView>(`${base}/documents/${ability.name}`, signal),
  })
  const preview = useSubmission<object, PreviewView>(
    (body, key) => write('POST', `${base}/documents/${ability.name}/preview`, body, key),
    (answer) => {
      setSeen(true)
      openPdf(answer)
    },
  )
  const issue = useSubmission<object, unknown>(
    (body, key) => write('POST', `${base}/${ability.name}`, body, key),
    () => {
      void message.success(ability.approval ? '已呈批，批准后签发' : '已签发')
      close()
    },
  )
  const send = async (how: typeof preview | typeof issue, more: object) => {
    const values = (await form.validateFields().catch(() => null)) as Record<string, unknown> | null
    if (!values || preview.isPending || issue.isPending) return
    how.mutate({ ...more, ...wireValues(ability.ask, values) }, { onError: (error) => showFieldProblems(form, error) })
  }
  const look = () => send(preview, {})
  const isReady = draft.data?.missing.length === 0
  return (
    <Dialog
      title={ability.label}
      onCancel={close}
      maskClosable={false}
      destroyOnHidden
      footer={[
        <Button key="cancel" onClick={close}>
          取消
        </Button>,
        <Button
          key="look"
          type={isSeen ? 'default' : 'primary'}
          disabled={!isReady}
          loading={preview.isPending}
          onClick={() => void look()}
        >
          预览 PDF
        </Button>,
        <Button
          key="issue"
          type={isSeen ? 'primary' : 'default'}
          disabled={!isReady}
          loading={issue.isPending}
          onClick={() => void send(issue, { version: subject.version })}
        >
          {ability.approval ? '呈批' : '签发'}
        </Button>,
      ]}
    >
      <Loaded asked={draft} rows={3}>
        {(open) => <MissingFields draft={open} subject={subject} />}
      </Loaded>
      <RefusalNote error={issue.error ?? preview.error} />
      <Form form={form} layout="vertical" className="form" onKeyDown={onCtrlEnter(look)}>
        <FieldItems fields={ability.ask} />
      </Form>
      <p className="soft">
        {subject.number}。文书日期为签发当日，编号在签发时产生；预览中的证件号码已部分隐去。
        {ability.approval ? `须经${ability.approval}审批，批准时签发。` : ''}
      </p>
    </Dialog>
  )
}
