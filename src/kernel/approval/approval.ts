import type { Tx } from '#kernel/database/database.ts'
import { type OwnerOf, type Sql, sql } from '#kernel/database/sql.ts'

/** A pending approval dies with the version of the content that it was asked for. */
export async function voidPending({ tx }: { tx: Tx }, thing: { courtId: number; id: string }): Promise<void> {
  await tx.send(sql`
    update approval set state = 'void'
    where court_id = ${thing.courtId} and thing_id = ${thing.id} and state = 'pending'`)
}

export interface ApprovalRow {
  court_id: number
  id: string
  kind: string
  thing_id: string
  action: string
  answers: Record<string, unknown>
  thing_version: number
  approver_role: string
  proposer_id: string
  proposer_court_id: number
  proposer_natural_id: string
  proposer_name: string
  proposed_at: Date
  state: 'pending' | 'approved' | 'rejected' | 'void'
}

/** The approval with this id among the courts of the transaction's scope. */
export async function loadApproval(tx: Tx, id: string): Promise<ApprovalRow | undefined> {
  return tx.maybe<ApprovalRow>(sql`select * from approval where id = ${id}`)
}

/**
 * Locked after its thing, as every act does it: two people who decide and act at once wait, and neither is turned away.
 */
export async function lockApproval(tx: Tx, row: Pick<ApprovalRow, 'court_id' | 'id'>): Promise<ApprovalRow> {
  return tx.one<ApprovalRow>(sql`select * from approval where court_id = ${row.court_id} and id = ${row.id} for update`)
}

/** An approval as it stands beside its thing on a page. */
export interface PendingRow
  extends Pick<ApprovalRow, 'id' | 'action' | 'approver_role' | 'proposer_natural_id' | 'proposer_name'> {
  proposed_at: string
}

/** Asks what waits for a decision on a thing: one approval at most. */
export function pendingAsked(owner: OwnerOf): Sql {
  return sql`
    select id, action, approver_role, proposer_natural_id, proposer_name, proposed_at from approval
    where court_id = ${owner.courtId} and thing_id = ${owner.id} and state = 'pending'`
}

/** Settles an approval; the database refuses the proposer's own hand, under whatever account. */
export async function settle(
  tx: Tx,
  row: ApprovalRow,
  decision: {
    state: 'approved' | 'rejected'
    personId: string
    naturalId: string
    name: string
    at: Date
    reason: string | null
  },
): Promise<void> {
  await tx.run(sql`
    update approval set state = ${decision.state}, decider_id = ${decision.personId},
      decider_natural_id = ${decision.naturalId}, decider_name = ${decision.name}, decided_at = ${decision.at},
      reason = ${decision.reason}
    where court_id = ${row.court_id} and id = ${row.id}`)
}
