import { currentFacts } from '#cases/case/case-facts.ts'
import { partiesOf } from '#cases/case/case-parties.ts'
import { awaitsReceipt } from '#cases/filing-check/filing-acts.ts'
import { type ListedParty, listedAsked } from '#cases/special-party/listed-parties.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Acting, Session } from '#kernel/matter/acting.ts'
import type { FieldValue } from '#kernel/matter/field.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import { type Track, trackWords } from './track.ts'
import { type Proposal, proposeTrack, reasonWords } from './triage-rules.ts'

// 繁简分流 and its change: both are carried out when the director has approved them. The proposal follows from the case as
// it then stands; an approval is bound to the version of the case and, since ledger and facts may change without it, to
// the words of the proposal, so that it is the one that he saw.

/** Nobody sorts a case that may yet go back to the filing division, nor into the track where it is. */
export async function checkTrack(
  session: Session,
  thing: Thing,
  answers: Readonly<Record<string, FieldValue>>,
): Promise<void> {
  if (await awaitsReceipt(session, thing)) throw problem('filing-check.open')
  if (answers.toTrack !== undefined && answers.toTrack === thing.values.track)
    throw fieldProblem([{ path: 'toTrack', message: '与现在的分流相同' }])
}

/** 繁简分流 as proposed. */
export async function triage(acting: Acting): Promise<void> {
  const proposal = await proposalFor(acting, acting.thing)
  await setTrack(acting, proposal.track, reasonWords(proposal))
}

/** 另定繁简: another track than the rules propose, or than was approved before, for a reason. */
export async function changeTrack(acting: Acting): Promise<void> {
  await setTrack(acting, acting.answers.toTrack as Track, String(acting.answers.reason))
}

/** What the director sees beside the proposal. */
export async function previewTrack(session: Session, thing: Thing): Promise<{ label: string; value: string }[]> {
  const proposal = await proposalFor(session, thing)
  return [
    { label: '系统建议', value: trackWords(proposal.track) },
    { label: '建议理由', value: reasonWords(proposal) },
  ]
}

async function proposalFor(session: Session, thing: Thing): Promise<Proposal> {
  const [facts, parties, ledger, { arrived_fen: arrivedFen }] = await Promise.all([
    currentFacts(session.tx, thing),
    partiesOf(session.tx, thing),
    session.tx.query<ListedParty>(listedAsked(thing)),
    session.tx.one<{ arrived_fen: bigint | null }>(sql`
      select arrived_fen from enforcement_case where court_id = ${thing.courtId} and id = ${thing.id}`),
  ])
  const known = [...facts.values()].filter(({ on }) => on !== null)
  return proposeTrack({
    amountFen: thing.values.amountFen as bigint | null,
    arrivedFen,
    duty: thing.values.duty as string | null,
    parties,
    ledger,
    facts: new Set(known.map(({ name }) => name)),
    on: session.on,
  })
}

async function setTrack(acting: Acting, track: Track, reason: string): Promise<void> {
  const { tx, thing, on } = acting
  await tx.run(sql`
    update enforcement_case set track = ${track}, track_reason = ${reason}, track_on = ${on}
    where court_id = ${thing.courtId} and id = ${thing.id}`)
  acting.noted.分流 = trackWords(track)
  if (acting.answers.reason === undefined) acting.noted.分流理由 = reason
}
