import { randomUUID } from 'node:crypto'
import { jsonText, sql } from '#kernel/database/sql.ts'
import { tell } from '#kernel/notifications/tell.ts'
import { problem } from '#kernel/problem/problem.ts'
import { record } from './act.ts'
import type { Session } from './acting.ts'
import type { FieldValue } from './field.ts'
import { holderColumns } from './holder.ts'
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
  const pending = await tx.maybe(
    sql`select 1 from approval where court_id = ${thing.courtId} and thing_id = ${thing.id} and state = 'pending'`,
  )
  if (pending) throw problem('act.approval-pending')
  // Whom the answers name must exist now: an approver is not asked about somebody of another court or nobody.
  await holderColumns(session, kind, thing, action.ask ?? {}, answers)
  const after = await saveThing(tx, kind, thing, {})
  const id = randomUUID()
  await tx.run(sql`
    insert into approval (court_id, counterpart_court_id, id, kind, thing_id, action, answers, thing_version,
      approver_role, proposer_id, proposer_court_id, proposer_natural_id, proposer_name, proposed_at)
    values (${thing.courtId}, ${thing.counterpartCourtId}, ${id}, ${kind.id}, ${thing.id}, ${name},
      ${jsonText(answers)}, ${after.version},
      ${action.approval}, ${actor.personId}, ${actor.courtId}, ${actor.naturalId}, ${actor.name}, ${at})`)
  const acting = { ...session, kind, thing: after, previous: thing, before: thing.state, answers }
  await record(acting, `propose:${name}`, `呈批：${action.label}`, answers, null)
  await tell(tx, at, [
    {
      courtId: thing.courtId,
      to: { role: action.approval },
      title: `待审批：${action.label} ${thing.number}`,
      body: `${actor.name}呈请审批${kind.title}的“${action.label}”`,
      about: { kind: kind.id, courtId: thing.courtId, id: thing.id },
    },
  ])
  return after
}
