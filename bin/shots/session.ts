import { randomUUID } from 'node:crypto'
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
  todayOn: string
  roles: string[]
  menu: string[]
  kinds: KindView[]
  /** The id of the first thing of a list, null where there is none or the reader may not see it. */
  firstId(path: string): Promise<string | null>
  /** Answers of the API below /api; a refusal throws with its text. */
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
  send<T>(path: string, form: FormData): Promise<T>
}

/** Signs in every account that the demonstration offers. */
export async function signInAll(url: string): Promise<Session[]> {
  const { accounts } = await read<{ accounts: Account[] }>(await fetch(`${url}/api/demonstration`))
  return Promise.all(accounts.map((account) => signIn(url, account)))
}

async function signIn(url: string, account: Account): Promise<Session> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: account.username, password: account.password }),
  })
  const [pair = ''] = (answer.headers.getSetCookie()[0] ?? '').split(';')
  const at = pair.indexOf('=')
  const me = await read<MeView>(answer)
  const headers = () => ({ cookie: pair, 'idempotency-key': randomUUID() })
  const get = (path: string) => fetch(`${url}/api${path}`, { headers: { cookie: pair } })
  return {
    username: account.username,
    cookie: { name: pair.slice(0, at), value: pair.slice(at + 1) },
    todayOn: me.today,
    roles: me.posts.map(({ role }) => role),
    menu: me.menu.map(({ path }) => path),
    kinds: (await read<{ kinds: KindView[] }>(await get('/kinds'))).kinds,
    firstId: async (path) => firstIdOf(await get(path)),
    get: async (path) => read(await get(path)),
    post: async (path, body) =>
      read(
        await fetch(`${url}/api${path}`, {
          method: 'POST',
          headers: { ...headers(), 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    send: async (path, form) =>
      read(await fetch(`${url}/api${path}`, { method: 'POST', headers: headers(), body: form })),
  }
}

async function read<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Error(`${new URL(answer.url).pathname}：${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

async function firstIdOf(answer: Response): Promise<string | null> {
  if (!answer.ok) return null
  const { items } = (await answer.json()) as { items?: { id?: string }[] }
  return items?.[0]?.id ?? null
}
