import { App, Form, Input, Radio } from 'antd'
import { onCtrlEnter } from '#web/matter/act.tsx'
import { showFieldProblems } from '#web/matter/field-items.tsx'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { useSubmission } from '#web/office/submission.ts'
import type { CalendarDay } from '#web/office/wire.ts'

/** Changes one day of the calendar, with a reason; running clocks are reckoned afresh by the server. */
export function DayDialog({ on, special, close }: { on: string; special: CalendarDay | undefined; close: () => void }) {
  const [form] = Form.useForm<{ kind: 'off' | 'work'; name: string; reason: string }>()
  const { message } = App.useApp()
  const save = useSubmission<object, { notice?: string | null }>(
    (body, key) => write('PUT', 'calendar/days', body, key),
    ({ notice }) => {
      void message.success(notice ?? `${on} 已修改`)
      close()
    },
  )
  const send = async () => {
    const values = await form.validateFields().catch(() => null)
    if (!values || save.isPending) return
    save.mutate({ on, ...values }, { onError: (error) => void showFieldProblems(form, error) })
  }
  return (
    <Dialog
      title={`修改 ${on}`}
      onCancel={close}
      onOk={() => void send()}
      okText="修改"
      okButtonProps={{ loading: save.isPending }}
    >
      <RefusalNote error={save.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: special?.kind ?? 'off', name: special?.name ?? '', reason: '' }}
        onKeyDown={onCtrlEnter(send)}
      >
        <Form.Item name="kind" label="这一天">
          <Radio.Group
            options={[
              { value: 'off', label: '放假' },
              { value: 'work', label: '上班' },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="name"
          label="名称"
          rules={[{ required: true, whitespace: true, message: '请填写名称，如“国庆节”' }]}
        >
          <Input maxLength={50} />
        </Form.Item>
        <Form.Item
          name="reason"
          label="依据或理由"
          rules={[{ required: true, whitespace: true, message: '请填写依据或理由' }]}
        >
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
      <p className="soft">修改生成日历的新版本，并记入操作记录；跨过这一天的期限随即重新计算。</p>
    </Dialog>
  )
}
