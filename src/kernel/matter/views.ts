import { pendingOn } from '#kernel/approval/approval.ts'
import { attachedDocuments, attachmentsOf } from '#kernel/attachments/attachments.ts'
import { OWN_ACTS } from '#kernel/audit/own-acts.ts'
import { mayAct } from '#kernel/authorisation/may.ts'
import { ROLES, type Role } from '#kernel/authorisation/roles.ts'
import { clocksOf } from '#kernel/clock-rule/views.ts'
import type { Row } from '#kernel/database/database.ts'
import { identifier, sql } from '#kernel/database/sql.ts'
import { mayDecide } from './act.ts'
import type { Session } from './acting.ts'
import { type FieldValue, fieldView } from './field.ts'
import { type ActionSpec, type Kind, type Thing, whosOf } from './matter.ts'
import { isReadable } from './readable.ts'
import { loadThing, thingOf } from './store.ts'
import type { ActionView, AttachmentView, KindView, LogEntry, ThingRow, ThingView } from './wire.ts'

// How things are shown. What a reader may do is computed here and nowhere on the screen.

/** An action as buttons and forms are drawn from it. */
export function actionView(name: string, action: ActionSpec): ActionView {
  return {
    name,
    label: action.approval ? `呈批${action.label}` : action.label,
    from: [...action.from],
    to: action.to ?? null,
    by: [...whosOf(action.by)],
    ask: Object.entries(action.ask ?? {}).map(([field, one]) => fieldView(field, one)),
    needs: [...(action.needs ?? [])],
    approval: action.approval ?? null,
    issues: action.issues ?? null,
    grave: action.grave ?? false,
    articles: [...(action.articles ?? [])],
  }
}

/** A kind's declaration as the screens draw it. */
export function kindView(kind: Kind, chapter: KindView['chapter'], mayOpen: boolean): KindView {
  return {
    id: kind.id,
    path: kind.path,
    title: kind.title,
    chapter,
    articles: [...kind.articles],
    fields: Object.entries(kind.fields).map(([name, one]) => fieldView(name, one)),
    states: { ...kind.states },
    ends: [...kind.ends],
    documents: Object.entries(kind.documents ?? {}).map(([name, one]) => ({ name, ...one })),
    actions: Object.entries(kind.actions).map(([name, action]) => actionView(name, action)),
    clocks: Object.entries(kind.clocks ?? {}).map(([name, clock]) => ({
      name,
      label: clock.label,
      while: typeof clock.while === 'string' ? [clock.while] : [...clock.while],
      rule: typeof clock.rule === 'string' ? clock.rule : '',
    })),
    mayOpen,
    ownPage: kind.own !== undefined,
  }
}

export interface Names {
  courts: ReadonlyMap<number, { id: number; code: string; name: string }>
  byCode: ReadonlyMap<string, string>
}

/** What this reader may do now with a thing, with the labels of the documents that are still missing. */
export async function abilitiesOf(session: Session, kind: Kind, thing: Thing): Promise<ThingView['abilities']> {
  const present = await attachedDocuments(session.tx, thing)
  const possible = Object.entries(kind.actions)
    .filter(([, action]) => action.from.includes(thing.state) && mayAct(session.actor, whosOf(action.by), thing))
    .filter(([, action]) => !action.when || action.when.test(thing.values))
  // One approval at a time: what waits for one is not offered for another.
  const asksApproval = possible.some(([, action]) => action.approval)
  const pending = asksApproval ? await pendingOn(session.tx, thing.courtId, thing.id) : undefined
  return possible
    .filter(([, action]) => !(action.approval && pending))
    .map(([name, action]) => ({
      ...actionView(name, action),
      missing: (action.needs ?? [])
        .filter((one) => !present.has(one))
        .map((one) => kind.documents?.[one]?.label ?? one),
    }))
}

/**
 * A paper that an action needs is added by those who may take that action now: nobody proves another's work. A paper
 * that none needs may come from whoever may act at all.
 */
