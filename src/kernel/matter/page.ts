import type { z } from 'zod'
import { type PendingRow, pendingAsked } from '#kernel/approval/approval.ts'
import { type AttachmentRow, attachmentsAsked, documentsAsked } from '#kernel/attachments/attachments.ts'
import { type ClockRow, clocksAsked } from '#kernel/clock-rule/views.ts'
import type { Row } from '#kernel/database/database.ts'
import { identifier, join, type OwnerOf, raw, rowsOf, Sql, sql } from '#kernel/database/sql.ts'
import { type CourtNames, courtNames } from '#kernel/organisation/courts.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { Session } from './acting.ts'
import type { Kind, Thing } from './matter.ts'
import { isReadable } from './readable.ts'
import { thingOf } from './store.ts'
import { type LoggedAct, logAsked } from './words.ts'

// Everything that a page shows of a thing, by one statement: its row, and beside it what hangs on the row. Asked one by
// one, a dozen questions cost more than what they find.

export interface Page {
  thing: Thing
  /** The row of the kind's table, with what was asked beside it under the names that it was given. */
  row: Row
  clocks: readonly ClockRow[]
  log: readonly LoggedAct[]
  attachments: readonly AttachmentRow[]
  /** Names of the documents of which there is a file; empty for a kind whose acts need none. */
  documents: ReadonlySet<string>
  pending: PendingRow | null
}

/** The thing of the statement that reads a page, for what is asked beside it. */
export const OF_PAGE: OwnerOf = { courtId: raw('t.court_id'), id: raw('t.id') }

/** More questions of a page, by the names under which their rows stand in `row`. */
export type Beside = Readonly<Record<string, Sql>>

/** A kind's page: what it asks beside the thing itself, given all kinds that there are, and how it is shown. */
export interface PageSpec<V = unknown> {
  kind: Kind
  beside: (kinds: readonly Kind[]) => Beside
  view: (session: Session, page: Page, names: CourtNames) => V | Promise<V>
  /** True where the view asks nothing more. */
  alone: boolean
  reply: z.ZodType<V>
}

/** The page of a thing as this reader may see it; else the same answer as for one that does not exist. */
export async function showReadable<V>(session: Session, spec: PageSpec<V>, id: string): Promise<V> {
  const names = await courtNames(session.tx)
  const page = await loadPage(session, spec, id)
  if (!page || !isReadable(session, spec.kind, page.thing)) throw problem('thing.not-found')
  return spec.view(session, page, names)
}

/** The page of a thing after an act on it, as it now stands, for whoever was allowed to act. */
export async function showActed<V>(session: Session, spec: PageSpec<V>, id: string): Promise<V> {
  const names = await courtNames(session.tx)
  return spec.view(session, (await loadPage(session, spec, id)) as Page, names)
}

/** The page of the thing with this id, among the courts of the transaction's scope. */
async function loadPage({ tx, services }: Session, spec: PageSpec, id: string): Promise<Page | undefined> {
  const question = questionOf(spec, services.kinds)(id)
  const [row] = await (spec.alone ? tx.last<Row>(question) : tx.query<Row>(question))
  if (!row) return undefined
  const documents = (row.page_documents ?? []) as { document: string }[]
  const thing = thingOf(spec.kind, row)
  return {
    thing,
    row,
    clocks: row.page_clocks as ClockRow[],
    log: row.page_log as LoggedAct[],
    attachments: row.page_attachments as AttachmentRow[],
    documents: new Set(documents.map(({ document }) => document)),
    // One that was asked of earlier content is decided by nobody: the act is offered again.
    pending: (row.page_pending as PendingRow[]).find((one) => one.thing_version === thing.version) ?? null,
  }
}

type Question = (id: string) => Sql

/** Composed once: the text is long and always the same. */
const questions = new WeakMap<PageSpec, { kinds: readonly Kind[]; question: Question }>()

function questionOf(spec: PageSpec, kinds: readonly Kind[]): Question {
  const known = questions.get(spec)
  if (known?.kinds === kinds) return known.question
  const question = composed(spec, kinds)
  questions.set(spec, { kinds, question })
  return question
}

function composed({ kind, beside }: PageSpec, kinds: readonly Kind[]): Question {
  const needsDocuments = Object.values(kind.actions).some((action) => action.needs)
  const asked: Beside = {
    page_clocks: clocksAsked(OF_PAGE),
    page_log: logAsked(OF_PAGE),
    page_attachments: attachmentsAsked(OF_PAGE),
    page_pending: pendingAsked(OF_PAGE),
    ...(needsDocuments ? { page_documents: documentsAsked(OF_PAGE) } : {}),
    ...beside(kinds),
  }
  const columns = Object.entries(asked).map(([name, question]) => sql`${rowsOf(question)} as ${identifier(name)}`)
  const { text, values } = sql`select t.*, ${join(columns)} from ${identifier(kind.table)} t where t.id = ${null}`
  return (id) => new Sql(text, [...values.slice(0, -1), id])
}
