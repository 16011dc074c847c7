import { sql } from '#kernel/database/sql.ts'
import { inForce } from '#kernel/organisation/posts.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import type { Session } from './acting.ts'
import type { Field, FieldValue } from './field.ts'
import type { Kind } from './matter.ts'
import type { Columns } from './store.ts'

// Who holds a thing follows from its answers: the person field 'handler', else the team field 'team'; a court field
// that a shared kind itself declares names the counterpart. Every person, team, document and court named must exist
// where the field says: 'handler', 'team' and documents in the thing's court, all others in the court of who answers.

/** The columns that name holder and counterpart, as the answers set them; refuses whoever or whatever is not there. */
export async function holderColumns(
  session: Session,
  kind: Pick<Kind, 'fields' | 'shared'>,
  thing: { courtId: number },
  fields: Readonly<Record<string, Field>>,
  answers: Readonly<Record<string, FieldValue>>,
): Promise<Columns> {
  const columns: Columns = {}
  for (const [name, field] of Object.entries(fields)) {
    const value = answers[name]
    if (typeof value !== 'string') continue
    const courtId = name === 'handler' || name === 'team' ? thing.courtId : session.actor.courtId
    if (field.type === 'person') {
      const person = await personNamed(session, courtId, value, field)
      if (!person) throw fieldProblem([{ path: name, message: '本院没有可选的该人员' }])
      if (name === 'handler')
        Object.assign(columns, { holder_id: value, holder_name: person.name, holder_team_id: null })
    } else if (field.type === 'team') {
      const team = await session.tx.maybe<{ name: string }>(
        sql`select name from team where court_id = ${courtId} and id = ${value}`,
      )
      if (!team) throw fieldProblem([{ path: name, message: '本院没有该团队' }])
      if (name === 'team') Object.assign(columns, { holder_team_id: value, holder_name: team.name, holder_id: null })
    } else if (field.type === 'document') {
      const found = await session.tx.maybe(
        sql`select 1 from issued_document where court_id = ${thing.courtId} and id = ${value}`,
      )
      if (!found) throw fieldProblem([{ path: name, message: '本院没有这份文书' }])
    } else if (field.type === 'court') {
      const court = await courtNamed(session, courtId, name, value, field)
      if (kind.shared && kind.fields[name]) columns.counterpart_court_id = court
    }
  }
  return columns
}

async function personNamed(session: Session, courtId: number, id: string, field: Field) {
  return session.tx.maybe<{ name: string }>(sql`
    select p.name from person p where p.court_id = ${courtId} and p.id = ${id} and exists (
      select from post where post.court_id = p.court_id and post.person_id = p.id and ${inForce(session.on)}
        and (${field.among ?? null}::text is null or role = ${field.among ?? null}))`)
}

async function courtNamed(
  session: Session,
  courtId: number,
  name: string,
  code: string,
  field: Field,
): Promise<number> {
  const court = await session.tx.maybe<{ id: number; line: number[] }>(
    sql`select id, line from court where code = ${code}`,
  )
  if (!court || court.id === courtId) throw fieldProblem([{ path: name, message: '没有可选的该法院' }])
  if (field.among === 'subordinate' && !court.line.includes(courtId)) throw problem('supervision.not-below')
  return court.id
}
