import { ONLY_TOLD } from '#cases/warnings/filing-rules.ts'
import { SEVERITIES } from '#cases/warnings/warning-rule.ts'
import { FILING_RULE_IDS, warningRule } from '#cases/warnings/warning-rules.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import type { ThingTable } from '#kernel/matter/wire.ts'

// What the check of a case's filing has found and what still stands. Findings are stored as warnings of the case (one
// fact, one place): whatever changes the case brings them up to date, and who explains one explains it there.

const GRAVEST_FIRST = Object.keys(SEVERITIES)

export interface StandingFinding {
  rule: string
  label: string
  finding: string
  source: string
  /** What to do; of one that is explained, why it stands. */
  next: string
  /** The case may not be received while it stands. */
  blocks: boolean
  /** The case may be returned for it. */
  isReason: boolean
}

/** The findings that stand in the case of a filing check; explained ones are said to be so and hold nothing up. */
export async function findingsOfCase(
  tx: Tx,
  { courtId, caseId }: { courtId: number; caseId: string | null },
): Promise<StandingFinding[]> {
  const rows = await tx.query<{ rule: string; finding: string; explanation: string | null }>(sql`
    select rule, finding, explanation from case_warning
    where court_id = ${courtId} and case_id = ${caseId} and closed_at is null and rule = any(${FILING_RULE_IDS})
    order by opened_at, rule`)
  const standing = rows.flatMap(({ rule: id, finding, explanation }) => {
    const rule = warningRule(id)
    if (!rule) return []
    return [
      {
        rule: id,
        label: `${SEVERITIES[rule.severity]}·${rule.label}`,
        finding,
        source: rule.source,
        next: explanation === null ? rule.next : `已说明：${explanation}`,
        blocks: rule.severity === 'red' && explanation === null,
        isReason: explanation === null && !ONLY_TOLD.includes(id),
        rank: GRAVEST_FIRST.indexOf(rule.severity),
      },
    ]
  })
  return standing.sort((one, other) => one.rank - other.rank)
}

/** The findings as the page of the check lists them; each leads to the case, where it is mended or explained. */
export async function findingsTable({ tx }: Session, thing: Thing): Promise<ThingTable> {
  const findings = await findingsOfCase(tx, thing)
  return {
    title: '核查发现',
    note: findings.length === 0 ? '没有发现问题。' : '在案件页补正或者说明理由；红色的必须先行处理。',
    columns: ['问题', '发现', '如何处理', '依据'],
    rows: findings.map(({ label, finding, next, source }) => ({
      path: `/cases/${thing.caseId}`,
      cells: [label, finding, next, source],
    })),
  }
}
