import type { TestServer } from '#test/harness.ts'
import { Line } from './line.ts'

// The people who ask: the whole cast, each with a session on the server under test.

export interface Asker {
  username: string
  personId: string
  court: string
  roles: readonly string[]
  cookie: string
}

/** From here people sign in; from everywhere else they may fail as often as they like. */
export const FRONT_DOOR = '127.0.0.2'

/** Signs in on the server at `port`; undefined where it does not let them. */
export async function signIn(port: number, username: string, password: string): Promise<string | undefined> {
  const line = new Line(port, FRONT_DOOR)
  try {
    const body = JSON.stringify({ username, password })
    const answer = await line.ask(
      Buffer.from(
        `POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
          `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      ),
    )
    return /\r\nset-cookie: (sid=[^;]+)/i.exec(answer.head)?.[1]
  } finally {
    line.close()
  }
}

/** Everybody of these courts, with an account. */
export async function castOf(server: TestServer, courts: readonly string[]): Promise<Asker[]> {
  const rows = await server.sql<Omit<Asker, 'cookie'>>(
    `select a.username, p.id as "personId", c.code as court, array_agg(post.role) as roles
     from account a join person p on p.court_id = a.court_id and p.id = a.person_id
     join court c on c.id = a.court_id join post on post.court_id = p.court_id and post.person_id = p.id
     where c.code = any($1) and a.state = 'active' and post.to_on is null
     group by 1, 2, 3 order by 1`,
    [courts],
  )
  return rows.map((row) => ({ ...row, cookie: '' }))
}
