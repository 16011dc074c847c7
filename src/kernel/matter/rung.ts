import type { PassedRung } from '#kernel/clock-rule/worker.ts'
import { type Message, tell } from '#kernel/notifications/tell.ts'
import { act } from './act.ts'
import { announce } from './announce.ts'
import type { Kind, Thing } from './matter.ts'
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
  const takeAct = async () => {
    if (spec.act && kind.actions[spec.act]?.from.includes(thing.state)) {
      await act(session, kind, { id: thing.id, action: spec.act, answers: {} })
    }
  }
  if (spec.actsOn === 'due' && !overdue) return rung === 'due' ? takeAct() : undefined
  const { title, body } = spec.term ? termWords(kind, thing, clock, overdue) : limitWords(kind, thing, clock, overdue)
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
  await takeAct()
}

type Words = { title: string; body: string }
type About = [kind: Kind, thing: Pick<Thing, 'number'>, clock: PassedRung['clock'], isOver: boolean]

function limitWords(...[kind, { number }, { label, dueOn }, isOver]: About): Words {
  if (!isOver) return { title: `${label}将于${dueOn}到期：${number}`, body: `请在期限前办理${kind.title}` }
  return { title: `${label}已超期：${number}`, body: `${kind.title}的“${label}”期限${dueOn}已过` }
}

function termWords(...[kind, { number }, { label, dueOn }, isOver]: About): Words {
  if (!isOver) return { title: `${label}将于${dueOn}届满：${number}`, body: `${kind.title}的“${label}”即将届满` }
  return { title: `${label}已届满：${number}`, body: `${kind.title}的“${label}”已于${dueOn}届满` }
}
