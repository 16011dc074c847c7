import { z } from 'zod'
import { loadPending, mayDecide } from '#kernel/approval/approval.ts'
import { mayAct } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES } from '#kernel/authorisation/roles.ts'
import { allOf, containing, identifier, sql } from '#kernel/database/sql.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { readAnswers } from '#kernel/matter/act.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { answeredTags, formsOfKind, type IssuingAct, orderOf } from '#kernel/matter/issuing.ts'
import { type Kind, type Thing, whosOf } from '#kernel/matter/matter.ts'
import { isReadable, readable } from '#kernel/matter/readable.ts'
import { loadThing, lockThing, thingOf } from '#kernel/matter/store.ts'
import { courtsInScope } from '#kernel/organisation/courts.ts'
import { problem } from '#kernel/problem/problem.ts'
import { isOn } from '#kernel/time/time.ts'
import { documentsOf, type IssuedRow, missingIn, previewDocument } from './issue.ts'
import { type DocumentView, documentList, documentView, draftView, previewView } from './wire.ts'
import { WORD_TYPE } from './word-file.ts'

// 文书: those of a case or matter, a look at one before it is issued, the court's register, files, voiding (第九条). The
// issuing itself is an act of the kind.

const ARTICLES = ['9']
const VOIDERS = ['centre.head', 'director'] as const
const idParam = z.strictObject({ id: z.uuid('编号格式有误') })

export function documentRoutes(kinds: readonly Kind[]): Route[] {
  const issuing = kinds.filter((kind) => formsOfKind(kind).length > 0)
  return [...issuing.flatMap(routesOn), registerRoute(kinds), ...fileRoutes(kinds), voidRoute(kinds)]
}

function routesOn(kind: Kind): Route[] {
  const common = { articles: ARTICLES, access: 'signed-in', perThing: true } as const
  const issuing = Object.keys(kind.actions).filter((name) => kind.actions[name]?.issues !== undefined)
  const actParams = idParam.extend({ action: z.enum(issuing, '没有这种文书') })
  return [
    route({
      ...common,
      method: 'GET',
      path: `/${kind.path}/:id/documents`,
      summary: `${kind.title}：已签发的文书`,
      params: idParam,
      reply: documentList,
      handle: async (call) => {
        const thing = await readable(call, kind, call.params.id)
        const rows = await documentsOf(call.tx, thing)
        return { items: rows.map((row) => viewOf(call, kind, thing, row)), next: null }
      },
    }),
    route({
      ...common,
      method: 'GET',
      path: `/${kind.path}/:id/documents/:action`,
      summary: `${kind.title}：签发文书前尚缺的内容`,
      params: actParams,
      reply: draftView,
      handle: async (call) => {
        const { thing, spec } = await issuable(call, kind)
        const order = await orderOf(call, kind, thing, call.params.action, {}, true)
        const answered = answeredTags(spec)
        const missing = await missingIn(call, order)
        return { title: order.form.title, missing: missing.filter((field) => !answered.has(field)) }
      },
    }),
    route({
      ...common,
      method: 'POST',
      path: `/${kind.path}/:id/documents/:action/preview`,
      summary: `${kind.title}：预览文书`,
      params: actParams,
      body: z.record(z.string(), z.unknown()),
      reply: previewView,
      secrets: ['pdfBase64'],
      handle: async (call) => {
        const { thing, spec, answers } = await previewed(call, kind)
        // Nobody is shown what would then be refused.
        await spec.check?.(call, thing, answers)
        const order = await orderOf(call, kind, thing, call.params.action, answers, true)
        const pdf = await previewDocument(call, order)
        call.audit.push({
          verb: 'document.preview',
          thing: { kind: kind.id, id: thing.id, label: thing.number },
          summary: { 文书: order.form.title },
        })
        return { pdfBase64: pdf.toString('base64') }
      },
    }),
  ]
}

type OnAct<B> = Call<{ id: string; action: string }, unknown, B>

