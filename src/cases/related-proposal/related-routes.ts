import { z } from 'zod'
import { enforcementCase } from '#cases/case/case.ts'
import { CASE_STATES } from '#cases/case/case-states.ts'
import { identifier, sql } from '#kernel/database/sql.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { isReadable, readable } from '#kernel/matter/readable.ts'
import { courtNames } from '#kernel/organisation/courts.ts'
import { relatedCases } from './related-cases.ts'
import { relatedProposal } from './related-proposal.ts'
import { RELATED_READERS } from './related-readers.ts'
import { isOpen, isWeak, REASONS } from './relation-rules.ts'
import { type RelatedCaseList, relatedCaseList } from './wire.ts'

/** 关联案件核查: the cases of all courts that are related to one, each with its reasons. */
export function relatedRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/cases/:id/related',
      summary: '关联案件核查',
      articles: ['11'],
      access: RELATED_READERS,
      perThing: true,
      params: z.strictObject({ id: z.uuid('编号格式有误') }),
      reply: relatedCaseList,
      handle: listRelated,
    }),
  ]
}

/** Whoever is shown another court's cases is on record with it. */
async function listRelated(call: Call<{ id: string }, unknown, undefined>): Promise<RelatedCaseList> {
  const { tx, audit } = call
  const thing = await readable(call, enforcementCase, call.params.id)
  const { candidates, more } = await relatedCases(tx, thing)
  const [{ courts }, proposals] = [await courtNames(tx), await openProposals(call, candidates)]
  const items = candidates.map((one) => {
    const mayOpen = isReadable(call, enforcementCase, { courtId: one.courtId })
    return {
      id: mayOpen ? one.caseId : null,
      court: courts.get(one.courtId)?.name ?? '',
      own: one.courtId === thing.courtId,
      caseNumber: one.number,
      stateLabel: CASE_STATES[one.state],
      open: isOpen(one),
      party: one.party,
      reasons: one.reasons.map((reason) => REASONS[reason].label),
      score: one.score,
      weak: isWeak(one),
      proposal: proposals.get(one.caseId) ?? null,
    }
  })
  const foreign = items.filter(({ id }) => id === null)
  if (foreign.length > 0) {
    audit.push({
      verb: 'case.related',
      thing: { kind: enforcementCase.id, id: thing.id, label: thing.number },
      summary: { 外院案件数: foreign.length },
    })
  }
  return { items, more }
}

/** The open proposals, of the courts that the reader sees, that name these cases. */
async function openProposals(
  { tx }: Pick<Call<unknown, unknown, unknown>, 'tx'>,
  cases: readonly { courtId: number; caseId: string }[],
) {
  const rows = await tx.query<{ case_id: string; id: string; number: string }>(sql`
    select r.case_id, p.id, p.number
    from unnest(${cases.map(({ courtId }) => courtId)}::int[], ${cases.map(({ caseId }) => caseId)}::uuid[])
      c(court_id, id)
    join related_case r on r.case_court_id = c.court_id and r.case_id = c.id and r.standing
    join ${identifier(relatedProposal.table)} p on p.court_id = r.court_id and p.id = r.thing_id`)
  return new Map(rows.map(({ case_id, id, number }) => [case_id, { id, number }]))
}
