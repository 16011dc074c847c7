import type { Role } from '#kernel/authorisation/roles.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'

export interface Message {
  courtId: number
  to: { personId: string } | { role: Role; teamId?: string | null }
  title: string
  body: string
  about?: { kind: string; courtId: number; id: string }
}

/** Puts messages into the outbox within the act's transaction; listeners hear of them when it has been committed. */
export async function tell(tx: Tx, at: Date, messages: readonly Message[]): Promise<void> {
  const rows = new Map(messages.map((message) => [keyOf(message), rowOf(message, at)]))
  if (rows.size === 0) return
  const courts = [...new Set(messages.map((message) => message.courtId))]
  await Promise.all([
    tx.send(sql`
      insert into outbox (court_id, at, to_person_id, to_role, to_team_id, title, body, kind, thing_court_id, thing_id)
      select court_id, at, to_person_id, to_role, to_team_id, title, body, kind, thing_court_id, thing_id
      from jsonb_populate_recordset(null::outbox, ${JSON.stringify([...rows.values()])}::jsonb)`),
    tx.send(sql`select pg_notify('ecc_outbox', ${courts.join(',')})`),
  ])
}

/** The same message to the same people is said once. */
function keyOf(message: Message): string {
  return JSON.stringify([message.courtId, message.to, message.title, message.about?.id])
}

function rowOf({ courtId, to, title, body, about }: Message, at: Date) {
  return {
    court_id: courtId,
    at,
    to_person_id: 'personId' in to ? to.personId : null,
    to_role: 'role' in to ? to.role : null,
    to_team_id: 'role' in to ? (to.teamId ?? null) : null,
    title,
    body,
    kind: about?.kind ?? null,
    thing_court_id: about?.courtId ?? null,
    thing_id: about?.id ?? null,
  }
}
