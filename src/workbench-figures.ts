import { z } from 'zod'
import type { PersonActor } from '#kernel/authorisation/may.ts'
import { OVERSEEING_ROLES } from '#kernel/authorisation/roles.ts'
import type { Tx } from '#kernel/database/database.ts'
import { allOf, raw, type Sql, sql } from '#kernel/database/sql.ts'
import type { Call } from '#kernel/http/route.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import type { On } from '#kernel/time/time.ts'

// What stands around the reader's own work: how many cases and matters are late, each number with its list behind it.

/** Above this many courts the whole jurisdiction is counted in 质效管理 and not at every look at the workbench. */
const MOST_COURTS = 30

const caseFigures = z.object({
  /** 存量超期: nodes that were overdue when they were imported. */
  backlog: z.number().int(),
  /** Cases with at least one node overdue, with one due soon, and with something to put right. */
  overdue: z.number().int(),
  soon: z.number().int(),
  toCorrect: z.number().int(),
  /** 预警 that stand open, unexplained, and did not come with an import. */
  warnings: z.number().int(),
})

export const workbenchFigures = z.object({
  /** Whose cases are counted: all of the court, a team's, or the reader's own; the list takes the same filter. */
  whose: z.object({ team: z.string().nullable(), judge: z.string().nullable() }),
  cases: caseFigures,
  /** The same for the own court and all below it; null for those who do not see below, or where there are too many. */
  jurisdiction: caseFigures.nullable(),
  /** Matters of the court that are not done by their limit, by kind. */
  lateMatters: z.array(z.object({ title: z.string(), path: z.string(), n: z.number().int() })),
})
type Figures = z.infer<typeof workbenchFigures>

/** True where a post looks at the whole court: its centre and those who lead or inspect it. */
export function seesCourt(actor: PersonActor): boolean {
  return actor.posts.some((post) => OVERSEEING_ROLES.includes(post.role))
}

/** Counts for the workbench. Each is the length of the list that the screen opens from it. */
export async function readFigures(call: Call<unknown, unknown, unknown>, soonOn: On): Promise<Figures> {
  const { tx, actor, on, services } = call
  const whose = whoseCases(actor)
  const below = seesCourt(actor) && actor.courtIds.length > 1 && actor.courtIds.length <= MOST_COURTS
  const [cases, jurisdiction, late] = await Promise.all([
    countCases(tx, [actor.courtId], whose, { on, soonOn }),
    below ? countCases(tx, actor.courtIds, whose, { on, soonOn }) : null,
    seesCourt(actor) ? lateMatters(tx, actor, on, services.kinds) : [],
  ])
  return { whose, cases, jurisdiction, lateMatters: late }
}

function whoseCases(actor: PersonActor): Figures['whose'] {
  if (seesCourt(actor)) return { team: null, judge: null }
  const headed = actor.posts.find((post) => post.role === 'team.head' && post.teamId)
  return headed ? { team: headed.teamId, judge: null } : { team: null, judge: actor.personId }
}

async function countCases(
  tx: Tx,
  courts: readonly number[],
  whose: Figures['whose'],
  { on, soonOn }: { on: On; soonOn: On },
) {
  const mine: Sql = allOf([
    sql`c.court_id = any(${courts})`,
    whose.team !== null && sql`c.holder_team_id = ${whose.team}`,
    whose.judge !== null && sql`c.holder_id = ${whose.judge}`,
  ])
  const isCourt = whose.team === null && whose.judge === null
  const among = sql`and (k.court_id, k.thing_id) in (select court_id, id from enforcement_case c where ${mine})`
  const [clocks, cases, warnings] = await Promise.all([
    tx.one<{ backlog: bigint; overdue: bigint; soon: bigint }>(sql`
      select count(*) filter (where k.backlog and k.due_on < ${on}) as backlog,
        count(distinct k.thing_id) filter (where k.due_on < ${on}) as overdue,
        count(distinct k.thing_id) filter (where k.due_on >= ${on}) as soon
      from clock k
      where k.court_id = any(${courts}) and k.kind = 'case' and k.watched and k.backlog in (false, true)
        and k.due_on <= ${soonOn}
        ${isCourt ? raw('') : among}`),
    tx.one<{ n: bigint }>(sql`
      select count(*) as n from enforcement_case c where cardinality(c.to_correct) > 0 and ${mine}`),
    tx.one<{ n: bigint }>(sql`
      select count(*) as n from case_warning w join enforcement_case c on c.court_id = w.court_id and c.id = w.case_id
      where w.court_id = any(${courts}) and w.closed_at is null and w.explained_at is null and not w.backlog
        and ${mine}`),
  ])
  return {
    backlog: Number(clocks.backlog),
    overdue: Number(clocks.overdue),
    soon: Number(clocks.soon),
    toCorrect: Number(cases.n),
    warnings: Number(warnings.n),
  }
}

async function lateMatters(
  tx: Tx,
  actor: PersonActor,
  on: On,
  kinds: readonly Kind[],
): Promise<Figures['lateMatters']> {
  const matters = kinds.filter((kind) => !kind.own).map((kind) => kind.id)
  const rows = await tx.query<{ kind: string; n: bigint }>(sql`
    select kind, count(distinct thing_id) as n from clock
    where court_id = ${actor.courtId} and kind = any(${matters}) and done_on is null and watched
      and due_on < ${on}
    group by kind`)
  return rows.flatMap((row) => {
    const kind = kinds.find(({ id }) => id === row.kind)
    return kind ? [{ title: kind.title, path: `/${kind.path}`, n: Number(row.n) }] : []
  })
}
