import type { PersonActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import type { SessionToken } from './sessions.ts'

// Who holds a session, kept in memory as long as nothing about the people of his court has changed. Whether that is so
// is asked with each request (court.people_version), so that memory never answers for the database.

const KEPT = 'actors'
const KEPT_MOST = 5_000

export interface Remembered {
  /** The stand of things under which the actor was read. */
  stand: string
  actor: PersonActor
  /** He must have a second factor and has none yet. */
  owesFactor: boolean
}

/** The actor as this session's last request found him; whether he still is that must be asked. */
export function rememberedActor(tx: Pick<Tx, 'kept'>, token: SessionToken): Remembered | undefined {
  const known = actorsOf(tx).get(keyOf(token))
  return known?.actor.courtId === token.courtId ? known : undefined
}

export function rememberActor(tx: Pick<Tx, 'kept'>, token: SessionToken, read: Remembered): void {
  const kept = actorsOf(tx)
  // The one kept longest goes first; its next request reads it again.
  const oldest = kept.size >= KEPT_MOST ? kept.keys().next().value : undefined
  if (oldest !== undefined) kept.delete(oldest)
  kept.set(keyOf(token), read)
}

export function forgetActor(tx: Pick<Tx, 'kept'>, token: SessionToken): void {
  actorsOf(tx).delete(keyOf(token))
}

function keyOf({ digest }: SessionToken): string {
  return digest.toString('base64')
}

function actorsOf(tx: Pick<Tx, 'kept'>): Map<string, Remembered> {
  const kept = tx.kept.get(KEPT) as Map<string, Remembered> | undefined
  if (kept) return kept
  const made = new Map<string, Remembered>()
  tx.kept.set(KEPT, made)
  return made
}
