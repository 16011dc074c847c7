import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { FactorView, MeView } from '#kernel/organisation/wire.ts'
import { read } from '#web/office/api.ts'
import { Loaded } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { SecondFactorSteps } from './second-factor.tsx'

function FactorWords({ factor }: { factor: FactorView }) {
  if (!factor.isOn) return <p>未启用。启用后，登录时除密码外还须输入手机上的动态口令。</p>
  return (
    <p>
      已于 <span className="whole">{factor.confirmedAt?.slice(0, 10)}</span> 启用，剩余恢复码 {factor.recoveryLeft} 个。
      {factor.recoveryLeft <= 2 ? '恢复码将用完，请重新启用以取得新的恢复码。' : null}
    </p>
  )
}

/** 个人设置: the own second factor and the own password. */
export function OwnSettings({ me, close }: { me: MeView; close: () => void }) {
  const factor = useQuery({
    queryKey: ['me', 'second-factor'],
    queryFn: ({ signal }) => read<FactorView>('me/second-factor', signal),
  })
  const [part, setPart] = useState<'all' | 'factor' | 'password'>('all')
  if (part === 'password') return <PasswordDialog close={close} />
  const footer = part === 'all' ? <Button onClick={close}>关闭</Button> : null
  return (
    <Dialog
      title={part === 'factor' ? '启用双因素登录' : '个人设置'}
      onCancel={close}
      footer={footer}
      maskClosable={false}
    >
      {part === 'factor' ? (
        <SecondFactorSteps done={close} />
      ) : (
        <div className="stack">
          <section className="stack" aria-label="双因素登录">
            <h3>双因素登录</h3>
            <Loaded asked={factor} rows={1}>
              {(data) => (
                <>
                  <FactorWords factor={data} />
                  <div className="act-bar">
                    <Button onClick={() => setPart('factor')}>
                      {data.isOn ? '更换手机或恢复码' : '启用双因素登录'}
                    </Button>
                  </div>
                </>
              )}
            </Loaded>
          </section>
          <section className="stack" aria-label="密码">
            <h3>密码</h3>
            <p className="soft">修改后，{me.person.name}在所有设备上的登录立即失效。</p>
            <div className="act-bar">
              <Button onClick={() => setPart('password')}>修改密码</Button>
            </div>
          </section>
        </div>
      )}
    </Dialog>
  )
}
