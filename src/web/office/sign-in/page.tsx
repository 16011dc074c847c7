import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
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
  const { next, ended } = useSearch({ strict: false }) as { next?: string; ended?: string }
  const queries = useQueryClient()
  const router = useRouter()
  const send = async (username: string, password: string) => {
    setSending(true)
    try {
      const me = await write<MeView>('POST', 'session', { username, password }, newKey())
      queries.clear()
      queries.setQueryData(['me'], me)
      // Only an address of this very site: '//host' would lead elsewhere.
      router.history.push(next && /^\/(?!\/)/.test(next) ? next : '/')
    } catch (cause) {
      setError(cause instanceof Refusal ? cause : new Refusal(0, {}))
      setSending(false)
    }
  }
  return { error, isSending, hasEnded: ended !== undefined, send }
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

/** Sign-in: name and password; in a demonstration also the accounts to choose from. */
export function SignInPage() {
  const demonstration = useDemonstration()
  const { error, isSending, hasEnded, send } = useSignIn()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const first = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    first.current?.focus()
    document.title = '登录 · 执行指挥中心平台'
  }, [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isSending) void send(username.trim(), password)
  }
  return (
    <main className={demonstration.data ? 'sign-in with-accounts' : 'sign-in'}>
      <section className="sign-in-card" aria-labelledby="sign-in-title">
        <h1 id="sign-in-title">执行指挥中心平台</h1>
        <p className="soft">案件管理 · 质效管理 · 综合管理 · 运行管理</p>
        {hasEnded && !error ? (
          <p className="refusal" role="status">
            登录已失效，请重新登录。
          </p>
        ) : null}
        <form onSubmit={submit}>
          <label htmlFor="username">账号</label>
          <input
            id="username"
            name="username"
            autoComplete="username"
            required
            maxLength={64}
            ref={first}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
          <label htmlFor="password">密码</label>
          <input
            id="password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            maxLength={256}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          {error ? (
            <div className="refusal" role="alert">
              <strong>{error.message}</strong>
              {error.next ? <span>{error.next}</span> : null}
            </div>
          ) : null}
          <button ref={button} type="submit" className="main-button" disabled={isSending}>
            {isSending ? '正在登录…' : '登录'}
          </button>
        </form>
        {demonstration.data ? (
          <p className="soft">
            本系统正在演示，演示日期 <span className="whole">{demonstration.data.on}</span>；所有数据均为虚构。
          </p>
        ) : (
          <p className="soft">连续输错密码将暂时锁定账号。忘记密码请联系本院系统管理员。</p>
        )}
      </section>
      {demonstration.data && demonstration.data.accounts.length > 0 ? (
        <Accounts
          accounts={demonstration.data.accounts}
          fill={(account) => {
            setUsername(account.username)
            setPassword(account.password)
            // On a phone the form stands above the list: the button comes into sight, and the enter key signs in.
            button.current?.focus()
          }}
        />
      ) : null}
    </main>
  )
}
