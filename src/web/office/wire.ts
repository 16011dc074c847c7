import type { ClockState, DueExplanation } from '#kernel/clock-rule/wire.ts'

// Shapes of the frame's own answers; cases, matters, people and clocks have theirs beside the server's code.

export interface FieldProblem {
  path: string
  message: string
}

export interface WorkbenchItem {
  id: string
  kind: string
  path: string
  thingId: string
  number: string
  title: string
  why: string
  dueOn: string | null
  state: ClockState
  action: string
  from: string | null
  due: DueExplanation | null
}

export interface CaseFigures {
  backlog: number
  overdue: number
  soon: number
  toCorrect: number
  warnings: number
}

export interface Figures {
  whose: { team: string | null; judge: string | null }
  cases: CaseFigures
  jurisdiction: CaseFigures | null
  lateMatters: { title: string; path: string; n: number }[]
}

export interface Workbench {
  fromAbove: WorkbenchItem[]
  mustToday: WorkbenchItem[]
  dueSoon: WorkbenchItem[]
  started: WorkbenchItem[]
  counts: { mustToday: number; dueSoon: number; started: number }
  figures: Figures
}

export interface RuleRow {
  id: string
  version: number
  label: string
  n: number
  unit: 'day' | 'working-day' | 'month'
  source: string
  mark: 'V' | 'M' | 'C'
  validFrom: string
  validTo: string | null
  note: string | null
}

export interface CalendarDay {
  on: string
  kind: 'off' | 'work'
  name: string
}

export interface CalendarYear {
  year: number
  known: boolean
  notice: string | null
  days: CalendarDay[]
  versions: { version: number; at: string; by: string; reason: string }[]
  mayEdit: boolean
}

export interface AuditEntry {
  seq: number
  at: string
  actor: string
  verb: string
  verbLabel: string
  thing: string
  summary: string
}

export interface AuditVerification {
  ok: boolean
  entries: number
  checkedAt: string
  problem: string | null
}

export interface Notice {
  id: string
  at: string
  title: string
  text: string
  link: string | null
  receiptAt: string | null
}

export interface DemonstrationAccount {
  username: string
  password: string
  name: string
  roles: string[] | string
}

export interface Page<T> {
  items: T[]
  next: string | null
}
