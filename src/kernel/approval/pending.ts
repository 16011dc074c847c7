import type { PersonActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { ApprovalRow } from './approval.ts'

const MOST = 200

/** What waits for this person's decision: by role in the own court, without what the same human being proposed. */
export async function pendingFor(tx: Tx, actor: PersonActor): Promise<ApprovalRow[]> {
  return tx.query<ApprovalRow>(sql`
    select * from approval
    where court_id = ${actor.courtId} and state = 'pending'
      and approver_role = any(${actor.posts.map((post) => post.role)})
      and proposer_natural_id <> ${actor.naturalId}
    order by proposed_at, id limit ${MOST}`)
}
