import { randomUUID } from 'node:crypto'
import type { Role } from '#kernel/authorisation/roles.ts'
import type { TestServer } from '#test/harness.ts'

// Rows put in by SQL as the owner of the database, past row security.

/** Inserts one row as the owner of the database. */
export async function put(server: TestServer, table: string, row: Record<string, unknown>): Promise<void> {
  const names = Object.keys(row)
  const places = names.map((_, index) => `$${index + 1}`).join(', ')
  await server.sql(`insert into ${table} (${names.join(', ')}) values (${places})`, Object.values(row))
}

export async function courtIdOf(server: TestServer, code: string): Promise<number> {
  const [court] = await server.sql<{ id: number }>('select id from court where code = $1', [code])
  if (!court) throw new Error(`no court ${code}`)
  return court.id
}

/** A person with an account that has the demonstration's password, and one post where a role is given. */
export async function putPerson(
  server: TestServer,
  one: { courtId: number; username: string; name: string; role: Role | null; teamId?: string | null },
): Promise<{ personId: string; postId: string }> {
  const personId = randomUUID()
  const postId = randomUUID()
  const court_id = one.courtId
  await put(server, 'person', { court_id, id: personId, natural_id: randomUUID(), name: one.name })
  await server.sql(
    `insert into account (court_id, id, person_id, username, password_hash)
     select $1, $2, $3, $4, password_hash from account where username = 'linjing'`,
    [court_id, randomUUID(), personId, one.username],
  )
  const post = { court_id, id: postId, person_id: personId, from_on: '2019-01-01' }
  if (one.role) await put(server, 'post', { ...post, role: one.role, team_id: one.teamId ?? null })
  return { personId, postId }
}
