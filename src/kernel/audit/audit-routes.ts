import { z } from 'zod'
import { allOf, sql } from '#kernel/database/sql.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import { endOfDay, isOn, startOfDay } from '#kernel/time/time.ts'
import { type CheckpointPlace, readCheckpoints } from './checkpoint.ts'
import { summaryText, verbLabel } from './verbs.ts'
import { storedChain, verifyChain } from './verify.ts'

// The auditor's view of his own court's record. Nobody else reads it, and nobody changes it.

const on = z.string().refine(isOn, '请填写日期')

const listQuery = z.strictObject({
  from: on.optional(),
  to: on.optional(),
  actor: z.string().trim().max(100).optional(),
  verb: z.string().max(100).optional(),
  after: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, '位置有误')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const entryView = z.object({
  seq: z.number().int(),
  at: z.string(),
  actor: z.string(),
  verb: z.string(),
  verbLabel: z.string(),
  thing: z.string(),
  summary: z.string(),
})
const verificationView = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  checkedAt: z.string(),
  head: z.object({ seq: z.string(), hash: z.string() }),
  problem: z.string().nullable(),
})

/** Reading and verifying the audit record. Acts are named from the declarations of `kinds`. */
export function auditRoutes(kinds: readonly Kind[], place: CheckpointPlace): Route[] {
  return [
    route({
      method: 'GET',
      path: '/audit',
      summary: '操作记录',
      articles: ['34'],
      access: ['administrator.audit'],
      query: listQuery,
      reply: z.object({ items: z.array(entryView), next: z.string().nullable() }),
      handle: (call) => listEntries(call, kinds),
    }),
    route({
      method: 'GET',
      path: '/audit/verification',
      summary: '核验操作记录是否完整',
      articles: ['34'],
      access: ['administrator.audit'],
      reply: verificationView,
      handle: async ({ tx, actor, at, audit }) => {
        const { checkpoints, faults } = await readCheckpoints(place)
        const found = await verifyChain(storedChain(tx, actor.courtId), actor.courtId, checkpoints)
        const { entries, head } = found
        const problem = found.broken?.message ?? faults[0]?.message ?? null
        audit.push({ verb: 'audit.verify', summary: { 结果: problem ?? '通过', 条数: entries } })
        return { ok: problem === null, entries, checkedAt: at.toISOString(), head, problem }
      },
    }),
  ]
}

interface EntryRow {
  seq: bigint
  at: Date
  actor_name: string
  verb: string
  thing_kind: string | null
  thing_label: string | null
  summary: string
}

async function listEntries(
  { tx, actor, query }: Call<unknown, z.infer<typeof listQuery>, unknown>,
  kinds: readonly Kind[],
) {
  const rows = await tx.query<EntryRow>(sql`
    select seq, at, actor_name, verb, thing_kind, thing_label, summary from audit
    where ${allOf([
      sql`court_id = ${actor.courtId}`,
      query.from !== undefined && sql`at >= ${startOfDay(query.from)}`,
      query.to !== undefined && sql`at < ${endOfDay(query.to)}`,
      query.actor !== undefined && query.actor !== '' && sql`actor_name = ${query.actor}`,
      query.verb !== undefined && sql`verb = ${query.verb}`,
      query.after !== undefined && sql`seq < ${query.after}::bigint`,
    ])}
    order by seq desc limit ${query.limit + 1}`)
  const page = rows.slice(0, query.limit)
  return {
    items: page.map((row) => ({
      seq: Number(row.seq),
      at: row.at.toISOString(),
      actor: row.actor_name,
      verb: row.verb,
      verbLabel: verbLabel(kinds, row.verb),
      thing: row.thing_label ?? '',
      summary: summaryText(kinds, row.thing_kind, row.summary),
    })),
    next: rows.length > query.limit ? String(page.at(-1)?.seq) : null,
  }
}
