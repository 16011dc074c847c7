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
import type { FactName } from '#cases/case/fact-names.ts'

// Which clocks a case has, and how each stands on a day (第十五条、第十七条). Everything follows from the case's dated
// facts; a fact dated after the day asked about does not exist yet.

export interface CaseForClocks {
  /** 案件类型: 首次执行, 恢复执行 … */
  kind: string
  cause: string | null
  filedOn: On
  state: 'handling' | 'suspended' | 'closed' | 'terminated'
  facts: readonly { name: FactName; on: On | null }[]
  suspensions: readonly Suspension[]
  /** In the order in which they were granted; `clock` null: for every clock of the case. */
  extensions: readonly CaseExtension[]
  /** What is to be corrected (article 10). */
  flags: readonly string[]
}

export interface CaseExtension extends Extension {
  clock: string | null
  on: On
}

export interface CaseClock {
  /** As on screen: 执行通知书（内控）. */
  name: string
  rule: Rule
  doneOn: On | null
  state: ClockState
  /** Held by a suspension, so that `due.dueOn` is null. */
  suspended: boolean
  /** The case ended while this was missed: it stays in the record and speaks no more. */
  ended: boolean
  note: string | null
  due: DueExplanation
}

export interface CaseClocks {
  clocks: CaseClock[]
  /** What a person must look at before these clocks can be trusted. */
  flags: string[]
}

export interface Counting {
  rules: readonly Rule[]
  calendar: Calendar
  asOfOn: On
}

interface Node {
  rule(one: CaseForClocks): string
  starts: 'filed' | 'funds-arrived'
  startFact: string
  done: FactName
  /** In which kinds of case; null: in any. */
  kinds: readonly string[] | null
  /** Money that has arrived must go out although the case is closed. */
  outlivesCase: boolean
}

export const FILED_AFTER_EXPORT = '立案日期晚于导出日期'
export const SUSPENDED_UNDATED = '中止日期缺失，需人工确认'
export const CLOSED_UNDATED = '结案日期缺失，需人工确认'
const NON_LITIGATION = '行政处罚非诉执行'
const SUSPENSION_GROUND = '中止执行'

const enforcing = {
  starts: 'filed',
  startFact: '立案日期',
  kinds: ['首次执行', '恢复执行'],
  outlivesCase: false,
} as const

const NODES: readonly Node[] = [
  { ...enforcing, rule: () => 'node.notice', done: 'notice-sent' },
  { ...enforcing, rule: () => 'node.notice.internal', done: 'notice-sent' },
  { ...enforcing, rule: () => 'node.inquiry', done: 'inquiry-started' },
  {
    rule: () => 'node.disbursement',
    starts: 'funds-arrived',
    startFact: '案款到账日期',
    done: 'funds-disbursed',
    kinds: null,
    outlivesCase: true,
  },
  {
    ...enforcing,
    rule: ({ cause }) => (cause?.trim() === NON_LITIGATION ? 'node.term.non-litigation' : 'node.term'),
    done: 'closed',
  },
]

/** The clocks of a case on a day, in the order of its course, with what a person must confirm. */
export function clocksOfCase(one: CaseForClocks, counting: Counting): CaseClocks {
  const { asOfOn } = counting
  if (one.flags.includes(FILED_AFTER_EXPORT) || one.filedOn > asOfOn) return { clocks: [], flags: [] }
  const standing = standingOf(one, asOfOn)
  const clocks = NODES.filter(({ kinds }) => kinds === null || kinds.includes(one.kind))
    .map((node) => clockOf(node, one, standing, counting))
    .filter((clock) => clock !== null)
  const flags = [
    ...(standing.suspendedUndated ? [SUSPENDED_UNDATED] : []),
    ...(standing.closedUndated ? [CLOSED_UNDATED] : []),
  ]
  return { clocks, flags }
}

/** The case as it stood on a day. */
interface Standing {
  facts: ReadonlyMap<FactName, On>
  suspensions: readonly Suspension[]
  suspendedUndated: boolean
  /** The day the case was closed; null while it is open, and where that day is missing. */
  closedOn: On | null
  closedUndated: boolean
}