export function mayAttachTo(session: Session, kind: Kind, thing: Thing): ThingView['mayAttach'] {
  if (kind.ends.includes(thing.state)) return []
  const open = Object.values(kind.actions).filter(
    (action) => action.from.includes(thing.state) && mayAct(session.actor, whosOf(action.by), thing),
  )
  const needed = new Set(Object.values(kind.actions).flatMap((action) => action.needs ?? []))
  const mayAdd = (name: string) => open.some((action) => !needed.has(name) || action.needs?.includes(name))
  return Object.entries(kind.documents ?? {})
    .filter(([name, document]) => document.type === 'upload' && mayAdd(name))
    .map(([name, document]) => ({ name, label: document.label, paperKept: document.paperKept }))
}

/** What was done to a thing, the newest first, in words; at most 500 entries. */
export async function logOf(
  session: Session,
  kind: Kind,
  thing: Pick<Thing, 'courtId' | 'id'>,
  names: Names,
): Promise<LogEntry[]> {
  const rows = await session.tx.query<{
    seq: number
    action: string
    from_state: string | null
    to_state: string
    answers: Record<string, unknown>
    on_date: string | null
    actor_name: string
    actor_court_id: number
    at: Date
  }>(sql`
    select seq, action, from_state, to_state, answers, on_date, actor_name, actor_court_id, at from act_log
    where court_id = ${thing.courtId} and thing_id = ${thing.id} order by seq desc limit 500`)
  return rows.map((row) => ({
    seq: row.seq,
    action: row.action,
    label: labelOf(kind, row.action),
    fromState: row.from_state && (kind.states[row.from_state] ?? row.from_state),
    toState: kind.states[row.to_state] ?? row.to_state,
    actor: row.actor_name,
    actorCourt: names.courts.get(row.actor_court_id)?.name ?? '',
    at: row.at.toISOString(),
    onDate: row.on_date,
    answers: wordsOf(kind, row.action, row.answers, names),
  }))
}

function labelOf(kind: Kind, action: string): string {
  const [prefix, name] = action.includes(':') ? (action.split(':') as [string, string]) : ['', action]
  const label = kind.actions[name]?.label ?? OWN_ACTS[name] ?? name
  return { propose: `呈批：${label}`, reject: `审批不同意：${label}`, '': label }[prefix] ?? label
}

/** Answers in words; what only the system needs (ids of people and teams) stays out. */
export function wordsOf(
  kind: Kind,
  action: string,
  answers: Record<string, unknown>,
  names: Names,
): LogEntry['answers'] {
  const asked = kind.actions[action.split(':').pop() ?? '']?.ask ?? {}
  const declared = [...Object.keys(asked), ...Object.keys(kind.fields)]
  // Stored answers come back in jsonb's order; they are read in the order in which they were asked.
  const inOrder = [...new Set([...declared, ...Object.keys(answers)])].filter((name) => name in answers)
  return inOrder.flatMap((name) => {
    const value = answers[name]
    const field = asked[name] ?? kind.fields[name]
    if (value === null || value === '' || field?.type === 'person' || field?.type === 'team') return []
    const label = field?.label ?? ({ reason: '理由', holder: '承办' } as Record<string, string>)[name] ?? name
    return [{ label, value: shown(field?.type, value, names) }]
  })
}

function shown(type: string | undefined, value: unknown, names: Names): string {
  if (type === 'court') return names.byCode.get(String(value)) ?? String(value)
  if (type === 'flag') return value ? '是' : '否'
  if (type === 'money') return yuan(String(value))
  return String(value)
}

