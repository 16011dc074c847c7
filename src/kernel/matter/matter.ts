import type { ApprovalSpec } from '#kernel/approval/chain.ts'
import type { Who } from '#kernel/authorisation/may.ts'
import type { Role } from '#kernel/authorisation/roles.ts'
import type { PassedRung } from '#kernel/clock-rule/worker.ts'
import type { OwnerOf, Sql } from '#kernel/database/sql.ts'
import type { Data } from '#kernel/documents/fill.ts'
import type { Form } from '#kernel/documents/form.ts'
import type { TemplateTags } from '#kernel/documents/template-check.ts'
import type { On } from '#kernel/time/time.ts'
import type { Acting, Session } from './acting.ts'
import type { Field, FieldValue } from './field.ts'
import type { ThingTable } from './wire.ts'

// A kind of matter, declared once in one file: fields, states, actions with who may and what follows, documents,
// clocks. Routes, forms, permissions, clocks, audit, documentation and most tests derive from it.

export interface Thing {
  courtId: number
  id: string
  number: string
  state: string
  version: number
  openedAt: Date
  openerId: string | null
  openerName: string
  counterpartCourtId: number | null
  holderId: string | null
  holderTeamId: string | null
  holderName: string | null
  /** The matter above it, of whatever court. */
  parent: { courtId: number; id: string; kind: string } | null
  caseId: string | null
  values: Readonly<Record<string, FieldValue>>
}

/** What names a thing and does not change while it is worked on. */
export type ThingRef = Pick<Thing, 'courtId' | 'id' | 'number'>

/** A named pure question about a thing; the name is what a refusal says. Asked of an opening, there is no thing yet. */
export interface Condition {
  label: string
  test: (values: Readonly<Record<string, FieldValue>>, thing?: Pick<Thing, 'holderId'>) => boolean
}

/** A condition with the sentence that refuses where it does not hold. */
export function condition(label: string, test: Condition['test']): Condition {
  return { label, test }
}

export interface DocumentSpec {
  type: 'template' | 'upload'
  label: string
  paperKept: boolean
  /** Of a template: its form; without one the document is a letter with the fields of the matter. */
  form?: Form
}

/** A document that the system writes. */
export function template(label: string, form?: Form): DocumentSpec {
  return { type: 'template', label, paperKept: false, ...(form ? { form } : {}) }
}

/** A document that somebody brings; `paperKept` where the paper stays in a file with a shelf mark. */
export function upload(label: string, options: { paperKept?: boolean } = {}): DocumentSpec {
  return { type: 'upload', label, paperKept: options.paperKept ?? false }
}

/** What a document says at one place; null where nothing is to be said. */
export type Saying = (said: { thing: Thing; answers: Readonly<Record<string, FieldValue>>; on: On }) => string | null

export interface ActionSpec {
  label: string
  from: readonly string[]
  /** The state after; absent where the act changes no state. */
  to?: string
  by: Who | readonly Who[]
  ask?: Readonly<Record<string, Field>>
  needs?: readonly string[]
  /** Who decides it before it happens, one after the other. */
  approval?: ApprovalSpec
  /** The court of its steps `above`, where that may be another than the next one above the thing's own. */
  above?: (session: Session, thing: Thing) => Promise<number | null>
  /** The document that the act issues, in its own transaction. */
  issues?: string
  /** Further tags of that document, by name: what follows from the thing and the answers. */
  says?: Readonly<Record<string, Saying>>
  /** 'opener', 'holder' / 'handler', a role of the own court, or 'counterpart:role'. */
  tell?: readonly string[]
  when?: Condition
  /** Refuses what can't be carried out: asked when the act is proposed, and again when it is carried out. */
  check?: (session: Session, thing: Thing, answers: Readonly<Record<string, FieldValue>>) => Promise<void>
  /** What the act would lead to, for whoever approves it: shown beside the answers. */
  preview?: (
    session: Session,
    thing: Thing,
    answers: Readonly<Record<string, FieldValue>>,
  ) => Promise<{ label: string; value: string }[]>
  /** What the preview said when the act was proposed is what is approved; once it says otherwise nobody approves it. */
  previewHolds?: true
  /** Asks with a summary before it happens. */
  grave?: boolean
  /** Asks for 重新验证身份: of who acts or, where it needs approval, of who approves it. */
  reauth?: boolean
  /** May be done on many things at once: only what ends nothing, needs no paper and has no document approved. */
  bulk?: true
  /** False for what may be done and nobody waits for (改派, 撤销): it puts nothing on anybody's workbench. */
  awaited?: false
  articles?: readonly string[]
  /** Typed writes that belong to the act, in its transaction; may refuse. */
  effect?: (acting: Acting) => Promise<void>
}