async function issuable(call: OnAct<unknown>, kind: Kind) {
  const { thing, spec } = await actNamed(call, kind)
  if (!mayAct(call.actor, whosOf(spec.by), thing)) throw problem('access.denied')
  return { thing, spec }
}

/** Who decides what waits for approval sees the document as it was proposed; else it is what the reader answers. */
async function previewed(call: OnAct<Record<string, unknown>>, kind: Kind) {
  const { thing, spec } = await actNamed(call, kind)
  const pending = spec.approval && (await loadPending(call.tx, thing))
  const isHis = pending?.action === call.params.action && mayDecide(call.actor, pending)
  if (!isHis && !mayAct(call.actor, whosOf(spec.by), thing)) throw problem('access.denied')
  return { thing, spec, answers: readAnswers(spec, isHis ? pending.answers : call.body) }
}

async function actNamed(call: OnAct<unknown>, kind: Kind) {
  const thing = await readable(call, kind, call.params.id)
  const spec = kind.actions[call.params.action]
  if (!spec?.issues || !Object.hasOwn(kind.actions, call.params.action)) throw problem('route.not-found')
  return { thing, spec: spec as IssuingAct }
}

function viewOf(session: Pick<Session, 'actor'>, kind: Kind, thing: Thing, row: IssuedRow): DocumentView {
  return {
    id: row.id,
    title: row.title,
    number: row.number,
    subject: { path: kind.path, id: thing.id, number: thing.number },
    issuedOn: row.issued_on,
    by: row.issued_name,
    at: row.issued_at.toISOString(),
    voided: row.voided_at
      ? { reason: row.void_reason ?? '', by: row.voided_name ?? '', at: row.voided_at.toISOString() }
      : null,
    mayVoid: row.voided_at === null && mayVoid(session, kind, thing, row),
  }
}

/** Who might issue it without asking voids it as well; what somebody approved is the centre's head's or director's. */
function mayVoid({ actor }: Pick<Session, 'actor'>, kind: Kind, thing: Thing, row: IssuedRow): boolean {
  const spec = kind.actions[row.action]
  const issuers = spec && !spec.approval ? whosOf(spec.by) : []
  return mayAct(actor, [...VOIDERS, ...issuers], thing)
}

