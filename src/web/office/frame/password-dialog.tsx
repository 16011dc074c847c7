import { App, Form, Input } from 'antd'
import { onCtrlEnter } from '#web/matter/act.tsx'
import { showFieldProblems } from '#web/matter/field-items.tsx'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { useSubmission } from '#web/office/submission.ts'

interface Passwords {
  currentPassword: string
  newPassword: string
  repeated: string
}

/** Changes the own password; every session of the person ends with it. */
export function PasswordDialog({ close }: { close: () => void }) {
  const [form] = Form.useForm<Passwords>()
  const { message } = App.useApp()
  const change = useSubmission<object, unknown>(
    (body, key) => write('PUT', 'me/password', body, key),
    () => {
      void message.success('密码已修改，请用新密码重新登录')
      close()
    },
  )
  const send = async () => {
    const values = await form.validateFields().catch(() => null)
    if (!values || change.isPending) return
    const { currentPassword, newPassword } = values
    change.mutate({ currentPassword, newPassword }, { onError: (error) => void showFieldProblems(form, error) })
  }
  const isRepeated = (_: unknown, text: string) =>
    text === form.getFieldValue('newPassword') ? Promise.resolve() : Promise.reject(new Error('两次输入不一致'))
  return (
    <Dialog
      title="修改密码"
      onCancel={close}
      onOk={() => void send()}
      okText="修改"
      okButtonProps={{ loading: change.isPending }}
    >
      <RefusalNote error={change.error} />
      <Form form={form} layout="vertical" onKeyDown={onCtrlEnter(send)}>
        <Form.Item name="currentPassword" label="现在的密码" rules={[{ required: true, message: '请填写现在的密码' }]}>
          <Input.Password autoComplete="current-password" visibilityToggle={false} />
        </Form.Item>
        <Form.Item name="newPassword" label="新密码" rules={[{ required: true, message: '请填写新密码' }]}>
          <Input.Password autoComplete="new-password" visibilityToggle={false} />
        </Form.Item>
        <Form.Item
          name="repeated"
          label="再输一次新密码"
          rules={[{ required: true, message: '请再输一次' }, { validator: isRepeated }]}
        >
          <Input.Password autoComplete="new-password" visibilityToggle={false} />
        </Form.Item>
      </Form>
      <p className="soft">修改后，所有设备上的登录立即失效。</p>
    </Dialog>
  )
}
