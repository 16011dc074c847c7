import {
  type ApprovalRow,
  addHand,
  isFreeHand,
  loadApproval,
  lockApproval,
  passOn,
  rightTo,
  settle,
  stepWords,
} from '#kernel/approval/approval.ts'
import { writeAudit } from '#kernel/audit/audit.ts'
import { tell } from '#kernel/notifications/tell.ts'
import { proofRequired } from '#kernel/organisation/sessions.ts'
import { problem } from '#kernel/problem/problem.ts'
import { checkPossible, perform, readAnswers, record } from './act.ts'
import type { Session } from './acting.ts'
import type { ActionSpec, Kind, Thing, ThingRef } from './matter.ts'
import { foreseenNow, tellApprovers } from './propose.ts'
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

/** Decides a step of a pending approval; the last one carries the act out with the answers that were proposed. */
export async function decide(session: Session, decision: Decision): Promise<ThingRef> {
  const { tx, actor, services, at } = session
  const asked = await loadApproval(tx, decision.id)
  const kind = services.kinds.find((one) => one.id === asked?.kind)
  if (!asked || !kind || actor.kind !== 'person') throw problem('thing.not-found')
  await readable(session, kind, asked.thing_id)
  const right = rightTo(actor, asked)
  if (!right) throw problem('access.denied')
  checkOpen(asked)
  if (decision.approve && kind.actions[asked.action]?.reauth && !decision.isProved) throw proofRequired()
  if (!isFreeHand(actor, right, asked)) await refuseOwnHand(session, kind, asked)
  const thing = (await lockThing(tx, kind, asked.thing_id)) as Thing
  const row = await lockApproval(tx, asked)
  checkOpen(row)
  if (row.step !== asked.step) throw problem('approval.decided')
  const action = kind.actions[row.action] as ActionSpec
  await refuseChanged(session, action, thing, row, decision)
  const deputyFor = right.deputyFor?.name ?? null
  await addHand(tx, row, row.step, actor, deputyFor, at)
  const said: Record<string, string> = deputyFor ? { 代行: deputyFor } : {}
  const acting = { ...session, kind, thing, previous: thing, before: thing.state, answers: {} }
  const next = row.steps[row.step]
  if (decision.approve && next) {
    await passOn(tx, row, next)
    await checkPossible(session, kind, action, thing)
    await record(acting, `approve:${row.action}`, `审批同意：${action.label}`, said, null)
    await tellApprovers(session, next, {
      title: `待审批：${action.label} ${thing.number}`,
      body: `${row.proposer_name}呈批、${actor.name}已同意，待${stepWords(next, thing.courtId)}审批`,
      about: { kind: kind.id, courtId: thing.courtId, id: thing.id },
    })
    return thing
  }
  await settle(tx, row, {
    state: decision.approve ? 'approved' : 'rejected',
    by: actor,
    at,
    reason: decision.reason,
  })
  if (decision.approve) {
    await checkPossible(session, kind, action, thing)
    const answers = readAnswers(action, row.answers)
    await action.check?.(session, thing, answers)
    const hands = { 提请人: row.proposer_name, ...earlierHands(row), ...said }
    return perform(session, kind, thing, row.action, answers, hands)
  }
  const refused = { reason: decision.reason, ...said }
  await record(acting, `reject:${row.action}`, `审批不同意：${action.label}`, refused, null)
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

function checkOpen({ state }: ApprovalRow): void {
  if (state === 'void') throw problem('approval.content-changed')
  if (state !== 'pending') throw problem('approval.decided')
}

/** Nobody decides on another content than was proposed, nor agrees to what would come of it otherwise by now. */
async function refuseChanged(
  session: Session,
  action: ActionSpec,
  thing: Thing,
  row: ApprovalRow,
  { approve, version }: Decision,
): Promise<void> {
  if (thing.version !== row.thing_version || version !== row.thing_version) throw problem('approval.content-changed')
  if (!approve || row.foreseen === null) return
  const now = await foreseenNow(session, action, thing, readAnswers(action, row.answers))
  if (now !== row.foreseen) throw problem('approval.content-changed')
}

/** Who agreed before the last step, for the act's own entry. */
function earlierHands(row: ApprovalRow): Record<string, string> {
  const words = row.hands.filter(({ step }) => step > 0).map(({ name }) => name)
  return words.length > 0 ? { 已同意: words.join('、') } : {}
}

/**
 * The attempt itself is a security event: it is recorded in a transaction of its own, because this one is undone, and
 * beside the pool, which many attempts at once would otherwise empty.
 */
async function refuseOwnHand(session: Session, kind: Kind, { action, thing_id: id }: ApprovalRow): Promise<never> {
  const { services, actor, at } = session
  const label = kind.actions[action]?.label ?? action
  await services.database.writeBeside({ courtIds: actor.courtIds }, (tx) =>
    writeAudit(tx, actor, at, [
      { verb: 'security.four-eyes', thing: { kind: kind.id, id, label: kind.title }, summary: { 操作: label } },
    ]),
  )
  throw problem('access.four-eyes')
}
