import type { PersonActor } from '#kernel/authorisation/may.ts'
import type { Tx } from '#kernel/database/database.ts'
import { type Sql, sql } from '#kernel/database/sql.ts'
import { APPROVAL, type ApprovalRow } from './approval.ts'

const MOST = 200

/**
 * The condition that an approval waits for this person: by a post of his own court, or one whose holder he deputises,
 * and neither of the two had a hand in it.
 */
export function waitsFor({ courtId, naturalId, posts, deputises }: PersonActor): Sql {
  const had = (natural: Sql) => sql`exists (select from approval_step s
    where s.court_id = approval.court_id and s.approval_id = approval.id and s.natural_id = ${natural})`
  return sql`approval.state = 'pending' and approval.approver_court_id = ${courtId} and not ${had(sql`${naturalId}`)}
    and (approval.approver_role = any(${posts.map(({ role }) => role)}) or (not approval.personal and exists (
      select from unnest(${deputises.map(({ role }) => role)}::text[],
        ${deputises.map((one) => one.naturalId)}::uuid[]) absent(role, natural_id)
      where absent.role = approval.approver_role and not ${had(sql`absent.natural_id`)})))`
}

/** What waits for this person's decision, the oldest first. */
export async function pendingFor(tx: Tx, actor: PersonActor): Promise<ApprovalRow[]> {
  return tx.query<ApprovalRow>(
    sql`select ${APPROVAL} from approval where ${waitsFor(actor)} order by proposed_at, id limit ${MOST}`,
  )
}