const registerQuery = z.strictObject({
  scope: z.string().max(20).optional(),
  q: z.string().trim().max(60).optional(),
  form: z.string().max(80).optional(),
  voided: z.enum(['true', 'false']).optional(),
  from: z.string().refine(isOn, '日期有误').optional(),
  to: z.string().refine(isOn, '日期有误').optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

function registerRoute(kinds: readonly Kind[]): Route {
  return route({
    method: 'GET',
    path: '/documents',
    summary: '文书登记簿',
    articles: ARTICLES,
    access: BUSINESS_ROLES,
    query: registerQuery,
    reply: documentList,
    handle: async (call) => {
      const { tx, actor, query } = call
      const courts = await courtsInScope(tx, actor, query.scope)
      const cursor = readCursor(query.after)
      const rows = await tx.query<IssuedRow>(sql`
        select * from issued_document where ${allOf([
          sql`court_id = any(${courts})`,
          query.q !== undefined && sql`(number like ${containing(query.q)} or title like ${containing(query.q)})`,
          query.form !== undefined && sql`form = ${query.form}`,
          query.voided === 'true' && sql`voided_at is not null`,
          query.voided === 'false' && sql`voided_at is null`,
          query.from !== undefined && sql`issued_on >= ${query.from}`,
          query.to !== undefined && sql`issued_on <= ${query.to}`,
          cursor && sql`(issued_at, id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`,
        ])}
        order by issued_at desc, id desc limit ${query.limit + 1}`)
      const { page, next } = pageOf(rows, query.limit, (row) => ({ key: row.issued_at.toISOString(), id: row.id }))
      return { items: await registered(call, kinds, page), next }
    },
  })
}

/** Lines of the register, as far as this reader may see what they were issued on. */
async function registered(session: Session, kinds: readonly Kind[], rows: readonly IssuedRow[]) {
  const things = new Map<string, { kind: Kind; thing: Thing }>()
  for (const kind of kinds) {
    const ids = rows.filter((row) => row.kind === kind.id).map((row) => row.thing_id)
    if (ids.length === 0) continue
    const found = await session.tx.query<Record<string, unknown>>(
      sql`select * from ${identifier(kind.table)} where id = any(${ids}::uuid[])`,
    )
    for (const row of found) things.set(row.id as string, { kind, thing: thingOf(kind, row) })
  }
  return rows.flatMap((row) => {
    const found = things.get(row.thing_id)
    if (!found || !isReadable(session, found.kind, found.thing)) return []
    return [viewOf(session, found.kind, found.thing, row)]
  })
}

function fileRoutes(kinds: readonly Kind[]): Route[] {
  const files = [
    { as: 'word', label: 'Word 文件', mediaType: WORD_TYPE, ending: 'docx' },
    { as: 'pdf', label: 'PDF', mediaType: 'application/pdf', ending: 'pdf' },
  ] as const
  return files.map(({ as, label, mediaType, ending }) =>
    route({
      method: 'GET',
      path: `/documents/:id/${as}`,
      summary: `下载文书的${label}`,
      articles: ARTICLES,
      access: 'signed-in',
      perThing: true,
      params: idParam,
      handle: async (call) => {
        const { row, kind, thing } = await readableDocument(call, kinds, call.params.id)
        call.audit.push({
          verb: 'document.read',
          thing: { kind: kind.id, id: thing.id, label: thing.number },
          summary: { 文书: row.title, 编号: row.number, 格式: label },
        })
        const { digest } = await call.tx.one<{ digest: string }>(sql`
          select digest from document_file
          where court_id = ${row.court_id} and document_id = ${row.id} and format = ${as}`)
        return { file: call.services.blobs.read(digest), name: `${row.title}${row.number}.${ending}`, mediaType }
      },
    }),
  )
}

async function readableDocument(session: Session, kinds: readonly Kind[], id: string) {
  const row = await session.tx.maybe<IssuedRow>(sql`select * from issued_document where id = ${id}`)
  const kind = kinds.find((one) => one.id === row?.kind)
  const thing = row && kind ? await loadThing(session.tx, kind, row.thing_id) : undefined
  if (!row || !kind || !thing || !isReadable(session, kind, thing)) throw problem('thing.not-found')
  return { row, kind, thing }
}

function voidRoute(kinds: readonly Kind[]): Route {
  return route({
    method: 'POST',
    path: '/documents/:id/void',
    summary: '作废文书（编号不再使用）',
    articles: ARTICLES,
    access: BUSINESS_ROLES,
    perThing: true,
    params: idParam,
    body: z.strictObject({ reason: z.string().trim().min(2, '请写明作废理由').max(500) }),
    reply: documentView,
    handle: async (call) => {
      const { tx, actor, at, body } = call
      const { row, kind, thing } = await readableDocument(call, kinds, call.params.id)
      if (!mayVoid(call, kind, thing, row)) throw problem('access.denied')
      await lockThing(tx, kind, thing.id)
      const [voided] = await tx.query<IssuedRow>(sql`
        update issued_document set voided_at = ${at}, voided_name = ${actor.name}, void_reason = ${body.reason}
        where court_id = ${row.court_id} and id = ${row.id} and voided_at is null returning *`)
      if (!voided) throw problem('document.voided')
      const gone = { courtId: row.court_id, id: row.id, title: row.title, reason: body.reason }
      for (const one of kinds) await one.onDocumentVoided?.(call, gone)
      const document = kind.actions[row.action]?.issues
      if (document) await kind.onPaper?.(call, thing, { document, how: 'voided' })
      call.audit.push({
        verb: 'document.void',
        thing: { kind: kind.id, id: thing.id, label: thing.number },
        summary: { 文书: row.title, 编号: row.number, 理由: body.reason },
      })
      return viewOf(call, kind, thing, voided)
    },
  })
}
