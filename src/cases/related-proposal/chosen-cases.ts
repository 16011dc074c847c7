import { enforcementCase } from '#cases/case/case.ts'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Acting, Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { loadThing } from '#kernel/matter/store.ts'
import { courtNames } from '#kernel/organisation/courts.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import { groundedCases, refuseClosed } from './related-cases.ts'
import { type Candidate, numbersIn, type Reason } from './relation-rules.ts'

// The cases that a proposal names: its leading case and those that were chosen to go with it, each with its reasons.

const MOST_CHOSEN = 50

export const ONE_TEAM = '集中至本院同一团队'
export const ONE_COURT = '集中至同一法院'

export interface ChosenCase {
  case_court_id: number
  case_id: string
  number: string
  leads: boolean
  party: string | null
  reasons: readonly Reason[]
  score: number
}

type Ref = Pick<Thing, 'courtId' | 'id'>

/** Stores what the answers choose; refuses what is unrelated, closed, proposed already, or does not fit the way. */
export async function chooseCases(acting: Acting): Promise<void> {
  const { tx, thing } = acting
  const lead = await leadingCase(acting, thing)
  refuseClosed([{ number: lead.number, state: lead.state as Candidate['state'] }])
  const numbers = numbersIn(String(thing.values.chosen)).filter((number) => number !== lead.number)
  if (numbers.length === 0) throw fieldProblem([{ path: 'chosen', message: '请至少填写一件主案以外的案件' }])
  if (numbers.length > MOST_CHOSEN) throw fieldProblem([{ path: 'chosen', message: `一次最多${MOST_CHOSEN}件` }])
  const chosen = await groundedCases(tx, lead, numbers)
  await checkWay(acting, [lead.courtId, ...chosen.map(({ courtId }) => courtId)])
  await releaseCases(tx, thing)
  const place = { court_id: thing.courtId, thing_id: thing.id, round: thing.version, standing: true }
  const rows = [
    ...chosen.map(({ courtId, caseId, ...one }) => ({ case_court_id: courtId, case_id: caseId, leads: false, ...one })),
    { case_court_id: lead.courtId, case_id: lead.id, number: lead.number, leads: true, reasons: [], score: 100 },
  ]
  // In one order: two proposals that name the same cases wait for each other, and neither for itself.
  const ordered = rows.toSorted((a, b) => (a.case_id < b.case_id ? -1 : 1)).map((row) => ({ ...place, ...row }))
  const stored = await tx.query<{ number: string }>(sql`
    insert into related_case
    select * from jsonb_populate_recordset(null::related_case, ${JSON.stringify(ordered)}::jsonb)
    on conflict (case_court_id, case_id) where standing do nothing returning number`)
  const free = new Set(stored.map(({ number }) => number))
  const taken = ordered.filter(({ number }) => !free.has(number)).map(({ number }) => number)
  if (taken.length > 0) throw problem('related.taken', { numbers: taken.join('、') })
}

/** The proposal no longer holds its cases: another may name them. */
export async function releaseCases(tx: Tx, { courtId, id }: Ref): Promise<void> {
  await tx.run(sql`
    update related_case set standing = false where court_id = ${courtId} and thing_id = ${id} and standing`)
}

/** The cases of the last choice, the leading one first. */
export async function chosenCases(tx: Tx, { courtId, id }: Ref): Promise<ChosenCase[]> {
  return tx.query<ChosenCase>(sql`
    select case_court_id, case_id, number, leads, party, reasons, score from related_case
    where court_id = ${courtId} and thing_id = ${id} and round = (
      select max(round) from related_case where court_id = ${courtId} and thing_id = ${id})
    order by leads desc, score desc, number`)
}

/** Refuses where, since the choice, a case was closed or the reason for it has gone. */
export async function checkStillRelated(session: Session, thing: Thing): Promise<ChosenCase[]> {
  const cases = await chosenCases(session.tx, thing)
  const lead = await leadingCase(session, thing)
  refuseClosed([{ number: lead.number, state: lead.state as Candidate['state'] }])
  const others = cases.filter(({ leads }) => !leads)
  await groundedCases(
    session.tx,
    lead,
    others.map(({ number }) => number),
  )
  return cases
}

async function leadingCase({ tx }: Session, thing: Thing): Promise<Thing> {
  const lead = thing.caseId ? await loadThing(tx, enforcementCase, thing.caseId) : undefined
  if (lead?.courtId !== thing.courtId) {
    throw fieldProblem([{ path: 'caseNumber', message: '本院没有该案件，请按（2021）吉0193执123号的形式填写' }])
  }
  return lead
}

/** One team is of one court; where several are concerned, one of them is proposed to go on with all. */
async function checkWay({ tx, thing }: Acting, courtIds: readonly number[]): Promise<void> {
  const several = new Set(courtIds).size > 1
  if (several !== (thing.values.way === ONE_COURT)) throw problem('related.way')
  const { courts } = await courtNames(tx)
  const names = new Set(courtIds.map((id) => courts.get(id)?.name))
  const designated = thing.values.designated as string | null
  const fits = several ? designated !== null && names.has(designated) : designated === null
  if (fits) return
  const message = several ? `请填写所涉法院之一：${[...names].join('、')}` : '集中至本院同一团队的，不填此项'
  throw fieldProblem([{ path: 'designated', message }])
}