function yuan(fen: string): string {
  const digits = fen.padStart(3, '0')
  return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`
}

/** A thing as a line of a list. */
export function rowOf(
  kind: Kind,
  thing: Thing,
  names: Names,
  clock: { dueOn: string | null; state: string } | null,
): ThingRow {
  const values = Object.entries(kind.fields).map(
    ([name, field]) => [name, cell(field.type, thing, name, names)] as const,
  )
  return {
    id: thing.id,
    courtId: thing.courtId,
    courtName: names.courts.get(thing.courtId)?.name ?? '',
    number: thing.number,
    title: kind.title,
    state: thing.state,
    stateLabel: kind.states[thing.state] ?? thing.state,
    holder:
      thing.holderName ??
      (thing.counterpartCourtId ? (names.courts.get(thing.counterpartCourtId)?.name ?? null) : null),
    dueOn: clock?.dueOn ?? null,
    clockState: clock?.state ?? null,
    openedAt: thing.openedAt.toISOString(),
    values: Object.fromEntries(values),
  }
}

function cell(type: string, thing: Thing, name: string, names: Names): string | number | boolean | null {
  const value = thing.values[name] as FieldValue
  if (value === null || value === undefined) return null
  if (type === 'person' || type === 'team') return thing.holderName
  if (type === 'money') return String(value)
  return typeof value === 'bigint' ? String(value) : type === 'court' ? shown(type, value, names) : value
}

/** Files of a thing under the labels of their documents. */
export function attachmentViews(kind: Kind, rows: Awaited<ReturnType<typeof attachmentsOf>>): AttachmentView[] {
  return rows.map((row) => ({
    id: row.id,
    document: kind.documents?.[row.document]?.label ?? row.document,
    name: row.name,
    mediaType: row.media_type,
    sizeBytes: Number(row.size_bytes),
    digest: row.digest,
    shelfMark: row.shelf_mark,
    by: row.by_name,
    at: row.at.toISOString(),
  }))
}

/** A thing with everything its page shows. That the reader may see it has been asked before. */
export async function viewOf(session: Session, kind: Kind, thing: Thing, names: Names): Promise<ThingView> {
  const { tx, on, services } = session
  const clocks = await clocksOf(tx, thing, services.law.now().rules, on)
  const running = clocks.find((clock) => clock.doneOn === null)
  const row = rowOf(kind, thing, names, running ? { dueOn: running.due.dueOn, state: running.state } : null)
  return {
    ...row,
    version: thing.version,
    kind: kind.id,
    opener: thing.openerName,
    counterpart: thing.counterpartCourtId ? (names.courts.get(thing.counterpartCourtId) ?? null) : null,
    fields: Object.entries(kind.fields).map(([name, field]) => ({
      name,
      label: field.label,
      value:
        row.values[name] === null || row.values[name] === undefined
          ? null
          : shown(field.type === 'court' ? 'text' : field.type, row.values[name], names),
    })),
    abilities: await abilitiesOf(session, kind, thing),
    mayAttach: mayAttachTo(session, kind, thing),
    clocks,
    log: await logOf(session, kind, thing, names),
    attachments: attachmentViews(kind, await attachmentsOf(tx, thing)),
    approval: await approvalView(session, kind, thing),
    links: await linksOf(session, kind, thing),
  }
}

/** The approval that a thing waits for, and whether this reader decides it; null where it waits for none. */
export async function approvalView(
  session: Session,
  kind: Kind,
  thing: Pick<Thing, 'courtId' | 'id'>,
): Promise<ThingView['approval']> {
  const pending = await pendingOn(session.tx, thing.courtId, thing.id)
  if (!pending) return null
  const role = pending.approver_role as Role
  return {
    id: pending.id,
    action: pending.action,
    label: kind.actions[pending.action]?.label ?? pending.action,
    proposer: pending.proposer_name,
    at: pending.proposed_at.toISOString(),
    approverRole: ROLES[role].label,
    mayDecide: mayDecide(session, thing.courtId, role) && !isOwnHand(session, pending.proposer_natural_id),
  }
}

function isOwnHand({ actor }: Session, proposerNaturalId: string): boolean {
  return actor.kind === 'person' && actor.naturalId === proposerNaturalId
}

const LINKS_MOST = 50

/** The matter above, the matters below, the case: as far as this reader sees them. */
async function linksOf(session: Session, kind: Kind, thing: Thing): Promise<ThingView['links']> {
  const links: ThingView['links'] = []
  const push = (relation: string, linked: Kind, one: Thing | undefined) => {
    if (!one || !isReadable(session, linked, one)) return
    const { id, number, state } = one
    links.push({ relation, kind: linked.id, path: linked.path, id, number, stateLabel: linked.states[state] ?? '' })
  }
  const kinds = session.services.kinds
  const above = kinds.find((one) => one.id === thing.parent?.kind)
  if (above && thing.parent) push('上级事项', above, await loadThing(session.tx, above, thing.parent.id))
  if (!kind.own) {
    const rows = await session.tx.query<Row>(
      sql`select * from ${identifier(kind.table)} where parent_id = ${thing.id} limit ${LINKS_MOST}`,
    )
    for (const row of rows) push('转办事项', kind, thingOf(kind, row))
  }
  const cases = kinds.find((one) => one.id === 'case')
  if (cases && thing.caseId) push('相关案件', cases, await loadThing(session.tx, cases, thing.caseId))
  return links
}
