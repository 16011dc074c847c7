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
  const said = new Set<string>()
  const put: Promise<unknown>[] = []
  for (const message of messages) {
    const key = JSON.stringify([message.courtId, message.to, message.title, message.about?.id])
    if (said.has(key)) continue
    said.add(key)
    const person = 'personId' in message.to ? message.to.personId : null
    const role = 'role' in message.to ? message.to.role : null
    const team = 'role' in message.to ? (message.to.teamId ?? null) : null
    const inserted = tx.run(sql`
      insert into outbox (court_id, at, to_person_id, to_role, to_team_id, title, body, kind, thing_court_id, thing_id)
      values (${message.courtId}, ${at}, ${person}, ${role}, ${team}, ${message.title}, ${message.body},
        ${message.about?.kind ?? null}, ${message.about?.courtId ?? null}, ${message.about?.id ?? null})`)
    put.push(inserted)
  }
  const courts = [...new Set(messages.map((message) => message.courtId))]
  if (courts.length > 0) put.push(tx.query(sql`select pg_notify('ecc_outbox', ${courts.join(',')})`))
  await Promise.all(put)
}
