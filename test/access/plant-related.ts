import { randomUUID } from 'node:crypto'
import type { TestServer } from '#test/harness.ts'
import { AT, markOf, type Place } from './marks.ts'
import { put } from './put.ts'

/** A proposal to concentrate the planted case, which it holds. */
export async function plantProposal(
  server: TestServer,
  place: Place,
  base: { courtId: number; caseId: string; caseNumber: string },
): Promise<{ proposalId: string }> {
  const mark = markOf(place, 'thing')
  const id = randomUUID()
  await put(server, 'matter_related_proposal', {
    court_id: base.courtId,
    id,
    number: `${mark}关联${id.slice(0, 8)}`,
    state: 'verifying',
    opened_at: AT,
    opener_name: mark,
    case_id: base.caseId,
    case_number: base.caseNumber,
    chosen: mark,
    way: '集中至本院同一团队',
    ground: mark,
  })
  await put(server, 'related_case', {
    court_id: base.courtId,
    thing_id: id,
    round: 1,
    case_court_id: base.courtId,
    case_id: base.caseId,
    number: base.caseNumber,
    leads: true,
    party: mark,
    reasons: [],
    score: 100,
    standing: true,
  })
  return { proposalId: id }
}
