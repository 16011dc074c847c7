import { randomBytes } from 'node:crypto'
import { appendFact, currentFacts } from '#cases/case/case-facts.ts'
import { awaitsReceipt } from '#cases/filing-check/filing-acts.ts'
import { refreshClocks } from '#cases/node-watch/case-clock-store.ts'
import { handOverEntries } from '#cases/special-party/ledger-follow.ts'
import { jsonText, sql } from '#kernel/database/sql.ts'
import type { Acting, Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { tell } from '#kernel/notifications/tell.ts'
import { problem } from '#kernel/problem/problem.ts'
import { candidatesFor, type DrawnFrom, draw } from './draw.ts'
import { type Claim, conflictsOf, type Judge, type Team, teamFor } from './eligibility.ts'
import { claimOf, judgesFor, weightsOn } from './judges.ts'

// 分案 and 变更承办人 as acts of the case: who is drawn or named becomes its holder, with his team, in the act's own
// transaction, and the assignment is stored with all that it was drawn from.

/** Nobody is given a case that may yet go back to the filing division (第十条); who has one keeps it meanwhile. */
export async function checkReceived(session: Session, one: Thing): Promise<void> {
  if (one.holderId === null && (await awaitsReceipt(session, one))) throw problem('assignment.unreceived')
}

/** 变更承办人: to the judge who is named, unless he must recuse himself; by lot among the others where none is. */
export async function changeHandler(acting: Acting): Promise<void> {
  const named = acting.answers.handler
  if (typeof named !== 'string') return drawJudge(acting)
  const claim = await claimOf(acting.tx, acting.thing)
  const judge = await refuseConflicted(acting, acting.thing.courtId, named, claim)
  if (acting.previous?.holderId === judge.id) throw problem('assignment.same', { judge: judge.name })
  // A judge named for a case outside his team's track takes it in the first of his teams.
  await give(acting, { ...judge, team: teamFor(judge, claim) ?? judge.teams[0] ?? null }, null)
}

/** The judge who is named for a case, unless something keeps him from it whoever names him. */
export async function refuseConflicted(
  session: Session,
  courtId: number,
  judgeId: string,
  claim: Claim,
): Promise<Judge> {
  const [judge] = await judgesFor(session, courtId, claim, judgeId)
  if (!judge) throw problem('assignment.not-judge')
  const conflicts = conflictsOf(judge, claim)
  if (conflicts.length > 0) throw problem('assignment.conflict', { judge: judge.name, reasons: conflicts.join('；') })
  return judge
}

/** 分案: by lot among those who may and have least in hand; never to whoever has the case now. */
export async function drawJudge(acting: Acting): Promise<void> {
  const { tx, thing, on } = acting
  // Each draw must see the cases that the one before it gave.
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`assignment:${thing.courtId}`}, 0))`)
  const claim = await claimOf(tx, thing)
  const [judges, weights] = await Promise.all([
    judgesFor(acting, thing.courtId, claim),
    weightsOn(tx, thing.courtId, on),
  ])
  const { specialisms, candidates } = candidatesFor(claim, judges, on)
  const seed = randomBytes(16).toString('hex')
  const from: DrawnFrom = { on, track: claim.track, specialisms, weights, candidates, seed }
  const { judgeId } = draw(from)
  const judge = candidates.find(({ id }) => id === judgeId)
  if (!judge) {
    const reasons = candidates.map(({ name, reasons: why }) => `${name}：${why.join('、')}`).join('；')
    throw problem('assignment.nobody', { reasons: reasons || '本院没有在任的员额法官' })
  }
  await give(acting, judge, from)
}

interface Chosen {
  id: string
  name: string
  team: Team | null
}

async function give(acting: Acting, judge: Chosen, from: DrawnFrom | null): Promise<void> {
  const { tx, thing, actor, at, on, answers, noted } = acting
  await tx.run(sql`
    update enforcement_case set holder_id = ${judge.id}, holder_name = ${judge.name},
      holder_team_id = ${judge.team?.id ?? null}, team_name = ${judge.team?.name ?? null}
    where court_id = ${thing.courtId} and id = ${thing.id}`)
  await tx.run(sql`
    insert into case_assignment (court_id, case_id, seq, mode, judge_id, judge_name, team_name, drawn_from, reason,
      by_name, at)
    select ${thing.courtId}, ${thing.id}, coalesce(max(seq), 0) + 1, ${from ? 'drawn' : 'named'}, ${judge.id},
      ${judge.name}, ${judge.team?.name ?? null}, ${from && jsonText(from)}, ${answers.reason ?? null}, ${actor.name},
      ${at}
    from case_assignment where court_id = ${thing.courtId} and case_id = ${thing.id}`)
  const before = acting.previous?.holderId ?? null
  if (before === null && !(await currentFacts(tx, thing)).get('handler-assigned')?.on)
    await appendFact(acting, { name: 'handler-assigned', on, amountFen: null, source: 'hand', reason: null })
  await handOverEntries(acting, thing.courtId, [thing.id])
  await refreshClocks(acting, [thing])
  noted.承办人 = [judge.name, judge.team?.name].filter(Boolean).join('，')
  noted.分案方式 = from ? '随机' : '指定'
  const message = (personId: string, title: string, body: string) => ({
    courtId: thing.courtId,
    to: { personId },
    title: `${title}：${thing.number}`,
    body,
    about: { kind: 'case', courtId: thing.courtId, id: thing.id },
  })
  await tell(tx, at, [
    message(judge.id, '新分案件', `${from ? '随机分案' : '指定承办人'}，由您承办，请及时办理`),
    ...(before === null ? [] : [message(before, '变更承办人', `该案改由${judge.name}承办，请移交案卷材料`)]),
  ])
}