export interface ClockSpec {
  label: string
  while: string | readonly string[]
  rule: string | ((values: Readonly<Record<string, FieldValue>>) => string)
  /** A date field that sets the limit of this very matter instead of the rule's days. */
  until?: string
  /** A date field from whose day it runs; the day on which the state was entered where absent. */
  from?: string
  /** Its end is awaited and not missed (公告期): it then counts as met. */
  term?: true
  /** Who is told when it is overdue, or when the term has ended: a role of the own court. */
  overdue: Role
  /** An action that the clockwork takes then. */
  act?: string
  /** The action is taken in the morning of the last day itself; somebody hears of it only where that day passed. */
  actsOn?: 'due'
}

/** Rows of a table of their own that belong to a thing: how they are asked for, and under which words they stand. */
export interface RecordsSpec {
  label: string
  /** Names of the asked columns, with their words. */
  columns: Readonly<Record<string, string>>
  asked: (owner: OwnerOf) => Sql
}

/** A document that has just been declared void. */
export interface VoidedDocument {
  courtId: number
  id: string
  title: string
  reason: string
}

/** A paper came to a thing, by somebody's hand or issued by an act, or was declared void. */
export interface PaperEvent {
  /** Its name among the kind's documents. */
  document: string
  how: 'brought' | 'issued' | 'voided'
}

export interface IndicatorSpec {
  label: string
  count?: string
  onTime?: string
}

export interface KindSpec {
  title: string
  articles: readonly string[]
  /** Path segment; the id with an s where absent. */
  path?: string
  /** '{court}委托〔{year}〕{serial}号'; absent where the number is given from outside (a case number). */
  number?: string
  opens: {
    /** The word for it in the record; 发起 where absent. */
    label?: string
    by: Who | readonly Who[]
    to: string
    tell?: readonly string[]
    effect?: (acting: Acting) => Promise<void>
  }
  ends: readonly string[]
  fields: Readonly<Record<string, Field>>
  states: Readonly<Record<string, string>>
  documents?: Readonly<Record<string, DocumentSpec>>
  actions: Readonly<Record<string, ActionSpec>>
  clocks?: Readonly<Record<string, ClockSpec>>
  indicators?: Readonly<Record<string, IndicatorSpec>>
  /** Fields of which one combination of values may stand open once only. */
  single?: readonly string[]
  /** Ids of other kinds of which it opens things below itself; its page names them. */
  opensBelow?: readonly string[]
  /** What hangs on it besides its log, each as a table on its page. */
  records?: readonly RecordsSpec[]
  /** Who reads it in its own court; all business roles where absent. */
  readers?: readonly Role[]
  /** A table written by hand in migrations instead of the derived one. */
  table?: string
  /** What the kind serves itself instead of the generic list, page and opening. */
  own?: { routes: true }
  /** Papers may still be added when the thing has ended. */
  papersAfterEnd?: true
  /** Called in the transaction in which a paper came or went; the thing's row is held. */
  onPaper?: (session: Session, thing: Thing, paper: PaperEvent) => Promise<void>
  /** Counts the clocks of these things again after a change of the calendar (kinds that keep clocks by themselves). */
  recount?: (session: Session, courtId: number, thingIds: readonly string[]) => Promise<void>
  /** What documents on it may say besides its fields, where the fields are not all. */
  paper?: {
    tags: TemplateTags
    /** `masked`: certificate numbers in part only. */
    data: (session: Session, thing: Thing, masked: boolean) => Promise<Data>
  }
  /** Called when a document was declared void, of whatever kind, in the transaction that does so. */
  onDocumentVoided?: (session: Session, document: VoidedDocument) => Promise<void>
  /** What its page shows besides the fields. */
  tables?: (session: Session, thing: Thing) => Promise<ThingTable[]>
  /** Called when a rung of one of the thing's own clocks is passed (kinds that keep clocks by themselves). */
  onRung?: (passed: PassedRung) => Promise<void>
}

export interface Kind extends KindSpec {
  id: string
  path: string
  table: string
  readers: readonly Role[]
  /** True where an action or a state lets the counterpart court take part. */
  shared: boolean
}

/** Who may, as a list, whether one or several were declared. */
export function whosOf(by: Who | readonly Who[]): readonly Who[] {
  return typeof by === 'string' ? [by] : by
}

/** States as a list, whether one or several were declared. */
export function statesOf(one: string | readonly string[]): readonly string[] {
  return typeof one === 'string' ? [one] : one
}
