import { randomUUID } from 'node:crypto'
import type { BacklogRow } from '#cases/case/wire.ts'
import type { KindView } from '#kernel/matter/wire.ts'
import type { MeView } from '#kernel/organisation/wire.ts'

// A demonstration account, signed in over HTTP as its owner would be.

interface Account {
  username: string
  password: string
}

export interface Session {
  username: string
  /** Name and value of the session's cookie. */
  cookie: { name: string; value: string }
  menu: string[]
  kinds: KindView[]
  /** The id of the first thing of a list, null where there is none or the reader may not see it. */
  firstId(path: string): Promise<string | null>
  /** The clock of the first row of the backlog that has no order yet. */
  firstClockId(): Promise<string | null>
  post(path: string, body: unknown): Promise<Response>
}

/** Signs in every account that the demonstration offers. */
export async function signInAll(url: string): Promise<Session[]> {
  const { accounts } = (await (await fetch(`${url}/api/demonstration`)).json()) as { accounts: Account[] }
  return Promise.all(accounts.map((account) => signIn(url, account)))
}

async function signIn(url: string, account: Account): Promise<Session> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: account.username, password: account.password }),
  })
  if (!answer.ok) throw new Error(`${account.username} 不能登录：${answer.status}`)
  const [pair = ''] = (answer.headers.getSetCookie()[0] ?? '').split(';')
  const at = pair.indexOf('=')
  const me = (await answer.json()) as MeView
  const get = (path: string) => fetch(`${url}/api${path}`, { headers: { cookie: pair } })
  const kinds = await get('/kinds')
  return {
    username: account.username,
    cookie: { name: pair.slice(0, at), value: pair.slice(at + 1) },
    menu: me.menu.map(({ path }) => path),
    kinds: kinds.ok ? ((await kinds.json()) as { kinds: KindView[] }).kinds : [],
    firstId: async (path) => {
      const list = await get(`${path}?limit=1`)
      if (!list.ok) return null
      const { items } = (await list.json()) as { items: { id: string }[] }
      return items[0]?.id ?? null
    },
    firstClockId: async () => {
      const list = await get('/backlog?limit=1')
      return list.ok ? (((await list.json()) as { items: BacklogRow[] }).items[0]?.clockId ?? null) : null
    },
    post: (path, body) =>
      fetch(`${url}/api${path}`, {
        method: 'POST',
        headers: { cookie: pair, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify(body),
      }),
  }
}
