import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { MeView } from '#kernel/organisation/wire.ts'
import { onCtrlEnter } from '#web/matter/act.tsx'
import { showFieldProblems } from '#web/matter/field-items.tsx'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { QrCode } from '#web/office/parts/qr-code.tsx'
import { useSubmission } from '#web/office/submission.ts'
import { useLeave } from './leave.ts'

interface Begun {
  secret?: string
  link?: string
}

const inGroups = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? ''

function Secret({ secret, link }: { secret: string; link: string }) {
  return (
    <ol className="steps">
      <li>在手机上安装认证器应用（支持动态口令即可，无需联网）。</li>
      <li>
        <p>用认证器扫描下图：</p>
        <QrCode text={link} label="双因素登录二维码" />
        <p>不能扫描时选择“手工输入密钥”，账号任填，输入：</p>
        <p>
          <code lang="en" className="password">
            {inGroups(secret)}
          </code>
        </p>
        <p>
          正在手机上使用的，可<a href={link}>直接在认证器中打开</a>。
        </p>
      </li>
      <li>输入认证器显示的六位动态口令。</li>
    </ol>
  )
}

function RecoveryCodes({ codes, done }: { codes: string[]; done: () => void }) {
  return (
    <div className="stack">
      <div className="summary" role="status">
        <p>双因素登录已启用。手机不在身边时，可用下列恢复码代替动态口令，每个只能用一次：</p>
        <ul className="codes">
          {codes.map((code) => (
            <li key={code}>
              <code lang="en">{code}</code>
            </li>
          ))}
        </ul>
        <p>恢复码只显示这一次，请抄录或打印后妥善保管。</p>
      </div>
      <div className="act-bar">
        <Button type="primary" onClick={done}>
          已妥善保管
        </Button>
      </div>
    </div>
  )
}

function Confirmation({ begun, take }: { begun: Begun; take: (codes: string[]) => void }) {
  const [form] = Form.useForm<{ code: string }>()
  const confirm = useSubmission<{ code: string }, { recoveryCodes?: string[] }>(
    (body, key) => write('POST', 'me/second-factor/confirm', body, key),
    ({ recoveryCodes }) => take(recoveryCodes ?? []),
  )
  const send = async () => {
    const values = await form.validateFields().catch(() => null)
    if (!values || confirm.isPending) return
    confirm.mutate({ code: values.code.trim() }, { onError: (error) => void showFieldProblems(form, error) })
  }
  return (
    <>
      {begun.secret && begun.link ? <Secret secret={begun.secret} link={begun.link} /> : null}
      <RefusalNote error={confirm.error} />
      <Form form={form} layout="vertical" onKeyDown={onCtrlEnter(send)} onFinish={() => void send()}>
        <Form.Item name="code" label="动态口令" rules={[{ required: true, message: '请填写动态口令' }]}>
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          确认启用
        </Button>
      </Form>
    </>
  )
}

/** From nothing to a second factor in use: secret, first code, recovery codes. */
export function SecondFactorSteps({ done }: { done: () => void }) {
  const [begun, setBegun] = useState<Begun | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const begin = useSubmission<object, Begun>((body, key) => write('POST', 'me/second-factor', body, key), setBegun)
  if (codes) return <RecoveryCodes codes={codes} done={done} />
  if (begun) return <Confirmation begun={begun} take={setCodes} />
  return (
    <div className="stack">
      <p>启用后，登录须先输入密码，再输入手机认证器上的动态口令；另发给八个恢复码备用。</p>
      <RefusalNote error={begin.error} />
      <div className="act-bar">
        <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate({})}>
          生成密钥
        </Button>
      </div>
    </div>
  )
}

/** Stands for every page until the second factor that the posts ask for is there, and its codes have been read. */
export function SecondFactorDue({ me, done }: { me: MeView; done: () => void }) {
  const leave = useLeave()
  return (
    <main className="before-frame">
      <section className="box stack" aria-labelledby="due-title">
        <h1 id="due-title">启用双因素登录</h1>
        <p>
          {me.person.name}：您的岗位（{me.posts.map(({ label }) => label).join('、')}
          ）须启用双因素登录后才能使用本系统。
        </p>
        <SecondFactorSteps done={done} />
        <p>
          <Button onClick={() => void leave()}>退出登录</Button>
        </p>
      </section>
    </main>
  )
}
