import { nameAsset } from '#cases/case/case-assets.ts'
import { dayInCase, enterFacts, tieToCase } from '#cases/case/case-of-matter.ts'
import type { Who } from '#kernel/authorisation/may.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import { openKind } from '#kernel/matter/open.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { On } from '#kernel/time/time.ts'

// What acts on clues do in the case and beside it.

export const CLUE_OPENERS: readonly Who[] = ['team.head', 'team.judge', 'team.assistant', 'team.clerk', 'centre.clerk']
/** Sources that are nobody, or the court itself. */
const NAMELESS = ['匿名举报', '执行中发现']

/** 登记线索: a clue has a source, and the source a name unless it is one of nobody's. */
export async function openClue(acting: Acting): Promise<void> {
  const { source, provider } = acting.thing.values
  if (!provider && !NAMELESS.includes(String(source))) {
    throw problem(
      'clue.provider',
      { source: String(source) },
      { fields: [{ path: 'provider', message: '请填写提供人' }] },
    )
  }
  const { id } = await tieToCase(acting, acting.thing.caseId, CLUE_OPENERS)
  const tied = { ...acting, thing: { ...acting.thing, caseId: id } }
  await dayInCase(tied, 'receivedOn')
  await feedClues(tied)
  await nameAsset(acting, tied.thing, tied.thing.values.assetNumber)
}

/** An asset that is not there relates no cases. */
export async function nameVerified(acting: Acting): Promise<void> {
  const { outcome, assetNumber } = acting.thing.values
  await nameAsset(acting, acting.thing, outcome === '不属实' ? null : assetNumber)
}

/**
 * The nodes 线索核实 of the case run from the earliest clue that is not verified, urgent ones by themselves, and end with
 * the last one's verification.
 */
export async function feedClues(acting: Acting): Promise<void> {
  const { tx, thing } = acting
  const row = await tx.one<{ plain: On | null; urgent: On | null; verified: On | null }>(sql`
    select min(received_on) filter (where state = 'received' and urgent is not true)::text as plain,
      min(received_on) filter (where state = 'received' and urgent)::text as urgent,
      max(verified_on) filter (where state <> 'received')::text as verified
    from matter_asset_clue where court_id = ${thing.courtId} and case_id = ${thing.caseId}`)
  const isOpen = row.plain !== null || row.urgent !== null
  await enterFacts(
    acting,
    isOpen
      ? { 'clue-received': row.plain, 'urgent-clue-received': row.urgent, 'clue-verified': null }
      : { 'clue-verified': row.verified },
    `${thing.number}登记`,
  )
}

/** 答复申请执行人: not before it was verified. */
export async function answerClue(acting: Acting): Promise<void> {
  const on = await dayInCase(acting, 'answeredOn')
  const { verifiedOn } = acting.thing.values
  if (typeof verifiedOn === 'string' && on < verifiedOn) {
    throw problem('case.date-order', { later: '答复日期', earlier: '核实日期' })
  }
}

/** 交传统查控: a task of its own below the clue. */
export async function inquireInto(acting: Acting): Promise<void> {
  const { thing, answers } = acting
  await openKind(
    acting,
    'offline-inquiry',
    {
      caseNumber: thing.values.caseNumber ?? null,
      debtor: answers.askedDebtor ?? null,
      subject: '其他',
      unit: answers.askedUnit ?? null,
      place: answers.askedPlace ?? null,
      requirement: answers.askedFor ?? null,
    },
    {
      courtId: thing.courtId,
      caseId: thing.caseId,
      parent: { courtId: thing.courtId, id: thing.id, kind: acting.kind.id },
    },
  )
}
