import { z } from 'zod'
import { voidPending } from '#kernel/approval/approval.ts'
import { attach, attachmentsOf } from '#kernel/attachments/attachments.ts'
import { provenMediaType } from '#kernel/attachments/media-type.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { listRoutes } from '#kernel/lists/list-routes.ts'
import { problem } from '#kernel/problem/problem.ts'
import { act, answersOf, record } from './act.ts'
import { countThings } from './counts.ts'
import { listOfKind, listThings, queryOfKind } from './list.ts'
import { type Kind, type Thing, whosOf } from './matter.ts'
import { askedAtOpening, openByRequest } from './open.ts'
import { type PageSpec, showActed, showReadable } from './page.ts'
import { readable } from './readable.ts'
import { lockThing, saveThing } from './store.ts'
import { attachmentViews, genericPage, mayAttachTo } from './views.ts'
import { attachmentView, kindCounts, thingList } from './wire.ts'

// The routes of every kind, drawn from its declaration. A foreign thing and one that does not exist answer alike.

const ATTACHMENT_LIMIT_BYTES = 50 * 1024 * 1024

const idParam = z.strictObject({ id: z.uuid('编号格式有误') })

const paging = {
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

/** Answers to an act: checked strictly against its declaration once the thing and the right to act stand. */
const looseBody = z.record(z.string(), z.unknown())

/** List, page and opening of a kind without routes of its own, and for every kind its acts and papers. */
export function routesOfKind(kind: Kind, page: PageSpec = genericPage(kind)): Route[] {
  const generic: Route[] = kind.own
    ? []
    : [
        route({
          method: 'GET',
          path: `/${kind.path}`,
          summary: `${kind.title}清单`,
          articles: kind.articles,
          access: kind.readers,
          query: queryOfKind(kind).extend(paging),
          reply: thingList,
          handle: (call) => listThings(call, kind, call.query),
        }),
        ...listRoutes(listOfKind(kind), { count: `/${kind.path}/count`, export: `/${kind.path}/export` }),
        route({
          method: 'GET',
          path: `/${kind.path}/:id`,
          summary: `${kind.title}详情`,
          articles: kind.articles,
          access: 'signed-in',
          perThing: true,
          params: idParam,
          reply: page.reply,
          handle: (call) => showReadable(call, page, call.params.id),
        }),
        route({
          method: 'POST',
          path: `/${kind.path}`,
          summary: `发起${kind.title}`,
          articles: kind.articles,
          access: 'signed-in',
          perThing: true,
          body: looseBody,
          documentedBody: answersOf({ ask: askedAtOpening(kind) }),
          reply: page.reply,
          status: 201,
          handle: async (call) => showActed(call, page, (await openByRequest(call, kind, call.body)).id),
        }),
      ]
  return [
    countRoute(kind),
    ...generic,
    ...Object.entries(kind.actions)
      .filter(([, action]) => !whosOf(action.by).every((who) => who === 'system'))
      .map(([name, action]) =>
        route({
          method: 'POST',
          path: `/${kind.path}/:id/${name}`,
          summary: `${kind.title}：${action.label}`,
          articles: [...kind.articles, ...(action.articles ?? [])],
          access: 'signed-in',
          perThing: true,
          reauth: action.reauth === true && action.approval === undefined,
          params: idParam,
          body: looseBody,
          documentedBody: answersOf(action).extend({ version: z.int() }),
          reply: page.reply,
          handle: (call) => actByRequest(call, page, name),
        }),
      ),
    ...attachmentRoutes(kind),
  ]
}

function countRoute(kind: Kind): Route {
  return route({
    method: 'GET',
    path: `/${kind.path}/counts`,
    summary: `${kind.title}数量（按法院和状态）`,
    articles: kind.articles,
    access: kind.readers,
    query: z.strictObject({ scope: z.string().max(20).optional() }),
    reply: kindCounts,
    handle: (call) => countThings(call, kind, call.query.scope),
  })
}

async function actByRequest(
  call: Call<{ id: string }, unknown, Record<string, unknown>>,
  page: PageSpec,
  action: string,
): Promise<unknown> {
  const { version, ...answers } = call.body
  if (!Number.isInteger(version)) {
    await readable(call, page.kind, call.params.id)
    throw problem('request.invalid', {}, { fields: [{ path: 'version', message: '缺少版本号' }] })
  }
  const thing = await act(call, page.kind, { id: call.params.id, action, version: version as number, answers })
  return showActed(call, page, thing.id)
}

function attachmentRoutes(kind: Kind): Route[] {
  if (!kind.documents) return []
  return [
    route({
      method: 'POST',
      path: `/${kind.path}/:id/attachments`,
      summary: `${kind.title}：上传材料`,
      articles: kind.articles,
      access: 'signed-in',
      perThing: true,
      params: idParam,
      body: z.strictObject({ document: z.string().max(60), shelfMark: z.string().trim().max(100).optional() }),
      reply: attachmentView,
      status: 201,
      uploadLimitBytes: ATTACHMENT_LIMIT_BYTES,
      admit: async (call) => {
        const thing = await readable(call, kind, call.params.id)
        if (mayAttachTo(call, kind, thing).length === 0) throw problem('access.denied')
      },
      handle: (call) => attachByRequest(call, kind),
    }),
    route({
      method: 'GET',
      path: `/${kind.path}/:id/attachments/:attachmentId`,
      summary: `${kind.title}：下载材料`,
      articles: kind.articles,
      access: 'signed-in',
      perThing: true,
      params: idParam.extend({ attachmentId: z.uuid('编号格式有误') }),
      handle: async (call) => {
        const thing = await readable(call, kind, call.params.id)
        const file = (await attachmentsOf(call.tx, thing)).find((row) => row.id === call.params.attachmentId)
        if (!file) throw problem('thing.not-found')
        return { file: call.services.blobs.read(file.digest), name: file.name, mediaType: file.media_type }
      },
    }),
  ]
}

async function attachByRequest(
  call: Call<{ id: string }, unknown, { document: string; shelfMark?: string | undefined }>,
  kind: Kind,
) {
  await readable(call, kind, call.params.id)
  const thing = (await lockThing(call.tx, kind, call.params.id)) as Thing
  const allowed = mayAttachTo(call, kind, thing).some((one) => one.name === call.body.document)
  if (!allowed) throw problem('access.denied')
  const upload = call.upload
  if (!upload) throw problem('request.malformed')
  const mediaType = await provenMediaType(upload.path, upload.fileName)
  await voidPending(call, thing)
  await saveThing(call.tx, kind, thing, {})
  const id = await attach(call.tx, kind.id, thing, {
    document: call.body.document,
    name: upload.fileName,
    mediaType,
    sizeBytes: upload.sizeBytes,
    digest: upload.digest,
    shelfMark: call.body.shelfMark ?? null,
    byId: call.actor.personId,
    byName: call.actor.name,
    at: call.at,
  })
  await kind.onPaper?.(call, thing, { document: call.body.document, how: 'brought' })
  const label = kind.documents?.[call.body.document]?.label ?? ''
  await record(
    { ...call, kind, thing, before: thing.state },
    'attach',
    '上传材料',
    { 材料: label, 文件: upload.fileName },
    null,
  )
  const rows = (await attachmentsOf(call.tx, thing)).filter((row) => row.id === id)
  return attachmentViews(kind, rows)[0] as NonNullable<ReturnType<typeof attachmentViews>[0]>
}
