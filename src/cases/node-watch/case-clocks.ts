import { FACTS, type FactName } from '#cases/case/fact-names.ts'
import type { Calendar } from '#kernel/calendar/calendar.ts'
import {
  clockState,
  type Extension,
  explainDue,
  isHeld,
  type Suspension,
  suspensionsAsOf,
} from '#kernel/clock-rule/due.ts'
import { type Rule, ruleOn } from '#kernel/clock-rule/rule.ts'
import type { ClockState, DueExplanation } from '#kernel/clock-rule/wire.ts'
import type { On } from '#kernel/time/time.ts'
import { NODES, type Node } from './nodes.ts'

// Which clocks a case has, and how each stands on a day (第十五条、第十七条). Everything follows from the case's dated
// facts; a fact dated after the day asked about does not exist yet.

export interface ClockedCase {
  /** 案件类型: 首次执行, 恢复执行 … */
  kind: string
  cause: string | null
  state: 'handling' | 'suspended' | 'closed' | 'terminated'
  /** The date that counts for each fact that has one. */
  facts: ReadonlyMap<FactName, On>
  suspensions: readonly CaseSuspension[]
  /** In the order in which they were granted. */
  extensions: readonly CaseExtension[]
  /** The flags of article 10. */
  toCorrect: readonly string[]
  /** Made by hand, not by an import. */
  byHand: boolean
}

export interface CaseSuspension extends Suspension {
  /** The clock's name; every clock of the case where there is none. */
  clock?: string | null
}

export interface CaseExtension extends Extension {
  /** The clock's name; null: every clock of the case. */
  clock: string | null
  /** The day it was granted. */
  on: On
}

export interface CaseClock {
  /** As on screen: 执行通知书（内控）. */
  name: string
  rule: Rule
  startOn: On
  doneOn: On | null
  state: ClockState
  /** Held by a suspension, so that `due.dueOn` is null. */
  suspended: boolean
  /** The case ended while this was missed: it stays in the record and speaks no more. */
  ended: boolean
  note: string | null
  due: DueExplanation
}

interface Law {
  rules: readonly Rule[]
  calendar: Calendar
}

const FILED_AFTER_EXPORT = '立案日期晚于导出日期'
/** What stands on the clocks of a case 中止 whose export says no day. */
export const SUSPENDED_UNDATED = '中止日期缺失，需人工确认'
/**
 * The clocks of a case on a day, in the order of its course. A closed case keeps what it met and what it missed; a
 * limit that had not passed when it closed just ended. None where the filing date is flagged and not yet corrected.
 */
export function clocksOfCase(one: ClockedCase, law: Law, asOfOn: On): CaseClock[] {
  if (one.toCorrect.includes(FILED_AFTER_EXPORT)) return []
  const standing = standingOf(one, asOfOn)
  return NODES.filter(({ kinds, handOnly }) => (kinds?.includes(one.kind) ?? true) && (one.byHand || !handOnly))
    .map((node) => clockOf(node, one, standing, law))
    .filter((clock) => clock !== null)
}

/** The case as it stood on a day. */
interface Standing {
  asOfOn: On
  facts: ReadonlyMap<FactName, On>
  suspensions: readonly CaseSuspension[]
  /** 中止 without a day: how far its clocks had run can't be known. */
  suspendedUndated: boolean
  isClosed: boolean
  /** Null also where the closing has no date: then nothing unfinished can be said to be missed. */
  closedOn: On | null
}

function standingOf(one: ClockedCase, asOfOn: On): Standing {
  const facts = new Map([...one.facts].filter(([, on]) => on <= asOfOn))
  const closedOn = one.facts.get('closed') ?? null
  return {
    asOfOn,
    facts,
    suspensions: [...suspensionsAsOf(one.suspensions, asOfOn), ...suspensionByFacts(one, facts)],
    suspendedUndated:
      one.state === 'suspended' &&
      !one.facts.has('suspended') &&
      !one.suspensions.some(({ toOn, clock }) => toOn === null && !clock),
    isClosed: (one.state === 'closed' || one.state === 'terminated') && (closedOn === null || closedOn <= asOfOn),
    closedOn,
  }
}

/** An export tells a suspension by its date alone: it stands until a resumption is entered, or the case goes on. */
function suspensionByFacts(one: ClockedCase, facts: ReadonlyMap<FactName, On>): Suspension[] {
  const fromOn = facts.get('suspended')
  if (fromOn === undefined || one.suspensions.some((known) => known.fromOn === fromOn && !known.clock)) return []
  const resumedOn = facts.get('resumed')
  const toOn = resumedOn !== undefined && resumedOn >= fromOn ? resumedOn : null
  return toOn === null && one.state !== 'suspended' ? [] : [{ fromOn, toOn, ground: '中止执行' }]
}

function clockOf(node: Node, one: ClockedCase, standing: Standing, law: Law): CaseClock | null {
  const start = node.starts.find((name) => standing.facts.has(name))
  const startOn = start && standing.facts.get(start)
  if (start === undefined || startOn === undefined) return null
  const rule = ruleOn(law.rules, typeof node.rule === 'string' ? node.rule : node.rule(one), startOn)
  // A stand-in for the start that the rule names is said on the clock (按立案日推算).
  const startNote = start === node.starts[0] ? null : rule.startNote
  const doneOn = standing.facts.get(node.done) ?? null
  const counted = explainDue({
    rule,
    startFact: FACTS[start].column ?? FACTS[start].label,
    startOn,
    suspensions: standing.suspensions.filter(
      ({ fromOn, clock }) =>
        (clock ? clock === rule.label : !node.heedsNoSuspension) && (doneOn === null || fromOn < doneOn),
    ),
    extensions: extensionsBefore(one, rule.label, doneOn ?? standing.asOfOn),
    calendar: law.calendar,
  })
  const uncertain =
    standing.suspendedUndated && !node.heedsNoSuspension && !(doneOn && counted.dueOn && doneOn <= counted.dueOn)
  const due = uncertain ? { ...counted, skipped: [], dueOn: null } : counted
  const suspended = isHeld(due) || (uncertain && doneOn === null)
  const ended = doneOn === null && !node.outlivesCase && standing.isClosed
  if (ended && !missedAt(standing.closedOn, due, suspended)) return null
  return {
    name: rule.label,
    rule,
    startOn,
    doneOn,
    state: clockState({ dueOn: due.dueOn, doneOn, suspended }, standing.asOfOn),
    suspended,
    ended,
    note: uncertain ? [startNote, SUSPENDED_UNDATED].filter(Boolean).join('；') : startNote,
    due,
  }
}

/** What was granted before a node was done; what came later can't have moved its limit. */
function extensionsBefore(one: ClockedCase, clock: string, lastOn: On): Extension[] {
  return one.extensions
    .filter((granted) => (granted.clock === null || granted.clock === clock) && granted.on <= lastOn)
    .map(({ n, unit, ground, approvedBy }) => ({ n, unit, ground, approvedBy }))
}

/** Whether a node that was never done had passed its limit when the case ended. */
function missedAt(closedOn: On | null, due: DueExplanation, suspended: boolean): boolean {
  if (due.dueOn === null) return !suspended
  return closedOn !== null && due.dueOn < closedOn
}
