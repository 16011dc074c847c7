import { z } from 'zod'
import { ROLE_NAMES } from '#kernel/authorisation/roles.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import { type NoticeRow, noticesFor, takeReceipts, unreadNotices } from './notices.ts'

const noticeId = z.string().regex(/^[1-9]\d{0,17}$/, '编号格式有误')

const RECEIPTS_MOST = 100

const noticeView = z.object({
  id: z.string(),
  at: z.string(),
  title: z.string(),
  text: z.string(),
  /** The page of the thing that the message is about. */
  link: z.string().nullable(),
  receiptAt: z.string().nullable(),
})

const listQuery = z.strictObject({
  after: noticeId.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** Messages to me or to my posts, and the receipt that I took notice (第三十六条第五项). */
export function noticeRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/notices',
      summary: '消息',
      articles: ['17', '36.5'],
      access: ROLE_NAMES,
      query: listQuery,
      reply: z.object({ items: z.array(noticeView), next: z.string().nullable(), unread: z.number().int() }),
      handle: showNotices,
    }),
    route({
      method: 'POST',
      path: '/notices/:id/receipt',
      summary: '消息已阅',
      articles: ['36.5'],
      access: ROLE_NAMES,
      perThing: true,
      params: z.strictObject({ id: noticeId }),
      body: z.strictObject({}),
      reply: noticeView,
      handle: async (call) => (await receive(call, [call.params.id]))[0] as z.infer<typeof noticeView>,
    }),
    route({
      method: 'POST',
      path: '/notices/receipts',
      summary: '所列消息已阅',
      articles: ['36.5'],
      access: ROLE_NAMES,
      body: z.strictObject({
        ids: z.array(noticeId).min(1, '请选择消息').max(RECEIPTS_MOST, `一次最多${RECEIPTS_MOST}条`),
      }),
      reply: z.object({ items: z.array(noticeView) }),
      handle: async (call) => ({ items: await receive(call, call.body.ids) }),
    }),
  ]
}

/** Each message leaves a record of its own, however many are taken at once. */
async function receive({ tx, actor, at, services, audit }: Call<unknown, unknown, unknown>, ids: readonly string[]) {
  const notices = await takeReceipts(tx, actor, ids, at)
  for (const { title } of notices) audit.push({ verb: 'notice.receipt', summary: { 消息: title } })
  return notices.map((notice) => viewOf(notice, services.kinds))
}

async function showNotices({ tx, actor, query, services }: Call<unknown, z.infer<typeof listQuery>, unknown>) {
  const rows = await noticesFor(tx, actor, { before: query.after ?? null, limit: query.limit + 1 })
  const page = rows.slice(0, query.limit)
  return {
    items: page.map((row) => viewOf(row, services.kinds)),
    next: rows.length > query.limit ? String(page.at(-1)?.id) : null,
    unread: await unreadNotices(tx, actor),
  }
}

function viewOf(row: NoticeRow, kinds: readonly Kind[]): z.infer<typeof noticeView> {
  const kind = kinds.find((one) => one.id === row.kind)
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    title: row.title,
    text: row.body,
    link: kind && row.thing_id !== null ? `/${kind.path}/${row.thing_id}` : null,
    receiptAt: row.receipt_at?.toISOString() ?? null,
  }
}
