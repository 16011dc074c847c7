import { type Governed, mayAct, mayRead } from '#kernel/authorisation/may.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { Session } from './acting.ts'
import type { Kind, Thing } from './matter.ts'
import { loadThing } from './store.ts'

/** The thing, if this reader may see it; else the same answer as for one that does not exist. */
export async function readable(session: Session, kind: Kind, id: string): Promise<Thing> {
  const thing = await loadThing(session.tx, kind, id)
  if (!thing || !isReadable(session, kind, thing)) throw problem('thing.not-found')
  return thing
}

/** Read by role, or because some action of the kind is this person's as holder or opener. */
export function isReadable(session: Pick<Session, 'actor'>, kind: Kind, thing: Governed): boolean {
  return mayRead(session.actor, kind.readers, thing, kind.shared) || mayAct(session.actor, ['holder', 'opener'], thing)
}
