import { findRule, ruleOn } from '#kernel/clock-rule/rule.ts'
import { setLimit, startClock, stopClocks } from '#kernel/clock-rule/store.ts'
import { fieldProblem, type Problem } from '#kernel/problem/problem.ts'
import { daysBetween } from '#kernel/time/time.ts'
import type { Acting } from './acting.ts'
import { statesOf } from './matter.ts'

// The clocks of a matter run while it is in their states: entering starts a new round, leaving ends it.

/** Starts, moves and ends the clocks of a thing that has just entered a state or been given another limit. */
export async function moveClocks(acting: Acting): Promise<void> {
  const { kind, thing, before, on, services } = acting
  const law = services.law.now()
  for (const [name, spec] of Object.entries(kind.clocks ?? {})) {
    const states = statesOf(spec.while)
    const was = before !== null && states.includes(before)
    const is = states.includes(thing.state)
    const limit = spec.until ? thing.values[spec.until] : null
    if (was && !is) await stopClocks(acting.tx, thing, name, on, spec.term)
    if (was && is && typeof limit === 'string') await setLimit(acting, name, limit)
    if (was || !is) continue
    const start = spec.from ? thing.values[spec.from] : null
    const startOn = typeof start === 'string' ? start : on
    const ruleId = typeof spec.rule === 'string' ? spec.rule : spec.rule(thing.values)
    const isEntered = startOn === start && spec.from
    if (isEntered && !findRule(law.rules, ruleId, startOn)) throw tooEarly(isEntered, spec.label)
    const rule = ruleOn(law.rules, ruleId, startOn)
    const fixed = typeof limit === 'string' ? { n: Math.max(1, daysBetween(startOn, limit)), dueOn: limit } : null
    await startClock(acting, {
      name,
      label: spec.label,
      rule,
      startFact: startOn === start && spec.from ? (kind.fields[spec.from]?.label ?? '') : entered(acting),
      startOn,
      fixed,
    })
  }
}

/** A date that somebody entered, before the first version of the rule that counts from it. */
function tooEarly(field: string, clock: string): Problem {
  return fieldProblem([{ path: field, message: `日期过早，此时尚无“${clock}”的期限规定` }])
}

function entered({ kind, thing }: Acting): string {
  return `进入“${kind.states[thing.state]}”`
}
