import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import { inForce } from '#kernel/organisation/posts.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'

// What a task order asks of whom it is given to and of what it is about.

/** To a 事务集约 team, about a case of the own court, for a day that is still to come. */
export async function checkGiven(acting: Acting): Promise<void> {
  const { tx, thing } = acting
  const team = await tx.one<{ kind: string }>(
    sql`select kind from team where court_id = ${thing.courtId} and id = ${thing.holderTeamId}`,
  )
  if (team.kind !== 'centralized-affairs')
    throw problem('task-order.team', {}, { fields: [{ path: 'team', message: '不是事务集约团队' }] })
  const known =
    thing.caseId &&
    (await tx.maybe(sql`select 1 from enforcement_case where court_id = ${thing.courtId} and id = ${thing.caseId}`))
  if (!known) throw fieldProblem([{ path: 'caseNumber', message: '本院没有该案' }])
  await checkDay(acting)
}

/** A day that is still to come; where none is named, the court's setting counts. */
export async function checkDay({ thing, on }: Acting): Promise<void> {
  const { finishOn } = thing.values
  if (typeof finishOn === 'string' && finishOn < on)
    throw fieldProblem([{ path: 'finishOn', message: '完成期限不能早于今天' }])
}

/** Whoever is to do it belongs to the team that holds it; the team answers for it all the same. */
export async function handTo({ tx, thing, on, answers, noted }: Acting): Promise<void> {
  const taker = await tx.maybe<{ name: string }>(sql`
    select p.name from person p where p.court_id = ${thing.courtId} and p.id = ${answers.person}
      and exists (select from post where post.court_id = p.court_id and post.person_id = p.id
        and post.team_id = ${thing.holderTeamId} and ${inForce(on)})`)
  if (!taker) throw problem('task-order.taker', {}, { fields: [{ path: 'person', message: '不是本团队成员' }] })
  await tx.run(sql`
    update matter_task_order set taker = ${taker.name} where court_id = ${thing.courtId} and id = ${thing.id}`)
  noted.经办人 = taker.name
}
