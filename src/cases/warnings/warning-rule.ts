import type { Party } from '#cases/case/case-parties.ts'
import type { CaseState } from '#cases/case/case-states.ts'
import type { FactName } from '#cases/case/fact-names.ts'
import type { Particulars } from '#cases/case/filing-particulars.ts'
import type { Rule } from '#kernel/clock-rule/rule.ts'
import type { On } from '#kernel/time/time.ts'

// What a rule of the watch over cases (第十七条) is, and what it sees of a case.

export const WARNING_KINDS = {
  information: '必要信息缺失',
  filing: '立案信息错误',
  paper: '必要文件缺失',
  sequence: '节点流转异常',
  result: '办理结果异常',
  'late-entry': '录入迟延',
} as const
export type WarningKind = keyof typeof WARNING_KINDS

export const SEVERITIES = { red: '红', orange: '橙', yellow: '黄' } as const

/** A dated fact as a rule sees it. */
export interface SeenFact {
  on: On
  /** Entered in this system, not told by an export. */
  entered: boolean
  /** The day on which it was first entered here. */
  firstEnteredOn: On
}

/** A party as a rule sees it: its numbers are compared and never told. */
export type SeenParty = Party

/** A case as its rules see it: everything a warning may follow from, and nothing else. */
export interface CaseView extends Particulars {
  number: string
  courtCode: string
  /** Entered here and never told by an export. */
  byHand: boolean
  kind: string
  state: CaseState
  filedOn: On
  basisNumber: string | null
  amountFen: bigint | null
  arrivedFen: bigint | null
  hasHandler: boolean
  closedOn: On | null
  closingWay: string | null
  parties: readonly SeenParty[]
  /** What the last export could not make out (需补正). */
  flags: readonly string[]
  /** Numbers of earlier cases of the court on the same basis between the same parties. */
  duplicates: readonly string[]
  /** Court and number of such cases of other courts. */
  duplicatesElsewhere: readonly string[]
  facts: ReadonlyMap<FactName, SeenFact>
  /** Names of the documents of which there is a file. */
  papers: ReadonlySet<string>
  /** Nodes that were missed when the case was closed, by name. */
  missed: readonly string[]
  on: On
  /** The last day of a limit that begins on a day; null where a calendar year is missing. */
  limit(ruleId: string, startOn: On): On | null
}

/** What opens the place where the cause can be mended, on the case's page; a paper may be issued by an act, too. */
export type Remedy = { act: string; node?: FactName } | { paper: string; act: string | null } | { parties: true }

export interface WarningRule {
  id: string
  kind: WarningKind
  label: string
  severity: keyof typeof SEVERITIES
  source: string
  mark: Rule['mark']
  /** What to do next. */
  next: string
  remedy: Remedy
  /** What it finds, in the words of the screen; null where all is well. */
  find(one: CaseView): string | null
}
