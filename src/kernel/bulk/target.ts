import type { PersonActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import type { List } from '#kernel/lists/list.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { Field } from '#kernel/matter/field.ts'

// What can be done in bulk: a list to choose from, its actions, and how one of them is done to one thing.

export interface BulkAction {
  label: string
  /** It issues a document for each thing. */
  issues?: boolean
  ask: Readonly<Record<string, Field>>
  /** Who approves each of them, in words; null where the act takes effect by itself. */
  approval: string | null
  /** Whether this person may start it at all; for each thing it is asked anew. */
  mayStart: (actor: PersonActor) => boolean
}

export type PersonSession = Session & { actor: PersonActor }

export interface BulkItem {
  thingId: string
  /** The version that was seen when the job began; null where the act holds to none. */
  version: number | null
}

export interface BulkTarget {
  /** The list whose things are chosen; its rows may carry a `version` to hold to. */
  list: Pick<List, 'name' | 'title' | 'query' | 'matching'>
  holdsVersion: boolean
  /** Below this path a thing has its page; null where it has none. */
  path: string | null
  actions: Readonly<Record<string, BulkAction>>
  /**
   * Locks these things in an order of its own, before anything is done to the first. Where it is there, several are
   * done in one transaction, and nobody who holds one of them can wait for what was done to another.
   */
  hold?(tx: Tx, ids: readonly string[]): Promise<void>
  /** Does it to one thing with all checks of the single act; refuses by a problem of the catalogue. */
  carryOut(session: PersonSession, item: BulkItem, action: string, answers: Record<string, unknown>): Promise<void>
}