function standingOf(one: CaseForClocks, asOfOn: On): Standing {
  const everOn = new Map(one.facts.flatMap(({ name, on }) => (on === null ? [] : [[name, on] as const])))
  const facts = new Map([...everOn].filter(([, on]) => on <= asOfOn))
  facts.set('filed', one.filedOn)
  const isClosed = one.state === 'closed' || one.state === 'terminated'
  const suspensions = [...suspensionsAsOf(one.suspensions, asOfOn), ...suspensionByFacts(one, facts)]
  return {
    facts,
    suspensions,
    suspendedUndated:
      one.state === 'suspended' && !everOn.has('suspended') && !one.suspensions.some(({ toOn }) => toOn === null),
    closedOn: isClosed ? (facts.get('closed') ?? null) : null,
    closedUndated: isClosed && !everOn.has('closed'),
  }
}

/** An export tells a suspension by its date alone: it stands until a resumption is entered, or the case goes on. */
function suspensionByFacts(one: CaseForClocks, facts: ReadonlyMap<FactName, On>): Suspension[] {
  const fromOn = facts.get('suspended')
  if (fromOn === undefined || one.suspensions.some((known) => known.fromOn === fromOn)) return []
  const resumedOn = facts.get('resumed')
  const toOn = resumedOn !== undefined && resumedOn >= fromOn ? resumedOn : null
  return toOn === null && one.state !== 'suspended' ? [] : [{ fromOn, toOn, ground: SUSPENSION_GROUND }]
}

function clockOf(node: Node, one: CaseForClocks, standing: Standing, counting: Counting): CaseClock | null {
  const startOn = standing.facts.get(node.starts)
  if (startOn === undefined) return null
  const rule = ruleOn(counting.rules, node.rule(one), startOn)
  const doneOn = standing.facts.get(node.done) ?? null
  const counted = explainDue({
    rule,
    startFact: node.startFact,
    startOn,
    ...beforeDone(rule, doneOn, one, standing, counting.asOfOn),
    calendar: counting.calendar,
  })
  const uncertain = standing.suspendedUndated && !(doneOn && counted.dueOn && doneOn <= counted.dueOn)
  const due = uncertain ? { ...counted, skipped: [], dueOn: null } : counted
  const suspended = isHeld(due) || (uncertain && doneOn === null)
  const ended = doneOn === null && !node.outlivesCase && standing.closedOn !== null
  if (ended && !missedAt(due, suspended, standing.closedOn)) return null
  if (doneOn === null && !node.outlivesCase && standing.closedUndated) return null
  return {
    name: rule.label,
    rule,
    doneOn,
    state: clockState({ dueOn: due.dueOn, doneOn, suspended }, counting.asOfOn),
    suspended,
    ended,
    note: [rule.startNote, uncertain ? SUSPENDED_UNDATED : null].filter((note) => note !== null).join('；') || null,
    due,
  }
}

/** Suspensions and extensions that came before the node was done; what came later can't have moved its limit. */
function beforeDone(
  rule: Rule,
  doneOn: On | null,
  one: CaseForClocks,
  standing: Standing,
  asOfOn: On,
): { suspensions: Suspension[]; extensions: Extension[] } {
  const lastOn = doneOn ?? asOfOn
  return {
    suspensions: standing.suspensions.filter(({ fromOn }) => doneOn === null || fromOn < doneOn),
    extensions: one.extensions
      .filter(({ clock, on }) => (clock === null || clock === rule.label) && on <= lastOn)
      .map(({ n, unit, ground, approvedBy }) => ({ n, unit, ground, approvedBy })),
  }
}

/** Whether a node that was never done had passed its limit when the case ended; a limit still running just ended. */
function missedAt(due: DueExplanation, suspended: boolean, closedOn: On | null): boolean {
  if (due.dueOn === null) return !suspended
  return closedOn !== null && due.dueOn < closedOn
}
