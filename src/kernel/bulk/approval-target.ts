import { z } from 'zod'
import { loadApproval } from '#kernel/approval/approval.ts'
import { approversOf } from '#kernel/approval/chain.ts'
import { waitsFor } from '#kernel/approval/pending.ts'
import { holdsRole } from '#kernel/authorisation/may.ts'
import { identifier, join, sql } from '#kernel/database/sql.ts'
import { decide } from '#kernel/matter/decide.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { BulkTarget } from './target.ts'

/** Approving many proposals of acts that may be done in bulk; all others are decided one by one. */
export function approvalTarget(kinds: readonly Kind[]): BulkTarget {
  const approvers = kinds.flatMap((kind) =>
    Object.values(kind.actions).flatMap(({ bulk, approval }) => (bulk && approval ? approversOf(approval) : [])),
  )
  const things = join(
    kinds.map((kind) => sql`select court_id, id, number from ${identifier(kind.table)}`),
    ' union all ',
  )
  return {
    list: {
      name: 'approvals',
      title: '待我审批',
      query: z.strictObject({}),
      matching: async ({ actor }) => ({
        rows: sql`
          select approval.id, t.number, approval.thing_version as version, approval.proposed_at from approval
          join (${things}) t on t.court_id = approval.court_id and t.id = approval.thing_id
          where ${waitsFor(actor)}`,
        order: sql`proposed_at, id`,
      }),
    },
    holdsVersion: true,
    path: null,
    actions: {
      approve: {
        label: '批准',
        ask: {},
        approval: null,
        mayStart: (actor) =>
          holdsRole(actor, approvers) || actor.deputises.some(({ role }) => approvers.includes(role)),
      },
    },
    async carryOut(session, { thingId, version }) {
      const asked = await loadApproval(session.tx, thingId)
      const action = kinds.find((kind) => kind.id === asked?.kind)?.actions[asked?.action ?? '']
      if (!asked || !action) throw problem('thing.not-found')
      if (!action.bulk) throw problem('bulk.one-by-one', { action: action.label })
      // Who started it had proved himself: no bulk act starts without.
      const decision = { approve: true, version: version ?? asked.thing_version, reason: null, isProved: true }
      await decide(session, { id: thingId, ...decision })
    },
  }
}
