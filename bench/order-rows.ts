import type { CaseClock } from '#cases/node-watch/case-clocks.ts'
import { explainDue } from '#kernel/clock-rule/due.ts'
import { ruleOn } from '#kernel/clock-rule/rule.ts'
import { nextRung, passedRungs } from '#kernel/clock-rule/rungs.ts'
import { addDays, type On, startOfDay } from '#kernel/time/time.ts'
import type { Tables, WrittenCase } from './case-rows.ts'
import { AS_OF } from './synthetic-case.ts'

// The supervision order that an overdue node has raised, on its way: issued, being handled, or completed.

interface Raised {
  clock: CaseClock
  raisedOn: On
  raisedAt: Date
}

const HOUR_MS = 3_600_000

/** Writes the order with its log and clocks; returns its id. */
export function orderRows(tables: Tables, written: WrittenCase, { clock, raisedOn, raisedAt }: Raised): string {
  const { one, staffed, random, serials } = written
  const courtId = staffed.court.id
  const id = random.uuid()
  const serial = (serials.get('order') ?? 0) + 1
  serials.set('order', serial)
  const receivedOn = random.chance(0.85) ? addDays(raisedOn, random.whole(0, 2)) : null
  const completedOn = receivedOn !== null && random.chance(0.5) ? addDays(receivedOn, random.whole(1, 6)) : null
  const received = receivedOn !== null && receivedOn < AS_OF
  const completed = received && completedOn !== null && completedOn < AS_OF
  const state = completed ? 'completed' : received ? 'handling' : 'issued'
  const requirement = `${clock.name}期限为${clock.due.dueOn}，已超期。请立即采取相应执行措施并录入信息，说明超期原因。`
  tables.matter_supervision_order.add([
    ...[courtId, id, `${staffed.court.code}督〔2021〕${serial}号`, state, completed ? 4 : received ? 2 : 1],
    ...[raisedAt.toISOString(), '系统', one.judge?.id ?? null, one.judge?.name ?? null, one.id, '节点超期', '承办人'],
    ...[one.judge?.id ?? null, written.number, clock.name, requirement, completed ? '已办理并录入' : null],
  ])
  const judge = one.judge ?? null
  const log = (seq: number, action: string, from: string | null, to: string, hand: typeof judge, at: Date) => {
    tables.act_log.add([
      ...[courtId, 'supervision-order', id, seq, action, from, to, '{}', null, hand?.id ?? null, courtId],
      ...[hand?.name ?? '系统', at.toISOString()],
    ])
  }
  log(1, 'open', null, 'issued', null, raisedAt)
  if (received) log(2, 'receive', 'issued', 'handling', judge, worked(receivedOn, raisedAt))
  if (completed) {
    const clerk = staffed.people.find(({ role }) => role === 'centre.clerk') ?? null
    log(3, 'answer', 'handling', 'answered', judge, worked(completedOn, raisedAt))
    log(4, 'complete', 'answered', 'completed', clerk, new Date(worked(completedOn, raisedAt).getTime() + HOUR_MS))
  }
  const times = { id, raisedOn }
  writeOrderClock(tables, written, times, ['receive', '签收', 'supervision.receive'], received ? receivedOn : null)
  writeOrderClock(tables, written, times, ['answer', '回复', 'supervision.answer'], completed ? completedOn : null)
  return id
}

function worked(on: On, raisedAt: Date): Date {
  return new Date(Math.max(startOfDay(on).getTime() + 15 * HOUR_MS, raisedAt.getTime() + HOUR_MS))
}

function writeOrderClock(
  tables: Tables,
  { staffed, random, law }: WrittenCase,
  { id, raisedOn }: { id: string; raisedOn: On },
  [name, label, ruleId]: [string, string, string],
  doneOn: On | null,
): void {
  const rule = ruleOn(law.rules, ruleId, raisedOn)
  const startFact = '进入“待签收”'
  const due = explainDue({
    rule,
    startFact,
    startOn: raisedOn,
    suspensions: [],
    extensions: [],
    calendar: law.calendar,
  })
  const clockId = random.uuid()
  const now = startOfDay(AS_OF).getTime() + 8.5 * HOUR_MS
  const passed = doneOn === null ? passedRungs({ rule, dueOn: due.dueOn }, new Date(now)) : []
  const fired = new Set(passed.map((rung) => rung.name))
  const next = doneOn === null ? nextRung({ rule, dueOn: due.dueOn }, new Date(now), fired) : null
  tables.clock.add([
    ...[staffed.court.id, clockId, 'supervision-order', id, name, label, rule.id, rule.version, raisedOn, doneOn],
    ...[due.dueOn, false, doneOn === null, false, next?.name ?? null, next?.at.toISOString() ?? null, rule.startNote],
    JSON.stringify(due),
  ])
  for (const rung of passed)
    tables.clock_rung.add([staffed.court.id, clockId, rung.name, due.dueOn, rung.at.toISOString()])
}
