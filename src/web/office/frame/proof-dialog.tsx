import { Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import type { MeView } from '#kernel/organisation/wire.ts'
import { showFieldProblems } from '#web/matter/field-items.tsx'
import { newKey, onProofNeeded, Refusal, write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'

/** The act that asks may stand in a dialog over a drawer itself. */
const OVER_ALL = 1500

type Answer = (isProved: boolean) => void

/** Before one of the gravest acts: the password or, where there is a second factor, the code once more. */
export function ProofDialog({ me }: { me: MeView }) {
  const [waiting, setWaiting] = useState<{ answer: Answer } | null>(null)
  useEffect(() => {
    onProofNeeded(() => new Promise<boolean>((answer) => setWaiting({ answer })))
    return () => onProofNeeded(() => Promise.resolve(false))
  }, [])
  if (!waiting) return null
  const settle: Answer = (isProved) => {
    setWaiting(null)
    waiting.answer(isProved)
  }
  return <Asking isByCode={me.secondFactor === 'on'} settle={settle} />
}

function Asking({ isByCode, settle }: { isByCode: boolean; settle: Answer }) {
  const [form] = Form.useForm<{ password?: string; code?: string }>()
  const [error, setError] = useState<Error | null>(null)
  const [isSending, setSending] = useState(false)
  const send = async () => {
    const values = await form.validateFields().catch(() => null)
    if (!values || isSending) return
    setSending(true)
    try {
      await write('POST', 'me/proof', values, newKey())
      settle(true)
    } catch (cause) {
      const refusal = cause instanceof Error ? cause : new Refusal(0, {})
      setError(showFieldProblems(form, refusal) ? null : refusal)
      setSending(false)
    }
  }
  return (
    <Dialog
      title="重新验证身份"
      onCancel={() => settle(false)}
      onOk={() => void send()}
      okText="验证并继续"
      okButtonProps={{ loading: isSending }}
      maskClosable={false}
      width={420}
      zIndex={OVER_ALL}
    >
      <p className="soft">该操作影响重大，请再次验证身份；五分钟内不再重复询问。</p>
      <RefusalNote error={error} />
      <Form form={form} layout="vertical" onFinish={() => void send()}>
        {isByCode ? (
          <Form.Item name="code" label="动态口令" rules={[{ required: true, message: '请填写动态口令' }]}>
            <Input autoComplete="one-time-code" maxLength={40} />
          </Form.Item>
        ) : (
          <Form.Item name="password" label="登录密码" rules={[{ required: true, message: '请填写密码' }]}>
            <Input.Password autoComplete="current-password" visibilityToggle={false} />
          </Form.Item>
        )}
      </Form>
    </Dialog>
  )
}
