import { loadApproval, lockApproval, settle } from '#kernel/approval/approval.ts'
import { writeAudit } from '#kernel/audit/audit.ts'
import type { Role } from '#kernel/authorisation/roles.ts'
import { tell } from '#kernel/notifications/tell.ts'
import { proofRequired } from '#kernel/organisation/sessions.ts'
import { problem } from '#kernel/problem/problem.ts'
import { checkPossible, mayDecide, perform, readAnswers, record } from './act.ts'
import type { Session } from './acting.ts'
import type { ActionSpec, Thing, ThingRef } from './matter.ts'
import { readable } from './readable.ts'
import { lockThing } from './store.ts'

export interface Decision {
  id: string
  approve: boolean
  /** The version that the approver saw. */
  version: number
  reason: string | null
  /** Whether the approver has proved lately who he is. */
  isProved: boolean
}

/** Decides a pending approval; approving carries the act out with the answers that were proposed. */
export async function decide(session: Session, decision: Decision): Promise<ThingRef> {
  const { tx, actor, services, at } = session
  const asked = await loadApproval(tx, decision.id)
  const kind = services.kinds.find((one) => one.id === asked?.kind)
  if (!asked || !kind || actor.kind !== 'person') throw problem('thing.not-found')
  await readable(session, kind, asked.thing_id)
  if (!mayDecide(session, asked.court_id, asked.approver_role as Role)) throw problem('access.denied')
  if (decision.approve && kind.actions[asked.action]?.reauth && !decision.isProved) throw proofRequired()
  if (asked.proposer_natural_id === actor.naturalId) await refuseOwnHand(session, asked.action, asked.thing_id)
  const thing = (await lockThing(tx, kind, asked.thing_id)) as Thing
  const row = await lockApproval(tx, asked)
  if (row.state === 'void') throw problem('approval.content-changed')
  if (row.state !== 'pending') throw problem('approval.decided')
  if (thing.version !== row.thing_version || decision.version !== row.thing_version)
    throw problem('approval.content-changed')
  const action = kind.actions[row.action] as ActionSpec
  await settle(tx, row, {
    state: decision.approve ? 'approved' : 'rejected',
    personId: actor.personId,
    naturalId: actor.naturalId,
    name: actor.name,
    at,
    reason: decision.reason,
  })
  if (decision.approve) {
    await checkPossible(session, kind, action, thing)
    return perform(session, kind, thing, row.action, readAnswers(action, row.answers), { 提请人: row.proposer_name })
  }
  const acting = { ...session, kind, thing, previous: thing, before: thing.state, answers: {} }
  await record(acting, `reject:${row.action}`, `审批不同意：${action.label}`, { reason: decision.reason }, null)
  await tell(tx, at, [
    {
      courtId: row.proposer_court_id,
      to: { personId: row.proposer_id },
      title: `审批未通过：${action.label} ${thing.number}`,
      body: decision.reason ?? '',
      about: { kind: kind.id, courtId: thing.courtId, id: thing.id },
    },
  ])
  return thing
}

/** The attempt itself is a security event: it is recorded in a transaction of its own, because this one is undone. */
async function refuseOwnHand(session: Session, action: string, thingId: string): Promise<never> {
  const { services, actor, at } = session
  await services.database.write({ courtIds: actor.courtIds }, (tx) =>
    writeAudit(tx, actor, at, [{ verb: 'security.four-eyes', summary: { 操作: action, 事项: thingId } }]),
  )
  throw problem('access.four-eyes')
}
