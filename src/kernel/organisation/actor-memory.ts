import type { PersonActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import type { SessionToken } from './sessions.ts'

// Who holds a session, kept in memory as long as nothing about the people of his court has changed. Whether that is so
// is asked with each request (court.people_version), so that memory never answers for the database.

const KEPT = 'actors'
const KEPT_MOST = 5_000

interface Remembered {
  /** What the actor was read under. */
  stand: string
  actor: PersonActor
}

/** The session's actor as it was read under this stand of things, else as `read` finds it now. */
export async function rememberedActor(
  tx: Pick<Tx, 'kept'>,
  token: SessionToken,
  stand: string,
  read: () => Promise<PersonActor | undefined>,
): Promise<PersonActor | undefined> {
  const kept = actorsOf(tx)
  const key = token.digest.toString('base64')
  const known = kept.get(key)
  if (known?.stand === stand && known.actor.courtId === token.courtId) return known.actor
  kept.delete(key)
  const actor = await read()
  if (!actor) return undefined
  // The one kept longest goes first; its next request reads it again.
  const oldest = kept.size >= KEPT_MOST ? kept.keys().next().value : undefined
  if (oldest !== undefined) kept.delete(oldest)
  kept.set(key, { stand, actor })
  return actor
}

function actorsOf(tx: Pick<Tx, 'kept'>): Map<string, Remembered> {
  const kept = tx.kept.get(KEPT) as Map<string, Remembered> | undefined
  if (kept) return kept
  const made = new Map<string, Remembered>()
  tx.kept.set(KEPT, made)
  return made
}
