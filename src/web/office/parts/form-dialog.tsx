import { App, Form } from 'antd'
import type { ReactNode } from 'react'
import { onCtrlEnter } from '#web/matter/act.tsx'
import { FieldItems, type LocalField, showFieldProblems, wireValues } from '#web/matter/field-items.tsx'
import { write } from '#web/office/api.ts'
import { useSubmission } from '#web/office/submission.ts'
import { RefusalNote } from './condition.tsx'
import { Dialog } from './dialog.tsx'

/** A small form that is posted as it is filled in, with what is fixed beside it; refusals stand at their fields. */
export function FormDialog({
  title,
  about,
  ok,
  path,
  fields,
  given,
  fixed,
  body,
  close,
}: {
  title: string
  about?: ReactNode
  ok: string
  path: string
  fields: LocalField[]
  given?: Record<string, unknown>
  fixed?: Record<string, unknown>
  /** Changes what is filled in before it is sent. */
  body?: (values: Record<string, unknown>) => Record<string, unknown>
  close: () => void
}) {
  const [form] = Form.useForm()
  const { message } = App.useApp()
  const send = useSubmission<object, unknown>(
    (content, key) => write('POST', path, content, key),
    () => {
      void message.success(`${title}已办理`)
      close()
    },
  )
  const submit = async () => {
    const values = (await form.validateFields().catch(() => null)) as Record<string, unknown> | null
    if (!values || send.isPending) return
    const filled = wireValues(fields, values)
    send.mutate(
      { ...(body?.(filled) ?? filled), ...fixed },
      { onError: (error) => void showFieldProblems(form, error) },
    )
  }
  return (
    <Dialog
      title={title}
      onCancel={close}
      onOk={() => void submit()}
      okText={ok}
      okButtonProps={{ loading: send.isPending }}
      maskClosable={false}
    >
      <RefusalNote error={send.error} />
      {about ? <p className="soft">{about}</p> : null}
      <Form form={form} layout="vertical" className="form" initialValues={given} onKeyDown={onCtrlEnter(submit)}>
        <FieldItems fields={fields} />
      </Form>
    </Dialog>
  )
}
