import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { MeView } from '#kernel/organisation/wire.ts'
import { newKey, Refusal, read, write } from '#web/office/api.ts'
import type { DemonstrationAccount } from '#web/office/wire.ts'

// The first thing that a visitor downloads: no component library here.

function useDemonstration() {
  return useQuery({
    queryKey: ['demonstration'],
    queryFn: () => read<{ on: string; accounts: DemonstrationAccount[] }>('demonstration'),
    retry: false,
  })
}

function useSignIn() {
  const [error, setError] = useState<Refusal | null>(null)
  const [isSending, setSending] = useState(false)
  const [isSecondStep, setSecondStep] = useState(false)
  const { next, ended } = useSearch({ strict: false }) as { next?: string; ended?: string }
  const queries = useQueryClient()
  const router = useRouter()
  const send = async (said: { username: string; password: string; code?: string }) => {
    setSending(true)
    try {
      const me = await write<MeView>('POST', 'session', said, newKey())
      queries.clear()
      queries.setQueryData(['me'], me)
      // Only an address of this very site: '//host' would lead elsewhere.
      router.history.push(next && /^\/(?!\/)/.test(next) ? next : '/')
    } catch (cause) {
      const refusal = cause instanceof Refusal ? cause : new Refusal(0, {})
      const isAsked = refusal.code === 'sign-in.code-required'
      if (isAsked) setSecondStep(true)
      setError(isAsked ? null : refusal)
      setSending(false)
    }
  }
  const goBack = () => {
    setSecondStep(false)
    setError(null)
  }
  return { error, isSending, hasEnded: ended !== undefined, isSecondStep, send, goBack }
}

function RefusalWords({ error }: { error: Refusal | null }) {
  if (!error) return null
  return (
    <div className="refusal" role="alert">
      <strong>{error.message}</strong>
      {error.next ? <span>{error.next}</span> : null}
    </div>
  )
}

/** The second step: the code of the phone, or a recovery code. */
function CodeForm({ door, submit }: { door: ReturnType<typeof useSignIn>; submit: (code: string) => void }) {
  const [code, setCode] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!door.isSending) submit(code.trim())
      }}
    >
      <p>该账号已启用双因素登录。请输入手机认证器上的六位动态口令；手机不在身边时输入恢复码。</p>
      <label htmlFor="code">动态口令</label>
      <input
        id="code"
        name="code"
        autoComplete="one-time-code"
        required
        maxLength={40}
        ref={field}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <RefusalWords error={door.error} />
      <button type="submit" className="main-button" disabled={door.isSending}>
        {door.isSending ? '正在登录…' : '登录'}
      </button>
      <button type="button" className="text-button" onClick={door.goBack}>
        返回上一步
      </button>
    </form>
  )
}

function Accounts({
  accounts,
  fill,
}: {
  accounts: DemonstrationAccount[]
  fill: (account: DemonstrationAccount) => void
}) {
  const passwords = new Set(accounts.map(({ password }) => password))
  const common = passwords.size === 1 ? <code lang="en">{accounts[0]?.password}</code> : null
  return (
    <section className="accounts" aria-label="演示账号">
      <h2>演示账号</h2>
      <p>点击一行即填入账号和密码{common ? <>，密码均为 {common}</> : null}。</p>
      <ul>
        {accounts.map((account) => (
          <li key={account.username}>
            <button type="button" onClick={() => fill(account)}>
              <strong>{account.name}</strong>
              <span>{Array.isArray(account.roles) ? account.roles.join('、') : account.roles}</span>
              <code lang="en">{account.username}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface Credentials {
  username: string
  password: string
}

function PasswordForm({
  door,
  said,
  change,
  submit,
  button,
}: {
  door: ReturnType<typeof useSignIn>
  said: Credentials
  change: (patch: Partial<Credentials>) => void
  submit: () => void
  button: RefObject<HTMLButtonElement | null>
}) {
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!door.isSending) submit()
      }}
    >
      <label htmlFor="username">账号</label>
      <input
        id="username"
        name="username"
        autoComplete="username"
        required
        maxLength={64}
        ref={first}
        value={said.username}
        onChange={(event) => change({ username: event.target.value })}
      />
      <label htmlFor="password">密码</label>
      <input
        id="password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        maxLength={256}
        value={said.password}
        onChange={(event) => change({ password: event.target.value })}
      />
      <RefusalWords error={door.error} />
      <button ref={button} type="submit" className="main-button" disabled={door.isSending}>
        {door.isSending ? '正在登录…' : '登录'}
      </button>
    </form>
  )
}

/** Sign-in: name and password, then the code where there is a second factor; in a demonstration also accounts. */
export function SignInPage() {
  const demonstration = useDemonstration()
  const door = useSignIn()
  const [said, setSaid] = useState<Credentials>({ username: '', password: '' })
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    document.title = '登录 · 执行指挥中心平台'
  }, [])
  const submit = (code?: string) =>
    void door.send({ username: said.username.trim(), password: said.password, ...(code ? { code } : {}) })
  return (
    <main className={demonstration.data ? 'sign-in with-accounts' : 'sign-in'}>
      <section className="sign-in-card" aria-labelledby="sign-in-title">
        <h1 id="sign-in-title">执行指挥中心平台</h1>
        <p className="soft">案件管理 · 质效管理 · 综合管理 · 运行管理</p>
        {door.hasEnded && !door.error && !door.isSecondStep ? (
          <p className="refusal" role="status">
            登录已失效，请重新登录。
          </p>
        ) : null}
        {door.isSecondStep ? (
          <CodeForm door={door} submit={submit} />
        ) : (
          <PasswordForm
            door={door}
            said={said}
            change={(patch) => setSaid({ ...said, ...patch })}
            submit={() => submit()}
            button={button}
          />
        )}
        {demonstration.data ? (
          <>
            <p className="soft">
              本系统正在演示，演示日期 <span className="whole">{demonstration.data.on}</span>；所有数据均为虚构。
            </p>
            <p className="soft">演示账号只凭账号和密码登录；正式安装时，三员和审批岗位须启用双因素登录。</p>
          </>
        ) : (
          <p className="soft">连续验证错误将暂时锁定账号。忘记密码请联系本院系统管理员，手机遗失请联系安全管理员。</p>
        )}
      </section>
      {demonstration.data && demonstration.data.accounts.length > 0 ? (
        <Accounts
          accounts={demonstration.data.accounts}
          fill={({ username, password }) => {
            door.goBack()
            setSaid({ username, password })
            // On a phone the form stands above the list: the button comes into sight, and the enter key signs in.
            button.current?.focus()
          }}
        />
      ) : null}
    </main>
  )
}
