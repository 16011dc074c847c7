import { mayDecide, stepViews } from '#kernel/approval/approval.ts'
import { chainWords } from '#kernel/approval/chain.ts'
import type { AttachmentRow } from '#kernel/attachments/attachments.ts'
import { mayAct } from '#kernel/authorisation/may.ts'
import { clockViews } from '#kernel/clock-rule/views.ts'
import { raw, sql } from '#kernel/database/sql.ts'
import type { CourtNames } from '#kernel/organisation/courts.ts'
import { missingAmong } from './act.ts'
import type { Session } from './acting.ts'
import { type FieldValue, fieldView } from './field.ts'
import { previewPathOf } from './issuing.ts'
import { type LinkRow, linksAmong, linksAsked } from './links.ts'
import { type ActionSpec, type Kind, type Thing, whosOf } from './matter.ts'
import { OF_PAGE, type Page, type PageSpec } from './page.ts'
import {
  type ActionView,
  type AttachmentView,
  type KindView,
  type ThingRow,
  type ThingView,
  thingView,
} from './wire.ts'
import { logViews, shown } from './words.ts'

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
    approval: action.approval ? chainWords(action.approval) : null,
    issues: action.issues ?? null,
    grave: action.grave ?? false,
    awaited: action.awaited ?? true,
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
    documents: Object.entries(kind.documents ?? {}).map(([name, { type, label, paperKept }]) => ({
      name,
      type,
      label,
      paperKept,
    })),
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

/** What this reader may do now with a thing, with the labels of the documents that are still missing. */
export function abilitiesOf(
  session: Session,
  kind: Kind,
  { thing, documents, pending }: Pick<Page, 'thing' | 'documents' | 'pending'>,
): ThingView['abilities'] {
  return (
    Object.entries(kind.actions)
      .filter(([, action]) => action.from.includes(thing.state) && mayAct(session.actor, whosOf(action.by), thing))
      .filter(([, action]) => !action.when || action.when.test(thing.values, thing))
      // One approval at a time: what waits for one is not offered for another.
      .filter(([, action]) => !(action.approval && pending))
      .map(([name, action]) => ({ ...actionView(name, action), missing: missingAmong(kind, action, documents) }))
  )
}

/**
 * A paper that an action needs is added by those who may take that action now: nobody proves another's work. A paper
 * that none needs may come from whoever may act at all.
 */
export function mayAttachTo(session: Session, kind: Kind, thing: Thing): ThingView['mayAttach'] {
  if (kind.ends.includes(thing.state) && !kind.papersAfterEnd) return []
  const open = Object.values(kind.actions).filter(
    (action) => action.from.includes(thing.state) && mayAct(session.actor, whosOf(action.by), thing),
  )
  const needed = new Set(Object.values(kind.actions).flatMap((action) => action.needs ?? []))
  const mayAdd = (name: string) => open.some((action) => !needed.has(name) || action.needs?.includes(name))
  return Object.entries(kind.documents ?? {})
    .filter(([name, document]) => document.type === 'upload' && mayAdd(name))
    .map(([name, document]) => ({ name, label: document.label, paperKept: document.paperKept }))
}

