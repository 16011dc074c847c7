import type { PassedRung } from '#kernel/clock-rule/worker.ts'
import { type Message, tell } from '#kernel/notifications/tell.ts'
import { act } from './act.ts'
import { announce } from './announce.ts'
import { lockThing } from './store.ts'

/** What a passed rung of a matter's own clock does: reminders to the holder; overdue to whom the declaration names. */
export async function onRung({ session, clock, rung }: PassedRung): Promise<void> {
  const kind = session.services.kinds.find((one) => one.id === clock.kind)
  if (!kind) throw new Error(`no kind '${clock.kind}'`)
  if (kind.onRung) return kind.onRung({ session, clock, rung })
  const thing = await lockThing(session.tx, kind, clock.thingId)
  const spec = kind.clocks?.[clock.name]
  if (!thing || !spec) return
  const overdue = rung === 'overdue'
  const title = overdue
    ? `${clock.label}已超期：${thing.number}`
    : `${clock.label}将于${clock.dueOn}到期：${thing.number}`
  const body = overdue ? `${kind.title}的“${clock.label}”期限${clock.dueOn}已过` : `请在期限前办理${kind.title}`
  await announce({ ...session, kind, thing }, ['holder'], title, body)
  if (!overdue) return
  const supervisor: Message = {
    courtId: thing.courtId,
    to: { role: spec.overdue },
    title,
    body,
    about: { kind: kind.id, courtId: thing.courtId, id: thing.id },
  }
  await tell(session.tx, session.at, [supervisor])
  if (spec.act && kind.actions[spec.act]?.from.includes(thing.state)) {
    await act(session, kind, { id: thing.id, action: spec.act, answers: {} })
  }
}
