import { randomUUID } from 'node:crypto'
import { fileApproval, stepWords, voidPending } from '#kernel/approval/approval.ts'
import { type Step, stepsFor } from '#kernel/approval/chain.ts'
import { sql } from '#kernel/database/sql.ts'
import { refuseIncomplete } from '#kernel/documents/issue.ts'
import { type Message, tell } from '#kernel/notifications/tell.ts'
import { courtOf } from '#kernel/organisation/courts.ts'
import { deputiesFor } from '#kernel/organisation/deputies.ts'
import { problem } from '#kernel/problem/problem.ts'
import { record } from './act.ts'
import type { Session } from './acting.ts'
import type { FieldValue } from './field.ts'
import { holderColumns } from './holder.ts'
import { orderOf } from './issuing.ts'
import type { ActionSpec, Kind, Thing } from './matter.ts'
import { saveThing } from './store.ts'

/** Files an act for approval: bound to the thing's version as it then stands, so that any later change voids it. */
export async function propose(
  session: Session,
  kind: Kind,
  thing: Thing,
  name: string,
  action: ActionSpec,
  answers: Record<string, FieldValue>,
): Promise<Thing> {
  const { tx, actor, at } = session
  if (actor.kind !== 'person' || !action.approval) throw problem('access.denied')
  const pending = await tx.maybe<{ thing_version: number }>(sql`
    select thing_version from approval
    where court_id = ${thing.courtId} and thing_id = ${thing.id} and state = 'pending'`)
  if (pending?.thing_version === thing.version) throw problem('act.approval-pending')
  // Asked of content that has changed since, without its being voided then: nobody can decide it any more.
  if (pending) await voidPending(session, thing)
  // Whom the answers name must exist now: an approver is not asked about somebody of another court or nobody.
  await holderColumns(session, kind, thing, action.ask ?? {}, answers)
  // Nor about a document that can't be made: what it lacks is for whoever proposes it to mend.
  if (action.issues) await refuseIncomplete(session, await orderOf(session, kind, thing, name, answers, false))
  const after = await saveThing(tx, kind, thing, {})
  const own = await courtOf(tx, thing.courtId)
  const above = (await action.above?.(session, after)) ?? own.parentId ?? own.id
  const courts = { own: own.id, above }
  const steps = stepsFor(action.approval, { ...thing.values, ...answers }, courts) as [Step, ...Step[]]
  const of = { court_id: thing.courtId, counterpart_court_id: thing.counterpartCourtId, thing_id: thing.id }
  const foreseen = action.previewHolds ? await foreseenNow(session, action, after, answers) : null
  const content = { answers, foreseen, thing_version: after.version }
  const filed = { ...of, id: randomUUID(), kind: kind.id, action: name, ...content, steps }
  await fileApproval(tx, filed, actor, at)
  const acting = { ...session, kind, thing: after, previous: thing, before: thing.state, answers }
  await record(acting, `propose:${name}`, `呈批：${action.label}`, answers, null)
  await tellApprovers(session, steps[0], {
    title: `待审批：${action.label} ${thing.number}`,
    body: `${actor.name}呈请${stepWords(steps[0], thing.courtId)}审批${kind.title}的“${action.label}”`,
    about: { kind: kind.id, courtId: thing.courtId, id: thing.id },
  })
  return after
}

/** What an act would lead to if it were carried out now, in words. */
export async function foreseenNow(
  session: Session,
  action: ActionSpec,
  thing: Thing,
  answers: Record<string, FieldValue>,
): Promise<string> {
  const lines = (await action.preview?.(session, thing, answers)) ?? []
  return lines.map(({ label, value }) => `${label}：${value}`).join('\n')
}

/** Tells those who may decide a step that it waits for them. */
export async function tellApprovers(
  { tx, at, on }: Session,
  { courtId, role, personal }: Step,
  message: Pick<Message, 'title' | 'body' | 'about'>,
): Promise<void> {
  const deputies = personal ? [] : await deputiesFor(tx, courtId, role, on)
  const to: Message['to'][] = [{ role }, ...deputies.map((personId) => ({ personId }))]
  await tell(
    tx,
    at,
    to.map((one) => ({ courtId, to: one, ...message })),
  )
}