/** A thing as a line of a list. */
export function rowOf(
  kind: Kind,
  thing: Thing,
  names: CourtNames,
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

function cell(type: string, thing: Thing, name: string, names: CourtNames): string | number | boolean | null {
  const value = thing.values[name] as FieldValue
  if (value === null || value === undefined) return null
  if (type === 'person' || type === 'team') return thing.holderName
  if (type === 'document') return null
  if (type === 'money') return String(value)
  return typeof value === 'bigint' ? String(value) : type === 'court' ? shown(type, value, names) : value
}

/** Files of a thing under the labels of their documents. */
export function attachmentViews(kind: Kind, rows: readonly AttachmentRow[]): AttachmentView[] {
  return rows.map((row) => ({
    id: row.id,
    document: kind.documents?.[row.document]?.label ?? row.document,
    name: row.name,
    mediaType: row.media_type,
    sizeBytes: Number(row.size_bytes),
    digest: row.digest,
    shelfMark: row.shelf_mark,
    by: row.by_name,
    at: new Date(row.at).toISOString(),
  }))
}

/** The page of a kind that has none of its own: drawn from its declaration. */
export function genericPage(kind: Kind): PageSpec<ThingView> {
  return {
    kind,
    beside: (kinds) => {
      const cases = kinds.find((one) => one.id === 'case')
      return {
        page_below: linksAsked(kind, raw('parent_id = t.id')),
        ...(cases ? { page_case: linksAsked(cases, raw('id = t.case_id')) } : {}),
        ...Object.fromEntries(
          kindsBelow(kind, kinds).map((one) => [`page_${one.table}`, linksAsked(one, raw('parent_id = t.id'))]),
        ),
        ...Object.fromEntries((kind.records ?? []).map(({ asked }, at) => [`page_records_${at}`, asked(OF_PAGE)])),
      }
    },
    view: (session, page, names) => viewOf(session, kind, page, names),
    alone: false,
    reply: thingView,
  }
}

/** A thing with everything its page shows. That the reader may see it has been asked before. */
async function viewOf(session: Session, kind: Kind, page: Page, names: CourtNames): Promise<ThingView> {
  const { thing } = page
  const clocks = clockViews(page.clocks, session.services.law.now().rules, session.on)
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
    tables: (await kind.tables?.(session, thing)) ?? [],
    abilities: abilitiesOf(session, kind, page),
    mayAttach: mayAttachTo(session, kind, thing),
    clocks,
    log: logViews(kind, page.log, names),
    attachments: attachmentViews(kind, page.attachments),
    approval: approvalView(session, kind, page),
    links: await linksOf(session, kind, page),
    records: recordsOf(kind, page),
  }
}

/** What hangs on a thing, every cell as it is read. */
function recordsOf(kind: Kind, { row }: Page): ThingView['records'] {
  return (kind.records ?? []).map(({ label, columns }, at) => ({
    label,
    columns: Object.entries(columns).map(([key, title]) => ({ key, title })),
    rows: (row[`page_records_${at}`] as Record<string, unknown>[]).map((one) =>
      Object.keys(columns).map((key) => (one[key] === null || one[key] === undefined ? '' : String(one[key]))),
    ),
  }))
}

/** The approval that a thing waits for, and whether this reader decides it; null where it waits for none. */
export function approvalView(
  session: Session,
  kind: Kind,
  { thing, pending }: Pick<Page, 'thing' | 'pending'>,
): ThingView['approval'] {
  if (!pending) return null
  const isHis = mayDecide(session.actor, pending)
  return {
    id: pending.id,
    action: pending.action,
    label: kind.actions[pending.action]?.label ?? pending.action,
    proposer: pending.proposer_name,
    at: new Date(pending.proposed_at).toISOString(),
    steps: stepViews(pending, thing.courtId),
    mayDecide: isHis,
    preview: isHis ? previewPathOf(kind, thing.id, pending.action) : null,
  }
}

function kindsBelow(kind: Kind, kinds: readonly Kind[]): Kind[] {
  return kinds.filter(({ id }) => kind.opensBelow?.includes(id))
}

/** The matter above, the matters below, the case: as far as this reader sees them. */
async function linksOf(session: Session, kind: Kind, { thing, row }: Page): Promise<ThingView['links']> {
  const links: ThingView['links'] = []
  const push = (relation: string, linked: Kind | undefined, rows: unknown) => {
    if (!linked) return
    for (const link of linksAmong(session, linked, rows as LinkRow[])) links.push({ relation, ...link })
  }
  const kinds = session.services.kinds
  // Of whatever kind: only the row can tell which.
  const above = kinds.find((one) => one.id === thing.parent?.kind)
  if (above && thing.parent) {
    push('上级事项', above, await session.tx.query(linksAsked(above, sql`id = ${thing.parent.id}`)))
  }
  push('转办事项', kind, row.page_below)
  for (const one of kindsBelow(kind, kinds)) push(one.title, one, row[`page_${one.table}`])
  const cases = kinds.find((one) => one.id === 'case')
  push('相关案件', cases, row.page_case)
  return links
}
