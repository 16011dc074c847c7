import { isRole } from '#kernel/authorisation/roles.ts'
import { type Message, tell } from '#kernel/notifications/tell.ts'
import type { Acting } from './acting.ts'

/** Sends an act's messages to those whom its declaration names; never to the person who acted. */
export async function announce(
  acting: Pick<Acting, 'tx' | 'at' | 'kind' | 'thing' | 'actor'>,
  whom: readonly string[],
  title: string,
  body: string,
): Promise<void> {
  const messages = whom.flatMap((one) => addressed(acting, one, title, body))
  const actor = acting.actor
  const others = messages.filter(
    (message) => !(actor.kind === 'person' && 'personId' in message.to && message.to.personId === actor.personId),
  )
  await tell(acting.tx, acting.at, others)
}

function addressed(
  { kind, thing }: Pick<Acting, 'kind' | 'thing'>,
  whom: string,
  title: string,
  body: string,
): Message[] {
  const about = { kind: kind.id, courtId: thing.courtId, id: thing.id }
  const message = (courtId: number, to: Message['to']): Message => ({ courtId, to, title, body, about })
  if (whom === 'opener') {
    if (thing.openerId) return [message(thing.courtId, { personId: thing.openerId })]
    return [message(thing.courtId, { role: 'centre.clerk' })]
  }
  if (whom === 'holder' || whom === 'handler') {
    if (thing.holderId) return [message(thing.courtId, { personId: thing.holderId })]
    if (thing.holderTeamId) {
      return (['team.head', 'team.judge'] as const).map((role) =>
        message(thing.courtId, { role, teamId: thing.holderTeamId }),
      )
    }
    return thing.counterpartCourtId ? [message(thing.counterpartCourtId, { role: 'centre.clerk' })] : []
  }
  const [place, name] = whom.includes(':') ? (whom.split(':') as [string, string]) : ['own', whom]
  const courtId = place === 'counterpart' ? thing.counterpartCourtId : thing.courtId
  return courtId !== null && isRole(name) ? [message(courtId, { role: name })] : []
}
