import { refreshClocks } from '#cases/node-watch/case-clock-store.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Acting, Session } from '#kernel/matter/acting.ts'
import { openKind } from '#kernel/matter/open.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import { findingsOfCase, type StandingFinding } from './findings.ts'

// What the acts of the filing check do beyond its state: the rules are asked again whenever a side hands the case over,
// because other cases and the day itself may have changed what they find.

/** 提交核查: of a case of the own court that is not ended. */
export async function begin({ tx, thing }: Acting): Promise<void> {
  const found = await tx.maybe<{ ended: boolean }>(sql`
    select state in ('closed', 'terminated') as ended from enforcement_case
    where court_id = ${thing.courtId} and id = ${thing.caseId}`)
  if (!found) throw fieldProblem([{ path: 'caseNumber', message: '本院没有该案' }])
  if (found.ended) throw problem('filing-check.ended')
}

/** 接收: refused while a finding stands that must be mended first; limitation never is one of them. */
export async function receive(acting: Acting): Promise<void> {
  const standing = await checkAgain(acting)
  const blocking = standing.filter(({ blocks }) => blocks)
  if (blocking.length > 0)
    throw problem('filing-check.findings', { findings: blocking.map(({ label }) => label).join('、') })
  note(acting, '接收时仍存的提示', standing)
}

/** 退回: the findings are its reasons, and what the centre asks for besides. */
export async function returnToFiling(acting: Acting): Promise<void> {
  const standing = (await checkAgain(acting)).filter(({ isReason }) => isReason)
  const requirement = acting.answers.requirement as string | null
  if (standing.length === 0 && requirement === null) throw problem('filing-check.nothing')
  const reasons = [
    ...standing.map(({ label, finding, source }) => `${label}：${finding}（依据：${source}）`),
    ...(requirement ? [requirement] : []),
  ]
  const { tx, thing } = acting
  await tx.run(sql`
    update matter_filing_check set returns = coalesce(returns, 0) + 1,
      reasons = ${reasons.map((reason, index) => `${index + 1}. ${reason}`).join('\n')}
    where court_id = ${thing.courtId} and id = ${thing.id}`)
  note(acting, '退回理由', standing)
}

/** 提交重审: asked again, so that the centre sees what has been mended. */
export async function resubmit(acting: Acting): Promise<void> {
  note(acting, '仍存在的问题', await checkAgain(acting))
}

/** 核查立案信息, on the case itself: asks the rules again and, where the case was never received, opens its check. */
export async function checkFiling(acting: Acting): Promise<void> {
  const { tx, thing } = acting
  await refreshClocks(acting, [thing])
  const own = { courtId: thing.courtId, caseId: thing.id }
  const { n } = await tx.one<{ n: number }>(sql`
    select count(*)::int as n from matter_filing_check
    where court_id = ${thing.courtId} and case_id = ${thing.id} and state <> 'withdrawn'`)
  if (n === 0) await openCheck(acting, { ...own, number: thing.number })
  note(acting, '核查发现', await findingsOfCase(tx, own))
}

/** Opens the check of a case that has just been entered, or that nobody has received yet. */
export async function openCheck(
  session: Session,
  one: { courtId: number; caseId: string; number: string },
): Promise<void> {
  await openKind(session, 'filing-check', { caseNumber: one.number }, { courtId: one.courtId, caseId: one.caseId })
}

/**
 * 未接收: a check was begun and none has received the case, be it under way or withdrawn. Nobody works on what may yet go
 * back; a case of an export that was never checked waits for nothing.
 */
export async function awaitsReceipt({ tx }: Session, one: { courtId: number; id: string }): Promise<boolean> {
  const { waits } = await tx.one<{ waits: boolean }>(sql`
    select count(*) > 0 and not coalesce(bool_or(state = 'received'), false) as waits from matter_filing_check
    where court_id = ${one.courtId} and case_id = ${one.id}`)
  return waits
}

async function checkAgain(acting: Acting): Promise<StandingFinding[]> {
  const { tx, thing } = acting
  const { courtId, caseId } = thing
  if (caseId === null) throw problem('filing-check.ended')
  await tx.query(sql`select from enforcement_case where court_id = ${courtId} and id = ${caseId} for no key update`)
  await refreshClocks(acting, [{ courtId, id: caseId }])
  return findingsOfCase(tx, { courtId, caseId })
}

function note(acting: Acting, label: string, standing: readonly StandingFinding[]): void {
  acting.noted[label] = standing.map((one) => one.label).join('、') || '无'
}
