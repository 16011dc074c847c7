import type { Role } from '#kernel/authorisation/roles.ts'
import type { TestServer } from '#test/harness.ts'

export interface Member {
  username: string
  personId: string
  name: string
  courtId: number
  teamId: string | null
}

/** Who of the cast holds a role in a court; the first by username. */
export async function holderOf(server: TestServer, courtCode: string, role: Role): Promise<Member> {
  const [member] = await membersOf(server, courtCode, role)
  if (!member) throw new Error(`the cast has nobody as ${role} in ${courtCode}`)
  return member
}

export function membersOf(server: TestServer, courtCode: string, role: Role): Promise<Member[]> {
  return server.sql<Member>(
    `select a.username, p.id as "personId", p.name, p.court_id as "courtId", post.team_id as "teamId"
     from post join person p on p.court_id = post.court_id and p.id = post.person_id
     join account a on a.court_id = p.court_id and a.person_id = p.id
     join court c on c.id = p.court_id
     where c.code = $1 and post.role = $2 and post.to_on is null order by a.username`,
    [courtCode, role],
  )
}

/** The smallest file that is what its name says. */
export const PDF = { name: '材料.pdf', content: Buffer.from('%PDF-1.4\n%%EOF\n') }
