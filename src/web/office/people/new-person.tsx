import { Form } from 'antd'
import { useState } from 'react'
import { onCtrlEnter } from '#web/matter/act.tsx'
import { FieldItems, type LocalField, showFieldProblems, wireValues } from '#web/matter/field-items.tsx'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { useSubmission } from '#web/office/submission.ts'

const FIELDS: LocalField[] = [
  { name: 'name', label: '姓名', type: 'text', required: true, max: 50 },
  { name: 'username', label: '账号', type: 'text', required: true, max: 32, help: '登录用，小写字母和数字' },
]

/** A first password, shown once and kept nowhere. */
export function FirstPassword({ password }: { password: string }) {
  return (
    <div className="summary" role="status">
      <p>首次登录密码（只显示这一次，请当面告知本人）：</p>
      <p>
        <code lang="en" className="password">
          {password}
        </code>
      </p>
    </div>
  )
}

/** Registers a person with an account and a first post. */
export function NewPerson({ close }: { close: () => void }) {
  const [form] = Form.useForm()
  const [password, setPassword] = useState<string | null>(null)
  const create = useSubmission<object, { temporaryPassword?: string }>(
    (body, key) => write('POST', 'people', body, key),
    ({ temporaryPassword }) => (temporaryPassword ? setPassword(temporaryPassword) : close()),
  )
  const send = async () => {
    const values = (await form.validateFields().catch(() => null)) as Record<string, unknown> | null
    if (!values || create.isPending) return
    const body = wireValues(FIELDS, values)
    create.mutate(body, { onError: (error) => void showFieldProblems(form, error) })
  }
  return (
    <Dialog
      title="新增人员"
      onCancel={close}
      onOk={() => (password ? close() : void send())}
      okText={password ? '已告知' : '新增'}
      cancelText={password ? '关闭' : '取消'}
      okButtonProps={{ loading: create.isPending }}
      maskClosable={false}
    >
      <RefusalNote error={create.error} />
      {password ? null : <p className="soft">岗位由安全管理员授予。</p>}
      {password ? (
        <FirstPassword password={password} />
      ) : (
        <Form form={form} layout="vertical" className="form" onKeyDown={onCtrlEnter(send)}>
          <FieldItems fields={FIELDS} />
        </Form>
      )}
    </Dialog>
  )
}
