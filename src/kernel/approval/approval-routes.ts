import { z } from 'zod'
import { BUSINESS_ROLES } from '#kernel/authorisation/roles.ts'
import { identifier, sql } from '#kernel/database/sql.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { readAnswers } from '#kernel/matter/act.ts'
import { decide } from '#kernel/matter/decide.ts'
import { previewPathOf } from '#kernel/matter/issuing.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import { loadThing } from '#kernel/matter/store.ts'
import { approvalStep } from '#kernel/matter/wire.ts'
import { wordsOf } from '#kernel/matter/words.ts'
import { courtNames } from '#kernel/organisation/courts.ts'
import { type ApprovalRow, rightTo, stepViews } from './approval.ts'
import { pendingFor } from './pending.ts'

// The approver's inbox: what waits for him, with everything that he approves, and his decision on it.

const item = z.object({
  id: z.string(),
  kind: z.string(),
  path: z.string(),
  thingId: z.string(),
  number: z.string(),
  title: z.string(),
  action: z.string(),
  label: z.string(),
  proposer: z.string(),
  at: z.string(),
  /** Who decides, in order; those who have, by name. */
  steps: z.array(approvalStep),
  /** Whose post the reader would use as a deputy; null where it is his own. */
  deputyFor: z.string().nullable(),
  /** The version of the content that is shown; a decision must name it. */
  version: z.number().int(),
  /** True where it may be approved together with others. */
  bulk: z.boolean(),
  answers: z.array(z.object({ label: z.string(), value: z.string() })),
  /** Where the document is looked at that the approval would issue; null where it issues none. */
  preview: z.string().nullable(),
})
export type WaitingApproval = z.infer<typeof item>
const decided = z.object({ state: z.enum(['approved', 'rejected']), kind: z.string(), thingId: z.string() })
const idParam = z.strictObject({ id: z.uuid('编号格式有误') })
const version = z.number('缺少版本号').int('缺少版本号')

/** The approver's inbox and his two answers (第三十六条第一项). */
export function approvalRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/approvals',
      summary: '待我审批',
      articles: ['36.1'],
      access: BUSINESS_ROLES,
      reply: z.object({ items: z.array(item) }),
      handle: showPending,
    }),
    route({
      method: 'POST',
      path: '/approvals/:id/approve',
      summary: '审批同意',
      articles: ['36.1'],
      access: BUSINESS_ROLES,
      perThing: true,
      params: idParam,
      body: z.strictObject({ version }),
      reply: decided,
      handle: (call) => settle(call, { approve: true, version: call.body.version, reason: null }),
    }),
    route({
      method: 'POST',
      path: '/approvals/:id/reject',
      summary: '审批不同意',
      articles: ['36.1'],
      access: BUSINESS_ROLES,
      perThing: true,
      params: idParam,
      body: z.strictObject({ version, reason: z.string().trim().min(1, '请填写理由').max(500, '不能超过500字') }),
      reply: decided,
      handle: (call) => settle(call, { approve: false, version: call.body.version, reason: call.body.reason }),
    }),
  ]
}

async function settle(
  call: Call<{ id: string }, unknown, unknown>,
  said: { approve: boolean; version: number; reason: string | null },
): Promise<z.infer<typeof decided>> {
  const thing = await decide(call, { id: call.params.id, isProved: call.isProved, ...said })
  const row = await call.tx.one<{ kind: string }>(sql`select kind from approval where id = ${call.params.id}`)
  return { state: said.approve ? 'approved' : 'rejected', kind: row.kind, thingId: thing.id }
}

async function showPending(call: Call<unknown, unknown, unknown>) {
  const { tx, actor, services } = call
  const rows = await pendingFor(tx, actor)
  const numbers = new Map<string, string>()
  const courts = courtsAmong(rows)
  const kinds = services.kinds.filter((kind) => rows.some((row) => row.kind === kind.id))
  for (const kind of kinds) {
    const ids = rows.filter((row) => row.kind === kind.id).map((row) => row.thing_id)
    const things = await tx.query<{ id: string; number: string }>(sql`
      select id, number from ${identifier(kind.table)}
      where court_id = any(${courts}) and id = any(${ids}::uuid[])`)
    for (const thing of things) numbers.set(thing.id, thing.number)
  }
  const names = await courtNames(tx)
  const chosen = await namesChosen(call, kinds, rows)
  const foreseen = new Map<string, { label: string; value: string }[]>()
  for (const row of rows) foreseen.set(row.id, await foreseenBy(call, kinds, row))
  return {
    items: rows.flatMap((row) => {
      const kind = kinds.find((one) => one.id === row.kind)
      if (!kind) return []
      return {
        id: row.id,
        kind: kind.id,
        path: kind.path,
        thingId: row.thing_id,
        number: numbers.get(row.thing_id) ?? '',
        title: kind.title,
        action: row.action,
        label: kind.actions[row.action]?.label ?? row.action,
        proposer: row.proposer_name,
        at: row.proposed_at.toISOString(),
        steps: stepViews(row, row.court_id),
        deputyFor: rightTo(actor, row)?.deputyFor?.name ?? null,
        version: row.thing_version,
        bulk: kind.actions[row.action]?.bulk ?? false,
        answers: [
          ...wordsOf(kind, row.action, row.answers, names),
          ...chosen(kind, row),
          ...(foreseen.get(row.id) ?? []),
        ],
        preview: previewPathOf(kind, row.thing_id, row.action),
      }
    }),
  }
}

/** The courts whose things wait: the reader's own, and courts below whose chain ends here. */
const courtsAmong = (rows: readonly ApprovalRow[]) => [...new Set(rows.map(({ court_id }) => court_id))]

/** What the act would lead to if it were approved now, where its declaration says so. */
async function foreseenBy(call: Call<unknown, unknown, unknown>, kinds: readonly Kind[], row: ApprovalRow) {
  const kind = kinds.find((one) => one.id === row.kind)
  const action = kind?.actions[row.action]
  if (!kind || !action?.preview) return []
  const thing = await loadThing(call.tx, kind, row.thing_id)
  return thing ? action.preview(call, thing, readAnswers(action, row.answers)) : []
}

/** People and teams among the answers, by name: the approver must see whom he approves. */
async function namesChosen(
  { tx }: Call<unknown, unknown, unknown>,
  kinds: readonly Kind[],
  rows: readonly ApprovalRow[],
) {
  const fieldsOf = (kind: Kind, row: ApprovalRow) =>
    Object.entries(kind.actions[row.action]?.ask ?? {}).filter(
      ([name, field]) => (field.type === 'person' || field.type === 'team') && typeof row.answers[name] === 'string',
    )
  const ids = rows.flatMap((row) => {
    const kind = kinds.find((one) => one.id === row.kind)
    return kind ? fieldsOf(kind, row).map(([name]) => row.answers[name]) : []
  })
  const found = await tx.query<{ id: string; name: string }>(sql`
    select id, name from person where court_id = any(${courtsAmong(rows)}) and id = any(${ids}::uuid[])
    union all select id, name from team where court_id = any(${courtsAmong(rows)}) and id = any(${ids}::uuid[])`)
  const names = new Map(found.map((one) => [one.id, one.name]))
  return (kind: Kind, row: ApprovalRow) =>
    fieldsOf(kind, row).map(([name, field]) => ({
      label: field.label,
      value: names.get(String(row.answers[name])) ?? '（已不在本院）',
    }))
}
